import type * as z from 'zod';
import type { Context } from '../context';
import { part } from '../values/cidr';
import { zonesOf } from '../values/regions';
import type { existingNetworkSection } from './existing-network';
import type { NetworkFile } from './network-section';

/** Kinds of subnets, by what stands in them. */
export const tiers = ['public', 'private', 'database'] as const;
export type TierName = (typeof tiers)[number];

/** One subnet; `key` is the zone letter, which Terraform addresses carry. */
export interface SubnetSpec {
  readonly key: string;
  readonly zone: string;
  readonly cidr: string;
  readonly name: string;
}

type ExistingFile = z.output<typeof existingNetworkSection>;

/** A VPC of one's own, somebody else's, or the account's default one. */
export type NetworkSpec = OwnNetworkSpec | ExistingNetworkSpec | DefaultNetworkSpec;
export type DefaultNetworkSpec = ReturnType<typeof completeDefault>;
export type OwnNetworkSpec = ReturnType<typeof completeOwn>;
export type ExistingNetworkSpec = ReturnType<typeof completeExisting>;

/** Parts that a VPC's range is cut into: 8 zones for each of 3 tiers, and 8 spare. */
export const PARTS = 32;
const firstPart = { public: 0, private: 8 };
type DerivedTier = keyof typeof firstPart;

/** Fills in names, zones and subnets. */
export function completeNetwork(section: NetworkFile, context: Context): NetworkSpec {
  const { existing } = section;
  if (section.useDefaultVpc) return completeDefault(section, context);
  return existing ? completeExisting({ ...section, existing }, context) : completeOwn(section, context);
}

/** `label` is what the endpoints and flow logs that we add are named after. */
function completeExisting(
  { existing, endpoints = [], flowLogs }: NetworkFile & { readonly existing: ExistingFile },
  { prefix }: Context,
) {
  const useDefaultVpc = false as const;
  return { existing, useDefaultVpc, endpoints, flowLogs, label: prefix, endpointsGroupName: `${prefix}-endpoints` };
}

function completeDefault({ endpoints = [], flowLogs, availabilityZones }: NetworkFile, { prefix, region }: Context) {
  return {
    existing: undefined,
    useDefaultVpc: true as const,
    availabilityZones: availabilityZones ?? zonesOf(region).slice(0, 2),
    endpoints,
    flowLogs,
    label: prefix,
    endpointsGroupName: `${prefix}-endpoints`,
  };
}

/** Whether it is made here. */
export function isOwn(network: NetworkSpec): network is OwnNetworkSpec {
  return !network.existing && !network.useDefaultVpc;
}

function completeOwn(section: NetworkFile, { prefix, region }: Context) {
  const { subnets, cidr = '10.0.0.0/16' } = section;
  const zones = subnets
    ? [...new Set(tiers.flatMap((tier) => subnets[tier] ?? []).map(({ zone }) => zone))]
    : (section.availabilityZones ?? zonesOf(region).slice(0, 2));
  const derived = (tier: DerivedTier) =>
    zones.map((zone) => ({ zone, cidr: derive(cidr, tier, zone), name: undefined, workloads: true }));
  const complete = <Subnet extends { readonly zone: string; readonly name?: string | undefined }>(
    tier: TierName,
    given: readonly Subnet[],
  ) =>
    given.map((written) => ({
      ...written,
      key: zoneLetter(written.zone),
      name: written.name ?? `${prefix}-${tier}-${zoneLetter(written.zone)}`,
    }));
  return {
    existing: undefined,
    useDefaultVpc: false as const,
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
