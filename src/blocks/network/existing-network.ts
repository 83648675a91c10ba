import { DataAwsRouteTable } from '@cdktf/provider-aws/lib/data-aws-route-table';
import { DataAwsRouteTables } from '@cdktf/provider-aws/lib/data-aws-route-tables';
import { DataAwsSubnet } from '@cdktf/provider-aws/lib/data-aws-subnet';
import { DataAwsVpc } from '@cdktf/provider-aws/lib/data-aws-vpc';
import { Fn, Op, TerraformSelf } from 'cdktf';
import { Construct } from 'constructs';
import type { VpcRanges } from '../../access/connections';
import type { ExistingNetworkSpec, TierName } from '../../spec/sections/network';
import { isGateway } from '../../spec/values/endpoints';
import { addEndpoints } from './endpoints';
import { FlowLogs } from './flow-logs';
import type { Network } from './network';
import { rangesOf } from './vpc-ranges';

/** Props of {@link ExistingNetwork}: the `network` section, and where it is. */
export interface ExistingNetworkProps extends ExistingNetworkSpec {
  readonly region: string;
  readonly logRetentionDays: number;
}

/** Why a tier's subnets lie in different zones. */
const reasons: Readonly<Record<TierName, string>> = {
  public: 'a load balancer takes one subnet in each zone, and at least two',
  private: 'a file system is mounted in one subnet of each zone, and tasks outlive a zone only in two',
  database: 'a database asks for subnets in at least two zones',
};

/**
 * Somebody else's VPC, read and never changed but for the endpoints and flow logs that are asked for.
 *
 * Ids say nothing about zones and routes, so Terraform looks them up and every plan fails where they are not what
 * AWS demands.
 */
export class ExistingNetwork extends Construct implements Network {
  readonly vpcId: string;
  readonly ranges: VpcRanges;
  readonly publicSubnetIds: readonly string[];
  readonly publicWorkloadSubnetIds: readonly string[];
  readonly workloadSubnetIds: readonly string[];
  readonly workloadSubnets: ReadonlyMap<string, string>;
  readonly databaseSubnetIds: readonly string[];
  readonly databaseZone = undefined;
  readonly natGatewayIds = [];
  readonly wayOut = [];
  readonly dialsByPublicAddress = false;

  constructor(scope: Construct, id: string, props: ExistingNetworkProps) {
    super(scope, id);
    const { vpcId, subnets } = props.existing;
    const vpc = new DataAwsVpc(this, 'Default', { id: vpcId, lifecycle: namesInside(props) });
    this.vpcId = vpc.id;
    this.ranges = rangesOf(vpc);

    const open = this.readTier('public', subnets.public, vpcId);
    for (const subnet of open) this.readRoutes(subnet, vpc);
    const closed = this.readTier('private', subnets.private, vpcId);
    const database = subnets.database ? this.readTier('database', subnets.database, vpcId) : closed;
    this.publicSubnetIds = open.map(({ id }) => id);
    this.publicWorkloadSubnetIds = this.publicSubnetIds;
    this.workloadSubnets = new Map(closed.map(({ idInput, id }) => [withoutPrefix(idInput ?? ''), id]));
    this.workloadSubnetIds = [...this.workloadSubnets.values()];
    this.databaseSubnetIds = database.map(({ id }) => id);

    addEndpoints(this, {
      services: props.endpoints,
      region: props.region,
      name: props.label,
      securityGroupName: props.endpointsGroupName,
      network: this,
      routeTableIds: props.existing.routeTables.map((table) => this.readTable(table, vpcId)),
    });
    if (props.flowLogs) {
      const { label: name, logRetentionDays: retentionDays } = props;
      new FlowLogs(this, 'flow_logs', { vpcId: this.vpcId, name, retentionDays });
    }
  }

  /** Nothing to do: whether its ACLs let a connection out is for those to say who manage them. */
  allowTo(): void {}

  private readTier(tier: TierName, ids: readonly string[], vpcId: string): DataAwsSubnet[] {
    const place = new Construct(this, tier);
    const path = `network.existing.subnets.${tier}`;
    const read: DataAwsSubnet[] = [];
    for (const id of ids) {
      const others = read.map((other) => ({
        condition: Op.neq(TerraformSelf.getString('availability_zone'), other.availabilityZone).toString(),
        errorMessage: `${path}: expected subnets in different zones, got ${other.idInput} and ${id} in \${self.availability_zone}: ${reasons[tier]}`,
      }));
      read.push(
        new DataAwsSubnet(new Construct(place, withoutPrefix(id)), 'Default', {
          id,
          lifecycle: { postcondition: [isInside(path, id, vpcId), ...others] },
        }),
      );
    }
    return read;
  }

  /** The table that is associated with a public subnet, or else the main one of the VPC. */
  private readRoutes(subnet: DataAwsSubnet, vpc: DataAwsVpc): void {
    const place = subnet.node.scope as Construct;
    const associated = new DataAwsRouteTables(place, 'associated', {
      vpcId: vpc.id,
      filter: [{ name: 'association.subnet-id', values: [subnet.id] }],
    });
    new DataAwsRouteTable(place, 'routes', {
      routeTableId: Fn.element(Fn.concat([associated.ids, [vpc.mainRouteTableId]]), 0),
      lifecycle: {
        postcondition: [
          {
            condition:
              '${anytrue([for route in self.routes : route.cidr_block == "0.0.0.0/0" && (startswith(route.gateway_id, "igw-") || startswith(route.transit_gateway_id, "tgw-") || startswith(route.vpc_endpoint_id, "vpce-"))])}',
            errorMessage: `network.existing.subnets.public: expected subnets with a default route (0.0.0.0/0) to an internet or transit gateway, got ${subnet.idInput}, whose route table \${self.route_table_id} has none: nobody would get an answer from the load balancer`,
          },
        ],
      },
    });
  }

  private readTable(id: string, vpcId: string): string {
    const table = new DataAwsRouteTable(this, `table_${withoutPrefix(id)}`, {
      routeTableId: id,
      lifecycle: { postcondition: [isInside('network.existing.route_tables', id, vpcId)] },
    });
    return table.routeTableId;
  }
}

function isInside(path: string, id: string, vpcId: string) {
  return {
    condition: `\${self.vpc_id == "${vpcId}"}`,
    errorMessage: `${path}: expected ids of what belongs to ${vpcId}, got ${id} of \${self.vpc_id}: AWS refuses to mix the two`,
  };
}

/** Without these two, the names of services would lead past their endpoints. */
function namesInside({ existing, endpoints }: ExistingNetworkProps) {
  if (endpoints.every(isGateway)) return undefined;
  const condition = '${self.enable_dns_support && self.enable_dns_hostnames}';
  const errorMessage = `network.endpoints: expected a VPC with DNS support and DNS hostnames, got ${existing.vpcId}, which has not both: AWS refuses the private names of endpoints; whoever manages the VPC must turn them on`;
  return { postcondition: [{ condition, errorMessage }] };
}

/** `subnet-0a1b2c3d` → `0a1b2c3d`, for addresses. */
function withoutPrefix(id: string): string {
  return id.slice(id.indexOf('-') + 1);
}
