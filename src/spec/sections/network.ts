import * as z from 'zod';
import type { Context } from '../context';
import { part } from '../values/cidr';
import { awsName, cidr, flag, oneOf, text } from '../values/fields';
import { zonesOf } from '../values/regions';

const zone = text('an availability zone such as "us-east-1a"', /^[a-z]{2}-[a-z]+-\d[a-z]$/);
const resourceName = awsName(
  'a network',
  /^[A-Za-z0-9._:/=+@-]{1,128}$/,
  '1 to 128 letters, digits and any of "._:/=+@-"',
);

const subnet = z.strictObject({
  zone: zone.describe('Availability zone of the subnet.'),
  cidr: cidr.describe('Its range, inside that of the VPC.'),
  name: resourceName.optional().describe('Name tag in AWS; by default <project>-<env>-<tier>-<zone>.'),
});

/** The `network` section: a VPC of one's own with public and private subnets. */
export const networkSection = z
  .strictObject({
    name: resourceName.optional().describe('Name tag of the VPC; by default <project>-<env>-vpc.'),
    cidr: cidr.default('10.0.0.0/16').describe('Range of the VPC, /16 to /28.'),
    availabilityZones: z
      .array(zone)
      .min(2, 'expected at least 2 availability zones, because a load balancer and a database subnet group need two')
      .optional()
      .describe(
        'Zones to use; by default the first two of the region. Subnets follow from the zone letter, so adding one moves none.',
      ),
    subnets: z
      .strictObject({
        public: z
          .array(subnet)
          .min(2, 'expected at least 2 subnets in different zones')
          .describe('For load balancers and NAT gateways.'),
        private: z
          .array(subnet)
          .min(2, 'expected at least 2 subnets in different zones')
          .describe('For containers and databases.'),
      })
      .optional()
      .describe('Exact subnets, instead of those that follow from the range and the zones.'),
    natGateways: oneOf('single', 'per_zone', 'none')
      .default('single')
      .describe(
        'How private subnets reach the internet. Each gateway costs about $33 a month; `none` also means no image pulls without endpoints.',
      ),
    s3Endpoint: flag()
      .default(true)
      .describe('Free gateway endpoint: S3 traffic of the subnets passes no NAT gateway.'),
    flowLogs: flag().default(false).describe('Logs accepted and refused connections of the VPC to CloudWatch Logs.'),
    networkAcls: flag()
      .default(false)
      .describe(
        'A network ACL for each tier beside the security groups: TCP 80, 443 and replies from anywhere, everything within the VPC. Out go 80, 443, ports from 1024 on and those of `egress`.',
      ),
  })
  .check(zonesOfSubnets);

/** Zones beside written subnets would change nothing: an environment that adds one must hear of it. */
function zonesOfSubnets({
  value: { availabilityZones, subnets },
  issues,
}: z.core.ParsePayload<{
  readonly availabilityZones?: readonly string[] | undefined;
  readonly subnets?: Readonly<Record<'public' | 'private', readonly { readonly zone: string }[]>> | undefined;
}>): void {
  if (availabilityZones === undefined || subnets === undefined) return;
  const written = new Set([...subnets.public, ...subnets.private].map(({ zone }) => zone));
  if (availabilityZones.length === written.size && availabilityZones.every((zone) => written.has(zone))) return;
  issues.push({
    code: 'custom',
    path: ['availabilityZones'],
    input: availabilityZones,
    message: `expected the zones of the subnets (${[...written].join(', ')})`,
    params: { advice: 'leave them out, or write a subnet for each' },
  });
}

/** One subnet; `key` is the zone letter, which Terraform addresses carry. */
export interface SubnetSpec {
  readonly key: string;
  readonly zone: string;
  readonly cidr: string;
  readonly name: string;
}

export type NetworkSpec = ReturnType<typeof completeNetwork>;

/** Parts that a VPC's range is cut into: 8 zones for each of 3 tiers, and 8 spare. */
export const PARTS = 32;
const firstPart = { public: 0, private: 8 };

/** Fills in names, zones and subnets. */
export function completeNetwork(section: z.output<typeof networkSection>, { prefix, region }: Context) {
  const zones = section.subnets
    ? [...new Set([...section.subnets.public, ...section.subnets.private].map((subnet) => subnet.zone))]
    : (section.availabilityZones ?? zonesOf(region).slice(0, 2));
  const tier = (name: 'public' | 'private'): SubnetSpec[] => {
    const given =
      section.subnets?.[name] ??
      zones.map((zone) => ({ zone, cidr: derive(section.cidr, name, zone), name: undefined }));
    return given.map(({ zone, cidr, name: pinned }) => ({
      key: zoneLetter(zone),
      zone,
      cidr,
      name: pinned ?? `${prefix}-${name}-${zoneLetter(zone)}`,
    }));
  };
  return {
    ...section,
    name: section.name ?? `${prefix}-vpc`,
    availabilityZones: zones,
    subnets: { public: tier('public'), private: tier('private') },
  };
}

/** A subnet's place depends on its zone's letter alone, never on its place in a list. */
function derive(vpc: string, tier: 'public' | 'private', zone: string): string {
  return part(vpc, PARTS, firstPart[tier] + zoneLetter(zone).charCodeAt(0) - 'a'.charCodeAt(0));
}

/** Whether the subnets follow from range and zones, none of them written out. */
export function areDerived({ cidr, subnets }: NetworkSpec): boolean {
  return (['public', 'private'] as const).every((tier) =>
    subnets[tier].every((subnet) => subnet.cidr === derive(cidr, tier, subnet.zone)),
  );
}

function zoneLetter(zone: string): string {
  return zone.slice(-1);
}
