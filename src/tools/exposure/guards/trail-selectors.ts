import { isMap, textsAt, type Values, valuesAt } from '../../graph/values';
import type { Guard } from './guard';

/** What a selector of a trail asks of a call, or refuses, before it records it. */
interface Limit {
  readonly on: string;
  readonly values: readonly string[];
  readonly refuses: boolean;
}

/** Whether some of a trail's selectors is there no longer, nor one that records as much. One more kind of calls is not the place of all. */
export function recordsLess(key: string): Guard['weaker'] {
  return (before, after) => {
    const [earlier, later] = [before, after].map((values) => valuesAt(values, key).filter(isMap).map(limitsOf));
    if (!earlier || !later || later.length === 0) return false;
    return earlier.some(
      (one) => !later.some((other) => other.every((limit) => one.some((had) => isNoMore(limit, had)))),
    );
  };
}

/**
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
 */
function limitsOf(selector: Values): readonly Limit[] {
  const types = textsAt(selector, 'read_write_type').filter((type) => type !== 'All');
  const sources = textsAt(selector, 'exclude_management_event_sources');
  const fields = valuesAt(selector, 'field_selector').filter(isMap);
  return [
    ...(types.length > 0 ? [{ on: 'read_write_type', values: types, refuses: false }] : []),
    ...(sources.length > 0 ? [{ on: 'sources', values: sources, refuses: true }] : []),
    ...fields.flatMap((field) =>
      OPERATORS.filter((operator) => valuesAt(field, operator).length > 0).map((operator) => ({
        on: `${String(field['field'])} ${operator}`,
        values: textsAt(field, operator),
        refuses: operator.startsWith('not_'),
      })),
    ),
  ];
}

const OPERATORS = ['equals', 'starts_with', 'ends_with', 'not_equals', 'not_starts_with', 'not_ends_with'];

function isNoMore(limit: Limit, had: Limit): boolean {
  if (limit.on !== had.on) return false;
  const [inner, outer] = limit.refuses ? [limit, had] : [had, limit];
  return inner.values.every((value) => outer.values.includes(value));
}
