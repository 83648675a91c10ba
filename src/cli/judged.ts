import { loadEnvironments } from '../spec/load/load';
import type { Problem } from '../spec/load/problem';
import { accepted, type WrittenAcceptance, withFingerprints } from '../tools/review/acceptance';
import type { Comparison } from '../tools/review/change';
import { judges } from '../tools/review/judges/all';
import { type Review, review, sorted } from '../tools/review/review';
import { type WrittenStack, withYaml } from '../tools/review/yaml-lines';
import { Refusal } from './refusal';
import { writtenFor, writtenStacks } from './written-stacks';

/** What --today says of itself. */
export const TODAY = 'the day that acceptances are compared with, such as 2026-12-31; today by default';

/** A review, and what is wrong with the acceptances of its stack. */
export interface Judged {
  readonly review: Review;
  readonly problems: readonly Problem[];
}

/** Judges comparisons; of stacks of ours with lines of YAML and with what their files accept. */
export function judging(
  { today = dayOf(new Date()) }: { readonly today?: string },
  earlier?: ReadonlyMap<string, WrittenStack>,
): (comparison: Comparison) => Judged {
  if (!/^\d{4}-\d\d-\d\d$/.test(today))
    throw new Refusal(`--today: expected a day such as 2026-12-31, got "${today}"`, 2);
  const written = writtenStacks();
  const acceptances = acceptancesIn(written);
  return (comparison) => {
    const { stack } = comparison;
    const found = review(comparison, judges);
    if (stack === undefined) return { review: found, problems: [] };
    const [now, then] = [writtenFor(stack, written), earlier && writtenFor(stack, earlier)];
    const explained = withFingerprints(withYaml(found.findings, now, then), comparison);
    const { findings, problems } = accepted(explained, acceptances.get(stack) ?? [], today);
    return { review: sorted({ ...found, findings }), problems };
  };
}

/** The checked lists, where any file has one. */
function acceptancesIn(written: ReadonlyMap<string, WrittenStack>): ReadonlyMap<string, readonly WrittenAcceptance[]> {
  const some = [...written.values()].some(({ tree }) => tree.kind === 'map' && tree.entries.has('accept'));
  if (!some) return new Map();
  return new Map(
    loadEnvironments(['environments']).map(({ spec, where }) => [
      `${spec.project}-${spec.env}`,
      spec.accept.map((one, index) => ({
        ...one,
        index,
        where: (key: string) => where(['accept', String(index), key]),
      })),
    ]),
  );
}

function dayOf(date: Date): string {
  const part = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${part(date.getMonth() + 1)}-${part(date.getDate())}`;
}
