import { writingLogs } from '../access/role';
import type { Consumer, Usable } from '../access/usable';
import type { Mount } from '../blocks/containers/volume';
import { ApplicationSecret } from '../blocks/data/application-secret';
import { Bucket } from '../blocks/data/bucket';
import { bucketReader } from '../blocks/data/bucket-access';
import { Database } from '../blocks/data/database';
import { ExistingBucket } from '../blocks/data/existing-bucket';
import { ExistingDatabase } from '../blocks/data/existing-database';
import { ExistingSecret } from '../blocks/data/existing-secret';
import { ExistingUserPool } from '../blocks/data/existing-user-pool';
import { FileSystem } from '../blocks/data/file-system';
import { Redis } from '../blocks/data/redis';
import { UserPool } from '../blocks/data/user-pool';
import type { Domain } from '../blocks/edge/domain';
import { Email } from '../blocks/email/email';
import { ExistingQueue } from '../blocks/messaging/existing-queue';
import { ExistingTopic } from '../blocks/messaging/existing-topic';
import { Push } from '../blocks/messaging/push';
import { Queue } from '../blocks/messaging/queue';
import { queueReceiver, queueSender } from '../blocks/messaging/queue-access';
import { Topic } from '../blocks/messaging/topic';
import type { Network } from '../blocks/network/network';
import type { EnvironmentSpec } from '../spec/environment';
import type { CognitoSpec } from '../spec/sections/cognito';
import { databaseOf, existingDatabaseOf } from '../spec/sections/database';
import type { MountSpec } from '../spec/sections/volumes';
import { secretArnVariable } from '../spec/values/variable-name';
import type { RootStack } from '../terraform/root-stack';
import { makeNamed } from './named';
import type { Providers } from './providers';

/** What `uses` can name, and what containers mount. */
export interface Data {
  readonly database: Database | ExistingDatabase | undefined;
  readonly redis: Redis | undefined;
  readonly users: UserPool | ExistingUserPool | undefined;
  readonly email: Email | undefined;
  readonly push: Push | undefined;
  readonly buckets: ReadonlyMap<string, Bucket | ExistingBucket>;
  readonly secrets: ReadonlyMap<string, ApplicationSecret | ExistingSecret>;
  readonly fileSystems: ReadonlyMap<string, FileSystem>;
  readonly queues: ReadonlyMap<string, Queue | ExistingQueue>;
  readonly topics: ReadonlyMap<string, Topic | ExistingTopic>;

  /** Containers by their names inside the VPC, once there are any. */
  readonly peers?: ReadonlyMap<string, Usable>;
}

interface DataPlace {
  readonly network: Network;
  readonly dns: Domain | undefined;
  readonly providers: Providers;
}

/** Buckets, file systems, secrets, queues, topics, the database, Redis, users and email. */
export function makeData(stack: RootStack, spec: EnvironmentSpec, { network, dns, providers }: DataPlace): Data {
  const { protect } = spec;
  const queues = makeNamed(stack, { section: 'sqs', id: 'queue', items: spec.sqs }, (scope, id, queue) => {
    return queue.existing ? new ExistingQueue(scope, id, queue) : new Queue(scope, id, queue);
  });
  const database = databaseOf(spec);
  const existing = existingDatabaseOf(spec);
  const backupRegion = database?.backupCopyRegion;
  return {
    queues,
    topics: makeNamed(stack, { section: 'topics', id: 'topic', items: spec.topics }, (scope, id, topic) => {
      const props = { ...topic, queues: pick(queues, topic.queues) };
      return topic.existing ? new ExistingTopic(scope, id, props) : new Topic(scope, id, props);
    }),
    buckets: makeNamed(stack, { section: 'buckets', id: 'bucket', items: spec.buckets }, (scope, id, bucket) => {
      return bucket.existing ? new ExistingBucket(scope, id, bucket) : new Bucket(scope, id, { ...bucket, protect });
    }),
    secrets: makeNamed(stack, { section: 'secrets', id: 'secret', items: spec.secrets }, (scope, id, secret) => {
      if (secret.existing) return new ExistingSecret(scope, id, secret);
      return new ApplicationSecret(scope, id, { ...secret, protect });
    }),
    fileSystems: makeNamed(stack, { section: 'efs', id: 'efs', items: spec.efs }, (scope, id, each) => {
      return new FileSystem(scope, id, { ...each, network, protect });
    }),
    database: existing
      ? new ExistingDatabase(stack, 'database', { ...existing, network, logRetentionDays: spec.logs.retentionDays })
      : database &&
        new Database(stack, 'database', {
          ...database,
          network,
          protect,
          logRetentionDays: spec.logs.retentionDays,
          backupProvider: backupRegion === undefined ? undefined : providers.in(backupRegion),
        }),
    redis:
      spec.redis &&
      new Redis(stack, 'redis', { ...spec.redis, network, protect, logRetentionDays: spec.logs.retentionDays }),
    users: spec.cognito && makeUsers(stack, { ...spec.cognito, protect }),
    push: spec.push && new Push(stack, 'push', { ...spec.push, region: spec.region }),
    email: spec.ses && dns && new Email(stack, 'email', { ...spec.ses, domain: dns }),
  };
}

function makeUsers(stack: RootStack, cognito: CognitoSpec & { readonly protect: boolean }): Data['users'] {
  return cognito.existing ? new ExistingUserPool(stack, 'users', cognito) : new UserPool(stack, 'users', cognito);
}

/** The queues that a topic may be let write to: those that are managed here. */
function pick(queues: Data['queues'], names: readonly string[]): ReadonlyMap<string, Queue> {
  return new Map(
    names.map((name) => {
      const queue = findQueue({ queues }, name);
      if (queue instanceof ExistingQueue) throw new Error(`the queue "${name}" is not managed here`);
      return [name, queue];
    }),
  );
}

/** Finds a queue by its name in the YAML. */
export function findQueue({ queues }: Pick<Data, 'queues'>, name: string): Queue | ExistingQueue {
  const queue = queues.get(`sqs.${name}`);
  if (!queue) throw new Error(`no queue is called "${name}"`);
  return queue;
}

/** What a container mounts. */
export function findMounts({ fileSystems }: Data, mounts: readonly MountSpec[]): Mount[] {
  return mounts.map((mount) => {
    const found = fileSystems.get(`efs.${mount.name}`);
    if (!found) throw new Error(`no file system is called "${mount.name}"`);
    return found.mount(mount);
  });
}

/** Finds what `uses` names. */
export function findUsables(data: Data, names: readonly string[]): Usable[] {
  const byName = new Map<string, Usable | undefined>([
    ['database', data.database],
    ['database.admin', data.database?.admin],
    ['database.read', data.database?.reader],
    ['redis', data.redis],
    ...[...(data.redis?.asUser ?? [])].map(([user, usable]) => [`redis.${user}`, usable] as const),
    ['cognito', data.users],
    ['cognito.admin', data.users?.admin],
    ['cognito.read', data.users?.reader],
    ['ses', data.email],
    ['push', data.push],
    ['logs', ownLogs],
    ...data.buckets,
    ...[...data.buckets].map(([name, bucket]) => [`${name}.read`, bucketReader(bucket)] as const),
    ...data.secrets,
    ...[...data.secrets].map(
      ([name, secret]) => [`${name}.read`, secret.reader(secretArnVariable(name.slice('secrets.'.length)))] as const,
    ),
    ...data.queues,
    ...[...data.queues].map(([name, queue]) => [`${name}.send`, queueSender(queue)] as const),
    ...[...data.queues].map(([name, queue]) => [`${name}.receive`, queueReceiver(queue)] as const),
    ...data.topics,
    ...(data.peers ?? []),
  ]);
  return names.map((name) => {
    const found = byName.get(name);
    if (!found) throw new Error(`nothing is called "${name}"`);
    return found;
  });
}

/** A consumer's own log group, for code that writes to CloudWatch Logs by itself. */
const ownLogs: Usable = {
  injection: { environment: {}, secrets: {} },
  letUse(consumer: Consumer): void {
    consumer.role.allow('write_own_logs', writingLogs(consumer.logGroupArn));
  },
};
