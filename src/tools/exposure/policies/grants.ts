import { inside } from '../network/source';
import type { Condition, Source } from '../path';
import { INTERNET } from '../path';
import { type Accounts, AWS_ACCOUNTS, isReference } from './accounts';
import { leftBy, type Narrowed, narrowed } from './narrowing';
import { matches, type Policy, type Principal, type Statement } from './policy';

/** What a policy lets somebody do who isn't of its own account, or one resource of the stack. */
export interface Grant {
  readonly from: Source;
  readonly actions: readonly string[];
  readonly conditions: readonly Condition[];
}

export const ANY_ACCOUNT: Source = { kind: 'any-account', name: 'any AWS account' };

interface Reading {
  readonly accounts: Accounts;

  /** Whether "everybody" is everybody on the internet here, signed in or not. */
  readonly anonymous: boolean;
}

/** Whom the statements of a resource's policy let in, with its denials taken off. */
export function grantsOf({ statements }: Policy, reading: Reading): readonly Grant[] {
  const denials = statements.filter(({ allows }) => !allows);
  return statements
    .filter(({ allows }) => allows)
    .flatMap((statement) => {
      const actions = actionsOf(statement).filter((action) => !denials.some((one) => deniesAll(one, action)));
      if (actions.length === 0) return [];
      const limits = denials.filter((one) => isLimit(one, actions)).map((one) => leftByDenial(one, reading.accounts));
      const own = forOneAccount(statement, reading.accounts) ?? narrowed(statement.tests, reading.accounts);
      return whoIn(statement, reading).flatMap((from) => granted(from, actions, [own, ...limits]));
    });
}

/** Services that deliver logs write each account's to a folder of its own. */
function forOneAccount({ resources, principals }: Statement, accounts: Accounts): Narrowed | undefined {
  const folders = resources.map((one) => /\/AWSLogs\/(\$\{[^}]*\}|\d{12})\//.exec(one)?.[1]);
  const own =
    folders.length > 0 && folders.every((one) => one !== undefined && (isReference(one) || accounts.of(one) === 'own'));
  const services = principals.every(({ kind }) => kind === 'Service');
  return own && services ? { own: true, resources: [], accounts: [], conditions: [] } : undefined;
}

function granted(from: Source, actions: readonly string[], limits: readonly Narrowed[]): readonly Grant[] {
  const conditions = distinct(limits.flatMap((one) => one.conditions));
  const resources = limits.flatMap((one) => one.resources);
  if (resources.length > 0) return resources.map((one) => ({ from: inside(one), actions, conditions }));
  if (limits.some(({ own }) => own)) return [];
  const accounts = limits.flatMap((one) => one.accounts);
  if (accounts.length > 0 && from.kind !== 'account')
    return [...new Set(accounts)].map((name) => ({ from: { kind: 'account', name }, actions, conditions }));
  return [{ from, actions, conditions }];
}

function whoIn(statement: Statement, reading: Reading): readonly Source[] {
  const everybody = reading.anonymous ? INTERNET : ANY_ACCOUNT;
  if (statement.otherPrincipals.length > 0)
    return [{ ...everybody, name: `${everybody.name}, except whom a NotPrincipal names` }];
  return statement.principals.flatMap((one) => whoIs(one, reading, everybody));
}

function whoIs({ kind, value }: Principal, { accounts }: Reading, everybody: Source): readonly Source[] {
  if (kind === 'Service') return [{ kind: 'any-account', name: `any AWS account through ${value}` }];
  if (kind === 'Federated') return [{ kind: 'federated', name: `users of ${value.split('/').at(-1) ?? value}` }];
  if (kind === 'CanonicalUser')
    return isReference(value) ? referred(value) : [{ kind: 'account', name: `the account of canonical user ${value}` }];
  if (value === '*') return [everybody];
  if (/:user\/CloudFront Origin Access Identity /.test(value) || isReference(value)) return referred(value);
  const account = accounts.of(value);
  if (account === '*') return [ANY_ACCOUNT];
  if (account === undefined || account === 'own' || AWS_ACCOUNTS.has(account)) return [];
  return [
    {
      kind: 'account',
      name: /:root$|^\d+$/.test(value) ? `account ${account}` : `${value.split(':').at(-1)} of account ${account}`,
    },
  ];
}

/** What the stack itself makes: only origin access identities are worth a path, as roles have grants of their own. */
function referred(value: string): readonly Source[] {
  const [, identity] = /\$\{(aws_cloudfront_origin_access_identity\.\w+)/.exec(value) ?? [];
  return identity === undefined ? [] : [inside(identity)];
}

function actionsOf({ actions, otherActions }: Statement): readonly string[] {
  if (otherActions.length === 0) return actions;
  return [`everything but ${otherActions.join(', ')}`];
}

function deniesAll(
  { tests, actions, principals, otherPrincipals, resources, otherResources }: Statement,
  action: string,
): boolean {
  return (
    tests.length === 0 &&
    otherPrincipals.length === 0 &&
    otherResources.length === 0 &&
    principals.some(({ value }) => value === '*') &&
    (resources.length === 0 || resources.some((one) => one === '*' || !/\/.*[^*/]$/.test(one))) &&
    actions.some((pattern) => matches(pattern, action))
  );
}

/** A denial that leaves only some of those whom another statement lets in. */
function isLimit(
  { principals, otherPrincipals, actions, otherActions, tests }: Statement,
  allowed: readonly string[],
): boolean {
  const everybody = otherPrincipals.length > 0 || (tests.length > 0 && principals.some(({ value }) => value === '*'));
  const all =
    otherActions.length === 0 && allowed.every((action) => actions.some((pattern) => matches(pattern, action)));
  return everybody && all;
}

function leftByDenial({ otherPrincipals, tests }: Statement, accounts: Accounts): Narrowed {
  if (otherPrincipals.length === 0) return leftBy(tests, accounts);
  const named = otherPrincipals.map(({ value }) => accounts.of(value) ?? 'own');
  const others = named.filter((one) => one !== 'own').map((one) => `account ${one}`);
  return { own: others.length === 0 && tests.length === 0, accounts: others, resources: [], conditions: [] };
}

function distinct(conditions: readonly Condition[]): readonly Condition[] {
  return [...new Map(conditions.map((one) => [one.text, one])).values()];
}
