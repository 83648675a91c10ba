import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { PlanJson } from '../../tools/graph/plan-json';
import { planComment, REVIEW_LIMIT } from '../../tools/pipelines/plan-comment';
import { reviewedChanges } from '../../tools/pipelines/reviewed';
import { comparisonOfPlan } from '../../tools/review/plan-comparison';
import { readPlan } from '../../tools/review/read-plan';
import { markdownReview } from '../../tools/review/render/markdown';
import { sensitiveTexts } from '../../tools/sensitive/sensitive-texts';
import { SINCE, withEarlierFiles } from '../earlier-files';
import { judging } from '../judged';
import { Refusal } from '../refusal';

interface Flags {
  readonly json: string;
  readonly text: string;
  readonly to: string;
  readonly since?: string;
}

/** `terrace reviewed <stack> --json <file> --text <file> --to <folder>` */
export function addReviewed(program: Command): void {
  program
    .command('reviewed')
    .description('write what a reviewer sees of a plan: a comment, and the changes to compare a later plan with')
    .argument('<stack>', 'a stack such as shop-dev')
    .requiredOption('--json <file>', 'what `terraform show -json` prints of the plan')
    .requiredOption('--text <file>', 'what `terraform show -no-color` prints of it')
    .requiredOption('--to <folder>', 'where <stack>.md and <stack>.json go; neither holds a sensitive value')
    .option('--since <revision>', SINCE)
    .action((stack: string, { json, text, to, since }: Flags) =>
      withEarlierFiles(since, (earlier) => {
        const plan = parsed(json);
        mkdirSync(to, { recursive: true });
        writeFileSync(join(to, `${stack}.json`), `${JSON.stringify(reviewedChanges(plan), undefined, 2)}\n`);
        const { review } = judging(earlier ? { earlier } : {})(comparisonOfPlan(plan));
        const told = markdownReview([{ ...review, stack }], { limit: REVIEW_LIMIT });
        const comment = planComment(stack, readFileSync(text, 'utf8'), sensitiveTexts(plan), `${told}\n`);
        writeFileSync(join(to, `${stack}.md`), comment);
      }),
    );
}

function parsed(file: string): PlanJson {
  const read = readPlan(readFileSync(file));
  if ('plan' in read) return read.plan;
  throw new Refusal(`${file}: ${read.refused}`);
}
