import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Construct } from 'constructs';
import type { SubnetSpec, TierName } from '../../spec/sections/network';
import { NetworkAcl } from './network-acl';

/** Props of {@link Tier}. */
export interface TierProps {
  readonly vpcId: string;
  readonly name: string;
  readonly subnets: readonly SubnetSpec[];
}

/** Subnets of one kind, each under the letter of its zone. */
export class Tier extends Construct {
  readonly routeTableIds: string[] = [];
  private readonly subnets: ReadonlyMap<string, Subnet>;

  constructor(
    scope: Construct,
    private readonly tierName: TierName,
    private readonly props: TierProps,
  ) {
    super(scope, tierName);
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
  guard(vpcCidr: string): NetworkAcl {
    const { vpcId, name } = this.props;
    const subnets = [...this.subnets].map(([key, { id }]) => ({ scope: this.zone(key), id }));
    return new NetworkAcl(this, 'acl', { vpcId, vpcCidr, name, tier: this.tierName, subnets });
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
