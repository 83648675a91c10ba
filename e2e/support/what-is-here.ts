import { expect, inject, test } from 'vitest';
import type { Emulator } from './emulator';

/** All stacks and all failures, instead of what fits a pipeline. */
export const everything = process.env['TERRACE_E2E'] === 'all';

/**
 * What a part runs with: an emulator of AWS behind the real provider, or a provider that asks no service. Where that is
 * missing the part says so in one loud line; it fails where TERRACE_REQUIRE_TERRAFORM=1 and nothing would run at all.
 */
export function needs(
  kind: 'emulator' | 'stand-in' | 'either',
  part: string,
  hasTime = true,
): { readonly skipped: boolean } {
  const provider = inject('provider');
  const emulator = inject('emulator');
  const nothing = typeof provider === 'object' ? provider.missing : undefined;
  const noEmulator = typeof emulator === 'string' ? emulator : undefined;
  const why = nothing ?? lack[kind](provider === 'stand-in', noEmulator);
  if (why !== undefined) console.warn(`SKIPPED: ${part}, because ${why}`);
  else if (!hasTime) console.warn(`SKIPPED: ${part}, which takes minutes: npm run e2e -- --all`);
  test(`${part}: what it takes is there, where it is required`, () => {
    const elsewhere = nothing === undefined && (kind === 'stand-in' || provider === 'stand-in');
    expect(process.env['TERRACE_REQUIRE_TERRAFORM'] === '1' && !elsewhere ? why : undefined).toBeUndefined();
  });
  return { skipped: why !== undefined || !hasTime };
}

const lack = {
  emulator: (_: boolean, noEmulator?: string) => noEmulator,
  'stand-in': (is: boolean) => (is ? undefined : 'it takes a provider that asks no service of AWS, a stand-in'),
  either: (is: boolean, noEmulator?: string) => (is ? undefined : noEmulator),
};

/** The emulator, in parts that have one. */
export function emulatorHere(): Emulator {
  const emulator = inject('emulator');
  if (typeof emulator === 'string') throw new Error(emulator);
  return emulator;
}
