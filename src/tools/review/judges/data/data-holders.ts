import type { Values } from '../../../graph/values';
import { holdersElsewhere } from './data-elsewhere';
import { bucket, cache, cluster, key, pool, relational, repository, secret, table, vault, zone } from './deletions';

/** Something whose destruction takes what is in it along. */
export interface DataHolder {
  /** What is gone with it: `its data and automated backups`; nothing where the thing itself is what is lost. */
  readonly lost?: string;

  /** What AWS does when it is destroyed, as it was set up. */
  readonly effect?: string | ((before: Values) => string);

  /** How to keep what is in it. */
  readonly keep?: string;
}

const SNAPSHOT_FIRST = 'take a snapshot first and restore from it';

const database = { lost: 'its data and automated backups', effect: relational, keep: SNAPSHOT_FIRST };
const databaseCluster = { lost: 'its data and automated backups', effect: cluster, keep: SNAPSHOT_FIRST };
const memory = { lost: 'what is in it', effect: cache, keep: SNAPSHOT_FIRST };
const files = {
  lost: 'all files in it',
  effect: 'all files go at once; only AWS Backup brings them back',
  keep: 'back it up first',
};
const volume = {
  lost: 'what is on it',
  effect: 'it is deleted at once; only a snapshot brings it back',
  keep: 'take a snapshot first',
};
const copy = { effect: 'this copy of the data is deleted at once, and nothing brings it back' };
const object = { effect: 'every version of it is deleted, and nothing brings it back' };
const stream = { lost: 'the records that nobody has read yet', keep: 'let its readers finish first' };
const machines = { lost: 'its data', keep: SNAPSHOT_FIRST };
const logs = {
  lost: 'all logs in it',
  effect: 'the logs are deleted at once, and nothing brings them back',
  keep: 'export them to S3 first',
};
const messages = {
  lost: 'the messages in it',
  effect:
    'its messages are gone; for 60 seconds no queue of this name can be made (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html)',
  keep: 'stop the senders and let the readers empty it first',
};
const searchIndex = {
  lost: 'all its indexes',
  effect: 'indexes and automated snapshots go; only a manual snapshot in S3 brings them back',
  keep: 'take a manual snapshot first',
};
const secretValue = { lost: 'its value', effect: secret, keep: 'keep a copy of its value' };
const userAccounts = {
  lost: 'its users',
  effect: pool,
  keep: 'export its users first; their passwords can not be exported',
};

/** What holds data in AWS, whoever wrote the Terraform; a review tells of the first of them first. */
export const dataHolders: Readonly<Record<string, DataHolder>> = {
  aws_db_instance: database,
  aws_rds_cluster: databaseCluster,
  aws_rds_global_cluster: { lost: 'the link between its regions', keep: 'see first which region is written to' },
  aws_dsql_cluster: machines,
  aws_docdb_cluster: databaseCluster,
  aws_docdbelastic_cluster: machines,
  aws_neptune_cluster: databaseCluster,
  aws_neptunegraph_graph: machines,
  aws_redshift_cluster: databaseCluster,
  aws_redshiftserverless_namespace: machines,
  aws_db_snapshot: copy,
  aws_db_cluster_snapshot: copy,
  aws_docdb_cluster_snapshot: copy,
  aws_neptune_cluster_snapshot: copy,
  aws_redshift_cluster_snapshot: copy,
  aws_db_instance_automated_backups_replication: { lost: 'the backups in the other region' },
  aws_dynamodb_table: { lost: 'all its items', effect: table, keep: 'make a backup on demand first' },
  aws_dynamodb_global_table: { lost: 'all its items', effect: table },
  aws_dynamodb_table_item: { effect: 'the item is deleted at once; only a backup of its table brings it back' },
  aws_dynamodb_table_replica: { effect: 'the copy in this region is deleted; those in other regions stay' },
  aws_keyspaces_keyspace: { lost: 'all its tables' },
  aws_keyspaces_table: { lost: 'all its rows' },
  aws_timestreamwrite_database: { lost: 'all its tables' },
  aws_timestreamwrite_table: { lost: 'all its records' },
  aws_timestreaminfluxdb_db_instance: machines,
  aws_qldb_ledger: { lost: 'its whole history' },
  aws_memorydb_cluster: { lost: 'what is in it', effect: cache, keep: SNAPSHOT_FIRST },
  aws_memorydb_snapshot: copy,
  aws_elasticache_replication_group: memory,
  aws_elasticache_cluster: memory,
  aws_elasticache_serverless_cache: memory,
  aws_elasticache_global_replication_group: memory,
  aws_opensearch_domain: searchIndex,
  aws_elasticsearch_domain: searchIndex,
  aws_opensearchserverless_collection: { lost: 'all its indexes' },
  aws_cloudsearch_domain: { lost: 'all its indexes' },
  aws_kendra_index: { lost: 'its index' },
  aws_s3_bucket: {
    lost: 'its objects',
    effect: bucket,
    keep: 'copy what is in it to another bucket first',
  },
  aws_s3_directory_bucket: { lost: 'its objects', effect: bucket },
  aws_s3_object: object,
  aws_s3_bucket_object: object,
  aws_s3_object_copy: object,
  aws_s3tables_table: { lost: 'its rows' },
  aws_s3tables_table_bucket: { lost: 'its tables' },
  aws_s3control_bucket: { lost: 'its objects' },
  aws_glacier_vault: {
    lost: 'its archives',
    effect: 'Glacier refuses to delete a vault that holds archives, and the apply stops half-way; an empty one goes',
  },
  aws_efs_file_system: files,
  aws_fsx_lustre_file_system: files,
  aws_fsx_ontap_file_system: files,
  aws_fsx_ontap_storage_virtual_machine: files,
  aws_fsx_ontap_volume: files,
  aws_fsx_openzfs_file_system: files,
  aws_fsx_openzfs_volume: files,
  aws_fsx_windows_file_system: files,
  aws_fsx_backup: copy,
  aws_ebs_volume: volume,
  aws_ebs_snapshot: copy,
  aws_ebs_snapshot_copy: copy,
  aws_ami: copy,
  aws_instance: {
    lost: 'what is on its root volume and on disks of its own',
    effect: 'volumes that are deleted with the server go with it',
    keep: 'take snapshots of its volumes first',
  },
  aws_lightsail_database: machines,
  aws_lightsail_disk: volume,
  aws_lightsail_bucket: { lost: 'its objects', effect: bucket },
  aws_sqs_queue: messages,
  aws_kinesis_stream: stream,
  aws_kinesis_video_stream: { lost: 'what it has recorded' },
  aws_msk_cluster: { lost: 'all its topics and what is in them' },
  aws_msk_serverless_cluster: { lost: 'all its topics and what is in them' },
  aws_mq_broker: { lost: 'the messages that nobody has taken yet', keep: 'let its readers finish first' },
  aws_cognito_user_pool: userAccounts,
  aws_cognito_identity_pool: { lost: 'the ids of its users' },
  aws_cognito_user: { effect: 'the user and the password go; signing up again makes another id' },
  aws_directory_service_directory: { lost: 'all users and computers in it' },
  aws_secretsmanager_secret: secretValue,
  aws_ssm_parameter: {
    lost: 'its value and history',
    effect: 'it is gone at once; whoever reads it fails',
    keep: 'keep a copy of its value',
  },
  aws_kms_key: {
    lost: 'all that it encrypts',
    effect: key,
    keep: 'see in CloudTrail first that nothing decrypts with it; a key costs a dollar a month',
  },
  aws_kms_replica_key: { lost: 'the key in this region', effect: key },
  aws_kms_external_key: { lost: 'all that it encrypts', effect: key },
  aws_cloudhsm_v2_cluster: { lost: 'its keys' },
  aws_acmpca_certificate_authority: { lost: 'its key: no certificate can be signed or revoked with it' },
  aws_ecr_repository: {
    lost: 'all its images',
    effect: repository,
    keep: 'push the images to another repository first',
  },
  aws_ecrpublic_repository: { lost: 'all its images', effect: repository },
  aws_codecommit_repository: { lost: 'its whole history' },
  aws_codeartifact_repository: { lost: 'its packages' },
  aws_codeartifact_domain: { lost: 'its packages' },
  aws_backup_vault: {
    lost: 'the backups in it',
    effect: vault,
  },
  aws_backup_logically_air_gapped_vault: { lost: 'the backups in it' },
  aws_route53_zone: {
    lost: 'all its records',
    effect: zone,
    keep: 'export its records first; another name needs a zone beside it',
  },
  aws_glue_catalog_database: { lost: 'what it knows of its tables' },
  aws_glue_catalog_table: { lost: 'what it knows of the data' },
  aws_lakeformation_resource: { lost: 'what it knows of the data' },
  aws_athena_database: { lost: 'what it knows of its tables' },
  aws_sagemaker_domain: { lost: 'the files of its users' },
  aws_sagemaker_notebook_instance: { lost: 'its notebooks' },
  aws_sagemaker_feature_group: { lost: 'its features' },
  aws_workspaces_workspace: { lost: 'the disk of its user' },
  aws_connect_instance: { lost: 'its recordings and contacts' },
  aws_pinpoint_app: { lost: 'its endpoints and statistics' },
  aws_iot_thing: { lost: 'its shadow' },
  aws_cloudtrail_event_data_store: { lost: 'the events it has kept' },
  aws_prometheus_workspace: { lost: 'its metrics' },
  aws_grafana_workspace: { lost: 'its dashboards' },
  aws_amplify_app: { lost: 'its builds' },
  aws_transfer_server: { lost: 'its users and host key' },
  aws_organizations_account: {
    lost: 'everything in the account',
    effect:
      'with close_on_deletion AWS closes it, and deletes all that is in it after 90 days; without, it only leaves the organization',
    keep: 'copy what is in the account first',
  },
  aws_route53domains_domain: { lost: 'the domain', effect: 'anybody can register it, once its time is over' },
  aws_emr_cluster: { lost: 'what is on its HDFS' },
  aws_lightsail_instance: { lost: 'what is on its disk', keep: SNAPSHOT_FIRST },
  aws_cloudformation_stack: {
    lost: 'everything that it has made',
    effect:
      'CloudFormation deletes all that is in it, except what its template retains (DeletionPolicy): this plan does not tell what that is',
    keep: 'see what "aws cloudformation list-stack-resources" lists first',
  },
  ...holdersElsewhere,
  aws_cloudwatch_event_archive: { lost: 'the events it has kept' },
  aws_cloudwatch_log_group: logs,
  aws_cloudwatch_log_stream: logs,
};

/** What the names of types that hold data have in common, for those that are in no table. */
export const NAMED_LIKE_DATA =
  /(?:^|_)(?:db|database|table|bucket|volume|disk|file_?system|storage|vault|snapshot|backup|repository|user_pool|directory|log_group|collection|dataset|ledger|archive|persistent_volume_claim)(?:_v\d+)?$/;

/** Those of types that may hold data, and mostly serve as well. */
export const MAY_HOLD_DATA =
  /(?:^|_)(?:cluster|store|stream|queue|topic|registry|secret|key|zone|index|cache|redis)(?:_v\d+)?$/;
