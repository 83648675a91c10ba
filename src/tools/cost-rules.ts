import type { CostKind } from '../spec/sections/cost';
import type { Arguments, Part } from './cost';
import {
  alarmMetrics,
  allFilesGb,
  clusterParts,
  databaseParts,
  fileSystemParts,
  HOURS,
  handlesEvents,
  hours,
  interfaceEndpoints,
  list,
  nodes,
  one,
  type Place,
  part,
  proxyParts,
  serviceParts,
  share,
  streamParts,
  tableParts,
} from './cost-parts';

interface CostRule {
  readonly kind: CostKind;

  /** What a resource is charged for, or why it is free. */
  readonly parts: (args: Arguments, place: Place) => readonly Part[] | string;
}

/** What is charged, by resource type; what is not here is in freeTypes or comes out as unpriced. */
export const costRules: Readonly<Record<string, CostRule>> = {
  aws_nat_gateway: rule('network', (_, place) => [
    hours('NAT gateway', 'nat.hour'),
    part('data through it', 'nat.gb', share(place, place.usage.natGb)),
  ]),
  aws_eip: rule('network', () => [hours('public IPv4 address', 'ipv4.hour')]),
  aws_internet_gateway: rule('network', (_, place) => [
    part('data out to the internet', 'internet.out.gb', share(place, place.usage.internetGb)),
  ]),
  aws_vpc_endpoint: rule('network', (args, place) =>
    (args.vpc_endpoint_type ?? 'Gateway') === 'Gateway'
      ? 'gateway endpoints are free'
      : [
          hours('interface endpoint, each zone', 'endpoint.interface.hour', list(args.subnet_ids).length),
          part('data through it', 'endpoint.interface.gb', place.usage.endpointGb / interfaceEndpoints(place)),
        ],
  ),
  aws_lb: rule('loadBalancing', (args, place) => [
    hours('load balancer', 'alb.hour'),
    part('capacity units', 'alb.lcu-hour', share(place, place.usage.albLcu) * HOURS),
    ...(args.internal === true
      ? []
      : [hours('public IPv4 addresses, one each zone', 'ipv4.hour', list(args.subnets).length)]),
  ]),
  aws_cloudfront_distribution: rule('edge', (_, place) => [
    part('data delivered', 'cloudfront.gb', share(place, place.usage.cdnGb)),
    part('requests', 'cloudfront.million', share(place, place.usage.requestsMillions)),
  ]),
  aws_wafv2_web_acl: rule('edge', (args, { usage }) => [
    part('web ACL', 'waf.acl-month', 1),
    part('rules', 'waf.rule-month', list(args.rule).length),
    part('requests', 'waf.million', usage.requestsMillions),
  ]),
  aws_route53_zone: rule('edge', (_, place) => [
    part('hosted zone', 'route53.zone-month', 1),
    part('queries', 'route53.million', share(place, place.usage.dnsMillions)),
  ]),
  aws_service_discovery_private_dns_namespace: rule('network', () => [part('hosted zone', 'route53.zone-month', 1)]),
  aws_apigatewayv2_api: rule('edge', (_, place) => [
    part('requests', 'api.http.million', share(place, place.usage.requestsMillions)),
  ]),
  aws_api_gateway_rest_api: rule('edge', (_, place) => [
    part('requests', 'api.rest.million', share(place, place.usage.requestsMillions)),
  ]),
  aws_ecs_service: rule('containers', serviceParts),
  aws_ecr_repository: rule('containers', (_, place) => [
    part('images', 'ecr.gb-month', share(place, place.usage.imagesGb)),
  ]),
  aws_lambda_function: rule('functions', (args, place) => {
    if (handlesEvents(args)) return 'handles a few pushes and deployments a day';
    const invocations = share(place, place.usage.functionMillions, (other) => !handlesEvents(other));
    const seconds = (invocations * 1_000_000 * place.usage.functionMilliseconds) / 1000;
    const architecture = list(args.architectures)[0] ?? 'x86_64';
    return [
      part('invocations', 'lambda.million', invocations),
      part('memory', `lambda.${architecture}.gb-second`, (seconds * Number(args.memory_size ?? 128)) / 1024),
    ];
  }),
  aws_db_instance: rule('database', databaseParts),
  aws_db_proxy: rule('database', proxyParts),
  aws_db_instance_automated_backups_replication: rule('database', () => [
    part('copies in another region', 'rds.backup.replicated.gb-month', 1),
  ]),
  aws_elasticache_replication_group: rule('cache', (args) => [
    hours('nodes', `elasticache.${args.engine ?? 'redis'}.${args.node_type}.hour`, nodes(args)),
  ]),
  aws_dynamodb_table: rule('storage', tableParts),
  aws_s3_bucket: rule('storage', (_, place) => [
    part('stored', 's3.standard.gb-month', share(place, place.usage.storageGb)),
    part('writes', 's3.write.million', share(place, place.usage.storageWritesMillions)),
    part('reads', 's3.read.million', share(place, place.usage.storageReadsMillions)),
  ]),
  aws_ebs_volume: rule('storage', ({ type = 'gp2', size }) => [
    part(`${type} volume`, `ebs.${type}.gb-month`, Number(size ?? 0)),
  ]),
  aws_efs_file_system: rule('storage', fileSystemParts),
  aws_efs_backup_policy: rule('storage', (args, place) =>
    one(args.backup_policy)?.status === 'ENABLED'
      ? [part('backups', 'backup.efs.gb-month', share(place, allFilesGb(place.usage)))]
      : 'no backups',
  ),
  aws_sqs_queue: rule('messaging', (args, place) => [
    part(
      'requests',
      args.fifo_queue === true ? 'sqs.fifo.million' : 'sqs.million',
      share(place, place.usage.queueMillions),
    ),
  ]),
  aws_kinesis_stream: rule('messaging', streamParts),
  aws_sns_topic: rule('messaging', (args, place) => [
    part(
      'messages',
      args.fifo_topic === true ? 'sns.fifo.million' : 'sns.million',
      share(place, place.usage.topicMillions),
    ),
  ]),
  aws_cognito_user_pool: rule('usersAndEmail', (args, place) => [
    part(
      'active users beyond the free ones',
      `cognito.${String(args.user_pool_tier ?? 'ESSENTIALS').toLowerCase()}.mau`,
      share(place, place.usage.paidUsers),
    ),
  ]),
  aws_sesv2_email_identity: rule('usersAndEmail', (_, place) => [
    part('mails', 'ses.thousand', share(place, place.usage.emailsThousands)),
  ]),
  aws_secretsmanager_secret: rule('secrets', (_, place) => [
    part('secret', 'secret.month', 1),
    part('reads', 'secret.read.million', share(place, place.usage.secretReadsMillions)),
  ]),
  aws_kms_key: rule('secrets', (_, place) => [
    part('key', 'kms.key-month', 1),
    part('requests', 'kms.million', share(place, place.usage.keyRequestsMillions)),
  ]),
  aws_ssm_parameter: rule('secrets', (args) =>
    args.tier === 'Advanced' ? [part('advanced parameter', 'ssm.advanced.month', 1)] : 'standard parameters are free',
  ),
  aws_cloudwatch_log_group: rule('monitoring', (args, place) => {
    const gigabytes = share(place, place.usage.logsGb);
    const kept = Number(args.retention_in_days ?? 0);
    const stored = kept > 0 ? 'logs.stored.gb-month' : 'logs.stored-for-ever.gb-month';
    return [
      part('written', `logs.${String(args.log_group_class ?? 'STANDARD').toLowerCase()}.gb`, gigabytes),
      part('kept', stored, (gigabytes * kept * 24) / HOURS),
    ];
  }),
  aws_cloudwatch_metric_alarm: rule('monitoring', (args) => [
    part('alarm, each metric', 'alarm.metric-month', alarmMetrics(args)),
  ]),
  aws_appautoscaling_policy: rule('monitoring', (args) => {
    if (args.policy_type !== 'TargetTrackingScaling') return 'a step policy acts on alarms that are listed themselves';
    const tracking = one(args.target_tracking_scaling_policy_configuration);
    return [part('alarms that it makes', 'alarm.metric-month', tracking?.disable_scale_in === true ? 1 : 2)];
  }),
  aws_cloudwatch_dashboard: rule('monitoring', () => [part('dashboard', 'dashboard.month', 1)]),
  aws_ecs_cluster: rule('monitoring', clusterParts),
  aws_config_configuration_recorder: rule('monitoring', (_, place) => [
    part('changes recorded', 'config.item', share(place, place.usage.configItems)),
  ]),
};

function rule(kind: CostKind, parts: CostRule['parts']): CostRule {
  return { kind, parts };
}
