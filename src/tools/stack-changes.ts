/** What synth has written of each stack: its files by their path in the stack's folder. */
export type StackFiles = ReadonlyMap<string, ReadonlyMap<string, Buffer>>;

/** The names of stacks, sorted, by what has become of them. */
export interface StackChanges {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
}

/** Compares two outputs of synth by what Terraform reads in them. */
export function stackChanges(before: StackFiles, now: StackFiles): StackChanges {
  const both = [...now.keys()].filter((stack) => before.has(stack)).sort();
  const same = (stack: string) => meaning(before.get(stack)) === meaning(now.get(stack));
  return {
    added: [...now.keys()].filter((stack) => !before.has(stack)).sort(),
    changed: both.filter((stack) => !same(stack)),
    removed: [...before.keys()].filter((stack) => !now.has(stack)).sort(),
    unchanged: both.filter(same),
  };
}

function meaning(files: ReadonlyMap<string, Buffer> = new Map()): string {
  const texts = [...files].map(([file, bytes]): [string, string] => [
    file,
    file === 'cdk.tf.json' ? JSON.stringify(withoutComments(JSON.parse(bytes.toString()))) : bytes.toString('base64'),
  ]);
  return JSON.stringify(texts.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Without what cdktf notes for itself, under `//` of the file and of each block, where Terraform reads no further. */
function withoutComments(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > BLOCK) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '//' || (depth > 0 && depth < BLOCK))
      .map(([key, inner]) => [key, withoutComments(inner, depth + 1)]),
  );
}

/** Of a resource's arguments: `resource`, its type and its name are above them. */
const BLOCK = 3;
