import { nearest } from '../spec/load/nearest';

/** Why a name is not that of a stack. */
export function unknownStack(name: string, stacks: Iterable<string>): string {
  const names = [...stacks];
  const meant = nearest(name, names);
  const advice = meant ? `did you mean "${meant}"?` : `there are ${names.join(', ')}`;
  return `expected the name of a stack, got "${name}": ${advice}`;
}
