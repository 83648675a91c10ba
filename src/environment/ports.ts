import type { Connectable, Outbound } from '../access/connections';
import type { LoadBalancer } from '../blocks/edge/load-balancer';
import type { Network } from '../blocks/network/network';
import { isRange } from '../spec/sections/ports';
import type { Containers } from './containers';

/** What may dial out to the ranges that its file names. */
interface Dialer extends Connectable {
  readonly egress: readonly Outbound[];
}

/** Lets it dial out, through its security group and through the network. */
export function openEgress(dialer: Dialer, network: Network): void {
  for (const outbound of dialer.egress) {
    // Asked for here, because a function outside the VPC dials nowhere and has none.
    dialer.connections.allowTo(outbound);
    network.allowTo(outbound);
  }
}

/** Opens the further ports of each service to those that its file names. */
export function openPorts({ services, functions }: Containers, alb: LoadBalancer | undefined): void {
  const peers = new Map<string, Connectable | undefined>([['alb', alb], ...services, ...functions]);
  for (const { connections, openPorts } of services.values()) {
    for (const { port, from } of openPorts) {
      for (const name of from) {
        const peer = peers.get(name);
        if (peer) connections.allowPortFrom(peer, port);
        else if (isRange(name)) connections.allowPortFromRange(port, name);
        else throw new Error(`nothing is called "${name}"`);
      }
    }
  }
}
