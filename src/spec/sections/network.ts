import * as z from 'zod';
import type { Context } from '../context';
import { importById } from '../values/adoption';
import { part } from '../values/cidr';
import { gatewayServices, interfaceServices } from '../values/endpoints';
import { awsName, cidr, flag, oneOf } from '../values/fields';
import { availabilityZone, zonesOf } from '../values/regions';
import { existingNetworkSection } from './existing-network';

const resourceName = awsName(
  'a network',
  /^[A-Za-z0-9._:/=+@-]{1,128}$/,
  '1 to 128 letters, digits and any of "._:/=+@-"',
);

const subnet = z.strictObject({
  zone: availabilityZone.describe('Availability zone of the subnet.'),
  cidr: cidr.describe('Its range, inside that of the VPC.'),
  name: resourceName.optional().describe('Name tag in AWS; by default <project>-<env>-<tier>-<zone>.'),
});

const workloadSubnet = subnet.extend({
  workloads: flag()
    .default(true)
    .describe('`false`: nothing of ours runs here; the subnet is there because AWS demands a second zone.'),
});

const endpoint = z.enum([...gatewayServices, ...interfaceServices], {
  error: 'expected an AWS service as endpoints name it, such as "ecr.api" or "secretsmanager"',
});

/** The `network` section: a VPC of one's own with public and private subnets, or somebody else's. */
export const networkSection = z
  .strictObject({
    existing: existingNetworkSection
      .optional()
      .describe("Somebody else's VPC and subnets, which are read and never changed, instead of a VPC of one's own."),
    name: resourceName.optional().describe('Name tag of the VPC; by default <project>-<env>-vpc.'),
    import: importById('the id of a VPC such as "vpc-0123456789abcdef0"', /^vpc-[0-9a-f]{8,17}$/),
    cidr: cidr.optional().describe('Range of the VPC, /16 to /28; by default 10.0.0.0/16.'),
    availabilityZones: z
      .array(availabilityZone)
      .min(2, 'expected at least 2 availability zones, because a load balancer and a database subnet group need two')
      .optional()
      .describe(
        'Zones to use; by default the first two of the region. Subnets follow from the zone letter, so adding one moves none.',
      ),
    subnets: z
      .strictObject({
        public: z
          .array(workloadSubnet)
          .min(2, 'expected at least 2 subnets in different zones')
          .describe('For load balancers and NAT gateways.'),
        private: z
          .array(workloadSubnet)
          .min(2, 'expected at least 2 subnets in different zones')
          .describe('For containers, functions, caches and, unless they have subnets of their own, databases.'),
        database: z
          .array(subnet)
          .min(2, 'expected at least 2 subnets in different zones')
          .optional()
          .describe('For databases, without a way to the internet; by default they stand in the private ones.'),
      })
      .optional()
      .describe('Exact subnets, instead of those that follow from the range and the zones.'),
    natGateways: oneOf('single', 'per_zone', 'none')
      .optional()
      .describe(
        'How private subnets reach the internet, by default `single`. Each gateway costs about $33 a month; `none` also means no image pulls without endpoints.',
      ),
    endpoints: z
      .array(endpoint, { error: 'expected a list of AWS services' })
      .check(eachOnce)
      .optional()
      .describe(
        'Services reached inside the VPC. `s3` and `dynamodb` are free routes; every other costs about $7 a month in each zone, and its name then leads there for the whole VPC. By default [s3]; in an existing VPC none.',
      ),
    flowLogs: flag().default(false).describe('Logs accepted and refused connections of the VPC to CloudWatch Logs.'),
    networkAcls: flag()
      .optional()
      .describe(
        'A network ACL for each tier beside the security groups, by default none: TCP 80, 443 and replies from anywhere, everything within the VPC. Out go 80, 443, ports from 1024 on and those of `egress`.',
      ),
  })
  .check(zonesOfSubnets, nothingOfOurs);

/** Zones beside written subnets would change nothing: an environment that adds one must hear of it. */
function zonesOfSubnets({
  value: { availabilityZones, subnets },
  issues,
}: z.core.ParsePayload<{
  readonly availabilityZones?: readonly string[] | undefined;
  readonly subnets?: Readonly<Partial<Record<Tier, readonly { readonly zone: string }[]>>> | undefined;
}>): void {
  if (availabilityZones === undefined || subnets === undefined) return;
  const written = new Set(tiers.flatMap((tier) => subnets[tier] ?? []).map(({ zone }) => zone));
  if (availabilityZones.length === written.size && availabilityZones.every((zone) => written.has(zone))) return;
  issues.push({
    code: 'custom',
    path: ['availabilityZones'],
    input: availabilityZones,
    message: `expected the zones of the subnets (${[...written].join(', ')})`,
    params: { advice: 'leave them out, or write a subnet for each' },
  });
}

/** Nothing beside `existing` that only a VPC of one's own has. */
function nothingOfOurs({ value, issues }: z.core.ParsePayload<Readonly<Record<string, unknown>>>): void {
  if (value['existing'] === undefined) return;
  for (const key of ['name', 'import', 'cidr', 'availabilityZones', 'subnets', 'natGateways', 'networkAcls']) {
    if (value[key] === undefined) continue;
    issues.push({
      code: 'custom',
      path: [key],
      input: value[key],
      message: 'expected nothing here beside "existing"',
      params: { advice: 'that VPC is read and never changed; leave this out' },
    });
  }
}

function eachOnce({ value, issues }: z.core.ParsePayload<readonly string[]>): void {
  value.forEach((service, index) => {
    if (value.indexOf(service) === index) return;
    issues.push({ code: 'custom', path: [index], input: service, message: 'expected each service once' });
  });
}

const tiers = ['public', 'private', 'database'] as const;
type Tier = (typeof tiers)[number];

/** One subnet; `key` is the zone letter, which Terraform addresses carry. */
export interface SubnetSpec {
  readonly key: string;
  readonly zone: string;
  readonly cidr: string;
  readonly name: string;
}

/** A subnet that may be there only because AWS demands a second zone. */
export interface WorkloadSubnetSpec extends SubnetSpec {
  readonly workloads: boolean;
}

type NetworkFile = z.output<typeof networkSection>;
type ExistingFile = z.output<typeof existingNetworkSection>;

/** A VPC of one's own, or somebody else's. */
export type NetworkSpec = OwnNetworkSpec | ExistingNetworkSpec;
export type OwnNetworkSpec = ReturnType<typeof completeOwn>;
export type ExistingNetworkSpec = ReturnType<typeof completeExisting>;

/** Parts that a VPC's range is cut into: 8 zones for each of 3 tiers, and 8 spare. */
export const PARTS = 32;
const firstPart = { public: 0, private: 8 };
type DerivedTier = keyof typeof firstPart;

/** Fills in names, zones and subnets. */
export function completeNetwork(section: NetworkFile, context: Context): NetworkSpec {
  const { existing } = section;
  return existing ? completeExisting({ ...section, existing }, context) : completeOwn(section, context);
}

/** `label` is what the endpoints and flow logs that we add are named after. */
function completeExisting(
  { existing, endpoints = [], flowLogs }: NetworkFile & { readonly existing: ExistingFile },
  { prefix }: Context,
) {
  return { existing, endpoints, flowLogs, label: prefix, endpointsGroupName: `${prefix}-endpoints` };
}

function completeOwn(section: NetworkFile, { prefix, region }: Context) {
  const { subnets, cidr = '10.0.0.0/16' } = section;
  const zones = subnets
    ? [...new Set(tiers.flatMap((tier) => subnets[tier] ?? []).map(({ zone }) => zone))]
    : (section.availabilityZones ?? zonesOf(region).slice(0, 2));
  const derived = (tier: DerivedTier) =>
    zones.map((zone) => ({ zone, cidr: derive(cidr, tier, zone), name: undefined, workloads: true }));
  const complete = <Subnet extends z.output<typeof subnet>>(tier: Tier, given: readonly Subnet[]) =>
    given.map((written) => ({
      ...written,
      key: zoneLetter(written.zone),
      name: written.name ?? `${prefix}-${tier}-${zoneLetter(written.zone)}`,
    }));
  return {
    existing: undefined,
    import: section.import,
    name: section.name ?? `${prefix}-vpc`,
    cidr,
    availabilityZones: zones,
    subnets: {
      public: complete('public', subnets?.public ?? derived('public')),
      private: complete('private', subnets?.private ?? derived('private')),
      database: subnets?.database && complete('database', subnets.database),
    },
    natGateways: section.natGateways ?? 'single',
    endpoints: section.endpoints ?? ['s3' as const],
    flowLogs: section.flowLogs,
    networkAcls: section.networkAcls ?? false,
    endpointsGroupName: `${prefix}-endpoints`,
  };
}

/** A subnet's place depends on its zone's letter alone, never on its place in a list. */
function derive(vpc: string, tier: DerivedTier, zone: string): string {
  return part(vpc, PARTS, firstPart[tier] + zoneLetter(zone).charCodeAt(0) - 'a'.charCodeAt(0));
}

/** Whether the subnets follow from range and zones, none of them written out. */
export function areDerived({ cidr, subnets }: OwnNetworkSpec): boolean {
  if (subnets.database) return false;
  return (['public', 'private'] as const).every((tier) =>
    subnets[tier].every((subnet) => subnet.cidr === derive(cidr, tier, subnet.zone)),
  );
}

/** The subnets of a VPC of one's own, with the tier of each. */
export function subnetsOf({ subnets }: OwnNetworkSpec) {
  return tiers.flatMap((tier) => (subnets[tier] ?? []).map((subnet, index) => ({ ...subnet, tier, index })));
}

function zoneLetter(zone: string): string {
  return zone.slice(-1);
}
