import type { Finding } from '../finding';
import type { Review } from '../review';
import { worstOf } from '../verdict';
import { titlesOf } from './told';

/** For programs: the worst verdict and every finding, and of several plans which stack each belongs to. */
export function jsonReview(reviews: readonly Review[]): string {
  const several = reviews.length > 1;
  const titles = titlesOf(reviews);
  const ofStack = (index: number) => (several ? { stack: titles[index] } : {});
  const whole = {
    verdict: worstOf(reviews.map(({ verdict }) => verdict)),
    ...(several
      ? { stacks: reviews.map(({ verdict }, index) => ({ ...ofStack(index), verdict })) }
      : { stack: reviews[0]?.stack }),
    findings: reviews.flatMap(({ findings }, index) =>
      findings.map((finding) => ({ ...ofStack(index), ...inOrder(finding) })),
    ),
    refused: reviews.flatMap(({ refused = [] }, index) =>
      refused.map(({ at, path, message }) => ({ ...ofStack(index), ...at, path, message })),
    ),
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
