import type { Resource, ResourceGraph } from '../../graph/resource-graph';
import { isMarked, textsAt } from '../../graph/values';
import { tcp } from '../network/ports';
import { INTERNET, type Path, path } from '../path';
import type { Accounts } from '../policies/accounts';
import { grantsOf } from '../policies/grants';
import type { Principal, Test } from '../policies/policy';

/** Who calls functions: over their URLs, and by permissions. */
export function functionPaths(graph: ResourceGraph, accounts: Accounts): readonly Path[] {
  const urls = graph.ofType('aws_lambda_function_url').flatMap((url) => ofUrl(graph, url));
  const permissions = graph.ofType('aws_lambda_permission').flatMap((one) => ofPermission(graph, one, accounts));
  const layers = graph.ofType('aws_lambda_layer_version_permission').flatMap((one) => ofLayer(one, accounts));
  return [...urls, ...permissions, ...layers];
}

export function functionNamed(graph: ResourceGraph, from: Resource, path: string): Resource | undefined {
  const [found] = graph.linked(from, path, 'aws_lambda_function');
  if (found) return found;
  const [text = ''] = textsAt(from.values, path);
  const [, name] = /:function:([\w-]+)/.exec(text) ?? [];
  return name === undefined ? undefined : graph.named('aws_lambda_function', name)[0];
}

/** A URL that asks for no signature answers anybody; the provider writes the permission for it. */
function ofUrl(graph: ResourceGraph, url: Resource): readonly Path[] {
  const later = isMarked(url.unknown, 'authorization_type');
  if (url.values['authorization_type'] !== 'NONE' && !later) return [];
  const unknown = later ? [`authorization_type of ${url.address}`] : [];
  const to = functionNamed(graph, url, 'function_name') ?? url;
  const through = to === url ? [] : [url.address];
  const conditions = [{ kind: 'tls', text: 'TLS 1.2 or newer', strength: 1.2 } as const];
  return [
    path({ from: INTERNET, to: to.address, through, ports: [tcp(443)], conditions, unknown, because: [url.address] }),
  ];
}

/** A permission is one statement of the function's policy. */
function ofPermission(graph: ResourceGraph, permission: Resource, accounts: Accounts): readonly Path[] {
  const { values } = permission;
  const principal = String(values['principal'] ?? '');
  const to = functionNamed(graph, permission, 'function_name') ?? permission;
  if (
    values['function_url_auth_type'] === 'NONE' &&
    graph.linking(to, 'aws_lambda_function_url', 'function_name').length > 0
  )
    return [];
  const tests = [
    ...test('StringEquals', 'aws:sourceaccount', values['source_account']),
    ...test('ArnLike', 'aws:sourcearn', values['source_arn'] ?? later(permission, 'source_arn')),
    ...test('StringEquals', 'aws:principalorgid', values['principal_org_id']),
    ...test('StringEquals', 'lambda:eventsourcetoken', values['event_source_token']),
  ];
  const who: Principal = { kind: /\.amazonaws\.com$/.test(principal) ? 'Service' : 'AWS', value: principal };
  return ofStatement(who, String(values['action'] ?? 'lambda:InvokeFunction'), tests, accounts).map(
    ({ from, actions, conditions }) =>
      path({ from, to: to.address, actions, conditions, because: [permission.address] }),
  );
}

/** Of what the apply makes: the resource that it is taken from, which is one of the stack's. */
function later({ references, unknown }: Resource, argument: string): string | undefined {
  const [reference] = references.filter(({ path: at }) => at === argument);
  return isMarked(unknown, argument) ? `\${${reference?.to ?? 'aws_lambda_function.unknown'}.arn}` : undefined;
}

function ofLayer(permission: Resource, accounts: Accounts): readonly Path[] {
  const { principal, action, organization_id: organization } = permission.values;
  const tests = test('StringEquals', 'aws:principalorgid', organization);
  return ofStatement({ kind: 'AWS', value: String(principal ?? '') }, String(action), tests, accounts).map(
    ({ from, actions, conditions }) =>
      path({ from, to: permission.address, actions, conditions, because: [permission.address] }),
  );
}

function ofStatement(principal: Principal, action: string, tests: readonly Test[], accounts: Accounts) {
  const none = { otherPrincipals: [], otherActions: [], resources: [], otherResources: [] };
  const statement = { ...none, allows: true, principals: [principal], actions: [action], tests };
  return grantsOf({ statements: [statement], unknown: false }, { accounts, anonymous: false });
}

function test(operator: string, key: string, value: unknown): readonly Test[] {
  return typeof value === 'string' && value !== '' ? [{ operator, key, values: [value] }] : [];
}
