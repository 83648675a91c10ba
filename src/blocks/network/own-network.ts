import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { Eip } from '@cdktf/provider-aws/lib/eip';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Construct } from 'constructs';
import type { Outbound } from '../../access/connections';
import type { OwnNetworkSpec, SubnetSpec, TierName } from '../../spec/sections/network';
import { ANYWHERE, contains } from '../../spec/values/cidr';
import { Import } from '../../terraform/import';
import { addEndpoints } from './endpoints';
import { FlowLogs } from './flow-logs';
import type { Network } from './network';
import type { NetworkAcl } from './network-acl';
import { Tier } from './tier';

/** Props of {@link OwnNetwork}: the `network` section, and where it is. */
export interface OwnNetworkProps extends OwnNetworkSpec {
  readonly region: string;
  readonly logRetentionDays: number;
}

/**
 * A VPC with public subnets, which route to the internet, and private ones, which leave through NAT gateways.
 *
 * Subnets of databases, where there are any, lead nowhere outside the VPC.
 */
export class OwnNetwork extends Construct implements Network {
  readonly vpcId: string;
  readonly ranges: string;
  readonly publicSubnetIds: readonly string[];
  readonly publicWorkloadSubnetIds: readonly string[];
  readonly natGatewayIds: string[] = [];
  readonly wayOut: Route[] = [];
  readonly workloadSubnetIds: readonly string[];
  readonly workloadSubnets: ReadonlyMap<string, string>;
  readonly databaseSubnetIds: readonly string[];
  readonly databaseZone: string | undefined;
  readonly dialsByPublicAddress = false;
  private readonly outwardAcls: readonly NetworkAcl[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: OwnNetworkProps,
  ) {
    super(scope, id);
    const vpc = new Vpc(this, 'Default', {
      cidrBlock: props.cidr,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { Name: props.name },
    });
    if (props.import !== undefined) new Import(vpc, props.import);
    new DefaultSecurityGroup(this, 'default', { vpcId: vpc.id, tags: { Name: `${props.name}-default-closed` } });
    this.vpcId = vpc.id;
    this.ranges = props.cidr;

    const open = this.tier('public', props.subnets.public);
    const internet = new InternetGateway(this, 'internet', { vpcId: vpc.id, tags: { Name: props.name } });
    new Route(open, 'internet', {
      routeTableId: open.sharedTable(),
      destinationCidrBlock: ANYWHERE,
      gatewayId: internet.id,
    });

    const closed = this.tier('private', props.subnets.private);
    this.connectPrivate(open, closed, internet, props);

    const isolated = props.subnets.database && this.tier('database', props.subnets.database);
    isolated?.sharedTable();

    const places = props.subnets.private.filter(({ workloads }) => workloads);
    this.publicSubnetIds = open.subnetIds;
    this.publicWorkloadSubnetIds = props.subnets.public
      .filter(({ workloads }) => workloads)
      .map(({ key }) => open.subnetId(key));
    this.workloadSubnets = new Map(places.map(({ key }) => [key, closed.subnetId(key)]));
    this.workloadSubnetIds = [...this.workloadSubnets.values()];
    this.databaseSubnetIds = (isolated ?? closed).subnetIds;
    this.databaseZone = onlyZone(places, props.subnets.database ?? places);
    this.outwardAcls = props.networkAcls ? [open, closed].map((tier) => tier.guard(props.cidr)) : [];
    if (props.networkAcls) isolated?.guard(props.cidr);
    this.addExtras([...open.routeTableIds, ...closed.routeTableIds], props);
  }

  /** Lets connections out of the VPC, through the ACL of either tier: private subnets leave by NAT in a public one. */
  allowTo({ port, cidr }: Outbound): void {
    if (contains(this.props.cidr, cidr)) return;
    for (const acl of this.outwardAcls) acl.allowOut(port);
  }

  private tier(name: TierName, subnets: readonly SubnetSpec[]): Tier {
    return new Tier(this, name, { vpcId: this.vpcId, name: `${this.props.name}-${name}`, subnets });
  }

  private addExtras(routeTableIds: readonly string[], props: OwnNetworkProps): void {
    addEndpoints(this, {
      services: props.endpoints,
      region: props.region,
      name: props.name,
      securityGroupName: props.endpointsGroupName,
      network: this,
      routeTableIds,
    });
    if (!props.flowLogs) return;
    const { name, logRetentionDays: retentionDays } = props;
    new FlowLogs(this, 'flow_logs', { vpcId: this.vpcId, name, retentionDays });
  }

  private connectPrivate(
    open: Tier,
    closed: Tier,
    internet: InternetGateway,
    { natGateways, subnets, name }: OwnNetworkProps,
  ): void {
    const [first] = subnets.public.filter(({ workloads }) => workloads).sort((a, b) => (a.key < b.key ? -1 : 1));
    if (natGateways !== 'per_zone') {
      const routeTableId = closed.sharedTable();
      if (natGateways === 'none' || first === undefined) return;
      const gateway = natGateway(this, 'nat', { subnetId: open.subnetId(first.key), name, internet });
      this.natGatewayIds.push(gateway.id);
      this.wayOut.push(
        new Route(closed, 'nat', { routeTableId, destinationCidrBlock: ANYWHERE, natGatewayId: gateway.id }),
      );
      return;
    }
    for (const { key, workloads } of subnets.private) {
      const zone = closed.zone(key);
      const routeTableId = closed.ownTable(key);
      if (!workloads) continue;
      const gateway = natGateway(zone, 'nat', { subnetId: open.subnetId(key), name: `${name}-${key}`, internet });
      this.natGatewayIds.push(gateway.id);
      this.wayOut.push(
        new Route(zone, 'to_nat', { routeTableId, destinationCidrBlock: ANYWHERE, natGatewayId: gateway.id }),
      );
    }
  }
}

/** The zone of the workloads, where they have but one and databases may stand in it too. */
function onlyZone(workloads: readonly SubnetSpec[], databases: readonly SubnetSpec[]): string | undefined {
  const [first, second] = workloads;
  if (first === undefined || second !== undefined) return undefined;
  return databases.some(({ zone }) => zone === first.zone) ? first.zone : undefined;
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
