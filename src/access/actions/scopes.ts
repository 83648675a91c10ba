import type { NamedScope, NameSource, Scope } from './scope';

const BY_PREFIX = ['{prefix}-*'];

function source(type: string, attribute: string, arns: readonly string[], patterns = BY_PREFIX): NameSource {
  return { type, attribute, arns, patterns };
}

function named(id: string, ...sources: NameSource[]): NamedScope {
  return { kind: 'named', id, sources };
}

const here = (service: string, rest: string) => `arn:aws:${service}:{region}:{account}:${rest}`;
const INSIDE = ['{project}-*-{env}', '{project}-*-{env}-dlq', ...BY_PREFIX];

export const bucket = named(
  'bucket',
  source('aws_s3_bucket', 'bucket', ['arn:aws:s3:::{name}'], ['{project}-*-{env}', ...BY_PREFIX]),
);
export const queue = named('queue', source('aws_sqs_queue', 'name', [here('sqs', '{name}')], INSIDE));
export const topic = named('topic', source('aws_sns_topic', 'name', [here('sns', '{name}')], INSIDE));
export const logGroup = named(
  'log_group',
  source(
    'aws_cloudwatch_log_group',
    'name',
    [here('logs', 'log-group:{name}'), here('logs', 'log-group:{name}:*')],
    ['/*/{prefix}/*', '/*/{prefix}-*'],
  ),
);
export const alarm = named(
  'alarm',
  source('aws_cloudwatch_metric_alarm', 'alarm_name', [here('cloudwatch', 'alarm:{name}')]),
);
export const dashboard = named(
  'dashboard',
  source('aws_cloudwatch_dashboard', 'dashboard_name', ['arn:aws:cloudwatch::{account}:dashboard/{name}']),
);
export const rule = named(
  'rule',
  source('aws_cloudwatch_event_rule', 'name', [here('events', 'rule/{name}'), here('events', 'rule/*/{name}')]),
);
export const bus = named('bus', source('aws_cloudwatch_event_bus', 'name', [here('events', 'event-bus/{name}')]));
export const schedule = named(
  'schedule',
  source('aws_scheduler_schedule', 'name', [here('scheduler', 'schedule/*/{name}')]),
  source('aws_scheduler_schedule_group', 'name', [here('scheduler', 'schedule-group/{name}')]),
);
export const lambda = named(
  'lambda',
  source('aws_lambda_function', 'function_name', [here('lambda', 'function:{name}')]),
);
/** A mapping has an id of AWS's; what it starts has a name. */
export const eventSource: Scope = {
  kind: 'named',
  id: 'event_source',
  sources: [source('aws_lambda_function', 'function_name', [here('lambda', 'event-source-mapping:*')])],
  when: { ArnLike: { 'lambda:FunctionArn': [here('lambda', 'function:{name}')] } },
};
export const repository = named(
  'repository',
  source('aws_ecr_repository', 'name', [here('ecr', 'repository/{name}')], ['{prefix}/*', ...BY_PREFIX]),
);
export const ecs = named(
  'ecs',
  source(
    'aws_ecs_cluster',
    'name',
    [here('ecs', 'cluster/{name}'), here('ecs', 'service/{name}/*')],
    ['{project}_cluster_{env}'],
  ),
  source('aws_ecs_task_definition', 'family', [here('ecs', 'task-definition/{name}:*')]),
);
/** Secrets Manager appends a dash and six characters. */
export const secret = named(
  'secret',
  source(
    'aws_secretsmanager_secret',
    'name',
    [here('secretsmanager', 'secret:{name}-??????')],
    ['{project}/{env}/*', ...BY_PREFIX],
  ),
);
export const parameter = named(
  'parameter',
  source('aws_ssm_parameter', 'name', [here('ssm', 'parameter{name}')], ['/{env}/{project}/*', '/{project}/{env}/*']),
);
export const parametersByPath = named(
  'parameters_by_path',
  source(
    'data.aws_ssm_parameters_by_path',
    'path',
    [here('ssm', 'parameter{name}'), here('ssm', 'parameter{name}/*')],
    [],
  ),
);
export const role = named('role', source('aws_iam_role', 'name', ['arn:aws:iam::{account}:role/{name}']));
export const rds = named(
  'rds',
  source('aws_db_instance', 'identifier', [here('rds', 'db:{name}'), here('rds', 'snapshot:{name}-final')]),
  source('aws_db_subnet_group', 'name', [here('rds', 'subgrp:{name}')]),
  source('aws_db_parameter_group', 'name', [here('rds', 'pg:{name}')]),
  source('aws_db_option_group', 'name', [here('rds', 'og:{name}')]),
  source('aws_db_instance_automated_backups_replication', 'id', ['arn:aws:rds:*:{account}:auto-backup:*'], []),
);
export const cache = named(
  'cache',
  source('aws_elasticache_replication_group', 'replication_group_id', [
    here('elasticache', 'replicationgroup:{name}'),
    here('elasticache', 'cluster:{name}-*'),
    here('elasticache', 'snapshot:{name}-final'),
  ]),
  source('aws_elasticache_subnet_group', 'name', [here('elasticache', 'subnetgroup:{name}')]),
  source('aws_elasticache_parameter_group', 'name', [here('elasticache', 'parametergroup:{name}')]),
  source('aws_elasticache_user', 'user_id', [here('elasticache', 'user:{name}')]),
  source('aws_elasticache_user_group', 'user_group_id', [here('elasticache', 'usergroup:{name}')]),
);
const elbArn = (rest: string) => here('elasticloadbalancing', rest);
export const balancer = named(
  'balancer',
  source('aws_lb', 'name', [
    elbArn('loadbalancer/app/{name}/*'),
    elbArn('listener/app/{name}/*'),
    elbArn('listener-rule/app/{name}/*'),
  ]),
  source('aws_lb_target_group', 'name', [elbArn('targetgroup/{name}/*')]),
);
export const firewall = named(
  'firewall',
  source('aws_wafv2_web_acl', 'name', [here('wafv2', '*/webacl/{name}/*')]),
  source('aws_lb', 'name', [elbArn('loadbalancer/app/{name}/*')]),
);
export const budget = named(
  'budget',
  source('aws_budgets_budget', 'name', ['arn:aws:budgets::{account}:budget/{name}']),
);
export const email = named(
  'email',
  source('aws_sesv2_email_identity', 'email_identity', [here('ses', 'identity/{name}')], []),
  source('aws_sesv2_configuration_set', 'configuration_set_name', [here('ses', 'configuration-set/{name}')]),
);
export const keyAlias = named(
  'key_alias',
  source('aws_kms_alias', 'name', ['arn:aws:kms:{region}:{account}:{name}'], ['alias/{prefix}-*']),
);
export const table = named('table', source('aws_dynamodb_table', 'name', [here('dynamodb', 'table/{name}')]));
export const trail = named('trail', source('aws_cloudtrail', 'name', [here('cloudtrail', 'trail/{name}')]));

function tagged(service: string, made: readonly string[], creates: string): Scope {
  return { kind: 'tagged', id: service, made: made.map((each) => here(service, each)), creates };
}

/** Each kind by itself: what is made in a network also acts on that network, which has the tag. */
export const ec2 = (...made: string[]): Scope =>
  tagged(
    'ec2',
    made.map((kind) => `${kind}/*`),
    '(?:Allocate|Authorize|Create(?!NetworkAclEntry|Route$))',
  );
export const key = tagged('kms', ['key/*'], 'CreateKey');
export const fileSystem = tagged(
  'elasticfilesystem',
  ['file-system/*', 'access-point/*'],
  'Create(?:FileSystem|AccessPoint)',
);
export const userPool = tagged('cognito-idp', ['userpool/*'], 'CreateUserPool$');
export const certificate = tagged('acm', ['certificate/*'], 'RequestCertificate');
export const discovery = tagged('servicediscovery', ['namespace/*', 'service/*'], 'Create');
export const proxy = tagged('rds', ['db-proxy:*', 'target-group:*'], 'CreateDBProxy$');
export const distribution: Scope = {
  kind: 'tagged',
  id: 'cloudfront',
  made: ['arn:aws:cloudfront::{account}:distribution/*'],
  creates: 'CreateDistribution',
};

/** These have ids of AWS's, no name in their ARN and no tags. */
export const viewerSettings: Scope = {
  kind: 'all',
  id: 'viewer_settings',
  arns: ['origin-access-control', 'origin-access-identity', 'response-headers-policy'].map(
    (each) => `arn:aws:cloudfront::{account}:${each}/*`,
  ),
};
export const zone: Scope = { kind: 'all', id: 'zone', arns: ['arn:aws:route53:::hostedzone/*'] };
/** A zone is told by its id alone; its records by their names. */
const zoneNames = [
  ['aws_route53_zone', 'name'],
  ['data.aws_route53_zone', 'name'],
  ['aws_route53_record', 'name'],
  ['aws_acm_certificate', 'domain_name'],
] as const;
export const record: Scope = {
  kind: 'named',
  id: 'record',
  sources: zoneNames.map(([type, attribute]) => source(type, attribute, ['arn:aws:route53:::hostedzone/*'], [])),
  when: {
    'ForAllValues:StringLike': {
      'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['{name}', '*.{name}'],
    },
  },
};
export const httpApi: Scope = {
  kind: 'all',
  id: 'http_api',
  arns: ['apis', 'vpclinks', 'domainnames', 'tags'].flatMap((each) => [
    `arn:aws:apigateway:{region}::/${each}`,
    `arn:aws:apigateway:{region}::/${each}/*`,
  ]),
};
export const scalableTarget: Scope = {
  kind: 'all',
  id: 'scalable_target',
  arns: [here('application-autoscaling', 'scalable-target/*')],
  when: { StringEquals: { 'application-autoscaling:service-namespace': 'ecs' } },
};
