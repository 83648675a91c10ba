import type { Command } from 'commander';
import type { EnvironmentSpec } from '../../spec/environment';
import { loadEnvironments } from '../../spec/load/load';
import { compareSynthesized, type SynthesizedStack } from '../../tools/review/synthesized/synthesized-comparison';
import type { StackFiles } from '../../tools/stack-changes';
import { differencesText, stackDifferences } from '../../tools/stack-differences';
import { codeOfNow, synthesizeBothTimes } from '../both-times';
import { judging, TODAY } from '../judged';
import { Refusal } from '../refusal';
import { FAIL_ON, formats, printReviews, type ReviewFlags } from '../review-output';
import { unknownStack } from '../stack-names';
import { inTemporaryFolder } from '../temporary-folder';
import { writtenStacks } from '../written-stacks';

interface Flags extends ReviewFlags {
  readonly since?: string;
}

/** `terrace diff <stack> [<stack>]`, `terrace diff --since <revision> [<stack> …]` */
export function addDiff(program: Command): void {
  program
    .command('diff')
    .description('review what a change of YAML or code does to stacks, without AWS; of two stacks, how they differ')
    .argument('[stacks...]', 'a stack such as shop-dev, compared with what is committed; two stacks, with each other')
    .option('--since <revision>', 'what to compare with, such as origin/main or HEAD~1; without stacks all of them')
    .option('--format <format>', `how it is written: ${formats.join(', ')}`, 'text')
    .option('--fail-on <verdict>', FAIL_ON)
    .option('--today <date>', TODAY)
    .action((stacks: string[], flags: Flags) => {
      const { since = 'HEAD' } = flags;
      if (stacks.length === 0 && flags.since === undefined) {
        throw new Refusal('expected a stack, two stacks, or --since with a git revision, got nothing to compare');
      }
      if (stacks.length === 2 && flags.since === undefined) return diffStacks(stacks[0] ?? '', stacks[1] ?? '', flags);
      return inTemporaryFolder((folder) => diffSince(since, stacks, folder, flags));
    });
}

/** Two environments of now: nothing is applied from one to the other, so nothing is judged. */
function diffStacks(one: string, other: string, { format, failOn }: Flags): void {
  if (failOn !== undefined) throw new Refusal('--fail-on: two stacks are compared and not judged: leave it out', 2);
  if (!['text', 'json'].includes(format)) {
    throw new Refusal(`--format: expected text or json for two stacks, got "${format}"`, 2);
  }
  const specs = new Map<string, EnvironmentSpec>(
    loadEnvironments(['environments']).map(({ spec }) => [`${spec.project}-${spec.env}`, spec]),
  );
  const [left, right] = [specs.get(one), specs.get(other)];
  if (!left || !right) throw new Refusal(unknownStack(left ? other : one, specs.keys()));
  const differences = stackDifferences(left, right);
  const json = () =>
    `${JSON.stringify({ stacks: [one, other], sections: Object.fromEntries(differences) }, undefined, 2)}\n`;
  process.stdout.write(format === 'json' ? json() : differencesText([one, other], differences));
}

async function diffSince(since: string, asked: readonly string[], folder: string, flags: Flags): Promise<void> {
  const { revision, earlier, later } = await synthesizeBothTimes(since, folder);
  const known = [...new Set([...earlier.keys(), ...later.keys()])].sort();
  const unknown = asked.filter((stack) => !known.includes(stack));
  if (unknown.length > 0) throw new Refusal(unknown.map((stack) => unknownStack(stack, known)).join('\n'));
  const stacks = asked.length > 0 ? [...new Set(asked)].sort() : known;
  const comparisons = stacks.map((stack) =>
    compareSynthesized(stack, terraformOf(stack, earlier), terraformOf(stack, later)),
  );
  const judged = comparisons.map(judging({ ...flags, earlier: writtenStacks(revision.home) }));
  const differing = judged.filter(({ comparison }) => comparison.changes.length > 0);
  // What does not change may have an acceptance that has ended.
  const told = judged.filter((one) => differing.includes(one) || (one.review.refused ?? []).length > 0);
  await printReviews(told.length > 0 ? told : judged, flags);
  console.error(`${differing.length} of ${stacks.length} stacks differ from ${since}${codeOfNow(revision)}`);
}

function terraformOf(stack: string, files: StackFiles): SynthesizedStack | undefined {
  const text = files.get(stack)?.get('cdk.tf.json');
  return text && (JSON.parse(text.toString()) as SynthesizedStack);
}
