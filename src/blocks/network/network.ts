import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { Eip } from '@cdktf/provider-aws/lib/eip';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { Construct } from 'constructs';
import type { Outbound } from '../../access/connections';
import type { NetworkSpec, SubnetSpec } from '../../spec/sections/network';
import { contains } from '../../spec/values/cidr';
import { FlowLogs } from './flow-logs';
import { NetworkAcl } from './network-acl';

const INTERNET = '0.0.0.0/0';

/** Props of {@link Network}: the `network` section, and where it is. */
export interface NetworkProps extends NetworkSpec {
  readonly region: string;
  readonly logRetentionDays: number;
}

/** A VPC with public subnets, which route to the internet, and private ones, which leave through NAT gateways. */
export class Network extends Construct {
  readonly vpcId: string;
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
  private readonly acls: readonly NetworkAcl[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkProps,
  ) {
    super(scope, id);
    const vpc = new Vpc(this, 'Default', {
      cidrBlock: props.cidr,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { Name: props.name },
    });
    new DefaultSecurityGroup(this, 'default', { vpcId: vpc.id, tags: { Name: `${props.name}-default-closed` } });
    this.vpcId = vpc.id;

    const open = new Tier(this, 'public', {
      vpcId: vpc.id,
      name: `${props.name}-public`,
      subnets: props.subnets.public,
    });
    const internet = new InternetGateway(this, 'internet', { vpcId: vpc.id, tags: { Name: props.name } });
    new Route(open, 'internet', {
      routeTableId: open.sharedTable(),
      destinationCidrBlock: INTERNET,
      gatewayId: internet.id,
    });

    const closed = new Tier(this, 'private', {
      vpcId: vpc.id,
      name: `${props.name}-private`,
      subnets: props.subnets.private,
    });
    this.connectPrivate(open, closed, internet, props);

    this.publicSubnetIds = open.subnetIds;
    this.privateSubnetIds = closed.subnetIds;
    this.acls = props.networkAcls ? [open.guard('public', props.cidr), closed.guard('private', props.cidr)] : [];

    if (props.s3Endpoint) {
      new VpcEndpoint(this, 's3', {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${props.region}.s3`,
        vpcEndpointType: 'Gateway',
        routeTableIds: [...open.routeTableIds, ...closed.routeTableIds],
        tags: { Name: `${props.name}-s3` },
      });
    }
    if (props.flowLogs)
      new FlowLogs(this, 'flow_logs', { vpcId: vpc.id, name: props.name, retentionDays: props.logRetentionDays });
  }

  /** Lets connections out of the VPC, through the ACL of either tier: private subnets leave by NAT in a public one. */
  allowTo({ port, cidr }: Outbound): void {
    if (contains(this.props.cidr, cidr)) return;
    for (const acl of this.acls) acl.allowOut(port);
  }

  private connectPrivate(
    open: Tier,
    closed: Tier,
    internet: InternetGateway,
    { natGateways, subnets, name }: NetworkProps,
  ): void {
    const [first] = [...subnets.public].sort((a, b) => (a.key < b.key ? -1 : 1));
    if (natGateways !== 'per_zone') {
      const routeTableId = closed.sharedTable();
      if (natGateways === 'none' || first === undefined) return;
      const gateway = natGateway(this, 'nat', { subnetId: open.subnetId(first.key), name, internet });
      new Route(closed, 'nat', { routeTableId, destinationCidrBlock: INTERNET, natGatewayId: gateway.id });
      return;
    }
    for (const { key } of subnets.private) {
      const zone = closed.zone(key);
      const gateway = natGateway(zone, 'nat', { subnetId: open.subnetId(key), name: `${name}-${key}`, internet });
      new Route(zone, 'to_nat', {
        routeTableId: closed.ownTable(key),
        destinationCidrBlock: INTERNET,
        natGatewayId: gateway.id,
      });
    }
  }
}

interface TierProps {
  readonly vpcId: string;
  readonly name: string;
  readonly subnets: readonly SubnetSpec[];
}

/** Subnets of one kind, each under the letter of its zone. */
class Tier extends Construct {
  readonly routeTableIds: string[] = [];
  private readonly subnets: ReadonlyMap<string, Subnet>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: TierProps,
  ) {
    super(scope, id);
    this.subnets = new Map(
      props.subnets.map(({ key, zone, cidr, name }) => {
        const subnet = new Subnet(new Construct(this, key), 'Default', {
          vpcId: props.vpcId,
          availabilityZone: zone,
          cidrBlock: cidr,
          mapPublicIpOnLaunch: false,
          tags: { Name: name },
        });
        return [key, subnet];
      }),
    );
  }

  get subnetIds(): string[] {
    return [...this.subnets.values()].map((subnet) => subnet.id);
  }

  zone(key: string): Construct {
    return this.node.findChild(key) as Construct;
  }

  subnetId(key: string): string {
    const subnet = this.subnets.get(key);
    if (!subnet) throw new Error(`there is no ${this.node.id} subnet in zone ${key}`);
    return subnet.id;
  }

  /** A network ACL around all its subnets. */
  guard(tier: 'public' | 'private', vpcCidr: string): NetworkAcl {
    const { vpcId, name } = this.props;
    const subnets = [...this.subnets].map(([key, { id }]) => ({ scope: this.zone(key), id }));
    return new NetworkAcl(this, 'acl', { vpcId, vpcCidr, name, tier, subnets });
  }

  /** One route table for the whole tier. */
  sharedTable(): string {
    const table = this.table(this, 'Default', this.props.name);
    for (const key of this.subnets.keys()) this.associate(key, table);
    return table;
  }

  /** A route table for one zone. */
  ownTable(key: string): string {
    const table = this.table(this.zone(key), 'table', `${this.props.name}-${key}`);
    this.associate(key, table);
    return table;
  }

  private table(scope: Construct, id: string, name: string): string {
    const table = new RouteTable(scope, id, { vpcId: this.props.vpcId, tags: { Name: name } });
    this.routeTableIds.push(table.id);
    return table.id;
  }

  private associate(key: string, routeTableId: string): void {
    new RouteTableAssociation(this.zone(key), 'routes', { subnetId: this.subnetId(key), routeTableId });
  }
}

interface NatProps {
  readonly subnetId: string;
  readonly name: string;
  readonly internet: InternetGateway;
}

function natGateway(scope: Construct, id: string, { subnetId, name, internet }: NatProps): NatGateway {
  const nat = new Construct(scope, id);
  const address = new Eip(nat, 'address', { domain: 'vpc', tags: { Name: `${name}-nat` } });
  return new NatGateway(nat, 'Default', {
    allocationId: address.id,
    subnetId,
    tags: { Name: `${name}-nat` },
    dependsOn: [internet],
  });
}
