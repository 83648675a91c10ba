/** Services whose endpoint is a route, and free. */
export const gatewayServices = ['s3', 'dynamodb'] as const;

/**
 * Services whose endpoint is a network interface in each zone, charged by the hour.
 *
 * Without execute-api: its private DNS would take the names of all public APIs in the VPC.
 * Names: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export const interfaceServices = [
  'application-autoscaling',
  'athena',
  'bedrock-runtime',
  'cloudtrail',
  'ec2',
  'ec2messages',
  'ecr.api',
  'ecr.dkr',
  'ecs',
  'ecs-agent',
  'ecs-telemetry',
  'elasticache',
  'elasticfilesystem',
  'elasticloadbalancing',
  'email-smtp',
  'events',
  'glue',
  'kinesis-firehose',
  'kinesis-streams',
  'kms',
  'lambda',
  'logs',
  'monitoring',
  'rds',
  'rds-data',
  'scheduler',
  'secretsmanager',
  'servicediscovery',
  'sns',
  'sqs',
  'ssm',
  'ssmmessages',
  'states',
  'sts',
  'synthetics',
  'textract',
  'xray',
] as const;

/** An AWS service as `com.amazonaws.<region>.<service>` names it. */
export type EndpointService = (typeof gatewayServices)[number] | (typeof interfaceServices)[number];

/** Whether a service's endpoint is a route. */
export function isGateway(service: EndpointService): boolean {
  return (gatewayServices as readonly string[]).includes(service);
}
