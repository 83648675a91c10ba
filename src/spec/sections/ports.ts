import * as z from 'zod';
import { text, wholeNumber } from '../values/fields';

const peer = text(
  '"alb", "workload", a service or function such as "services.reports", or an IPv4 range such as "10.0.0.0/16"',
  /^(?:alb|workload|(?:services|functions)\.[a-z][a-z0-9-]*|(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)[./]){4}(?:3[0-2]|[12]?\d))$/,
);

/** The first of the ports that clients take for themselves, NAT gateways included: network ACLs let in what answers there. */
export const FIRST_CLIENT_PORT = 1024;

/** `ports` of a service: where its container listens beside its main port, and for whom. */
export const ports = z
  .array(
    z.strictObject({
      port: wholeNumber(1, 65_535).describe('TCP port the container listens on.'),
      from: z
        .array(peer, { error: 'expected a list such as [alb, services.reports, 10.0.0.0/16]' })
        .min(1, 'expected at least one that may connect')
        .describe('Who may connect: `alb` for its health checks (`health_check.port`), others by name, ranges.'),
    }),
    { error: 'expected a list of ports, each with its "- port:" and "from:"' },
  )
  .default([])
  .describe('Further ports of the container, and who may connect to each.');

export type PortSpec = z.output<typeof ports>[number];

/** Whether a `from` is a range of addresses. */
export function isRange(peer: string): boolean {
  return /^\d/.test(peer);
}
