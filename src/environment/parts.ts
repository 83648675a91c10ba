import type { Cluster } from '../blocks/containers/cluster';
import type { Cdn } from '../blocks/edge/cdn';
import type { Domain } from '../blocks/edge/domain';
import type { HttpApi } from '../blocks/edge/http-api';
import type { LoadBalancer } from '../blocks/edge/load-balancer';
import type { Alarms } from '../blocks/monitoring/alarms';
import type { Network } from '../blocks/network/network';
import type { Containers } from './containers';
import type { Data } from './data';
import type { Delivery } from './delivery';

/** What an environment is made of; each maker takes those that it needs. */
export interface Parts {
  readonly network: Network;
  readonly domain: Domain | undefined;

  /** The zone of names, also of those that are written out without a domain. */
  readonly dns: Domain | undefined;
  readonly data: Data;
  readonly alb: LoadBalancer | undefined;
  readonly httpApi: HttpApi | undefined;
  readonly cluster: Cluster;
  readonly containers: Containers;
  readonly cdn: Cdn | undefined;
  readonly alarms: Alarms | undefined;
  readonly delivery: Delivery;
}
