/** What RDS says about a database engine. */
interface Engine {
  /** As it is spelt in prose. */
  readonly title: string;
  readonly port: number;

  /** Letters and digits of generated passwords; Oracle takes no more than 30. */
  readonly passwordLength: number;

  /** Size in GiB below which a gp3 volume has its baseline of 3000 IOPS and 125 MiB/s, and no other figure. */
  readonly gp3BaselineUpTo: number;

  /** Names that its server keeps for itself. */
  readonly reservedUsers: readonly string[];
  readonly reservedDatabases: readonly string[];

  /** Parameters that take effect without a reboot; all others wait for one. */
  readonly dynamicParameters: ReadonlySet<string>;

  /** Instance classes without Performance Insights. */
  readonly withoutInsights?: RegExp;
}

export type EngineName = 'postgres' | 'mysql' | 'oracle';

/** Storage that RDS gives a gp3 volume below the engine's size, whether asked or not. */
export const GP3_BASELINE = { iops: 3000, throughput: 125 };

/**
 * The engines by the section that makes them.
 *
 * Sources: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html (gp3),
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html (names and passwords),
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html,
 * https://dev.mysql.com/doc/refman/8.0/en/dynamic-system-variables.html.
 */
export const engines: Readonly<Record<EngineName, Engine>> = {
  postgres: {
    title: 'PostgreSQL',
    port: 5432,
    passwordLength: 32, // about 190 bits, and nothing to escape in a URL
    gp3BaselineUpTo: 400,
    reservedUsers: ['admin', 'all', 'public', 'rds_superuser', 'rdsrepladmin', 'select', 'table', 'user'],
    reservedDatabases: ['postgres', 'rdsadmin', 'template0', 'template1'],
    dynamicParameters: new Set([
      'log_statement',
      'log_min_duration_statement',
      'log_connections',
      'log_disconnections',
      'log_lock_waits',
      'work_mem',
      'maintenance_work_mem',
      'statement_timeout',
      'lock_timeout',
      'idle_in_transaction_session_timeout',
      'random_page_cost',
      'effective_cache_size',
      'autovacuum_naptime',
    ]),
  },
  mysql: {
    title: 'MySQL',
    port: 3306,
    passwordLength: 32,
    gp3BaselineUpTo: 400,
    reservedUsers: ['mysql', 'rdsadmin', 'rdsrepladmin', 'rdsproxyadmin', 'root', 'select', 'table', 'user'],
    reservedDatabases: ['information_schema', 'innodb', 'mysql', 'performance_schema', 'sys', 'tmp'],
    dynamicParameters: new Set([
      'character_set_server',
      'collation_server',
      'general_log',
      'innodb_lock_wait_timeout',
      'interactive_timeout',
      'log_output',
      'long_query_time',
      'max_allowed_packet',
      'max_connections',
      'require_secure_transport',
      'slow_query_log',
      'sql_mode',
      'time_zone',
      'wait_timeout',
    ]),
    withoutInsights: /^db\.(?:t2\.\w+|t3\.(?:micro|small)|t4g\.(?:micro|small))$/,
  },
  oracle: {
    title: 'Oracle',
    port: 1521,
    passwordLength: 30,
    gp3BaselineUpTo: 200,
    reservedUsers: ['dbsnmp', 'outln', 'public', 'rdsadmin', 'sys', 'sysdba', 'system', 'xdb'],
    reservedDatabases: [],
    dynamicParameters: new Set(['open_cursors', 'optimizer_mode', 'recyclebin']),
  },
};
