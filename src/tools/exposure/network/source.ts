import { INTERNET, type Source } from '../path';
import { isInternet, isPrivate } from './cidr';

/** Who dials from a range of addresses. */
export function sourceOfCidr(cidr: string): Source {
  if (cidr === '0.0.0.0/0' || cidr === '::/0') return { ...INTERNET, cidr };
  if (isInternet(cidr)) return { kind: 'internet', name: `the internet (${cidr})`, cidr };
  return { kind: isPrivate(cidr) ? 'private' : 'range', name: cidr, cidr };
}

export function inside(address: string): Source {
  return { kind: 'inside', name: address };
}

export function undecided(why: string): Source {
  return { kind: 'unknown', name: why };
}
