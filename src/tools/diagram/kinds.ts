import type { Resource } from '../graph/resource-graph';
import { textsAt } from '../graph/values';
import type { Place } from './picture';

/** How a type of resource is drawn that is a thing of its own. */
export interface Kind {
  readonly words: (resource: Resource) => string;
  readonly place: Place;

  /** What its Terraform names say of the type already. */
  readonly said: RegExp;

  /** All of them are one thing in the picture, which has this title. */
  readonly together?: string;
}

function kind(words: string | Kind['words'], place: Place, said = /^$/, together?: string): Kind {
  return {
    words: typeof words === 'string' ? () => words : words,
    place,
    said,
    ...(together !== undefined && { together }),
  };
}

/** Types that are things of their own wherever they are no part of another; all others belong to something. */
const kinds: Readonly<Record<string, Kind>> = {
  aws_cloudfront_distribution: kind('CloudFront', 'global', /^(?:cdn|distribution)_/),
  aws_route53_zone: kind('Route 53 zone', 'global', /^zone_/),
  aws_wafv2_web_acl: kind('WAF', 'entry', /^waf_/),
  aws_lb: kind((one) => LOAD_BALANCERS[String(one.values['load_balancer_type'])] ?? 'load balancer', 'entry', /^lb_/),
  aws_apigatewayv2_api: kind(
    (one) => (one.values['protocol_type'] === 'WEBSOCKET' ? 'WebSocket API' : 'HTTP API (API Gateway)'),
    'entry',
  ),
  aws_api_gateway_rest_api: kind('REST API (API Gateway)', 'entry'),
  aws_ecs_service: kind('ECS service', 'compute', /^service_/),
  aws_ecs_task_definition: kind('ECS task', 'compute', /^(?:scheduled_task|event_task|task)_|_task$/g),
  aws_lambda_function: kind('Lambda function', 'compute', /^(?:function|lambda)_/),
  aws_instance: kind('EC2 instance', 'compute', /^instance_/),
  aws_autoscaling_group: kind('EC2 instances', 'compute'),
  aws_scheduler_schedule: kind('schedule', 'compute', /^schedule_/),
  aws_cloudwatch_event_rule: kind('EventBridge rule', 'regional', /^rule_/),
  aws_cloudwatch_event_bus: kind('EventBridge bus', 'regional'),
  aws_sfn_state_machine: kind('state machine', 'compute'),
  aws_db_proxy: kind('RDS Proxy', 'data'),
  aws_db_instance: kind((one) => `RDS ${engineOf(one)}`, 'data'),
  aws_rds_cluster: kind((one) => `Aurora ${engineOf(one).replace('aurora-', '')}`, 'data'),
  aws_elasticache_replication_group: kind('ElastiCache', 'data'),
  aws_elasticache_cluster: kind('ElastiCache', 'data'),
  aws_efs_file_system: kind('EFS file system', 'data', /^efs_/),
  aws_dynamodb_table: kind('DynamoDB table', 'data', /^table_/),
  aws_s3_bucket: kind('S3 bucket', 'data', /^bucket_/),
  aws_sqs_queue: kind('SQS queue', 'regional', /^queue_/),
  aws_sns_topic: kind('SNS topic', 'regional', /^topic_|(?<=^alarms_)topics_/g),
  aws_sns_platform_application: kind('SNS mobile push', 'regional'),
  aws_cognito_user_pool: kind('Cognito user pool', 'regional'),
  aws_secretsmanager_secret: kind('secret', 'regional', /^secret_/),
  aws_ssm_parameter: kind('SSM parameter', 'regional', /^parameter_/),
  aws_sesv2_email_identity: kind('SES e-mail', 'regional'),
  aws_ecr_repository: kind('ECR repository', 'regional', /^repository_/),
  aws_kinesis_stream: kind('Kinesis stream', 'regional'),
  aws_opensearch_domain: kind('OpenSearch', 'data'),
  aws_iam_role: kind('IAM role', 'global', /^(?:delivery|role)_/),
  aws_cloudwatch_metric_alarm: kind('CloudWatch', 'watch', /^alarms_/, 'Alarms'),
  aws_cloudtrail: kind('CloudTrail', 'watch'),
  aws_config_configuration_recorder: kind('AWS Config', 'watch'),
};

const LOAD_BALANCERS: Readonly<Record<string, string>> = {
  application: 'Application Load Balancer',
  network: 'Network Load Balancer',
  gateway: 'Gateway Load Balancer',
};

const ENGINES: Readonly<Record<string, string>> = { postgres: 'PostgreSQL', mysql: 'MySQL', mariadb: 'MariaDB' };

export function kindOf({ type }: Resource): Kind | undefined {
  return Object.hasOwn(kinds, type) ? kinds[type] : undefined;
}

/** What a thing is called: its Terraform name without what its type says; a zone by the name that people know. */
export function titleOf({ name, type, values }: Resource): string {
  const [own = ''] = textsAt(values, 'name');
  if (type === 'aws_route53_zone' && own !== '' && !own.includes('${')) return own;
  const said = kinds[type]?.said ?? /^$/;
  return name.replace(said, '').replaceAll('_', ' ');
}

/** What is written beside a title: of what is only looked up, that too. */
export function wordsOf(resource: Resource): string {
  const words = kinds[resource.type]?.words(resource) ?? resource.type;
  return `${words}${resource.mode === 'data' ? ', existing' : ''}`;
}

function engineOf({ values }: Resource): string {
  const [engine = 'database'] = textsAt(values, 'engine');
  return ENGINES[engine] ?? (engine.startsWith('oracle') ? 'Oracle' : engine.replace('sqlserver', 'SQL Server'));
}

/** Of what belongs to nothing that is drawn: the first that fits. */
const groups: readonly (readonly [RegExp, string])[] = [
  [/^data\./, 'Looked up'],
  [/^aws_(?:iam|kms|wafv2)_/, 'Roles, policies and keys'],
  [/^aws_(?:acm|route53)_/, 'Names and certificates'],
  [/^aws_(?:cloudwatch|budgets|sesv2_account|xray|synthetics)/, 'Logs, dashboards and budgets'],
  [/^aws_(?:ecs|appautoscaling|scheduler|service_discovery)_/, 'Cluster and names inside'],
  [/^aws_(?:default_|.*(?:vpc|subnet|route|nat|eip|gateway|network|security_group|flow_log))/, 'Network'],
  [/^(?:random|tls|time|null|terraform)_/, 'Generated values'],
];

export function groupOf({ address }: Resource): string {
  return groups.find(([pattern]) => pattern.test(address))?.[1] ?? 'Other';
}
