import type { DataHolder } from './data-holders';

const SNAPSHOT_FIRST = 'take a snapshot first and restore from it';

const database: DataHolder = { lost: 'its data', keep: SNAPSHOT_FIRST };
const generated: DataHolder = {
  lost: 'its value',
  effect: 'its value goes from the state, and nothing brings it back; what takes it from here gets another one',
  keep: 'keep a copy of its value',
};

/** https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming */
const claim: DataHolder = {
  lost: 'what is on its volume',
  effect: 'the volume is deleted with it, unless its storage class or volume says Retain',
  keep: 'take a snapshot of the volume first, or set its reclaim policy to Retain',
};
const namespace: DataHolder = {
  lost: 'everything in it',
  effect: 'all pods, secrets and claims in it are deleted, and with the claims their volumes',
};

/** What holds data outside of AWS, as the providers next to AWS' call it. */
export const holdersElsewhere: Readonly<Record<string, DataHolder>> = {
  random_password: generated,
  tls_private_key: generated,
  google_sql_database_instance: database,
  google_sql_database: database,
  google_spanner_database: database,
  google_storage_bucket: { lost: 'its objects' },
  google_compute_disk: { lost: 'what is on it', keep: SNAPSHOT_FIRST },
  google_bigquery_dataset: { lost: 'its tables' },
  google_bigquery_table: { lost: 'its rows' },
  azurerm_mssql_database: database,
  azurerm_mysql_flexible_server: database,
  azurerm_postgresql_flexible_server: database,
  azurerm_cosmosdb_account: database,
  azurerm_managed_disk: { lost: 'what is on it', keep: SNAPSHOT_FIRST },
  azurerm_storage_account: { lost: 'all that is stored in it' },
  azurerm_key_vault: { lost: 'its keys and secrets' },
  mongodbatlas_cluster: database,
  mongodbatlas_advanced_cluster: database,
  kubernetes_namespace: namespace,
  kubernetes_namespace_v1: namespace,
  kubernetes_persistent_volume: claim,
  kubernetes_persistent_volume_v1: claim,
  kubernetes_persistent_volume_claim: claim,
  kubernetes_persistent_volume_claim_v1: claim,
};
