import type { Review } from '../review';
import { acceptanceYaml } from '../yaml/acceptance';
import { titlesOf } from './told';

/** What may be pasted under `accept:` of one environment file. */
export interface Acceptable {
  /** `environments/shop/prod.yaml` */
  readonly where: string;

  /** An item of the list for each finding, the worst first. */
  readonly blocks: readonly string[];

  /** How many there are beside these. */
  readonly left: number;
}

/** More than these nobody accepts one by one. */
const MOST_BLOCKS = 20;

/** What of each review may be accepted where; nothing of what needs no acceptance or has one. */
export function acceptableIn(reviews: readonly Review[]): readonly Acceptable[] {
  const titles = titlesOf(reviews);
  return reviews.flatMap(({ findings, file }, index): Acceptable[] => {
    const all = findings.flatMap((finding) => acceptanceYaml(finding) ?? []);
    if (all.length === 0) return [];
    const blocks = all.slice(0, MOST_BLOCKS);
    return [{ where: file ?? `the environment file of ${titles[index]}`, blocks, left: all.length - blocks.length }];
  });
}
