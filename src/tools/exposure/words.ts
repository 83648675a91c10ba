import type { Resource } from '../graph/resource-graph';

/** A resource in plain words: `the database "main"`. */
export function inWords({
  type,
  name,
  values,
  address,
}: Pick<Resource, 'type' | 'name' | 'values' | 'address'>): string {
  const said = NAMES.map((key) => values[key]).find(
    (one) => typeof one === 'string' && one !== '' && !one.includes('${'),
  );
  const noun = NOUNS[type] ?? type.replace(/^aws_/, '').replaceAll('_', ' ');
  return `the ${noun} "${String(said ?? (name || address))}"`;
}

const NAMES = [
  'identifier',
  'cluster_identifier',
  'replication_group_id',
  'cluster_id',
  'function_name',
  'domain_name',
  'name',
  'bucket',
];

const NOUNS: Readonly<Record<string, string>> = {
  aws_alb: 'load balancer',
  aws_api_gateway_rest_api: 'REST API',
  aws_apigatewayv2_api: 'HTTP API',
  aws_cloudfront_distribution: 'distribution',
  aws_cloudwatch_event_bus: 'event bus',
  aws_cognito_identity_pool: 'identity pool',
  aws_cognito_user_pool: 'user pool',
  aws_db_instance: 'database',
  aws_db_proxy: 'database proxy',
  aws_ecr_repository: 'image repository',
  aws_ecs_service: 'service',
  aws_efs_file_system: 'file system',
  aws_elasticache_cluster: 'cache',
  aws_elasticache_replication_group: 'cache',
  aws_iam_role: 'role',
  aws_instance: 'instance',
  aws_kms_key: 'key',
  aws_lambda_function: 'function',
  aws_lb: 'load balancer',
  aws_lb_listener: 'listener',
  aws_lb_target_group: 'target group',
  aws_mq_broker: 'message broker',
  aws_opensearch_domain: 'search domain',
  aws_rds_cluster: 'database cluster',
  aws_s3_bucket: 'bucket',
  aws_secretsmanager_secret: 'secret',
  aws_sns_topic: 'topic',
  aws_sqs_queue: 'queue',
  aws_vpc_endpoint: 'VPC endpoint',
};

/** What holds data that somebody may want: a path to it is worse than one to what serves. */
export function holdsData(type: string): boolean {
  return /^aws_(?:db_|rds_|docdb_|neptune_|redshift|elasticache_|memorydb_|efs_|mq_|msk_|opensearch_|elasticsearch_|dms_)/.test(
    type,
  );
}
