import { isMap, type Values, valuesAt } from '../../../graph/values';
import type { Change } from '../../change';
import { isEmpty } from '../../meaning';
import { type AttributeRule, numberIn, switchedOff, switchedOn, wasSet } from '../attribute-rule';
import { QUIET_HOUR, quietly, RESTARTS, timed } from '../timing';
import { engineUpgrade, isMajor, withoutLeave } from './engine-versions';

const DATABASE =
  /^aws_(?:db_instance|rds_cluster|rds_cluster_instance|docdb_cluster|docdb_cluster_instance|neptune_cluster|neptune_cluster_instance)$/;
const CACHE = /^aws_(?:elasticache_replication_group|elasticache_cluster|memorydb_cluster)$/;
const SEARCH = /^aws_(?:opensearch|elasticsearch)_domain$/;
const GROUPS = /^(?:parameter_group_name|db_cluster_parameter_group_name|db_parameter_group_name|option_group_name)$/;

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html: 60 to 120 seconds. */
const FAILOVER = 'it changes to its standby, 60 to 120 seconds without a connection';

/** What databases, caches and search domains do when they are changed in place. */
export const interruptedStores: readonly AttributeRule[] = [
  {
    types: DATABASE,
    path: /^engine_version$/,
    when: (before, after) => wasSet(after) && !String(before).startsWith(`${after}.`),
    says: 'gets another version of its engine',
    effect: engineUpgrade,
    advice: (change) =>
      `${withoutLeave(change) ? 'set allow_major_version_upgrade = true; ' : ''}try it on a copy restored from a snapshot; a blue/green deployment of RDS usually keeps the gap under a minute`,
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
          : 'without a standby it is down, usually for about 5 to 15 minutes',
      ),
    advice: quietly,
  },
  {
    types: /^aws_(?:db_instance|rds_cluster|elasticache_replication_group)$/,
    path: /^(?:multi_az|multi_az_enabled|automatic_failover_enabled)$/,
    when: switchedOff,
    says: 'loses its standby',
    effect:
      'nothing stops yet, but the next failure of its zone or host takes it down until it is restored or repaired',
    advice: 'leave it on where people wait for it',
  },
  {
    types: DATABASE,
    path: GROUPS,
    when: (before, _, change) => wasSet(before) && isMajor(change),
    says: 'takes another parameter or option group',
    effect: ({ after }) =>
      `its settings count with the upgrade of its engine, which restarts it anyway${after?.['apply_immediately'] === true ? '' : '; until then it keeps the old group, which AWS refuses to delete meanwhile'}`,
    advice: 'compare both groups: what was set by hand in the old one has to be in the new one',
  },
  {
    types: DATABASE,
    path: GROUPS,
    when: wasSet,
    says: 'takes another parameter or option group',
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.Associating.html
    effect: `nothing happens until somebody restarts it, which neither Terraform nor the maintenance window does: then the settings of the new group count, and ${RESTARTS}`,
    advice: 'restart it in a quiet hour ("aws rds reboot-db-instance"), or it happens when nobody expects it',
  },
  {
    types: DATABASE,
    path: /^ca_cert_identifier$/,
    when: wasSet,
    says: 'shows a certificate of another authority',
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL-certificate-rotation.html
    effect: (change) =>
      timed(
        change,
        'clients that check it and trust only the old authority are refused; most engine versions take it without a restart, others restart ("aws rds describe-db-engine-versions" tells: SupportsCertificateRotationWithoutRestart)',
      ),
    advice:
      'give all clients a bundle that has both authorities first (https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem)',
  },
  {
    types: /^aws_db_instance$/,
    path: /^backup_retention_period$/,
    when: (before, after) => numberIn(before) === 0 && numberIn(after) > 0,
    says: 'restarts to get automated backups',
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.Enabling.html
    effect: (change) => timed(change, RESTARTS),
    advice: quietly,
  },
  {
    types: DATABASE,
    path: /^(?:port|db_subnet_group_name|network_type|availability_zone|identifier|cluster_identifier|domain)$/,
    says: 'is reached in another way',
    effect: (change) => timed(change, `${RESTARTS}, and clients have to learn where it is`),
    advice: quietly,
  },
  {
    types: DATABASE,
    path: /^(?:storage_type|dedicated_log_volume|license_model)$/,
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.StorageTypes.html: to and from magnetic storage.
    when: (before, after) =>
      [before, after].includes('standard') || typeof after === 'boolean' || /license/.test(String(before)),
    says: 'changes what it is made of',
    effect: (change) => timed(change, RESTARTS),
    advice: quietly,
  },
  {
    types: DATABASE,
    path: /^iam_database_authentication_enabled$/,
    when: switchedOff,
    says: 'lets nobody sign in with IAM any more',
    effect: 'whoever signs in with an IAM token is refused from this moment',
    advice: 'see that nothing signs in that way any more',
  },
  {
    types: /^aws_rds_cluster$/,
    path: /^enable_http_endpoint$/,
    when: switchedOff,
    says: 'answers no calls of the Data API any more',
    effect: 'whoever calls it that way is refused from this moment',
    advice: 'see that nothing calls it that way any more',
  },
  {
    types: DATABASE,
    path: /^(?:replicate_source_db|replication_source_identifier|global_cluster_identifier)$/,
    when: (before, after) => wasSet(before) && isEmpty(after),
    says: 'no longer follows what it is a copy of',
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Promote.html
    effect:
      'it becomes a database of its own for good, and restarts; what is written to the other no longer arrives here',
    advice: 'see that nothing reads it as a copy any more',
  },
  {
    types: /^aws_db_proxy$/,
    path: /^require_tls$/,
    when: switchedOn,
    says: 'refuses connections without TLS',
    effect: 'clients that connect without TLS are refused from this moment',
    advice: 'see first that all clients use TLS',
  },
  {
    types: /^aws_(?:db|rds_cluster|docdb_cluster|neptune_cluster|neptune|redshift)_parameter_group$/,
    path: /^parameter(?!\.apply_method$)(?:\.|$)/,
    when: (_, __, change) => pendingReboot(change),
    says: 'has a parameter that counts only after a restart',
    effect: `apply_method is pending-reboot: nothing happens until somebody restarts the database, and then ${RESTARTS}`,
    advice: 'restart it in a quiet hour ("aws rds reboot-db-instance"), or it happens when nobody expects it',
  },
  {
    types: CACHE,
    path: /^(?:node_type|engine_version|engine|parameter_group_name|port|transit_encryption_enabled|transit_encryption_mode|auth_token|at_rest_encryption_enabled|az_mode)$/,
    when: (before, after) => wasSet(before) && !isEmpty(after),
    says: 'changes its nodes',
    effect: (change) =>
      timed(
        change,
        'each node is replaced or restarted; connections break, with replicas for seconds, without usually for about 5 to 15 minutes, and then what was in it is gone',
      ),
    advice: quietly,
  },
  {
    types: CACHE,
    path: /^auth_token$/,
    when: (before, after) => isEmpty(before) && !isEmpty(after),
    says: 'asks for a password',
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/red-ug/auth.html
    effect:
      'clients that send none are refused; with auth_token_update_strategy = "ROTATE" they are let in until it is SET',
    advice: 'ROTATE first, give all clients the password, and SET it in a second step',
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
    types: /^aws_dynamodb_table$/,
    path: /^global_secondary_index(?:\.(?:name|hash_key|range_key|projection_type|non_key_attributes))?$/,
    when: wasSet,
    says: 'loses an index',
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.OnlineOps.html
    effect:
      'queries of it fail at once; made again, it is filled from the whole table first, which takes minutes to hours',
    advice: 'add the new index under another name, move the queries there, and remove the old one in a second step',
  },
  {
    types: /^aws_dynamodb_table$/,
    path: /^stream_enabled$/,
    when: switchedOff,
    says: 'writes no stream any more',
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
    effect:
      'functions and readers of its stream get no more changes; those that nobody has read are gone after 24 hours',
    advice: 'see that nothing reads it any more',
  },
  {
    types: SEARCH,
    path: /^(?:engine_version|elasticsearch_version|cluster_config\.\w+|vpc_options\.\w+)$/,
    says: 'is built anew beside itself (blue/green)',
    effect:
      "it is slower and can't be configured meanwhile, usually for 15 minutes to hours; with one node requests fail",
    advice: QUIET_HOUR,
  },
  {
    types: /^aws_redshift_cluster$/,
    path: /^(?:node_type|number_of_nodes|cluster_type|cluster_version|cluster_parameter_group_name|port)$/,
    says: 'is resized or restarted',
    // https://docs.aws.amazon.com/redshift/latest/mgmt/resizing-cluster.html
    effect: 'queries that run end; it can be read but not written meanwhile, for minutes to hours',
    advice: QUIET_HOUR,
  },
];

function pendingReboot({ before, after, attributes }: Change): boolean {
  const all = [...parametersOf(after), ...parametersOf(before)].filter(
    ({ apply_method }) => apply_method === 'pending-reboot',
  );
  return attributes.some(({ path }) => {
    // How it is applied says only when its next value counts.
    if (path.endsWith('.apply_method')) return false;
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
