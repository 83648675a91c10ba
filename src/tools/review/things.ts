import type { Resource } from '../graph/resource-graph';
import { isMap, type Values } from '../graph/values';
import type { Change } from './change';

/** A resource in plain words: `the database "shop-prod"`. */
export function thing({ type, name, before, after, action, leftOver }: Change): string {
  const noun = nounOf(type);
  // Of what goes, people know the name that it has; of a rename, the old one.
  const values = action === 'create' ? after : (before ?? after);
  const called = type === 'output' ? name : (nameIn(values) ?? name);
  return `${leftOver ? 'a left-over copy of ' : ''}the ${noun} "${called}"`;
}

/** A resource as it is, in plain words: `the database "shop-prod"`. */
export function inWords({
  type,
  name,
  values,
  address,
}: Pick<Resource, 'type' | 'name' | 'values' | 'address'>): string {
  return `the ${nounOf(type)} "${nameIn(values) ?? (name || address)}"`;
}

/** What AWS calls something, as far as its arguments tell. */
export function nameIn(values: Values = {}): string | undefined {
  for (const key of NAMES) {
    const value = values[key];
    if (typeof value !== 'string' || value === '' || value.includes('${')) continue;
    return key === 'queue_url' ? value.slice(value.lastIndexOf('/') + 1) : value;
  }
  const { tags } = values;
  return isMap(tags) && typeof tags['Name'] === 'string' ? tags['Name'] : undefined;
}

/** In the order in which they tell most. */
const NAMES = [
  'identifier',
  'cluster_identifier',
  'replication_group_id',
  'cluster_id',
  'function_name',
  'domain_name',
  'domain',
  'alarm_name',
  'dashboard_name',
  'file_system_name',
  'user_id',
  'family',
  'name',
  'bucket',
  'description',
  'name_prefix',
  'queue_url',
  'repository',
];

/** Of a type that has no word of its own, the words of its name: `aws_apprunner_service` is an "apprunner service". */
export function nounOf(type: string): string {
  return NOUNS[type] ?? type.replace(/^(?:aws|google|azurerm|random)_/, '').replaceAll('_', ' ');
}

const NOUNS: Readonly<Record<string, string>> = {
  output: 'output',
  aws_acm_certificate: 'certificate',
  aws_acm_certificate_validation: 'wait for the certificate',
  aws_alb: 'load balancer',
  aws_alb_listener: 'listener',
  aws_alb_target_group: 'target group',
  aws_apigatewayv2_api: 'HTTP API',
  aws_apigatewayv2_route: 'route of the HTTP API',
  aws_apigatewayv2_stage: 'stage of the HTTP API',
  aws_apigatewayv2_vpc_link: 'VPC link of the HTTP API',
  aws_apigatewayv2_integration: 'integration of the HTTP API',
  aws_api_gateway_rest_api: 'REST API',
  aws_appautoscaling_policy: 'scaling policy',
  aws_appautoscaling_scheduled_action: 'scheduled scaling',
  aws_appautoscaling_target: 'scaling range',
  aws_backup_plan: 'backup plan',
  aws_backup_selection: 'choice of what is backed up',
  aws_backup_vault: 'backup vault',
  aws_cloudfront_distribution: 'CloudFront distribution',
  aws_cloudwatch_dashboard: 'dashboard',
  aws_cloudwatch_event_bus: 'event bus',
  aws_cloudwatch_event_rule: 'event rule',
  aws_cloudwatch_event_target: 'target of the event rule',
  aws_cloudwatch_log_group: 'log group',
  aws_cloudwatch_metric_alarm: 'alarm',
  aws_cognito_user_group: 'user group',
  aws_cognito_user_pool: 'user pool',
  aws_cognito_user_pool_client: 'client of the user pool',
  aws_cognito_user_pool_domain: 'sign-in domain',
  aws_db_instance: 'database',
  aws_db_parameter_group: 'database parameters',
  aws_db_proxy: 'database proxy',
  aws_db_snapshot: 'database snapshot',
  aws_db_subnet_group: 'database subnet group',
  aws_docdb_cluster: 'DocumentDB cluster',
  aws_dynamodb_table: 'DynamoDB table',
  aws_ebs_volume: 'volume',
  aws_ecr_lifecycle_policy: 'image expiry',
  aws_ecr_repository: 'image repository',
  aws_ecs_cluster: 'ECS cluster',
  aws_ecs_service: 'service',
  aws_ecs_task_definition: 'task definition',
  aws_efs_access_point: 'access point of the file system',
  aws_efs_backup_policy: 'backup of the file system',
  aws_efs_file_system: 'file system',
  aws_efs_mount_target: 'mount target of the file system',
  aws_eip: 'public address',
  aws_eks_cluster: 'Kubernetes cluster',
  aws_elasticache_cluster: 'cache',
  aws_elasticache_replication_group: 'cache',
  aws_elasticache_subnet_group: 'cache subnet group',
  aws_elasticache_user: 'user of the cache',
  aws_elasticache_user_group: 'users of the cache',
  aws_elasticsearch_domain: 'search domain',
  aws_flow_log: 'flow log',
  aws_iam_openid_connect_provider: 'OpenID Connect provider',
  aws_iam_policy: 'IAM policy',
  aws_iam_role: 'IAM role',
  aws_iam_role_policy: 'policy of the IAM role',
  aws_iam_role_policy_attachment: 'policy attached to the IAM role',
  aws_iam_user: 'IAM user',
  aws_instance: 'server',
  aws_internet_gateway: 'internet gateway',
  aws_kinesis_stream: 'Kinesis stream',
  aws_kms_alias: 'alias of the key',
  aws_kms_key: 'encryption key',
  aws_lambda_event_source_mapping: 'event source of the function',
  aws_lambda_function: 'function',
  aws_lambda_function_url: 'URL of the function',
  aws_lambda_permission: 'permission to call the function',
  aws_lb: 'load balancer',
  aws_lb_listener: 'listener',
  aws_lb_listener_rule: 'listener rule',
  aws_lb_target_group: 'target group',
  aws_msk_cluster: 'Kafka cluster',
  aws_nat_gateway: 'NAT gateway',
  aws_neptune_cluster: 'Neptune cluster',
  aws_network_acl: 'network ACL',
  aws_network_acl_rule: 'rule of the network ACL',
  aws_opensearch_domain: 'search domain',
  aws_rds_cluster: 'database cluster',
  aws_rds_cluster_instance: 'instance of the database cluster',
  aws_redshift_cluster: 'Redshift cluster',
  aws_route: 'route',
  aws_route53_record: 'DNS record',
  aws_route53_zone: 'hosted zone',
  aws_route_table: 'route table',
  aws_route_table_association: 'route table of the subnet',
  aws_s3_bucket: 'bucket',
  aws_s3_bucket_lifecycle_configuration: 'expiry of the bucket',
  aws_s3_bucket_policy: 'policy of the bucket',
  aws_s3_bucket_public_access_block: 'block of public access to the bucket',
  aws_s3_bucket_server_side_encryption_configuration: 'encryption of the bucket',
  aws_s3_bucket_versioning: 'versioning of the bucket',
  aws_s3_object: 'object',
  aws_scheduler_schedule: 'schedule',
  aws_secretsmanager_secret: 'secret',
  aws_secretsmanager_secret_version: 'value of the secret',
  aws_security_group: 'security group',
  aws_security_group_rule: 'rule of the security group',
  aws_service_discovery_service: 'name of the service inside of the VPC',
  aws_sesv2_email_identity: 'email identity',
  aws_sns_topic: 'topic',
  aws_sns_topic_policy: 'policy of the topic',
  aws_sns_topic_subscription: 'subscription',
  aws_sqs_queue: 'queue',
  aws_sqs_queue_policy: 'policy of the queue',
  aws_ssm_parameter: 'parameter',
  aws_subnet: 'subnet',
  aws_vpc: 'VPC',
  aws_vpc_endpoint: 'VPC endpoint',
  aws_vpc_security_group_egress_rule: 'outgoing rule of the security group',
  aws_vpc_security_group_ingress_rule: 'incoming rule of the security group',
  aws_wafv2_web_acl: 'web firewall',
};
