import type { Command } from 'commander';
import { compareSynthesized, type SynthesizedStack } from '../../tools/review/synthesized-comparison';
import type { StackFiles } from '../../tools/stack-changes';
import { codeOfNow, synthesizeBothTimes } from '../both-times';
import { Refusal } from '../refusal';
import { unknownStack } from '../stack-names';
import { inTemporaryFolder } from '../temporary-folder';

interface Flags {
  readonly since?: string;
}

/** `terrace diff <stack> [<stack>]`, `terrace diff --since <revision> [<stack> …]` */
export function addDiff(program: Command): void {
  program
    .command('diff')
    .description('review what a change of YAML or code does to stacks, without AWS; of two stacks, how they differ')
    .argument('[stacks...]', 'a stack such as shop-dev, compared with what is committed; two stacks, with each other')
    .option('--since <revision>', 'what to compare with, such as origin/main or HEAD~1; without stacks all of them')
    .action((stacks: string[], flags: Flags) => {
      const { since = 'HEAD' } = flags;
      if (stacks.length === 0 && flags.since === undefined) {
        throw new Refusal('expected a stack, two stacks, or --since with a git revision, got nothing to compare');
      }
      return inTemporaryFolder((folder) => diffSince(since, stacks, folder));
    });
}

async function diffSince(since: string, asked: readonly string[], folder: string): Promise<void> {
  const { revision, earlier, later } = await synthesizeBothTimes(since, folder);
  const known = [...new Set([...earlier.keys(), ...later.keys()])].sort();
  const unknown = asked.filter((stack) => !known.includes(stack));
  if (unknown.length > 0) throw new Refusal(unknown.map((stack) => unknownStack(stack, known)).join('\n'));
  const stacks = asked.length > 0 ? [...new Set(asked)].sort() : known;
  const comparisons = stacks.map((stack) =>
    compareSynthesized(stack, terraformOf(stack, earlier), terraformOf(stack, later)),
  );
  const differing = comparisons.filter(({ changes }) => changes.length > 0);
  for (const { stack, changes } of differing) {
    for (const { address, action, forcedBy, attributes } of changes)
      console.log(stack, action, address, forcedBy.join(), attributes.map((one) => one.path).join());
  }
  console.error(`${differing.length} of ${stacks.length} stacks differ from ${since}${codeOfNow(revision)}`);
}

function terraformOf(stack: string, files: StackFiles): SynthesizedStack | undefined {
  const text = files.get(stack)?.get('cdk.tf.json');
  return text && (JSON.parse(text.toString()) as SynthesizedStack);
}
