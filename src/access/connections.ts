import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { ListTerraformIterator } from 'cdktf';
import { Construct } from 'constructs';
import { mainName, scopeIn } from '../terraform/logical-ids';

/** Anything that listens or dials inside the VPC. */
export interface Connectable {
  readonly connections: Connections;
}

export interface ConnectionsProps {
  readonly vpcId: string;

  /** Exact name of the security group. */
  readonly name: string;

  /** TCP port peers reach this block on; absent for a block that only dials out. */
  readonly port?: number;

  /**
   * `all` lets the block dial anywhere, `named` only where a rule says so.
   *
   * `icmp` is `named` with the one rule that CloudFormation templates write for "no outbound": it leads nowhere, and stands
   * for the rule to anywhere that CloudFormation adds to a group without one.
   *
   * @default 'named'
   */
  readonly egress?: 'all' | 'named' | 'icmp';
}

/** A range that a block may dial out to. */
export interface Outbound {
  readonly port: number;
  readonly cidr: string;
  readonly description?: string | undefined;
}

/** The IPv4 addresses of a VPC: its range, or ranges that only Terraform knows. */
export type VpcRanges = string | ListTerraformIterator;

const ANYWHERE = '0.0.0.0/0';

/** An ICMP type and code that nobody has assigned, to an address that no router passes on. */
const nowhere = { ipProtocol: 'icmp', fromPort: 252, toPort: 86, cidrIpv4: '255.255.255.255/32' };

/**
 * The one security group of a block, and the only place rules are written.
 *
 * A path is two standalone rules, one on each side. Inline rules are never
 * used: the provider lets them overwrite standalone ones on the same group.
 */
export class Connections extends Construct {
  readonly securityGroupId: string;
  private readonly owner: string;
  private readonly port: number | undefined;
  private readonly dialsAnywhere: boolean;

  constructor(scope: Construct, id: string, props: ConnectionsProps) {
    super(scope, id);
    this.owner = mainName(scope);
    this.port = props.port;
    this.dialsAnywhere = props.egress === 'all';

    const group = new SecurityGroup(this, 'Default', {
      name: props.name,
      vpcId: props.vpcId,
      description: `Traffic of ${props.name}`,
      tags: { Name: props.name },
    });
    this.securityGroupId = group.id;

    if (this.dialsAnywhere) {
      new VpcSecurityGroupEgressRule(this, 'to_anywhere', {
        securityGroupId: this.securityGroupId,
        ipProtocol: '-1',
        cidrIpv4: ANYWHERE,
        description: 'to anywhere',
      });
    }
    if (props.egress === 'icmp') {
      new VpcSecurityGroupEgressRule(this, 'to_nowhere', {
        ...nowhere,
        securityGroupId: this.securityGroupId,
        description: 'to nowhere: disallows all traffic',
      });
    }
  }

  /** Lets `peer` open connections to this block; a second time changes nothing. */
  allowFrom(peer: Connectable): void {
    const client = peer.connections;
    if (this.port === undefined) {
      throw new Error(
        `${client.owner} cannot connect to ${this.owner}, which listens on no port: give its connections a \`port\``,
      );
    }
    this.open({ client, port: this.port, here: this, there: client });
  }

  /** Lets `peer` open connections to a port beside the one this block is known for. */
  allowPortFrom(peer: Connectable, port: number): void {
    const client = peer.connections;
    this.open({ client, port, here: this.beside(port), there: client.beside(port) });
  }

  /** Opens a port to a range of addresses. */
  allowPortFromRange(port: number, cidr: string): void {
    new VpcSecurityGroupIngressRule(this.beside(port), `from_${cidr.replace(/\W/g, '_')}`, {
      securityGroupId: this.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      cidrIpv4: cidr,
      description: `port ${port} from ${cidr}`,
    });
  }

  /** Lets everything in the VPC open connections to this block. */
  allowFromVpc(ranges: VpcRanges): void {
    const each = typeof ranges === 'string' ? { cidrIpv4: ranges } : { cidrIpv4: ranges.value, forEach: ranges };
    new VpcSecurityGroupIngressRule(this, 'from_vpc', {
      ...each,
      securityGroupId: this.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: this.port,
      toPort: this.port,
      description: 'from the VPC',
    });
  }

  /** Opens a port to the whole internet. */
  allowFromInternet(port: number, description: string): void {
    new VpcSecurityGroupIngressRule(this, `from_internet_${port}`, {
      securityGroupId: this.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      cidrIpv4: ANYWHERE,
      description,
    });
  }

  /** Opens a port to the addresses of an AWS-managed prefix list. */
  allowFromPrefixList(port: number, { id, name }: { readonly id: string; readonly name: string }): void {
    new VpcSecurityGroupIngressRule(this, `from_${name}_${port}`, {
      securityGroupId: this.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      prefixListId: id,
      description: `port ${port} from ${name}`,
    });
  }

  /** Lets this block dial out to somebody else's security group, whose owner lets it in. */
  allowToGroup(port: number, { id, name }: { readonly id: string; readonly name: string }): void {
    if (this.dialsAnywhere || this.node.tryFindChild(`to_${name}`)) return;
    new VpcSecurityGroupEgressRule(this, `to_${name}`, {
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      securityGroupId: this.securityGroupId,
      referencedSecurityGroupId: id,
      description: `to ${name}`,
    });
  }

  /** Lets this block dial out to a range of addresses. */
  allowTo({ port, cidr, description }: Outbound): void {
    const range = cidr === ANYWHERE ? 'anywhere' : cidr;
    new VpcSecurityGroupEgressRule(this, `to_${range.replace(/\W/g, '_')}_${port}`, {
      securityGroupId: this.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      cidrIpv4: cidr,
      description: description ?? `port ${port} to ${range}`,
    });
  }

  private open({ client, port, here, there }: Path): void {
    if (here.node.tryFindChild(`from_${client.owner}`)) return;

    const tcp = { ipProtocol: 'tcp', fromPort: port, toPort: port };
    const beside = here === this ? '' : `port ${port} `;
    new VpcSecurityGroupIngressRule(here, `from_${client.owner}`, {
      ...tcp,
      securityGroupId: this.securityGroupId,
      referencedSecurityGroupId: client.securityGroupId,
      description: `${beside}from ${client.owner}`,
    });
    if (client.dialsAnywhere) return;
    new VpcSecurityGroupEgressRule(there, `to_${this.owner}`, {
      ...tcp,
      securityGroupId: client.securityGroupId,
      referencedSecurityGroupId: this.securityGroupId,
      description: `${beside}to ${this.owner}`,
    });
  }

  /** Where the rules of a further port stand. */
  private beside(port: number): Construct {
    return scopeIn(this, `port_${port}`);
  }
}

/** A port from the one side to the other, and where the rules of both stand. */
interface Path {
  readonly client: Connections;
  readonly port: number;
  readonly here: Construct;
  readonly there: Construct;
}
