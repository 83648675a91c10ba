import type { Path, Ports } from './path';

/** Paths that differ in nothing but their ports or actions become one. */
export function merged(paths: readonly Path[]): readonly Path[] {
  const groups = new Map<string, Path[]>();
  for (const one of paths) {
    const key = JSON.stringify([
      one.from.kind,
      one.from.name,
      one.to,
      one.through,
      one.conditions.map(({ text }) => text),
      one.unknown,
      one.actions.length > 0,
    ]);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : joined(first, group);
  });
}

function joined(first: Path, group: readonly Path[]): Path {
  if (group.length === 1) return first;
  return {
    ...first,
    ports: distinctPorts(group.flatMap(({ ports }) => ports)),
    actions: [...new Set(group.flatMap(({ actions }) => actions))].sort(),
    because: [...new Set(group.flatMap(({ because }) => because))],
  };
}

function distinctPorts(ports: readonly Ports[]): readonly Ports[] {
  const byText = new Map(ports.map((one) => [`${one.protocol} ${one.from} ${one.to}`, one]));
  return [...byText.values()].sort((one, other) => one.from - other.from || one.protocol.localeCompare(other.protocol));
}
