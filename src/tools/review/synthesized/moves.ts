import type { ResourceGraph } from '../../graph/resource-graph';

/** A `moved` block. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Which address of before each one of after has, where `moved` blocks take it along: Terraform moves what is there to where nothing is. */
export function movesTaken(moves: readonly Move[], before: ResourceGraph): ReadonlyMap<string, string> {
  const fromOf = new Map(moves.map(({ from, to }) => [to, from]));
  const taken = [...fromOf.keys()].flatMap((to): [string, string][] => {
    if (before.get(to)) return [];
    const seen = new Set([to]);
    for (let from = fromOf.get(to); from !== undefined && !seen.has(from); from = fromOf.get(from)) {
      if (before.get(from)) return [[to, from]];
      seen.add(from);
    }
    return [];
  });
  return new Map(taken);
}

/** The same value with the new address of what has moved in the place of its old one. */
export function withNewAddresses(value: unknown, taken: ReadonlyMap<string, string>): unknown {
  if (taken.size === 0) return value;
  const newOf = new Map([...taken].map(([to, from]) => [from, to]));
  const renamed = (text: string) =>
    text.includes('${') ? text.replace(/\b[a-z]\w*\.\w+/g, (address) => newOf.get(address) ?? address) : text;
  const walk = (one: unknown): unknown => {
    if (typeof one === 'string') return renamed(one);
    if (Array.isArray(one)) return one.map(walk);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, walk(inner)]));
  };
  return walk(value);
}
