import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { PlanJson } from '../../tools/graph/plan-json';
import { comparisonOfPlan } from '../../tools/review/plan-comparison';
import { gotInstead, LARGEST_PLAN, readPlan, tooLarge } from '../../tools/review/read-plan';
import { SINCE, withEarlierFiles } from '../earlier-files';
import { type Judged, judging, TODAY } from '../judged';
import { Refusal } from '../refusal';
import { FAIL_ON, formats, printReviews, type ReviewFlags } from '../review-output';

/** What can't be read ends the command with this, so that a pipeline tells it from a finding. */
const BROKEN = 2;

/** The descriptor of standard input. */
const STDIN = 0;

interface Flags extends ReviewFlags {
  readonly since?: string;
}

/** `terrace review <plan.json …>` */
export function addReview(program: Command): void {
  program
    .command('review')
    .description('say what matters in plans: what loses data first, what does no harm last')
    .argument('<plan.json...>', 'what `terraform show -json` prints of a plan; "-" reads it from standard input')
    .option('--format <format>', `how it is written: ${formats.join(', ')}`, 'text')
    .option('--fail-on <verdict>', FAIL_ON)
    .option('--since <revision>', SINCE)
    .option('--today <date>', TODAY)
    .action((files: readonly string[], flags: Flags) =>
      withEarlierFiles(flags.since, (earlier) => {
        const judge = judging({ ...flags, ...(earlier && { earlier }) });
        return printReviews(
          files.map((file) => reviewOf(file, judge)),
          flags,
        );
      }),
    );
}

/** One plan at a time: what was read of it is let go before the next. */
function reviewOf(file: string, judge: ReturnType<typeof judging>): Judged {
  const plan = file === '-' ? 'standard input' : file;
  const { review, ...rest } = judge(comparisonOfPlan(planIn(file, plan)));
  return { ...rest, review: { ...review, plan } };
}

function planIn(file: string, name: string): PlanJson {
  const read = readPlan(bytesOf(file, name));
  if ('plan' in read) return read.plan;
  throw new Refusal(`${name}: ${read.refused}`, BROKEN);
}

function bytesOf(file: string, name: string): Buffer {
  const refuse = (what: string) => new Refusal(`${name}: ${what}`, BROKEN);
  let descriptor: number | undefined;
  try {
    descriptor = file === '-' ? STDIN : openSync(file, 'r');
    const { size } = fstatSync(descriptor);
    if (fstatSync(descriptor).isDirectory()) throw refuse(gotInstead('a folder'));
    if (size > LARGEST_PLAN) throw refuse(tooLarge(size));
    const bytes = readFileSync(descriptor);
    if (bytes.length > LARGEST_PLAN) throw refuse(tooLarge(bytes.length));
    return bytes;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw refuse(gotInstead('nothing: there is no such file'));
    if (code === 'EACCES') throw refuse(gotInstead('a file that may not be read'));
    throw error;
  } finally {
    if (descriptor !== undefined && descriptor !== STDIN) closeSync(descriptor);
  }
}
