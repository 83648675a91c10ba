import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { planComment } from '../../tools/pipelines/plan-comment';
import { type PlanJson, reviewedChanges } from '../../tools/pipelines/reviewed';
import { sensitiveTexts } from '../../tools/sensitive/sensitive-texts';
import { Refusal } from '../refusal';

interface Flags {
  readonly json: string;
  readonly text: string;
  readonly to: string;
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
    .action((stack: string, { json, text, to }: Flags) => {
      const plan = parsed(json);
      mkdirSync(to, { recursive: true });
      writeFileSync(join(to, `${stack}.json`), `${JSON.stringify(reviewedChanges(plan), undefined, 2)}\n`);
      writeFileSync(join(to, `${stack}.md`), planComment(stack, readFileSync(text, 'utf8'), sensitiveTexts(plan)));
    });
}

function parsed(file: string): PlanJson {
  try {
    const plan = JSON.parse(readFileSync(file, 'utf8')) as PlanJson & { readonly format_version?: string };
    if (plan.format_version !== undefined) return plan;
  } catch {
    // Told below, as what is JSON of something else.
  }
  throw new Refusal(`${file}: expected what "terraform show -json" prints of a plan`);
}
