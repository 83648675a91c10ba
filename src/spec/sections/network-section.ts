import * as z from 'zod';
import { importById } from '../values/adoption';
import { gatewayServices, interfaceServices } from '../values/endpoints';
import { awsName, cidr, flag, oneOf } from '../values/fields';
import { availabilityZone } from '../values/regions';
import { existingNetworkSection } from './existing-network';
import { type TierName, tiers } from './network';

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
    useDefaultVpc: flag()
      .default(false)
      .describe(
        'The default VPC of the account and its public subnets, instead of a VPC of one’s own: no NAT gateway to pay for, and tasks dial out by public addresses of their own.',
      ),
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
  readonly subnets?: Readonly<Partial<Record<TierName, readonly { readonly zone: string }[]>>> | undefined;
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

/** Nothing beside `existing` or `use_default_vpc` that only a VPC of one's own has. */
function nothingOfOurs({ value, issues }: z.core.ParsePayload<Readonly<Record<string, unknown>>>): void {
  const beside = value['useDefaultVpc'] ? 'use_default_vpc' : 'existing';
  if (!value['useDefaultVpc'] && value['existing'] === undefined) return;
  const zones = beside === 'existing' ? ['availabilityZones'] : ['existing'];
  for (const key of ['name', 'import', 'cidr', ...zones, 'subnets', 'natGateways', 'networkAcls']) {
    if (value[key] === undefined) continue;
    issues.push({
      code: 'custom',
      path: [key],
      input: value[key],
      message: `expected nothing here beside "${beside}"`,
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

export type NetworkFile = z.output<typeof networkSection>;
