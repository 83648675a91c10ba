import { NetworkAcl as Acl } from '@cdktf/provider-aws/lib/network-acl';
import { NetworkAclAssociation } from '@cdktf/provider-aws/lib/network-acl-association';
import { NetworkAclRule } from '@cdktf/provider-aws/lib/network-acl-rule';
import { dependable } from 'cdktf';
import { Construct } from 'constructs';
import type { TierName } from '../../spec/sections/network';
import { FIRST_CLIENT_PORT } from '../../spec/sections/ports';
import { ANYWHERE } from '../../spec/values/cidr';

const LAST_PORT = 65_535;

/** Where the rules of single ports begin to be numbered. */
const PORT_RULES = 1000;

const rules = {
  http: { number: 100, protocol: 'tcp', fromPort: 80, toPort: 80 },
  https: { number: 110, protocol: 'tcp', fromPort: 443, toPort: 443 },

  /** Answers to connections that were opened in the other direction: an ACL remembers none of them. */
  replies: { number: 120, protocol: 'tcp', fromPort: FIRST_CLIENT_PORT, toPort: LAST_PORT },

  /** Between the tiers; DNS, the metadata of tasks and the time need no rule. */
  vpc: { number: 130, protocol: '-1' },

  /** "Fragmentation needed": without it, large packets vanish. https://docs.aws.amazon.com/vpc/latest/userguide/path_mtu_discovery.html */
  path_mtu: { number: 140, protocol: 'icmp', icmpType: 3, icmpCode: 4 },
};

type RuleName = keyof typeof rules;

const names: Readonly<Record<TierName, Readonly<Record<'in' | 'out', readonly RuleName[]>>>> = {
  public: {
    in: ['http', 'https', 'replies', 'vpc', 'path_mtu'],
    out: ['http', 'https', 'replies', 'vpc', 'path_mtu'],
  },
  private: {
    in: ['replies', 'vpc', 'path_mtu'],
    out: ['http', 'https', 'replies', 'vpc', 'path_mtu'],
  },
  database: { in: ['vpc', 'path_mtu'], out: ['vpc', 'path_mtu'] },
};

/** Props of {@link NetworkAcl}. */
export interface NetworkAclProps {
  readonly vpcId: string;
  readonly vpcCidr: string;
  readonly name: string;
  readonly tier: TierName;

  /** Each with the scope that its association belongs to. */
  readonly subnets: readonly { readonly scope: Construct; readonly id: string }[];
}

/**
 * A second fence around the subnets of a tier, which knows ports and ranges but no connections.
 *
 * Its rules are there before its subnets come under it: until then an ACL refuses everything.
 */
export class NetworkAcl extends Construct {
  private readonly acl: Acl;
  private readonly associations: readonly NetworkAclAssociation[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkAclProps,
  ) {
    super(scope, id);
    this.acl = new Acl(this, 'Default', { vpcId: props.vpcId, tags: { Name: props.name } });
    const written = (['in', 'out'] as const).flatMap((direction) =>
      names[props.tier][direction].map((name) => this.rule(direction, name)),
    );
    this.associations = props.subnets.map(
      (subnet) =>
        new NetworkAclAssociation(subnet.scope, 'acl', {
          networkAclId: this.acl.id,
          subnetId: subnet.id,
          dependsOn: written,
        }),
    );
  }

  /** Lets connections to a port out that no rule covers yet; which addresses, security groups say. */
  allowOut(port: number): void {
    if (port === 80 || port === 443 || port >= FIRST_CLIENT_PORT) return;
    if (this.node.tryFindChild(`out_${port}`)) return;
    const rule = new NetworkAclRule(this, `out_${port}`, {
      networkAclId: this.acl.id,
      egress: true,
      ruleAction: 'allow',
      ruleNumber: PORT_RULES + port,
      protocol: 'tcp',
      fromPort: port,
      toPort: port,
      cidrBlock: ANYWHERE,
    });
    for (const association of this.associations) association.dependsOn?.push(dependable(rule));
  }

  private rule(direction: 'in' | 'out', name: RuleName): NetworkAclRule {
    const { number, ...traffic } = rules[name];
    return new NetworkAclRule(this, `${direction}_${name}`, {
      ...traffic,
      networkAclId: this.acl.id,
      egress: direction === 'out',
      ruleAction: 'allow',
      ruleNumber: number,
      cidrBlock: name === 'vpc' ? this.props.vpcCidr : ANYWHERE,
    });
  }
}
