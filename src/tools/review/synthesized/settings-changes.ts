import type { Values } from '../../graph/values';
import type { Change } from '../change';
import { differences } from '../differences';

interface Settings {
  readonly output?: Readonly<Record<string, Values>>;
  readonly provider?: Readonly<Record<string, readonly Values[]>>;
  readonly terraform?: Values;
}

/** What changes beside the resources: outputs, the provider's settings (region, tags of everything) and the state's place. */
export function settingsChanges(before: Settings, after: Settings): readonly Change[] {
  const [left, right] = [before, after].map(namedSettings) as [
    ReadonlyMap<string, Values>,
    ReadonlyMap<string, Values>,
  ];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((address) => {
    const [was, now] = [left.get(address), right.get(address)];
    const { attributes } = differences({ before: was ?? {}, after: now ?? {} });
    if (attributes.length === 0 || was === now) return [];
    const [type = '', ...name] = address.split('.');
    return [
      {
        address,
        previousAddress: undefined,
        type,
        name: name.join('.'),
        action: was === undefined ? 'create' : now === undefined ? 'delete' : 'update',
        createFirst: false,
        imported: false,
        before: was,
        after: now,
        unknown: {},
        attributes,
        forcedBy: [],
      },
    ];
  });
}

function namedSettings({ output = {}, provider = {}, terraform = {} }: Settings): ReadonlyMap<string, Values> {
  const providers = Object.entries(provider).flatMap(([name, all]) =>
    all.map((one): [string, Values] => [`provider.${[name, one['alias']].filter(Boolean).join('.')}`, one]),
  );
  const { backend } = terraform;
  return new Map([
    ...Object.entries(output).map(([name, one]): [string, Values] => [`output.${name}`, one]),
    ...providers,
    ...(backend === undefined ? [] : [['terraform.backend', { backend }] as [string, Values]]),
  ]);
}
