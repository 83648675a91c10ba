import { isMap, type Values, valuesAt } from '../../../graph/values';
import type { Change } from '../../change';
import { isEmpty } from '../../meaning';
import { type AttributeRule, numberIn, switchedOff, wasSet } from '../attribute-rule';

const DATABASE =
  /^aws_(?:db_instance|rds_cluster|rds_cluster_instance|docdb_cluster|docdb_cluster_instance|neptune_cluster|neptune_cluster_instance)$/;
const CACHE = /^aws_(?:elasticache_replication_group|elasticache_cluster|memorydb_cluster)$/;
const SEARCH = /^aws_(?:opensearch|elasticsearch)_domain$/;

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.DBInstance.Modifying.html */
const RESTART = 'it restarts: mostly 1 to 10 minutes without a connection';

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html: 60 to 120 seconds. */
const FAILOVER = 'it changes to its standby: 60 to 120 seconds without a connection';

export const WINDOW = 'plan it for a quiet hour, or leave it to the maintenance window with apply_immediately: false';

/** What databases, caches and search domains do when they are changed in place. */
export const interruptedStores: readonly AttributeRule[] = [
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
  const all = [...parametersOf(after), ...parametersOf(before)].filter(
    ({ apply_method }) => apply_method === 'pending-reboot',
  );
  return attributes.some(({ path }) => {
    const [, name] = /^parameter\[([^\]]+)\]/.exec(path) ?? [];
    return all.some((one) => name === undefined || one.name === name);
  });
}

interface Parameter {
  readonly name?: string;
  readonly apply_method?: string;
}

function parametersOf(values: Values | undefined): readonly Parameter[] {
  return valuesAt(values, 'parameter').filter(isMap);
}
