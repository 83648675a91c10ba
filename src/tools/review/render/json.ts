import type { Finding } from '../finding';
import type { Review } from '../review';
import { worstOf } from '../verdict';
import { titleOf } from './text';

/** For programs: the worst verdict and every finding, and of several plans which stack each belongs to. */
export function jsonReview(reviews: readonly Review[]): string {
  const several = reviews.length > 1;
  const findings = reviews.flatMap((review) =>
    review.findings.map((finding) => ({ ...(several && { stack: titleOf(review) }), ...inOrder(finding) })),
  );
  const whole = {
    verdict: worstOf(reviews.map(({ verdict }) => verdict)),
    ...(several
      ? { stacks: reviews.map((review) => ({ stack: titleOf(review), verdict: review.verdict })) }
      : { stack: reviews[0]?.stack }),
    findings,
  };
  return `${JSON.stringify(whole, undefined, 2)}\n`;
}

function inOrder({
  verdict,
  address,
  attribute,
  reason,
  before,
  after,
  effect,
  advice,
  yaml,
  notYaml,
  change,
  accepted,
}: Finding): object {
  return { verdict, address, attribute, reason, before, after, effect, advice, yaml, notYaml, change, accepted };
}
