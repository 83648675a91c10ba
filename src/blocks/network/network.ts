import type { ITerraformDependable } from 'cdktf';
import type { Outbound, VpcRanges } from '../../access/connections';

/** Where things stand, whoever made it. */
export interface Network {
  readonly vpcId: string;

  /** All IPv4 addresses inside. */
  readonly ranges: VpcRanges;

  /** For load balancers, and databases that are reached from outside: in at least two zones. */
  readonly publicSubnetIds: readonly string[];

  /** For what runs code with an address of its own: public, in the zones that workloads stand in. */
  readonly publicWorkloadSubnetIds: readonly string[];

  /** For what runs code or is mounted by it: private, and perhaps in one zone alone. */
  readonly workloadSubnetIds: readonly string[];

  /** The same by what addresses call them: the letter of the zone, or the id of somebody else's subnet. */
  readonly workloadSubnets: ReadonlyMap<string, string>;

  /** For databases and what stands in front of them: private, in at least two zones. */
  readonly databaseSubnetIds: readonly string[];

  /** Where a database of one zone stands when workloads have one zone alone; otherwise AWS chooses. */
  readonly databaseZone: string | undefined;

  /** By which private subnets reach the internet; none in somebody else's network, whose gateways others watch. */
  readonly natGatewayIds: readonly string[];

  /** Routes without which nothing in the private subnets fetches an image. */
  readonly wayOut: readonly ITerraformDependable[];

  /** Whether what runs in it needs a public address to dial out. */
  readonly dialsByPublicAddress: boolean;

  /** Lets connections out of the VPC, where the network itself would stop them. */
  allowTo(outbound: Outbound): void;
}
