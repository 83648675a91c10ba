import type { Accounts } from '../../../exposure/policies/accounts';

/** Resources of a policy as people read them: `arn:aws:dynamodb:eu-west-1:111111111111:table/jobs` is `table/jobs`. */
export function namesOf(resources: readonly string[]): readonly string[] {
  if (resources.length === 0) return ['every resource'];
  return resources.map((one) =>
    one === '*' ? 'every resource' : one.replace(/^arn:(?:[^:]*:){4}/, '').replace(/\$\{([^}:]*?)(?:\.\w+)?\}/g, '$1'),
  );
}

/** Who an ARN or account number is, as people read it; `own` is the account of the stack. */
export function principalText(value: string, accounts: Accounts): string {
  if (value === 'own') return 'this account';
  if (value === '*') return 'anybody in any AWS account';
  const account = accounts.of(value);
  const [, organization] = /:organization\/(o-\w+)$/.exec(value) ?? [];
  if (organization !== undefined) return `the organization ${organization}`;
  const name = value.replace(/^arn:(?:[^:]*:){4}:?/, '').replace(/\$\{([^}:]*?)(?:\.\w+)?\}/g, '$1');
  if (account === undefined) return name;
  const whose = account === 'own' ? 'this account' : `account ${account}`;
  return name === 'root' || /^\d+$/.test(name) ? whose : `${name} of ${whose}`;
}

/** Longer lists are cut: the policy is there to be read. */
export function several(texts: readonly string[]): string {
  return texts.length > MOST ? `${texts.slice(0, MOST).join(', ')} and ${texts.length - MOST} more` : texts.join(', ');
}

const MOST = 6;
