import { createHash } from 'node:crypto';
import type { Position, Problem } from '../../../spec/load/problem';
import type { Acceptance } from '../../../spec/sections/accept';
import type { Comparison } from '../change';
import type { Finding } from '../finding';
import { UNKNOWN } from '../shown';
import type { Verdict } from '../verdict';

/** An acceptance, and where it is written. */
export interface WrittenAcceptance extends Acceptance {
  /** Its place in the list. */
  readonly index: number;
  readonly where: (key: string) => Position;
}

/** Marks each finding with the fingerprint that an acceptance names. */
export function withFingerprints(findings: readonly Finding[], comparison: Comparison): readonly Finding[] {
  return findings.map((finding) => ({ ...finding, change: fingerprint(finding, comparison) }));
}

/**
 * Binds an acceptance to one change: the stack, the address, what changes, how it is judged, and the values, whose whole texts
 * count and not what is shown of them. Sensitive ones are masked before, so that nothing tells of them.
 */
export function fingerprint(finding: Finding, { stack, changes }: Comparison): string {
  const { address, attribute, verdict, before, after } = finding;
  const change = changes.find((one) => one.address === address);
  const decisive = (change?.attributes ?? []).filter(({ path }) =>
    attribute === undefined ? change?.forcedBy.includes(path) : path === attribute,
  );
  const values = decisive.map((one) => [one.path, one.before, one.unknown ? UNKNOWN : one.after]);
  const shown = values.length === 0 ? [before, after] : [];
  const whole = [stack, address, attribute ?? null, verdict, change?.action, values, shown];
  return `c${createHash('sha256').update(JSON.stringify(whole)).digest('hex').slice(0, 16)}`;
}

/** What acceptances are held against. */
export interface AcceptanceRules {
  readonly today: string;

  /** Some changes are missing: what fits nothing may be about one of them. */
  readonly isPart?: boolean;

  /** Fingerprints that were accepted before, of changes that are not looked at here: they may fit nothing. */
  readonly known?: readonly string[];
}

/** What is accepted no longer counts; an acceptance that fits no finding, or has ended, is a problem of the file. */
export function accepted(
  findings: readonly Finding[],
  acceptances: readonly WrittenAcceptance[],
  rules: AcceptanceRules,
): { readonly findings: readonly Finding[]; readonly problems: readonly Problem[] } {
  const valid = acceptances.filter(({ until }) => until >= rules.today);
  const marked = findings.map((finding) => {
    const found = valid.find((one) => covers(one, finding));
    if (!found) return finding;
    const { reason, until, where } = found;
    return { ...finding, accepted: { reason, until, at: where('address') } };
  });
  return { findings: marked, problems: acceptances.flatMap((one) => problemsOf(one, findings, rules)) };
}

function covers({ address, attribute, verdict, change }: Acceptance, finding: Finding): boolean {
  return (
    finding.address === address &&
    finding.attribute === attribute &&
    finding.verdict === verdict &&
    finding.change === change
  );
}

function problemsOf(
  one: WrittenAcceptance,
  findings: readonly Finding[],
  { today, isPart = false, known = [] }: AcceptanceRules,
): Problem[] {
  const { address, attribute, verdict, change, until, where, index } = one;
  const problem = (key: string, message: string) => [{ at: where(key), path: `accept[${index}].${key}`, message }];
  if (until < today) {
    return problem('until', `expected a day from ${today} on, got "${until}": it has ended; look at the finding again`);
  }
  if (known.includes(change)) return [];
  const here = findings.filter((finding) => finding.address === address);
  if (here.length === 0 && isPart) return [];
  const gone = 'remove it, or look at what the review says now';
  if (here.length === 0) {
    return problem(
      'address',
      `expected the address of something that changes here, got "${address}", of which nothing does: remove the acceptance once its change is applied`,
    );
  }
  const same = here.filter((finding) => finding.attribute === attribute);
  if (same.length === 0) {
    const names = [...new Set(here.map((finding) => finding.attribute ?? 'no attribute'))].join(' or ');
    return problem('attribute', `expected ${names}, got ${attribute ?? 'none'}: ${gone}`);
  }
  if (!same.some((finding) => finding.verdict === verdict)) {
    const verdicts = [...new Set(same.map((finding) => finding.verdict))].join(' or ');
    return problem('verdict', `expected ${verdicts}, got "${verdict}": ${gone}`);
  }
  const [found] = same.filter((finding) => finding.verdict === verdict);
  if (same.some((finding) => finding.change === change && finding.verdict === verdict)) return [];
  return problem(
    'change',
    `expected "${found?.change}", got "${change}": this is another change than the one that was accepted`,
  );
}

/** What may be accepted is worth more than a glance; the rest needs no acceptance. */
const ACCEPTABLE: readonly Verdict[] = ['loses-data', 'outage', 'exposure', 'costs-more'];

/** A block to be pasted under `accept:`; none for what needs no acceptance or has one. */
export function acceptanceYaml({ address, attribute, verdict, change, accepted: done }: Finding): string | undefined {
  if (change === undefined || done !== undefined || !ACCEPTABLE.includes(verdict)) return undefined;
  return [
    `- address: ${quoted(address)}`,
    ...(attribute === undefined ? [] : [`  attribute: ${quoted(attribute)}`]),
    `  verdict: ${verdict}`,
    '  reason: # why it may happen',
    '  until: # the last day on which it may, such as 2026-12-31',
    `  change: ${change}`,
  ].join('\n');
}

function quoted(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : JSON.stringify(text);
}
