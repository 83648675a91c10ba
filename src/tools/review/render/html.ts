import { aroundMarks, isMarked, pictureOfChange } from '../../diagram/change-picture';
import { escaped } from '../../diagram/escape';
import type { Picture } from '../../diagram/picture';
import { pictureOf } from '../../diagram/picture-of';
import { svgOf } from '../../diagram/svg';
import type { Comparison } from '../change';
import type { Review } from '../review';
import { verdicts, verdictWords } from '../verdict';
import { headOf } from './head';
import { acceptSection, refusedSection } from './html-acceptances';
import { changesSection } from './html-changes';
import { findingsSection } from './html-findings';
import { pageStyle } from './html-style';
import { titlesOf } from './told';

/** What one stack's part of a page is made of. */
export interface ReviewPage {
  readonly review: Review;

  /** What the review has looked at: for the changes and the picture. */
  readonly comparison: Comparison;

  /** Where the stack is, for the picture. */
  readonly region?: string;

  /** By the price table, in US dollars a month. */
  readonly cost?: { readonly before: number; readonly after: number };
}

/** Nothing may be loaded, run or sent: a page about an infrastructure says nothing to anybody. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** Reviews as a file of their own: on a phone, in the dark, by keyboard, on paper, without a network and without scripts. */
export async function htmlReview(pages: readonly ReviewPage[]): Promise<string> {
  const reviews = pages.map(({ review }) => review);
  const titles = titlesOf(reviews);
  const title = titles.join(', ');
  const { verdict, stop, remarks, advice, title: words } = headOf(reviews);
  const stacks = await Promise.all(pages.map((page, index) => stackPart(page, titles, index)));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escaped(`${words}: ${title}`)}</title>
<style>${pageStyle}</style>
</head>
<body>
<a class="skip" href="#main">To the findings</a>
<header>
<p class="kicker">Review of <bdi>${escaped(title)}</bdi></p>
<h1 class="verdict ${verdict}">${stop}</h1>
<p>${advice}</p>
<p>${remarks.map((one) => `<span class="tag">${one}</span>`).join(' ')}</p>
</header>
${filters(pages)}
<main id="main" tabindex="-1">
${stacks.join('\n')}
</main>
<footer><p>A review tells what it finds. It does not say that a change is safe.</p></footer>
</body>
</html>
`;
}

/** Boxes that style sheets alone obey: without a script there is nothing that could do anything else. */
function filters(pages: readonly ReviewPage[]): string {
  const findings = pages.flatMap(({ review }) => review.findings);
  const there = verdicts.filter((verdict) => findings.some((finding) => finding.verdict === verdict));
  if (there.length < 2) return '';
  const boxes = there.map(
    (verdict) =>
      `<label><input type="checkbox" id="show-${verdict}" checked> ${verdictWords[verdict]} (${findings.filter((finding) => finding.verdict === verdict).length})</label>`,
  );
  return `<form class="filters" aria-label="Filter"><fieldset><legend>Show findings</legend>${boxes.join('\n')}</fieldset></form>`;
}

async function stackPart(page: ReviewPage, titles: readonly string[], index: number): Promise<string> {
  const { review, comparison, region, cost } = page;
  const [id, title = ''] = [`s${index}`, titles[index]];
  const titled = { title, region };
  const before = pictureOf(comparison.before, titled);
  const after = pictureOf(comparison.after, titled);
  const parts = [
    refusedSection(review, id),
    findingsSection(review, id),
    acceptSection(review, id),
    changesSection(page, [after, before], id),
    await pictureSection(pictureOfChange(before, after, comparison.changes), id),
    ...(cost ? [costSection(cost, id)] : []),
  ].filter((part) => part !== '');
  if (titles.length === 1) return parts.join('\n');
  return `<article class="stack"><h2><bdi>${escaped(title)}</bdi>: ${verdictWords[review.verdict]}</h2>\n${parts.join('\n')}</article>`;
}

/** More things than that nobody can look at, and the layout takes minutes. */
const MOST_NODES = 120;

async function pictureSection(whole: Picture, id: string): Promise<string> {
  const picture = whole.nodes.length > MOST_NODES ? aroundMarks(whole) : whole;
  const title = `<h2 id="${id}-picture">The stack</h2>`;
  if (picture.nodes.length > MOST_NODES)
    return `<section aria-labelledby="${id}-picture">${title}<p>${picture.nodes.length} things change or are next to what changes: too many for a picture.</p></section>`;
  if (picture.nodes.length === 0) return '';
  const says = isMarked(picture)
    ? 'Before and after in one: what comes is marked +, what goes −, what is replaced ±, what changes ~.'
    : 'Nothing that is drawn here changes.';
  const left =
    picture === whole
      ? ''
      : ` ${whole.nodes.length - picture.nodes.length} things that neither change nor touch a change are left out.`;
  return `<section aria-labelledby="${id}-picture">${title}<p>${says}${left}</p>
<figure class="picture" tabindex="0" role="group" aria-label="Picture of the stack, wider than a phone">${await svgOf(picture, { idPrefix: `${id}-` })}</figure></section>`;
}

function costSection({ before, after }: { readonly before: number; readonly after: number }, id: string): string {
  const dollars = (amount: number) => `$${amount.toFixed(2)}`;
  const difference = after - before;
  const sign = difference < 0 ? '−' : '+';
  return `<section aria-labelledby="${id}-cost"><h2 id="${id}-cost">Cost a month</h2>
<dl class="cost"><div><dt>before</dt><dd>${dollars(before)}</dd></div><div><dt>after</dt><dd>${dollars(after)}</dd></div><div><dt>difference</dt><dd>${sign}${dollars(Math.abs(difference))}</dd></div></dl></section>`;
}
