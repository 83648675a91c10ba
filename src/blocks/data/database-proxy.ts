import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { DbProxy } from '@cdktf/provider-aws/lib/db-proxy';
import { DbProxyDefaultTargetGroup } from '@cdktf/provider-aws/lib/db-proxy-default-target-group';
import { DbProxyTarget } from '@cdktf/provider-aws/lib/db-proxy-target';
import { Construct } from 'constructs';
import { type Connectable, Connections } from '../../access/connections';
import { Role } from '../../access/role';
import type { DatabaseSpec } from '../../spec/sections/database';
import { addressOf } from '../../terraform/logical-ids';
import type { Network } from '../network/network';

/** Props of {@link DatabaseProxy}: the `proxy` of a database section, and what it stands before. */
export interface DatabaseProxyProps {
  readonly proxy: NonNullable<DatabaseSpec['proxy']>;
  readonly engine: DatabaseSpec['engine'];
  readonly port: number;
  readonly network: Network;
  readonly instanceIdentifier: string;
  readonly logRetentionDays: number;
}

/** An RDS Proxy: clients reach it over TLS alone, and it logs in with the secrets of their users. */
export class DatabaseProxy extends Construct implements Connectable {
  readonly connections: Connections;
  readonly host: string;
  readonly resource: DbProxy;
  private readonly role: Role;
  private readonly logs: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, props: DatabaseProxyProps) {
    super(scope, id);
    const { proxy, engine, port, network, instanceIdentifier, logRetentionDays } = props;
    this.connections = new Connections(this, 'connections', {
      vpcId: network.vpcId,
      name: proxy.securityGroupName,
      port,
    });
    this.role = new Role(this, 'role', {
      name: proxy.roleName,
      description: `Lets ${proxy.name} log in`,
      service: 'rds.amazonaws.com',
    });
    // RDS Proxy would make it itself, and keep it for ever.
    this.logs = new CloudwatchLogGroup(this, 'logs', {
      name: `/aws/rds/proxy/${proxy.name}`,
      retentionInDays: logRetentionDays,
    });
    this.resource = new DbProxy(this, 'Default', {
      name: proxy.name,
      engineFamily: engine === 'mysql' ? 'MYSQL' : 'POSTGRESQL',
      roleArn: this.role.arn,
      requireTls: true,
      idleClientTimeout: proxy.idleClientTimeoutSeconds,
      // It needs subnets in two zones, wherever the instance is.
      vpcSubnetIds: [...network.databaseSubnetIds],
      vpcSecurityGroupIds: [this.connections.securityGroupId],
      auth: [],
    });
    this.host = this.resource.endpoint;
    const pool = new DbProxyDefaultTargetGroup(this, 'pool', {
      dbProxyName: this.resource.name,
      connectionPoolConfig: {
        maxConnectionsPercent: proxy.maxConnectionsPercent,
        connectionBorrowTimeout: proxy.borrowTimeoutSeconds,
      },
    });
    new DbProxyTarget(this, 'target', {
      dbProxyName: this.resource.name,
      targetGroupName: pool.name,
      dbInstanceIdentifier: instanceIdentifier,
    });
  }

  /** Lets it log in with these secrets, and clients with the same users and passwords. */
  logInWith(secrets: readonly { readonly arn: string }[]): void {
    const arns = secrets.map(({ arn }) => arn);
    this.role.allow('read_secrets', { actions: ['secretsmanager:GetSecretValue'], resources: arns });
    this.resource.putAuth(arns.map((secretArn) => ({ authScheme: 'SECRETS', iamAuth: 'DISABLED', secretArn })));
    this.resource.dependsOn = [...this.role.policyAddresses, addressOf(this.logs)];
  }
}
