/**
 * CPU units that Fargate sells, each with the memory (MiB) it can have.
 *
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
 */
const memoryByCpu: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024, 2048]],
  [512, steps(1024, 4096, 1024)],
  [1024, steps(2048, 8192, 1024)],
  [2048, steps(4096, 16_384, 1024)],
  [4096, steps(8192, 30_720, 1024)],
  [8192, steps(16_384, 61_440, 4096)],
  [16_384, steps(32_768, 122_880, 8192)],
]);

/** The CPU sizes there are, smallest first. */
export const fargateCpus: readonly number[] = [...memoryByCpu.keys()];

/** The memory sizes (MiB) a task of `cpu` units can have. */
export function fargateMemories(cpu: number): readonly number[] {
  return memoryByCpu.get(cpu) ?? [];
}

/** A list of sizes in a form for people: `1024, 2048, 3072` or `4096 to 16384 in steps of 1024`. */
export function describeSizes(sizes: readonly number[]): string {
  const [first = 0, second = 0] = sizes;
  return sizes.length <= 4 ? sizes.join(', ') : `${first} to ${sizes.at(-1)} in steps of ${second - first}`;
}

function steps(from: number, to: number, by: number): number[] {
  return Array.from({ length: (to - from) / by + 1 }, (_, index) => from + index * by);
}
