import { isInternet, isPrivate } from '../network/cidr';
import type { Condition } from '../path';
import { type Accounts, isReference } from './accounts';
import type { Test } from './policy';

/** What conditions leave of those whom a statement names. */
export interface Narrowed {
  /** Nobody but this account, this network or what is named here. */
  readonly own: boolean;

  /** Addresses of the stack's resources that alone may come. */
  readonly resources: readonly string[];

  /** Accounts and organizations, where it is those alone. */
  readonly accounts: readonly string[];
  readonly conditions: readonly Condition[];
}

const NOT: Narrowed = { own: false, resources: [], accounts: [], conditions: [] };

/** All conditions of a statement have to hold, so that the narrowest says who is left. */
export function narrowed(tests: readonly Test[], accounts: Accounts): Narrowed {
  const found = tests.filter(({ operator }) => narrows(operator)).map((test) => ofTest(test, accounts));
  return {
    own: found.some(({ own }) => own),
    resources: found.flatMap(({ resources }) => resources),
    accounts: found.flatMap((one) => one.accounts),
    conditions: found.flatMap(({ conditions }) => conditions),
  };
}

/** What a denial of everybody else leaves: its one condition, turned round. */
export function leftBy(tests: readonly Test[], accounts: Accounts): Narrowed {
  const [test, ...more] = tests.filter(({ operator }) => operator !== 'Null' && !/^Bool/.test(operator));
  const [flag] = tests.filter(({ operator }) => /^Bool/.test(operator));
  if (test && more.length === 0) {
    const operator = TURNED[test.operator.replace(/IfExists$/, '')];
    return operator === undefined ? NOT : ofTest({ ...test, operator }, accounts);
  }
  const [said] = flag?.values ?? [];
  return !test && flag && said === 'false' ? ofTest({ ...flag, values: ['true'] }, accounts) : NOT;
}

const TURNED: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NotIpAddress: 'IpAddress',
};

/** A test that a missing key passes narrows nobody; nor does one that names whom it does not mean. */
function narrows(operator: string): boolean {
  return !/IfExists$|^ForAllValues:|Not/.test(operator) && operator !== 'Null';
}

function ofTest({ key, values }: Test, accounts: Accounts): Narrowed {
  if (values.some((value) => /^[*?]*$/.test(value))) return NOT;
  if (
    /^(?:aws:(?:source|principal|resource)account|aws:sourceowner|kms:calleraccount|s3:dataaccesspointaccount)$/.test(
      key,
    )
  )
    return ofAccounts(values, accounts);
  if (/^aws:(?:source|principal)arn$/.test(key)) return ofArns(values, accounts);
  if (/^aws:(?:principal|source)org(?:id|paths)$/.test(key))
    return {
      ...NOT,
      accounts: values.map((value) => `the organization ${value}`),
      conditions: [{ kind: 'organization', text: `of the organization ${values.join(' or ')}` }],
    };
  if (/^aws:(?:sourcevpc|sourcevpce|vpcsourceip)$/.test(key) || key === 'elasticfilesystem:accessedviamounttarget')
    return { ...NOT, own: true, conditions: [{ kind: 'network', text: 'from its network' }] };
  if (key === 'aws:sourceip') return ofAddresses(values);
  if (key === 'aws:securetransport')
    return values.includes('true') ? { ...NOT, conditions: [{ kind: 'tls', text: 'TLS', strength: 1 }] } : NOT;
  if (key === 'sts:externalid') return { ...NOT, conditions: [{ kind: 'auth', text: 'an external id' }] };
  if (key === 'aws:multifactorauthpresent') return { ...NOT, conditions: [{ kind: 'auth', text: 'a second factor' }] };
  if (/^aws:(?:principaltag|userid|username)|^aws:referer$/.test(key))
    return { ...NOT, conditions: [{ kind: 'auth', text: `${key} ${values.join(' or ')}` }] };
  return { ...NOT, conditions: [{ kind: 'request', text: `${key} ${values.join(' or ')}` }] };
}

function ofAccounts(values: readonly string[], accounts: Accounts): Narrowed {
  const named = values.map((value) => accounts.of(value) ?? (isReference(value) ? 'own' : value));
  if (named.every((one) => one === 'own')) return { ...NOT, own: true };
  return { ...NOT, accounts: named.filter((one) => one !== 'own').map((one) => `account ${one}`) };
}

function ofArns(values: readonly string[], accounts: Accounts): Narrowed {
  const named = values.map((value) => accounts.of(value));
  if (named.includes('*')) return NOT;
  const others = named.filter((one) => one !== undefined && one !== 'own');
  if (others.length > 0) return { ...NOT, accounts: others.map((one) => `account ${one}`) };
  return { ...NOT, own: true, resources: values.flatMap((value) => accounts.resourceAt(value) ?? []) };
}

function ofAddresses(values: readonly string[]): Narrowed {
  if (values.some(isInternet)) return NOT;
  const own = values.every(isPrivate);
  return { ...NOT, own, conditions: [{ kind: 'source', text: `from ${[...values].sort().join(', ')}` }] };
}
