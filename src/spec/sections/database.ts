import * as z from 'zod';
import type { Context } from '../context';
import { importByName } from '../values/adoption';
import { roleName, secretName, securityGroupName } from '../values/aws-names';
import { type EngineName, engines } from '../values/engines';
import { awsName, flag, movable, namedList, outbound, text, textMap, wholeNumber } from '../values/fields';
import { availabilityZone, awsRegion } from '../values/regions';
import { dailyWindow, weeklyWindow } from '../values/windows';
import type { PgadminSpec } from './pgadmin';
import { databaseRotation } from './rotation';

const instanceClass = text('an RDS instance class such as "db.t4g.micro"', /^db\.[a-z0-9]+\.[a-z0-9]+$/);

const instanceName = awsName(
  'a database instance',
  /^[a-z](?:-?[a-z0-9]){0,62}$/,
  '1 to 63 small letters, digits and single dashes, a letter first',
);

/** What every engine of RDS has; `postgres`, `mysql` and `oracle` add what is their own. */
export const databaseShape = {
  enabled: flag().default(true),
  import: importByName('name'),
  name: instanceName.optional().describe('Its identifier; by default <project>-<env>-<engine>.'),
  instanceClass: instanceClass.default('db.t4g.micro'),
  allowMajorVersionUpgrade: flag()
    .default(false)
    .describe(
      'Lets a change of `engine_version` to the next major version through, which RDS refuses otherwise. The upgrade waits for the maintenance window and takes the database down, usually for 10 to 60 minutes; there is no way back but a snapshot. Take the key away again afterwards.',
    ),
  passwordVersion: wholeNumber(1, 1_000_000)
    .default(1)
    .describe('Raise it to generate new passwords; restart the containers afterwards.'),
  rotation: databaseRotation,
  multiAz: flag().default(false).describe('A standby in a second zone; doubles the price of the instance.'),
  availabilityZone: availabilityZone
    .optional()
    .describe('Where the instance stands when it has no standby; by default RDS chooses among the subnets.'),
  allocatedStorage: wholeNumber(20, 65_536, 'GiB').default(20),
  maxAllocatedStorage: wholeNumber(20, 65_536, 'GiB').optional().describe('Storage grows up to this by itself.'),
  storageType: z.enum(['gp3', 'gp2', 'io2'], { error: 'expected "gp3", "gp2" or "io2"' }).default('gp3'),
  iops: wholeNumber(1000, 256_000).optional(),
  throughput: wholeNumber(125, 4000, 'MiB/s').optional(),
  backupRetentionDays: wholeNumber(1, 35).default(7),
  backupWindow: dailyWindow.default('03:00-04:00').describe('Daily, UTC.'),
  maintenanceWindow: weeklyWindow.default('sun:04:00-sun:05:00').describe('Weekly, UTC.'),
  backupCopyRegion: awsRegion('us-west-2')
    .optional()
    .describe('A second region that backups are copied to, under a key made there.'),
  deletionProtection: flag().optional().describe('By default the value of `protect`.'),
  performanceInsights: flag()
    .optional()
    .describe('Seven days of query statistics, free of charge. By default on where the instance class has them.'),
  parameters: textMap('a map of parameter and value, such as max_connections: "100"').default({}),
  securityGroupName: securityGroupName.optional(),
  outbound,
  secretName: secretName
    .optional()
    .describe(
      'Secrets Manager secret with username, password, host, port and dbname; by default <project>/<env>/database. Beside `import` it is there already: Terraform sets no password of a database that it takes over.',
    ),
  readReplicas: namedList(
    z.strictObject({ ...movable, instanceClass: instanceClass.optional() }),
    'read replica',
  ).describe('Read-only copies; by default of the same class.'),
};

/** A database that is there already: what it takes to reach it. */
export const existingDatabaseShape = {
  enabled: flag().default(true),
  name: instanceName.describe('Its identifier.'),
  securityGroupId: text(
    'the id of a security group such as "sg-0a1b2c3d4e5f60718"',
    /^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/,
  ).describe('Its security group. Its owner lets in those who use it: Terraform writes no rule there.'),
  secretName: secretName
    .optional()
    .describe('The secret with its username and password, which those who use it then get.'),
};

/** Its name, for engines that call it so. */
export const existingName = text('the name of the database', /^[A-Za-z_][A-Za-z0-9_]{0,63}$/);

/** A connection URL in the secret: there alone may it hold the password. */
export const urlParameters = textMap('a map of URL parameters').default({});

/** The `proxy` of `postgres` and `mysql`: RDS Proxy between those who use the database and the instance. */
export const proxySection = z.strictObject({
  enabled: flag().default(true),
  name: awsName(
    'a proxy',
    /^[A-Za-z](?:-?[A-Za-z0-9]){0,62}$/,
    '1 to 63 letters, digits and single dashes, a letter first',
  )
    .optional()
    .describe('By default <project>-<env>-proxy.'),
  maxConnectionsPercent: wholeNumber(1, 100, 'percent')
    .default(90)
    .describe('Share of the database’s connections that it may open.'),
  borrowTimeoutSeconds: wholeNumber(0, 300).default(120).describe('How long a client waits for a free connection.'),
  idleClientTimeoutSeconds: wholeNumber(1, 28_800).default(1800).describe('When an idle client is disconnected.'),
  securityGroupName: securityGroupName.optional(),
  roleName: roleName.optional(),
});

type Shape = z.output<z.ZodObject<typeof databaseShape>>;

/** What the engines say in their own ways. */
interface Particular {
  readonly engine: EngineName;

  /** RDS's name of the engine, such as `oracle-se2`. */
  readonly rdsEngine: string;
  readonly engineVersion: string;

  /** Of its parameter group, such as `postgres16`. */
  readonly family: string;
  readonly dbname: string;
  readonly username: string;

  /** Parameters that follow from other keys; `parameters` may not name them. */
  readonly impliedParameters: Readonly<Record<string, string>>;

  /** Logs that go to CloudWatch. */
  readonly logs: readonly string[];
  readonly url: { readonly scheme: string; readonly parameters: Readonly<Record<string, string>> } | undefined;
  readonly applicationUser: string | undefined;

  /** SSM parameters of the master password: the first is generated, the others are copies. */
  readonly passwordParameters: readonly string[];

  /** Whether the instance has an address outside the VPC, and who may use it. */
  readonly publicAccess: boolean;
  readonly publicAccessFrom: readonly string[];
  readonly pgadmin: PgadminSpec | undefined;
  readonly proxy: z.output<typeof proxySection> | undefined;
  readonly ofOracle: OracleSpec | undefined;
  readonly options: readonly OptionSpec[];
}

/** What Oracle alone has. */
interface OracleSpec {
  readonly edition: string;
  readonly license: string;
  readonly characterSet: string;
  readonly nationalCharacterSet: string;
}

/** One option of an option group. */
interface OptionSpec {
  readonly name: string;
  readonly version?: string | undefined;
  readonly port?: number | undefined;
  readonly settings: Readonly<Record<string, string>>;
}

export type DatabaseSpec = ReturnType<typeof completeDatabase>;

/** A database that is there already. */
export type ExistingDatabaseSpec = ReturnType<typeof completeExistingDatabase>;

/** Fills in the names of the proxy in front of it. */
export function completeExistingDatabase(
  section: z.output<z.ZodObject<typeof existingDatabaseShape>> & {
    readonly existing: true;
    readonly dbname: string;
    readonly proxy?: z.output<typeof proxySection> | undefined;
  },
  engine: EngineName,
  { prefix }: Context,
) {
  return { ...section, engine, proxy: completeProxy(section.proxy, prefix) };
}

function completeProxy(proxy: z.output<typeof proxySection> | undefined, prefix: string) {
  return (
    proxy && {
      ...proxy,
      name: proxy.name ?? `${prefix}-proxy`,
      securityGroupName: proxy.securityGroupName ?? `${prefix}-proxy`,
      roleName: proxy.roleName ?? `${prefix}-proxy`,
    }
  );
}

/** What only PostgreSQL can be: reachable from outside, with a web interface and copies of its password. */
export function privateDatabase(engine: EngineName, { project, env }: Context) {
  return {
    passwordParameters: [`/${env}/${project}/${engine}_password`],
    publicAccess: false,
    publicAccessFrom: [],
    pgadmin: undefined,
  };
}

/** Fills in names, protection and what the engine decides. */
export function completeDatabase(section: Shape, own: Particular, { project, env, prefix, protect }: Context) {
  const { engine, proxy } = own;
  return {
    ...section,
    ...own,
    existing: undefined,
    name: section.name ?? `${prefix}-${engine}`,
    securityGroupName: section.securityGroupName ?? `${prefix}-${engine}`,
    secretName: section.secretName ?? `${project}/${env}/database`,
    deletionProtection: section.deletionProtection ?? protect,
    performanceInsights: section.performanceInsights ?? hasInsights(engine, section.instanceClass),
    proxy: completeProxy(proxy, prefix),
  };
}

/** Whether RDS has Performance Insights for the class. */
export function hasInsights(engine: EngineName, instanceClass: string): boolean {
  return !engines[engine].withoutInsights?.test(instanceClass);
}

/** The sections of which an environment may have one. */
interface Databases {
  readonly postgres: DatabaseSpec | ExistingDatabaseSpec | undefined;
  readonly mysql: DatabaseSpec | ExistingDatabaseSpec | undefined;
  readonly oracle: DatabaseSpec | ExistingDatabaseSpec | undefined;
}

/** The one database of an environment, whatever its engine, that is made here. */
export function databaseOf(spec: Databases): DatabaseSpec | undefined {
  const found = spec.postgres ?? spec.mysql ?? spec.oracle;
  return found?.existing ? undefined : found;
}

/** The one that is there already. */
export function existingDatabaseOf(spec: Databases): ExistingDatabaseSpec | undefined {
  const found = spec.postgres ?? spec.mysql ?? spec.oracle;
  return found?.existing ? found : undefined;
}

/** The `max_connections` that the parameters set, or undefined when RDS derives it from the memory. */
export function maxConnections({ parameters }: DatabaseSpec): number | undefined {
  const value = Number(parameters['max_connections']);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
