import type { Network } from '../network/network';
import type { Cluster } from './cluster';
import type { Registry } from './image-source';

/** Where containers run that the file describes, and whose images they may run. */
export interface ContainerPlace {
  readonly network: Network;
  readonly cluster: Cluster;
  readonly region: string;
  readonly logRetentionDays: number;
  readonly protect: boolean;

  /** Ids of other accounts that may pull from repositories made here. */
  readonly trustedAccountIds: readonly string[];

  /** Another account's repositories, from which images come instead of those made here. */
  readonly registry: Registry | undefined;
}
