import type { Ports } from '../path';

export const ALL_PORTS: Ports = { protocol: 'all', from: 0, to: 65_535 };

export function tcp(port: number): Ports {
  return { protocol: 'tcp', from: port, to: port };
}

/** IANA's numbers, which rules may use instead of names: https://www.iana.org/assignments/protocol-numbers */
const PROTOCOLS: Readonly<Record<string, string>> = {
  '-1': 'all',
  '6': 'tcp',
  '17': 'udp',
  '1': 'icmp',
  '58': 'icmpv6',
};

/** As the arguments of a rule say. */
export function portsOf(protocol: unknown, from: unknown, to: unknown): Ports {
  const written = String(protocol ?? 'all').toLowerCase();
  const name = PROTOCOLS[written] ?? written;
  if (name !== 'tcp' && name !== 'udp') return { ...ALL_PORTS, protocol: name };
  const low = numberOf(from) ?? 0;
  return { protocol: name, from: Math.max(low, 0), to: numberOf(to) ?? (low > 0 ? low : ALL_PORTS.to) };
}

/** What two of them have in common. */
export function commonPorts(one: Ports, other: Ports): Ports | undefined {
  const protocol = one.protocol === 'all' ? other.protocol : one.protocol;
  if (other.protocol !== 'all' && other.protocol !== protocol) return undefined;
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  return from > to ? undefined : { protocol, from, to };
}

/** Whether every port of one is one of the others'. */
export function coveredBy(one: Ports, others: readonly Ports[]): boolean {
  const same = others.filter(({ protocol }) => protocol === 'all' || protocol === one.protocol);
  let next = one.from;
  for (const { from, to } of [...same].sort((left, right) => left.from - right.from)) {
    if (from <= next && to >= next) next = to + 1;
  }
  return next > one.to;
}

/** `443`, `8000-8100`, `53/udp`, `every port`, `icmp`. */
export function portsText({ protocol, from, to }: Ports): string {
  if (protocol === 'all')
    return from === to ? String(from) : isWhole({ protocol, from, to }) ? 'every port' : `${from}-${to}`;
  if (protocol !== 'tcp' && protocol !== 'udp') return protocol;
  const range = from === to ? String(from) : isWhole({ protocol, from, to }) ? 'every port' : `${from}-${to}`;
  return protocol === 'tcp' ? range : `${range}/${protocol}`;
}

function isWhole({ from, to }: Ports): boolean {
  return from <= 1 && to >= ALL_PORTS.to;
}

export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined;
}
