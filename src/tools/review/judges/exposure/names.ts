/** Resources of a policy as people read them: `arn:aws:dynamodb:eu-west-1:111111111111:table/jobs` is `table/jobs`. */
export function namesOf(resources: readonly string[]): readonly string[] {
  if (resources.length === 0) return ['every resource'];
  return resources.map((one) =>
    one === '*' ? 'every resource' : one.replace(/^arn:(?:[^:]*:){4}/, '').replace(/\$\{([^}]*?)(?:\.\w+)?\}/g, '$1'),
  );
}

/** Longer lists are cut: the policy is there to be read. */
export function several(texts: readonly string[]): string {
  return texts.length > MOST ? `${texts.slice(0, MOST).join(', ')} and ${texts.length - MOST} more` : texts.join(', ');
}

const MOST = 6;
