import { escaped } from '../../diagram/escape';
import type { Review } from '../review';
import { acceptableIn } from './acceptable';
import { text, value } from './html-findings';

/** Acceptances that do not count; nothing where all do. */
export function refusedSection({ refused = [] }: Review, id: string): string {
  if (refused.length === 0) return '';
  const items = refused.map(({ at, path, message }) => {
    return `<li>${value(`${at.file}:${at.line}:${at.column}`)} ${value(path)}: ${text(message)}</li>`;
  });
  return `<section class="refused" aria-labelledby="${id}-refused"><h2 id="${id}-refused">Refused acceptances (${refused.length})</h2><ul>${items.join('')}</ul></section>`;
}

/** What may be pasted into the environment file, behind a click; nothing where nothing has to be accepted. */
export function acceptSection(review: Review, id: string): string {
  const [found] = acceptableIn([review]);
  if (!found) return '';
  const list = found.blocks.map((block) => block.replace(/^/gm, '  ')).join('\n');
  const more =
    found.left > 0
      ? `<p>And ${found.left} more: <code>terrace review --format json</code> has the change of each.</p>`
      : '';
  return `<section aria-labelledby="${id}-accept"><h2 id="${id}-accept">Accepting</h2>
<details><summary>What may happen is accepted in ${value(found.where)}, with a reason and a last day</summary>
<pre tabindex="0"><code>${escaped(`accept:\n${list}`)}</code></pre>${more}</details></section>`;
}
