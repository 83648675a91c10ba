import type { Ports } from '../exposure/path';
import { pathsOf } from '../exposure/paths-of';
import type { Resource } from '../graph/resource-graph';
import { textsAt, valueAt } from '../graph/values';
import { kindOf } from './kinds';
import type { Links } from './links';
import { GROUP_PATHS } from './parts';
import type { EdgeKind } from './picture';

/** Somebody reaches something: two resources, of whatever things; nobody in particular is the internet. */
export interface Reach {
  readonly from: Resource | 'internet';
  readonly to: Resource;
  readonly kind: EdgeKind;
  readonly label: string;
}

type Finder = (links: Links) => Iterable<Reach>;

/** Where one resource names another and the way leads from the first to the second. */
const FORWARD: readonly (readonly [type: string, path: string, kind: EdgeKind, to: readonly string[]])[] = [
  ['aws_lb_listener', 'default_action.target_group_arn', 'traffic', ['aws_lb_target_group']],
  ['aws_lb_listener', 'default_action.forward.target_group.arn', 'traffic', ['aws_lb_target_group']],
  ['aws_lb_listener_rule', 'action.target_group_arn', 'traffic', ['aws_lb_target_group']],
  [
    'aws_apigatewayv2_integration',
    'integration_uri',
    'traffic',
    ['aws_service_discovery_service', 'aws_lambda_function', 'aws_lb_listener'],
  ],
  ['aws_db_proxy_target', 'db_instance_identifier', 'traffic', ['aws_db_instance']],
  ['aws_ecs_task_definition', 'volume.efs_volume_configuration.file_system_id', 'traffic', ['aws_efs_file_system']],
  ['aws_sns_topic_subscription', 'endpoint', 'tells', ['aws_sqs_queue', 'aws_lambda_function']],
  ['aws_cloudwatch_event_target', 'arn', 'tells', ['aws_lambda_function', 'aws_sqs_queue', 'aws_sns_topic']],
  ['aws_cloudwatch_metric_alarm', 'alarm_actions', 'tells', ['aws_sns_topic']],
  ['aws_cloudwatch_metric_alarm', 'ok_actions', 'tells', ['aws_sns_topic']],
  ['aws_lb', 'access_logs.bucket', 'tells', ['aws_s3_bucket']],
  ['aws_cloudfront_distribution', 'logging_config.bucket', 'tells', ['aws_s3_bucket']],
  ['aws_s3_bucket_logging', 'target_bucket', 'tells', ['aws_s3_bucket']],
  ['aws_s3_bucket_notification', 'queue.queue_arn', 'tells', ['aws_sqs_queue']],
  ['aws_s3_bucket_notification', 'lambda_function.lambda_function_arn', 'tells', ['aws_lambda_function']],
  ['aws_cloudtrail', 's3_bucket_name', 'tells', ['aws_s3_bucket']],
  ['aws_config_delivery_channel', 's3_bucket_name', 'tells', ['aws_s3_bucket']],
];

/** Every way from one resource to another. */
export function reachesOf(links: Links): Reach[] {
  return [forward, messages, origins, names, groups, open, grants, settings].flatMap((find) => [...find(links)]);
}

const forward: Finder = function* (links) {
  for (const [type, path, kind, types] of FORWARD) {
    for (const from of links.graph.ofType(type)) {
      for (const to of links.named(from, path, types)) yield { from, to, kind, label: '' };
    }
  }
};

/** A mapping belongs to its function, and the messages come from the queue. */
const messages: Finder = function* (links) {
  for (const mapping of links.graph.ofType('aws_lambda_event_source_mapping')) {
    for (const from of links.named(mapping, 'event_source_arn', ['aws_sqs_queue', 'aws_dynamodb_table']))
      for (const to of links.named(mapping, 'function_name', ['aws_lambda_function']))
        yield { from, to, kind: 'tells', label: '' };
  }
};

/** Origins are known by reference, or by a name that a record points to. */
const origins: Finder = function* (links) {
  const records = links.graph.ofType('aws_route53_record');
  for (const from of links.graph.ofType('aws_cloudfront_distribution')) {
    const domains = textsAt(from.values, 'origin.domain_name');
    const named = records.filter(({ values }) => domains.includes(String(values['name'])));
    const targets = [
      ...links.mentioned(from, 'origin.domain_name').filter(isOrigin),
      ...named.flatMap((record) => links.mentioned(record, 'alias.name')).filter(isOrigin),
    ];
    for (const to of targets) yield { from, to, kind: 'traffic', label: '' };
  }
};

function isOrigin({ type }: Resource): boolean {
  return ['aws_s3_bucket', 'aws_lb', 'aws_apigatewayv2_api', 'aws_lambda_function_url'].includes(type);
}

const names: Finder = function* (links) {
  for (const from of links.graph.ofType('aws_route53_record')) {
    for (const to of links.mentioned(from, 'alias.name')) yield { from, to, kind: 'tells', label: '' };
  }
};

/** Whoever's security group may connect to another's. */
const groups: Finder = function* (links) {
  for (const { rule, group, from, label } of ingress(links)) {
    for (const source of links.named(rule, from, ['aws_security_group'])) {
      for (const one of membersOf(links, source))
        for (const to of membersOf(links, group)) yield { from: one, to, kind: 'traffic', label };
    }
  }
};

/** What anybody may send requests to: where each path from the internet begins. */
const open: Finder = function* ({ graph }) {
  for (const { from, to, through, ports } of pathsOf(graph)) {
    const first = from.kind === 'internet' ? graph.get(through[0] ?? to) : undefined;
    if (first)
      yield* labelsOf(ports).map((label) => ({ from: 'internet', to: first, kind: 'traffic', label }) as const);
  }
};

/** What a policy opens is asked of an endpoint of AWS. */
function labelsOf(ports: readonly Ports[]): readonly string[] {
  if (ports.length === 0) return ['443'];
  return ports.map(({ from, to }) => (from === to ? `${from}` : to - from === 65535 ? '' : `${from}-${to}`));
}

interface Ingress {
  readonly rule: Resource;
  readonly group: Resource;

  /** Where the rule names another group. */
  readonly from: string;
  readonly label: string;
}

function* ingress(links: Links): Iterable<Ingress> {
  for (const rule of links.graph.ofType('aws_vpc_security_group_ingress_rule')) {
    for (const group of links.named(rule, 'security_group_id', ['aws_security_group'])) {
      const label = portsOf(rule, '');
      yield { rule, group, from: 'referenced_security_group_id', label };
    }
  }
  for (const rule of links.graph.ofType('aws_security_group_rule')) {
    if (rule.values['type'] !== 'ingress') continue;
    for (const group of links.named(rule, 'security_group_id', ['aws_security_group'])) {
      const label = portsOf(rule, '');
      yield { rule, group, from: 'source_security_group_id', label };
    }
  }
  for (const group of links.graph.ofType('aws_security_group')) {
    yield { rule: group, group, from: 'ingress.security_groups', label: portsOf(group, 'ingress.') };
  }
}

function portsOf({ values }: Resource, prefix: string): string {
  const first = valueAt(values, `${prefix}from_port`);
  const last = valueAt(values, `${prefix}to_port`);
  if (typeof first !== 'number' || first < 0) return '';
  return first === last || typeof last !== 'number' ? `${first}` : `${first}-${last}`;
}

function membersOf(links: Links, group: Resource): readonly Resource[] {
  return Object.entries(GROUP_PATHS).flatMap(([type, path]) => links.naming(group, type, path));
}

/** What a role may use: all that its policies speak of. */
const grants: Finder = function* (links) {
  for (const role of links.graph.ofType('aws_iam_role')) {
    const own = links.naming(role, 'aws_iam_role_policy', 'role');
    const attached = links
      .naming(role, 'aws_iam_role_policy_attachment', 'role')
      .flatMap((one) => links.named(one, 'policy_arn', ['aws_iam_policy']));
    for (const policy of [...own, ...attached]) {
      for (const to of links.mentioned(policy, 'policy').filter(isUsable))
        yield { from: role, to, kind: 'uses', label: '' };
    }
  }
};

/** What containers and functions are told of. */
const settings: Finder = function* (links) {
  const told = [
    ['aws_ecs_task_definition', 'container_definitions'],
    ['aws_lambda_function', 'environment'],
  ] as const;
  for (const [type, path] of told) {
    for (const from of links.graph.ofType(type)) {
      for (const to of links.mentioned(from, path).filter(isUsable)) yield { from, to, kind: 'uses', label: '' };
    }
  }
};

/** What code works with, beside what only starts it. */
function isUsable(one: Resource): boolean {
  const place = kindOf(one)?.place;
  const parts = ['aws_cognito_user_pool_client', 'aws_elasticache_user', 'aws_efs_access_point'];
  if (parts.includes(one.type)) return true;
  return place !== undefined && !['aws_ecs_task_definition', 'aws_ecr_repository', 'aws_iam_role'].includes(one.type);
}
