import { expect, test } from 'vitest';
import type { EnvironmentSpec } from '../../../src/spec/environment';
import { loadEnvironments } from '../../../src/spec/load/load';
import { runningServices } from '../../../src/spec/rules/running-services';
import { pictureOfStack } from '../../../src/tools/diagram/drawn';
import { INTERNET, type Picture } from '../../../src/tools/diagram/picture';
import { shippedStacks } from '../../support/shipped';

const stacks = shippedStacks().map(({ stack, terraform }) => {
  const json = JSON.parse(terraform) as Synthesized;
  return { stack, json, picture: pictureOfStack(stack, json) };
});
const specs = loadEnvironments(['environments']).map(({ spec }) => spec);

for (const { stack, json, picture } of stacks) {
  test(`every resource of ${stack} is in one node, network or group of its picture`, () => {
    const drawn = [...picture.nodes, ...picture.areas, ...picture.groups].flatMap(({ addresses }) => addresses);
    expect(drawn.sort()).toEqual(addressesOf(json));
  });

  test(`no edge of ${stack} is invented: its things speak of each other`, () => {
    const invented = picture.edges.filter((edge) => !isSaid(edge, picture, json));
    expect(invented.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });
}

for (const spec of specs) {
  const name = `${spec.project}-${spec.env}`;
  test(`whatever ${name} writes under "uses" is an edge of its picture`, () => {
    const { picture } = stacks.find(({ stack }) => stack === name) ?? {};
    if (!picture) throw new Error(`there is no ${name}`);
    const joined = new Set(picture.edges.flatMap(({ from, to }) => [`${from} ${to}`, `${to} ${from}`]));
    const missing = consumersOf(spec).flatMap(({ address, uses }) => {
      const from = nodeWith(picture, [address]);
      return uses
        .filter((used) => used !== 'logs') // its own log group, which is part of it
        .filter((used) => !joined.has(`${from} ${nodeWith(picture, addressesFor(used))}`))
        .map((used) => `${address} uses ${used}`);
    });
    expect(missing).toEqual([]);
  });
}

test('every rule of a load balancer and of an API leads to who answers', () => {
  for (const { json, picture } of stacks) {
    const services = Object.entries(json.resource['aws_ecs_service'] ?? {});
    for (const [service, values] of services.filter(([, one]) => 'load_balancer' in one)) {
      const to = nodeWith(picture, [`aws_ecs_service.${service}`]);
      const from = picture.edges.filter((edge) => edge.to === to && edge.kind === 'traffic').map((edge) => edge.from);
      expect(from.filter((id) => id.startsWith('aws_lb.'))).toHaveLength(1);
      expect(values).toBeDefined();
    }
  }
});

test.each([
  ['platform-dev', ['aws_apigatewayv2_api.http_api', 'aws_cognito_user_pool.users', 'aws_s3_bucket.bucket_assets']],
  ['core-business-unit-dev', ['aws_cognito_user_pool.users', 'aws_lb.alb']],
  ['rayman-prod', ['aws_apigatewayv2_api.http_api', 'aws_cloudfront_distribution.cdn', 'aws_lb.alb']],
])('the internet reaches in %s what anybody may call, sign up at or read', (stack, reached) => {
  const { edges = [] } = stacks.find((one) => one.stack === stack)?.picture ?? {};
  const open = edges.filter(({ from }) => from === INTERNET.id);
  expect(open.map(({ to }) => to)).toEqual(reached);
  expect(open.map(({ kind, label }) => `${kind} ${label}`)).toEqual(
    reached.map(() => expect.stringMatching(/^traffic (?:80, )?443$/)),
  );
});

interface Synthesized {
  readonly resource: Record<string, Record<string, object>>;
  readonly data?: Record<string, Record<string, object>>;
}

/** Whoever in a file may have a `uses`, and the resource that runs it. */
function consumersOf(spec: EnvironmentSpec): { readonly address: string; readonly uses: readonly string[] }[] {
  const id = (name: string) => name.replace(/\W/g, '_');
  const tasks = (prefix: string, found: readonly { readonly name: string; readonly uses: readonly string[] }[]) =>
    found.map(({ name, uses }) => ({ address: `aws_ecs_task_definition.${prefix}_${id(name)}_task`, uses }));
  return [
    ...runningServices(spec).map(({ name, service: { uses } }) => ({
      address: `aws_ecs_service.${id(name.replace('services.', 'service_').replace('postgres.', ''))}`,
      uses,
    })),
    ...spec.functions.map(({ name, uses }) => ({ address: `aws_lambda_function.function_${id(name)}`, uses })),
    ...tasks('task', spec.tasks),
    ...tasks('scheduled_task', spec.scheduledTasks),
    ...tasks('event_task', spec.eventProcessorTasks),
  ];
}

/** The addresses that a name under `uses` means, the first that there is. */
function addressesFor(used: string): string[] {
  const [section = '', name = ''] = used.split('.');
  const id = name.replace(/\W/g, '_');
  const meant: Readonly<Record<string, readonly string[]>> = {
    database: ['aws_db_proxy.database_proxy', 'aws_db_instance.database'],
    redis: ['aws_elasticache_replication_group.redis'],
    cognito: ['aws_cognito_user_pool.users'],
    ses: ['aws_sesv2_email_identity.email'],
    push: ['aws_sns_platform_application.push'],
    buckets: [`aws_s3_bucket.bucket_${id}`],
    secrets: [`aws_secretsmanager_secret.secret_${id}`],
    sqs: [`aws_sqs_queue.queue_${id}`],
    topics: [`aws_sns_topic.topic_${id}`],
    services: [`aws_ecs_service.service_${id}`],
    workload: ['aws_ecs_service.workload'],
  };
  return [...(meant[section] ?? [])];
}

function nodeWith(picture: Picture, addresses: readonly string[]): string {
  const [found] = addresses.flatMap((address) => picture.nodes.find((node) => node.addresses.includes(address)) ?? []);
  if (!found) throw new Error(`no node has ${addresses.join(' or ')}`);
  return found.id;
}

/**
 * Looks at the text of the synthesized files alone: one side has the other's address in it, or says its name; a CDN says the
 * name of a record that points there.
 */
function isSaid({ from, to }: { from: string; to: string }, { nodes }: Picture, json: Synthesized): boolean {
  const there = resourcesOf(nodes, to, json);
  if (from === INTERNET.id)
    return there.some(
      ({ address, text }) =>
        /"(?:0\.0\.0\.0\/0|::\/0)"/.test(text) ||
        /^aws_(?:cloudfront_|apigatewayv2_api)/.test(address) ||
        (address.startsWith('aws_cognito_user_pool.') && !text.includes('"allow_admin_create_user_only":true')) ||
        (address.startsWith('aws_s3_bucket_policy.') && isForAnybody(text)),
    );
  const here = resourcesOf(nodes, from, json);
  const speaks = (one: typeof here, other: typeof here) =>
    one.some(({ text }) => other.some(({ address, name }) => text.includes(`${address}.`) || says(text, name)));
  const records = Object.values(json.resource['aws_route53_record'] ?? {}).map((record) => JSON.stringify(record));
  const pointing = records.filter((record) => there.some(({ address }) => record.includes(`${address}.`)));
  const named = pointing.map((record) => (JSON.parse(record) as { name: string }).name);
  return (
    speaks(here, there) ||
    speaks(there, here) ||
    here.some(({ text }) => named.some((name) => text.includes(`"${name}"`)))
  );
}

/** A statement that allows, as the policies of this project are written. */
function isForAnybody(policy: string): boolean {
  return policy
    .split('"Sid"')
    .some((one) => /"Effect"\W+"Allow"/.test(one) && /"Principal"[^\w*]+(?:AWS[^\w*]+)?\*"/.test(one));
}

function resourcesOf(nodes: Picture['nodes'], id: string, json: Synthesized) {
  const addresses = nodes.find((node) => node.id === id)?.addresses ?? [];
  return addresses.map((address) => {
    const [type = '', name = ''] = address.replace(/^data\./, '').split('.');
    const values = (address.startsWith('data.') ? json.data : json.resource)?.[type]?.[name] ?? {};
    const { name: called = undefined, bucket = called } = values as {
      readonly name?: string;
      readonly bucket?: string;
    };
    return { address, text: JSON.stringify(values).replaceAll('\\"', '"'), name: bucket };
  });
}

function says(text: string, name: string | undefined): boolean {
  return name !== undefined && [':', '/'].some((before) => text.includes(`${before}${name}"`));
}

function addressesOf({ resource, data = {} }: Synthesized): string[] {
  const list = (prefix: string, types: Record<string, object>) =>
    Object.entries(types).flatMap(([type, named]) => Object.keys(named).map((name) => `${prefix}${type}.${name}`));
  return [...list('', resource), ...list('data.', data)].sort();
}
