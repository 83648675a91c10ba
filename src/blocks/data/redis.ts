import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { ElasticacheParameterGroup } from '@cdktf/provider-aws/lib/elasticache-parameter-group';
import { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group';
import { ElasticacheSubnetGroup } from '@cdktf/provider-aws/lib/elasticache-subnet-group';
import { Construct } from 'constructs';
import { type Connectable, Connections } from '../../access/connections';
import type { Consumer, Injection, Usable } from '../../access/usable';
import type { RedisSpec } from '../../spec/sections/redis';
import { Import } from '../../terraform/import';
import type { Network } from '../network/network';
import { type RedisUser, RedisUsers } from './redis-users';

const REDIS_PORT = 6379;
const FAMILY = 'redis7';

/** Props of {@link Redis}: the `redis` section, and where it stands. */
export interface RedisProps extends RedisSpec {
  readonly network: Network;
  readonly protect: boolean;
  readonly logRetentionDays: number;
}

/**
 * An ElastiCache for Redis replication group in the private subnets, encrypted at rest and in transit.
 *
 * There is no auth token, because the provider would keep it in the state. Nothing can connect until
 * `connections.allowFrom` says so, and with IAM users nobody without one of them.
 */
export class Redis extends Construct implements Connectable, Usable {
  readonly connections: Connections;
  readonly endpoint: string;

  /** The same Redis for those whose `uses` names a user of it, under the user's name. */
  readonly asUser: ReadonlyMap<string, Usable>;

  /** CloudWatch dimensions of each node's metrics: ElastiCache reports none for the group as a whole. */
  readonly nodeDimensions: readonly Readonly<Record<string, string>>[];

  private readonly plain: Usable;

  constructor(scope: Construct, id: string, props: RedisProps) {
    super(scope, id);
    this.connections = new Connections(this, 'connections', {
      vpcId: props.network.vpcId,
      name: props.securityGroupName,
      port: REDIS_PORT,
    });
    const users = props.iamUsers.length > 0 ? new RedisUsers(this, 'users', props) : undefined;
    const group = this.makeGroup(props, users);
    if (props.import) new Import(group, props.name);
    this.endpoint = `${group.primaryEndpointAddress}:${REDIS_PORT}`;
    this.nodeDimensions = Array.from({ length: props.nodes }, (_, index) => ({
      CacheClusterId: `${group.replicationGroupId}-${String(index + 1).padStart(3, '0')}`,
    }));

    this.plain = {
      injection: {
        environment: { REDIS_HOST: group.primaryEndpointAddress, REDIS_PORT: String(REDIS_PORT), REDIS_TLS: 'true' },
        secrets: {},
      },
      letUse: (consumer) => this.connections.allowFrom(consumer),
    };
    this.asUser = new Map(users?.all.map((user) => [user.name, this.signedIn(group, user)]));
  }

  get injection(): Injection {
    return this.byDefault.injection;
  }

  letUse(consumer: Consumer): void {
    this.byDefault.letUse(consumer);
  }

  /** The first user, where there are users. */
  private get byDefault(): Usable {
    const [first = this.plain] = this.asUser.values();
    return first;
  }

  private signedIn(group: ElasticacheReplicationGroup, user: RedisUser): Usable {
    const { environment } = this.plain.injection;
    // The token that signs a user in is made for the group's name, not for its address.
    const own = { REDIS_USER: user.id, REDIS_CACHE_NAME: group.replicationGroupId };
    return {
      injection: { environment: { ...environment, ...own }, secrets: {} },
      letUse: (consumer) => {
        this.plain.letUse(consumer);
        consumer.role.allow('connect_redis', { actions: ['elasticache:Connect'], resources: [group.arn, user.arn] });
      },
    };
  }

  private makeGroup(props: RedisProps, users: RedisUsers | undefined): ElasticacheReplicationGroup {
    const subnets = new ElasticacheSubnetGroup(this, 'subnets', {
      name: props.name,
      description: `Private subnets of ${props.name}`,
      subnetIds: [...props.network.workloadSubnetIds],
    });
    const parameters = new ElasticacheParameterGroup(this, 'parameters', {
      name: `${props.name}-${FAMILY}`,
      family: FAMILY,
      description: `Parameters of ${props.name}`,
      parameter: Object.entries(props.parameters).map(([name, value]) => ({ name, value })),
      lifecycle: { createBeforeDestroy: true },
    });
    return new ElasticacheReplicationGroup(this, 'Default', {
      replicationGroupId: props.name,
      description: `Redis of ${props.name}`,
      engine: 'redis',
      engineVersion: props.engineVersion,
      // The version is pinned: after an upgrade by AWS, Terraform would replace the cache to go back.
      autoMinorVersionUpgrade: 'false',
      nodeType: props.nodeType,
      dataTieringEnabled: props.nodeType.startsWith('cache.r6gd.') ? true : undefined, // these have nothing else
      numCacheClusters: props.nodes,
      automaticFailoverEnabled: props.automaticFailover,
      multiAzEnabled: props.automaticFailover,
      port: REDIS_PORT,
      subnetGroupName: subnets.name,
      parameterGroupName: parameters.name,
      securityGroupIds: [this.connections.securityGroupId],
      userGroupIds: users && [users.groupId],
      atRestEncryptionEnabled: 'true',
      transitEncryptionEnabled: true,
      snapshotRetentionLimit: props.snapshotRetentionDays,
      snapshotWindow: props.snapshotRetentionDays > 0 ? props.snapshotWindow : undefined,
      finalSnapshotIdentifier: props.protect ? `${props.name}-final` : undefined,
      maintenanceWindow: props.maintenanceWindow,
      logDeliveryConfiguration: props.logDelivery ? this.deliverLogs(props) : undefined,
      lifecycle: { preventDestroy: props.protect },
    });
  }

  /** AWS may write to every group under /aws/vendedlogs/; others take a line each of a policy that soon is full. */
  private deliverLogs({ name, logRetentionDays }: RedisProps) {
    return ['slow-log', 'engine-log'].map((logType) => {
      const group = new CloudwatchLogGroup(this, `logs_${logType.replace('-log', '')}`, {
        name: `/aws/vendedlogs/elasticache/${name}/${logType}`,
        retentionInDays: logRetentionDays,
      });
      return { destination: group.name, destinationType: 'cloudwatch-logs', logFormat: 'json', logType };
    });
  }
}
