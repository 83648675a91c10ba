import { Mask } from '../sensitive/mask';

/** What GitHub takes as a comment, in characters. */
export const COMMENT_LIMIT = 65_536;

/** By its first line the next run finds the comment and writes over it. */
export function commentMark(stack: string): string {
  return `<!-- terrace plan ${stack} -->`;
}

/**
 * A plan as a comment: what the review says of it, and below that Terraform's own text, with what is sensitive masked wherever
 * it stands, cut where GitHub would refuse it. The summary, which comes last, is always there.
 */
export function planComment(stack: string, plan: string, sensitive: readonly string[], review = ''): string {
  const text = plainText(plan, sensitive);
  const summary = text.split('\n').find((line) => /^(?:Plan: |No changes\.|Changes to Outputs)/.test(line)) ?? '';
  // A review begins with a heading of its own, which names the stack.
  const head = `${commentMark(stack)}\n${review === '' ? `### ${stack}\n\n` : review}${summary}\n\n`;
  const whole = fenced(head, text, '');
  if (whole.length <= COMMENT_LIMIT) return whole;
  const lines = text.split('\n');
  const note = (left: number) =>
    `**${left} of ${lines.length} lines are left out here**, because a comment has room for no more: read them in the job's log before you approve.\n`;
  let kept = lines.length;
  let length = text.length;
  const room = COMMENT_LIMIT - fenced(head, '', note(lines.length)).length;
  while (kept > 0 && length > room) length -= (lines[--kept] ?? '').length + 1;
  return fenced(head, lines.slice(0, kept).join('\n'), note(lines.length - kept));
}

/** What a review may take of a comment: a plan below it has the rest, and a place for its summary in any case. */
export const REVIEW_LIMIT = COMMENT_LIMIT - 2_000;

/** A plan's text without what is sensitive. */
export function plainText(plan: string, sensitive: readonly string[]): string {
  return new Mask(sensitive).text(plan).trim();
}

/** Four backticks, because a plan may hold three. */
function fenced(head: string, text: string, note: string): string {
  return `${head}${note}<details><summary>The plan</summary>\n\n\`\`\`\`terraform\n${text.replaceAll('````', "'''' ")}\n\`\`\`\`\n\n</details>\n`;
}
