import type { Synthesized } from '../project';

type Backend = Synthesized['terraform']['backend'];

/** A state that two may write at once. A bootstrap's begins beside it: nothing else is there yet. */
export function* lockFaults(stack: string, { s3, local }: Backend): Iterable<string> {
  const begins = local !== undefined && /-bootstrap(?:-\d+)?$/.test(stack);
  if (begins) return;
  const locks = { dynamodb_table: s3?.dynamodb_table, use_lockfile: s3?.use_lockfile };
  for (const [name, value] of Object.entries(locks).filter(([, value]) => !value))
    yield `backend: expected ${name}, got ${value}: two who apply at once would write over each other`;
}
