import { type AttributeChange, type Change, type Comparison, withoutPlaces } from '../change';
import type { Finding } from '../finding';
import { shownAttribute } from '../shown';
import { thing } from '../things';
import type { Verdict } from '../verdict';

/** What the change of one attribute in place does. */
export interface AttributeRule {
  /** Resource types; all, when none are told. */
  readonly types?: RegExp;

  /** The attribute, without the places in lists: `point_in_time_recovery.enabled`. */
  readonly path: RegExp;

  /** Whether this change of it is one that matters; each is, when this is not told. */
  readonly when?: (before: unknown, after: unknown, change: Change, comparison: Comparison) => boolean;

  /** Goes on from the name of the thing: `the database "main"` + ` loses its standby`. */
  readonly says: string;
  readonly effect: string | ((change: Change) => string);
  readonly advice?: string | ((change: Change) => string);
}

/** Judges what is changed in place by a table; an attribute is told by the first rule that knows it. */
export function* byRules(verdict: Verdict, rules: readonly AttributeRule[], comparison: Comparison): Iterable<Finding> {
  for (const change of comparison.changes) {
    if (change.action !== 'update') continue;
    const known = rules.filter(({ types }) => types === undefined || types.test(change.type));
    if (known.length === 0) continue;
    for (const attribute of change.attributes) {
      if (attribute.unknown) continue;
      const path = withoutPlaces(attribute.path);
      const rule = known.find((one) => one.path.test(path) && matters(one, attribute, change, comparison));
      if (rule) yield findingOf(verdict, rule, attribute, change);
    }
  }
}

function matters({ when }: AttributeRule, attribute: AttributeChange, change: Change, comparison: Comparison): boolean {
  return when === undefined || when(attribute.before, attribute.after, change, comparison);
}

function findingOf(verdict: Verdict, rule: AttributeRule, attribute: AttributeChange, change: Change): Finding {
  return {
    verdict,
    address: change.address,
    ...shownAttribute(attribute),
    reason: `${thing(change)} ${rule.says}`,
    effect: told(rule.effect, change),
    advice: rule.advice && told(rule.advice, change),
  };
}

function told(text: string | ((change: Change) => string), change: Change): string {
  return typeof text === 'string' ? text : text(change);
}

/** Was on, and is so no longer. */
export function switchedOff(before: unknown, after: unknown): boolean {
  return isOn(before) && !isOn(after);
}

export function switchedOn(before: unknown, after: unknown): boolean {
  return !isOn(before) && isOn(after);
}

function isOn(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(?:enabled?|active|running|true|on)$/i.test(value));
}

/** A number that becomes smaller; one that goes away becomes 0. */
export function shortened(before: unknown, after: unknown): boolean {
  return numberIn(before) > numberIn(after);
}

export function numberIn(value: unknown): number {
  return typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : 0;
}

/** What is set to something becomes something else, or nothing. */
export function wasSet(before: unknown): boolean {
  return before !== undefined && before !== null && before !== '';
}
