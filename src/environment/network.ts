import { DefaultNetwork } from '../blocks/network/default-network';
import { ExistingNetwork } from '../blocks/network/existing-network';
import type { Network } from '../blocks/network/network';
import { OwnNetwork } from '../blocks/network/own-network';
import type { EnvironmentSpec } from '../spec/environment';
import type { RootStack } from '../terraform/root-stack';

/** A VPC of the environment's own, somebody else's, or the account's default one. */
export function makeNetwork(stack: RootStack, { network, region, logs }: EnvironmentSpec): Network {
  const place = { region, logRetentionDays: logs.retentionDays };
  if (network.useDefaultVpc) return new DefaultNetwork(stack, 'network', { ...network, ...place });
  return network.existing
    ? new ExistingNetwork(stack, 'network', { ...network, ...place })
    : new OwnNetwork(stack, 'network', { ...network, ...place });
}
