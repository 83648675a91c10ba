import { ExistingNetwork } from '../blocks/network/existing-network';
import type { Network } from '../blocks/network/network';
import { OwnNetwork } from '../blocks/network/own-network';
import type { EnvironmentSpec } from '../spec/environment';
import type { RootStack } from '../terraform/root-stack';

/** A VPC of the environment's own, or somebody else's. */
export function makeNetwork(stack: RootStack, { network, region, logs }: EnvironmentSpec): Network {
  const place = { region, logRetentionDays: logs.retentionDays };
  return network.existing
    ? new ExistingNetwork(stack, 'network', { ...network, ...place })
    : new OwnNetwork(stack, 'network', { ...network, ...place });
}
