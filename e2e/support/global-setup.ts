import type { ProvidedContext } from 'vitest';
import { type Emulator, startEmulator } from './emulator';
import { type Provider, whichProvider } from './provider';

declare module 'vitest' {
  export interface ProvidedContext {
    provider: Provider;
    emulator: Emulator | string;
  }
}

interface Setting {
  provide<Key extends keyof ProvidedContext>(key: Key, value: ProvidedContext[Key]): void;
}

/** Looks once what there is, and starts the emulator where the provider here would ask one. */
export default async function setup({ provide }: Setting): Promise<() => void> {
  const provider = whichProvider();
  provide('provider', provider);
  const started = provider === 'real' ? await startEmulator() : 'the provider here asks no service of AWS';
  if (typeof started === 'string') {
    provide('emulator', started);
    return () => {};
  }
  const { stop, ...emulator } = started;
  provide('emulator', emulator);
  return stop;
}
