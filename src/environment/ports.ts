import type { Connectable } from '../access/connections';
import type { LoadBalancer } from '../blocks/edge/load-balancer';
import { isRange } from '../spec/sections/ports';
import type { Containers } from './containers';

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
