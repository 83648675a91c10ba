import type { Resource, ResourceGraph } from '../../graph/resource-graph';
import { undecided } from '../network/source';
import { type Path, path, type Source } from '../path';
import type { Accounts } from './accounts';
import { isReference } from './accounts';
import { grantsOf } from './grants';
import { type Policy, type Principal, policyAt, type Statement, type Test } from './policy';

/** Who may take the roles of a stack: other accounts, workflows of GitHub, users of identity providers. */
export function trustPaths(graph: ResourceGraph, accounts: Accounts): readonly Path[] {
  return graph
    .ofType('aws_iam_role')
    .filter(({ mode }) => mode === 'managed')
    .flatMap((role) => {
      const policy = policyAt(graph, role, 'assume_role_policy');
      return policy.unknown
        ? [unknownTrust(role)]
        : [...ofAws(role, policy, accounts), ...ofFederated(graph, role, policy)];
    });
}

function unknownTrust({ address }: Resource): Path {
  const why = `assume_role_policy of ${address}`;
  const from = undecided(`whoever ${why} names`);
  return path({ from, to: address, actions: ['sts:AssumeRole'], unknown: [why], because: [address] });
}

/** AWS's services take roles only for the account that hands them over, so that they are no path from outside. */
function ofAws(role: Resource, { statements }: Policy, accounts: Accounts): readonly Path[] {
  const kept = statements.map((one) => ({ ...one, principals: one.principals.filter(({ kind }) => kind === 'AWS') }));
  return grantsOf({ statements: kept, unknown: false }, { accounts, anonymous: false }).map(
    ({ from, actions, conditions }) => path({ from, to: role.address, actions, conditions, because: [role.address] }),
  );
}

function ofFederated(graph: ResourceGraph, role: Resource, { statements }: Policy): readonly Path[] {
  return statements
    .filter(({ allows }) => allows)
    .flatMap((statement) =>
      statement.principals
        .filter(({ kind }) => kind === 'Federated')
        .flatMap((principal) => subjectsOf(graph, role, principal, statement))
        .map((from) => path({ from, to: role.address, actions: statement.actions, because: [role.address] })),
    );
}

function subjectsOf(
  graph: ResourceGraph,
  role: Resource,
  { value }: Principal,
  { tests }: Statement,
): readonly Source[] {
  const provider = providerOf(graph, role, value);
  if (/cognito-identity/.test(provider)) return [ofIdentityPool(tests)];
  if (isSaml(value))
    return [{ kind: 'federated', name: `users of ${value.split('/').at(-1) ?? value}`, pattern: provider }];
  const subjects = tests.filter(({ operator, key }) => /:sub$/.test(key) && isPositive(operator));
  const github =
    /token\.actions\.githubusercontent\.com/.test(provider) || tests.some(({ key }) => /githubusercontent/.test(key));
  const values = subjects.length === 0 ? ['*'] : (subjects[0]?.values ?? []);
  return values.map((subject) => {
    const exact = subjects.some(({ operator }) => /Equals/.test(operator)) && !/Like/.test(subjects[0]?.operator ?? '');
    const pattern = exact ? subject.replaceAll('*', '\u2217') : subject;
    const everyone = /^(?:repo:)?\*/.test(pattern);
    const who = github ? 'GitHub workflow' : `identity of ${provider}`;
    return { kind: 'federated', name: everyone ? `any ${who}` : `any ${who} matching ${subject}`, pattern };
  });
}

function isPositive(operator: string): boolean {
  return /^(?:ForAnyValue:)?String(?:Equals|Like|EqualsIgnoreCase)$/.test(operator);
}

/** Whom a provider speaks for: its URL, which the ARN ends with. */
function providerOf(graph: ResourceGraph, role: Resource, value: string): string {
  if (!isReference(value)) return value.split('oidc-provider/').at(-1) ?? value;
  const [, address = ''] = /\$\{((?:data\.)?aws_iam_openid_connect_provider\.\w+)/.exec(value) ?? [];
  const [provider = graph.get(address)] = graph.linked(role, 'assume_role_policy', 'aws_iam_openid_connect_provider');
  return String((graph.get(address) ?? provider)?.values['url'] ?? value).replace(/^https:\/\//, '');
}

function isSaml(value: string): boolean {
  return /saml[-_]provider/.test(value);
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html */
function ofIdentityPool(tests: readonly Test[]): Source {
  const states = tests
    .filter(({ key }) => /cognito-identity\.amazonaws\.com:amr$/.test(key))
    .flatMap(({ values }) => values);
  const pool = tests.some(({ key }) => /cognito-identity\.amazonaws\.com:aud$/.test(key));
  if (!pool) return { kind: 'internet', name: 'the internet, through any identity pool', pattern: '*' };
  if (states.length === 0 || states.includes('unauthenticated'))
    return { kind: 'internet', name: 'the internet, through the identity pool without signing in' };
  return { kind: 'signed-up', name: 'whoever has signed in at the identity pool' };
}
