import { DataAwsSubnet } from '@cdktf/provider-aws/lib/data-aws-subnet';
import { DataAwsVpc } from '@cdktf/provider-aws/lib/data-aws-vpc';
import { Construct } from 'constructs';
import type { VpcRanges } from '../../access/connections';
import type { DefaultNetworkSpec } from '../../spec/sections/network';
import { addEndpoints } from './endpoints';
import { FlowLogs } from './flow-logs';
import type { Network } from './network';
import { rangesOf } from './vpc-ranges';

/** Props of {@link DefaultNetwork}: the `network` section, and where it is. */
export interface DefaultNetworkProps extends DefaultNetworkSpec {
  readonly region: string;
  readonly logRetentionDays: number;
}

/**
 * The VPC that AWS gave the account in the region, with its own subnets, which are all public.
 *
 * What runs there dials out by a public address of its own instead of a NAT gateway; its security group is what keeps others
 * out. https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
 */
export class DefaultNetwork extends Construct implements Network {
  readonly vpcId: string;
  readonly ranges: VpcRanges;
  readonly workloadSubnets: ReadonlyMap<string, string>;
  readonly databaseZone = undefined;
  readonly natGatewayIds = [];
  readonly wayOut = [];
  readonly dialsByPublicAddress = true;

  constructor(scope: Construct, id: string, props: DefaultNetworkProps) {
    super(scope, id);
    const vpc = new DataAwsVpc(this, 'Default', { default: true });
    this.vpcId = vpc.id;
    this.ranges = rangesOf(vpc);
    this.workloadSubnets = new Map(
      props.availabilityZones.map((availabilityZone) => {
        const letter = availabilityZone.slice(-1);
        const subnet = new DataAwsSubnet(this, letter, { vpcId: vpc.id, availabilityZone, defaultForAz: true });
        return [letter, subnet.id];
      }),
    );
    const { label: name, logRetentionDays: retentionDays } = props;
    addEndpoints(this, {
      services: props.endpoints,
      region: props.region,
      name,
      securityGroupName: props.endpointsGroupName,
      network: this,
      routeTableIds: [vpc.mainRouteTableId],
    });
    if (props.flowLogs) new FlowLogs(this, 'flow_logs', { vpcId: this.vpcId, name, retentionDays });
  }

  get workloadSubnetIds(): readonly string[] {
    return [...this.workloadSubnets.values()];
  }

  get publicSubnetIds(): readonly string[] {
    return this.workloadSubnetIds;
  }

  get publicWorkloadSubnetIds(): readonly string[] {
    return this.workloadSubnetIds;
  }

  get databaseSubnetIds(): readonly string[] {
    return this.workloadSubnetIds;
  }

  /** Nothing to do: its network ACL lets everything out. */
  allowTo(): void {}
}
