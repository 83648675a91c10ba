import { valueAt } from '../../graph/values';
import type { Change } from '../change';
import { isEmpty } from '../meaning';
import { type AttributeRule, numberIn, switchedOff, wasSet } from './attribute-rule';

const DATABASE =
  /^aws_(?:db_instance|rds_cluster|rds_cluster_instance|docdb_cluster|docdb_cluster_instance|neptune_cluster|neptune_cluster_instance)$/;
const CACHE = /^aws_(?:elasticache_replication_group|elasticache_cluster|memorydb_cluster)$/;
const SEARCH = /^aws_(?:opensearch|elasticsearch)_domain$/;

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.DBInstance.Modifying.html */
const RESTART = 'it restarts: mostly 1 to 10 minutes without a connection';

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html: 60 to 120 seconds. */
const FAILOVER = 'it changes to its standby: 60 to 120 seconds without a connection';

const WINDOW = 'plan it for a quiet hour, or leave it to the maintenance window with apply_immediately: false';

/** What is changed in place, and stops answering for a while or for good. */
export const interruptions: readonly AttributeRule[] = [
  {
    types: DATABASE,
    path: /^engine_version$/,
    when: (before, after) => wasSet(after) && !String(before).startsWith(`${after}.`),
    says: 'gets another version of its engine',
    effect: (change) =>
      timed(
        change,
        `${upgrade(change)}; Multi-AZ does not help, both are upgraded at once (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html)`,
      ),
    advice: 'try it on a copy restored from a snapshot; a blue/green deployment of RDS keeps the gap under a minute',
  },
  {
    types: DATABASE,
    path: /^instance_class$/,
    says: 'changes to another instance class',
    effect: (change) =>
      timed(
        change,
        change.before?.['multi_az'] === true && change.after?.['multi_az'] !== false
          ? FAILOVER
          : 'without a standby it is down for 5 to 15 minutes',
      ),
    advice: WINDOW,
  },
  {
    types: /^aws_(?:db_instance|rds_cluster|elasticache_replication_group)$/,
    path: /^(?:multi_az|multi_az_enabled|automatic_failover_enabled)$/,
    when: switchedOff,
    says: 'loses its standby',
    effect:
      'nothing stops yet: but the next failure of its zone or host takes it down until it is restored, for up to hours',
    advice: 'leave it on where people wait for it',
  },
  {
    types: DATABASE,
    path: /^(?:parameter_group_name|db_cluster_parameter_group_name|db_parameter_group_name|option_group_name|ca_cert_identifier)$/,
    when: wasSet,
    says: 'changes to another group of settings',
    effect: `its static parameters count once it has restarted, which Terraform does not do: ${RESTART}`,
    advice: WINDOW,
  },
  {
    types: DATABASE,
    path: /^(?:port|db_subnet_group_name|network_type|availability_zone|identifier|cluster_identifier|domain|license_model|character_set_name)$/,
    says: 'is reached in another way',
    effect: (change) => timed(change, `${RESTART}, and clients have to learn where it is`),
    advice: WINDOW,
  },
  {
    types: DATABASE,
    path: /^(?:storage_type|dedicated_log_volume|performance_insights_enabled|iam_database_authentication_enabled)$/,
    when: (before, after, change) => restarts(before, after, change),
    says: 'changes what it is made of',
    effect: (change) => timed(change, RESTART),
    advice: WINDOW,
  },
  {
    types: /^aws_(?:db|rds_cluster|docdb_cluster|neptune_cluster|neptune|redshift)_parameter_group$/,
    path: /^parameter(?:\.|$)/,
    when: (_, __, change) => pendingReboot(change),
    says: 'has a parameter that counts only after a restart',
    effect: `apply_method is pending-reboot: nothing happens until somebody restarts the database, and then ${RESTART}`,
    advice: 'restart it in a quiet hour ("aws rds reboot-db-instance"), or it happens when nobody expects it',
  },
  {
    types: CACHE,
    path: /^(?:node_type|engine_version|engine|parameter_group_name|port|transit_encryption_enabled|transit_encryption_mode|auth_token|at_rest_encryption_enabled|az_mode)$/,
    when: (before, after) => wasSet(before) && !isEmpty(after),
    says: 'changes its nodes',
    effect:
      'each node is replaced or restarted: connections break, with replicas for seconds, without for 5 to 15 minutes, and then what was in it is gone',
    advice: WINDOW,
  },
  {
    types: CACHE,
    path: /^(?:num_cache_clusters|number_cache_clusters|replicas_per_node_group|num_node_groups|num_cache_nodes|num_replicas_per_shard|num_shards)$/,
    when: (before, after) => numberIn(after) < numberIn(before),
    says: 'loses nodes',
    effect: 'connections to those nodes break; with none left to take over, the next failure is an outage',
    advice: 'keep two nodes where people wait for it',
  },
  {
    types: SEARCH,
    path: /^(?:engine_version|elasticsearch_version|cluster_config\.\w+|vpc_options\.\w+)$/,
    says: 'is built anew beside itself (blue/green)',
    effect: "it is slow and can't be configured for 15 minutes to hours; with one node requests fail",
    advice: WINDOW,
  },
  {
    types: /^aws_(?:ecs_service|autoscaling_group|appautoscaling_target)$/,
    path: /^(?:desired_count|desired_capacity|max_size|max_capacity)$/,
    when: (before, after) => after === 0 && numberIn(before) > 0,
    says: 'runs nothing any more',
    effect: 'all of its tasks stop within minutes, and nothing answers',
    advice: 'if it is meant to go, remove it in a plan of its own',
  },
  {
    types: /^aws_ecs_service$/,
    path: /^deployment_minimum_healthy_percent$/,
    when: (before, after) => numberIn(after) < numberIn(before) && numberIn(after) < 50,
    says: 'may stop its tasks before new ones run',
    effect: 'at each deployment up to all of its tasks are stopped first: 1 to 5 minutes without an answer',
    advice: 'leave it at 100 where people wait for it',
  },
  {
    types: /^aws_ecs_service$/,
    path: /^(?:load_balancer|service_registries)(?:\.|$)/,
    when: (before, after) => !isEmpty(before) && isEmpty(after),
    says: 'is taken out of what leads to it',
    effect: 'requests no longer reach it, as soon as the deployment is over',
  },
  {
    types: /^aws_ecs_service$/,
    path: /^network_configuration\.(?:subnets|security_groups)$/,
    when: (before, after) => lost(before, after) && isEmpty(after),
    says: 'is in no subnet or group',
    effect: 'no new task starts',
  },
  {
    types: /^aws_(?:lb|alb)_listener$/,
    path: /^(?:port|protocol|default_action(?:\.(?:type|target_group_arn|forward(?:\..*)?|fixed_response(?:\..*)?))?)$/,
    // What was redirected to HTTPS and is now answered itself is no outage.
    when: (before, after) => wasSet(before) && before !== 'redirect' && !isEmpty(after),
    says: 'answers otherwise',
    effect:
      'from this moment all requests take the new way: where that is a port that nobody asks or a group without healthy targets, they fail',
    advice: 'see that the new target is healthy first',
  },
  {
    types: /^aws_(?:lb|alb)_listener$|^aws_cloudfront_distribution$|^aws_apigatewayv2_domain_name$/,
    path: /^(?:certificate_arn|viewer_certificate\.(?:acm_certificate_arn|iam_certificate_id)|domain_name_configuration\.certificate_arn)$/,
    when: wasSet,
    says: 'gets another certificate',
    effect: 'browsers refuse the connection where the new one does not cover the name they ask for',
    advice: 'see that it is issued and covers every name',
  },
  {
    types: /^aws_(?:lb|alb)_target_group$/,
    path: /^health_check(?:\.(?:path|port|protocol|matcher|enabled))?$/,
    says: 'is checked otherwise',
    effect:
      'where targets do not pass the new check, all of them are taken out after the unhealthy threshold, mostly a minute, and requests get 503; ECS then stops and starts tasks without end',
    advice: 'see first that the application answers the new check',
  },
  {
    types: /^aws_(?:lb|alb)$/,
    path: /^(?:subnets|subnet_mapping|security_groups|ip_address_type|internal)(?:\.|$)/,
    when: (before, after) => lost(before, after),
    says: 'is in fewer places',
    effect: 'its addresses in what is taken away go, and connections over them break within minutes',
    advice: 'add the new ones first, take away the old ones in a second step',
  },
  {
    types: /^aws_cloudfront_distribution$/,
    path: /^(?:enabled|aliases|origin(?:\.(?:domain_name|origin_path))?|default_cache_behavior\.target_origin_id)$/,
    when: (before, after) => switchedOff(before, after) || lost(before, after) || typeof before === 'string',
    says: 'delivers otherwise',
    effect: 'within about 5 minutes requests for what is taken away fail everywhere',
    advice: 'see that nobody asks for it any more',
  },
  {
    types: /^aws_route53_record$/,
    path: /^(?:records|alias(?:\..*)?|type|name|set_identifier|.*_routing_policy(?:\..*)?)$/,
    when: wasSet,
    says: 'leads elsewhere',
    effect: ({ before }) =>
      `new visitors are led to the new target within ${typeof before?.['ttl'] === 'number' && before['ttl'] > 0 ? before['ttl'] : 60} seconds, old ones once they ask again: where it does not answer, the name is down`,
    advice: 'keep both targets running until the TTL is over',
  },
  {
    types:
      /^aws_(?:route_table|default_route_table|default_network_acl|network_acl|security_group|default_security_group)$/,
    path: /^(?:route|ingress|egress)(?:\.|$)/,
    when: (before, after) => !isEmpty(before) && lost(before, after),
    says: 'lets less through',
    effect: 'what it let through is refused from this moment; open connections may stay until they end',
    advice: 'see in the flow logs that nothing uses it',
  },
  {
    types:
      /^aws_(?:route|route_table_association|network_acl_rule|vpc_security_group_ingress_rule|vpc_security_group_egress_rule|security_group_rule)$/,
    path: /^(?!tags|description)/,
    when: wasSet,
    says: 'changes what it lets through',
    effect: 'what only the old one let through is refused from this moment',
    advice: 'add the new one beside it, and remove the old one in a second step',
  },
  {
    types: /^aws_(?:db_subnet_group|elasticache_subnet_group|db_proxy|vpc_endpoint|efs_mount_target)$/,
    path: /^(?:subnet_ids|vpc_subnet_ids|security_group_ids|vpc_security_group_ids|security_groups|private_dns_enabled)$/,
    when: (before, after) => lost(before, after) || switchedOff(before, after),
    says: 'is in fewer places',
    effect:
      'what is in the subnets that go has to leave them: AWS refuses while something is there, and connections over them end',
    advice: 'add the new ones first, take away the old ones in a second step',
  },
  {
    types: /^aws_(?:db_instance|rds_cluster|lambda_function|elasticache_replication_group)$/,
    path: /^(?:vpc_security_group_ids|security_group_ids|vpc_config\.(?:security_group_ids|subnet_ids)|vpc_config)$/,
    when: lost,
    says: 'leaves a group or subnet',
    effect: 'what was allowed by it is refused from this moment',
    advice: 'add the new group first, take away the old one in a second step',
  },
  {
    types: /^aws_lambda_function$/,
    path: /^reserved_concurrent_executions$/,
    when: (_, after) => after === 0,
    says: 'may not run any more',
    effect: 'every call of it is throttled',
  },
  {
    types: /^aws_(?:lambda_event_source_mapping|cloudwatch_event_rule|scheduler_schedule)$/,
    path: /^(?:enabled|state|is_enabled)$/,
    when: switchedOff,
    says: 'is switched off',
    effect: 'its events are no longer handled; a queue keeps them until their retention is over, a rule does not',
  },
  {
    types: /^aws_(?:iam_role)$/,
    path: /^permissions_boundary$/,
    when: (_, after) => !isEmpty(after),
    says: 'is bounded otherwise',
    effect: 'what the new boundary does not allow is denied within seconds',
  },
  {
    types: /^aws_(?:instance|launch_template)$/,
    path: /^(?:instance_type|user_data|user_data_base64)$/,
    when: (_, __, { type }) => type === 'aws_instance',
    says: 'is stopped and started',
    effect: 'it is down for 1 to 5 minutes, and a public address that is not an elastic one is another one',
    advice: WINDOW,
  },
  {
    types: /^aws_msk_cluster$/,
    path: /^(?:kafka_version|broker_node_group_info\..*|configuration_info\..*|client_authentication\..*|encryption_info\..*)$/,
    says: 'restarts its brokers one by one',
    effect: 'clients lose each broker for minutes; topics with one replica are down meanwhile',
    advice: WINDOW,
  },
  {
    types: /^aws_eks_(?:cluster|node_group)$/,
    path: /^(?:version|release_version|launch_template\..*|scaling_config\..*)$/,
    says: 'changes its nodes',
    effect: 'pods are moved from node to node; what runs once is down meanwhile',
    advice: WINDOW,
  },
];

/** When a database takes on what needs a restart. */
function timed({ after }: Change, effect: string): string {
  return after?.['apply_immediately'] === true
    ? `at once, because apply_immediately is on: ${effect}`
    : `in its next maintenance window (apply_immediately is off): ${effect}`;
}

function upgrade({ before, after }: Change): string {
  const major = (values: Change['after']) => {
    const [first = '', second = ''] = String(values?.['engine_version'] ?? '').split('.');
    // Up to PostgreSQL 9, and always with MySQL and MariaDB, the first two numbers are the major version.
    return Number(first) >= 10 && !/mysql|maria/.test(String(values?.['engine'])) ? first : `${first}.${second}`;
  };
  return major(before) === major(after)
    ? 'a minor upgrade, it is down for 1 to 10 minutes'
    : 'a major upgrade, it is down for 10 to 60 minutes, and there is no way back but a snapshot';
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.dbinstance.html: to and from magnetic storage. */
function restarts(before: unknown, after: unknown, { attributes }: Change): boolean {
  const storage = attributes.find(({ path }) => path === 'storage_type');
  if (storage && storage.before === before && storage.after === after) return [before, after].includes('standard');
  return attributes.some(({ path }) => path === 'dedicated_log_volume');
}

function pendingReboot({ before, after, attributes }: Change): boolean {
  return attributes.some(({ path }) => {
    const [, name] = /^parameter\[([^\]]+)\]/.exec(path) ?? [];
    return [after, before].some((values) => {
      const parameters =
        [valueAt({ all: values?.['parameter'] }, 'all')].length > 0 ? listOf(values?.['parameter']) : [];
      return parameters.some(
        (one) => (name === undefined || one.name === name) && one.apply_method === 'pending-reboot',
      );
    });
  });
}

interface Parameter {
  readonly name?: string;
  readonly apply_method?: string;
}

function listOf(value: unknown): readonly Parameter[] {
  return Array.isArray(value) ? (value as readonly Parameter[]) : [];
}

/** Whether something that was in it is no longer; of single values, whether there was one. */
function lost(before: unknown, after: unknown): boolean {
  if (Array.isArray(before)) {
    const left = new Set((Array.isArray(after) ? after : []).map((one) => JSON.stringify(one)));
    return before.some((one) => !left.has(JSON.stringify(one)));
  }
  return !isEmpty(before);
}
