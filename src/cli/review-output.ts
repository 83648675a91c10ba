import { join } from 'node:path';
import { sortProblems } from '../spec/load/problem';
import type { htmlReview } from '../tools/review/render/html';
import { jsonReview } from '../tools/review/render/json';
import { markdownReview } from '../tools/review/render/markdown';
import { textReview } from '../tools/review/render/text';
import type { Review } from '../tools/review/review';
import { byVerdict, type Verdict, verdictCalled, verdictNames } from '../tools/review/verdict';
import type { Judged } from './judged';
import { Refusal } from './refusal';
import { reportProblems } from './report';

/** How a review is written, by the name that --format takes. */
const renderers: Readonly<Record<string, (judged: readonly Judged[]) => string | Promise<string>>> = {
  text: (judged) => textReview(reviewsOf(judged)),
  markdown: (judged) => markdownReview(reviewsOf(judged)),
  html: (judged) => loadPage()(judged),
  json: (judged) => jsonReview(reviewsOf(judged)),
};

/** A file of its own in dist/: it brings the layout of pictures along, which takes longer to load than all else. */
function loadPage(): typeof htmlReview {
  return require(join(__dirname, 'page.js')).htmlReview;
}

function reviewsOf(judged: readonly Judged[]): readonly Review[] {
  return judged.map(({ review }) => review);
}

export const formats = Object.keys(renderers);

/** What --fail-on says of itself. */
export const FAIL_ON = `end with 3 when something at least as bad is found: ${verdictNames}; of several, separated by commas, the mildest counts`;

/** What ends a command that finds what it was told to look for. */
const FOUND = 3;

export interface ReviewFlags {
  readonly format: string;
  readonly failOn?: string;
  readonly today?: string;
}

/**
 * Prints reviews, the worst first; with --fail-on the process ends with 3 when one of its verdicts is found. Acceptances that
 * fit nothing are told at their lines, and let it end with 1.
 */
export async function printReviews(judged: readonly Judged[], { format, failOn }: ReviewFlags): Promise<void> {
  const problems = judged.flatMap(({ review }) => review.refused ?? []);
  const render = renderers[format];
  if (!render) throw new Refusal(`--format: expected one of ${formats.join(', ')}, got "${format}"`, 2);
  const fails = failing(failOn);
  const worstFirst = [...judged].sort((one, other) => byVerdict(one.review.verdict, other.review.verdict));
  process.stdout.write(await render(worstFirst));
  if (problems.length > 0) reportProblems(sortProblems(problems));
  if (judged.some(({ review }) => review.findings.some((one) => !one.accepted && fails(one.verdict)))) {
    process.exitCode = FOUND;
  }
}

/**
 * The verdicts that --fail-on means: the one it names and all that are worse. Beside others, `unknown` means itself alone:
 * `loses-data,unknown` lets outages pass.
 */
export function failing(failOn: string | undefined): (verdict: Verdict) => boolean {
  if (failOn === undefined) return () => false;
  const named = failOn.split(',').map((name) => verdictNamed(name.trim()));
  const known = named.filter((one) => one !== 'unknown');
  return (verdict) =>
    known.length === 0
      ? byVerdict(verdict, 'unknown') <= 0
      : named.includes(verdict) || known.some((one) => byVerdict(verdict, one) <= 0);
}

function verdictNamed(name: string): Verdict {
  const verdict = verdictCalled(name);
  if (verdict !== undefined) return verdict;
  throw new Refusal(`--fail-on: expected ${verdictNames}, got "${name}"`, 2);
}
