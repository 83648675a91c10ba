import { isMap, type Values, valuesAt } from '../../graph/values';

/** Whether a distribution hands out something without a signed URL that it did not: behaviours are known by their paths. */
export function unsigned(before: Values, after: Values, key: string): boolean {
  const later = behaviours(after);
  return valuesAt(before, key)
    .filter(isMap)
    .filter(isSigned)
    .map(({ path_pattern: pattern }) => later.find((one) => one['path_pattern'] === pattern) ?? later[0])
    .some((one) => one !== undefined && !isSigned(one));
}

/** The default one first: it has no path, and answers for those that are gone. */
function behaviours(values: Values): readonly Values[] {
  return ['default_cache_behavior', 'ordered_cache_behavior'].flatMap((key) => valuesAt(values, key)).filter(isMap);
}

function isSigned(behaviour: Values): boolean {
  return ['trusted_key_groups', 'trusted_signers'].some((key) => valuesAt(behaviour, key).length > 0);
}
