import * as z from 'zod';
import { text, textList } from '../values/fields';
import { type TierName, tiers } from './network';

const resourceId = (what: string, prefix: string) =>
  text(
    `the id of ${what} such as "${prefix}-0a1b2c3d4e5f60718", with 8 or 17 digits of 0-9 and a-f`,
    new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`),
  );

const subnets = () =>
  z
    .array(resourceId('a subnet', 'subnet'), { error: 'expected a list of subnet ids' })
    .min(2, 'expected at least 2 subnets in different zones');

/** `network.existing`: a VPC that somebody else manages. */
export const existingNetworkSection = z.strictObject({
  vpcId: resourceId('a VPC', 'vpc').describe('The VPC.'),
  subnets: z
    .strictObject({
      public: subnets().describe('For the load balancer: each with a default route, to wherever the internet is.'),
      private: subnets().describe('For containers, functions, caches, file systems and endpoints.'),
      database: subnets().optional().describe('For databases; by default the private ones.'),
    })
    .check(eachOnce)
    .describe('By tier, those of a tier in different zones. Every plan checks zones, routes and the VPC they are in.'),
  routeTables: textList(resourceId('a route table', 'rtb'), 'a route table', 'a list of route table ids')
    .default([])
    .describe('Only for the endpoints s3 and dynamodb, which add a route to each of these tables.'),
});

function eachOnce({
  value,
  issues,
}: z.core.ParsePayload<Readonly<Partial<Record<TierName, readonly string[] | undefined>>>>): void {
  const tierOf = new Map<string, string>();
  for (const tier of tiers) {
    for (const [index, id] of (value[tier] ?? []).entries()) {
      const earlier = tierOf.get(id);
      if (earlier === undefined) tierOf.set(id, tier);
      else {
        issues.push({
          code: 'custom',
          path: [tier, index],
          input: id,
          message: 'expected a subnet that is not named yet',
          params: {
            advice:
              earlier === tier
                ? 'a tier needs subnets in different zones'
                : `"${earlier}" has it already, and a subnet belongs to one tier`,
          },
        });
      }
    }
  }
}
