/** Every IPv4 address. */
export const ANYWHERE = '0.0.0.0/0';

/** An IPv4 range as numbers; `first` is its lowest address. */
export interface Range {
  readonly first: number;
  readonly size: number;
}

/** Reads `10.0.0.0/16`; the form has been checked before. */
export function parseCidr(cidr: string): Range {
  const [address = '', length = '32'] = cidr.split('/');
  const number = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return { first: number, size: 2 ** (32 - Number(length)) };
}

/** False for `10.0.1.0/16`, whose address is not the first of its range: AWS refuses or silently changes such a CIDR. */
export function isAligned(cidr: string): boolean {
  const { first, size } = parseCidr(cidr);
  return first % size === 0;
}

/** The range of the same length that the address lies in. */
export function aligned(cidr: string): string {
  const { first, size } = parseCidr(cidr);
  return format(first - (first % size), size);
}

/** Whether all addresses of `inner` are in `outer`. */
export function contains(outer: string, inner: string): boolean {
  const [a, b] = [parseCidr(outer), parseCidr(inner)];
  return b.first >= a.first && b.first + b.size <= a.first + a.size;
}

/** Whether the two have an address in common. */
export function overlaps(one: string, other: string): boolean {
  const [a, b] = [parseCidr(one), parseCidr(other)];
  return a.first < b.first + b.size && b.first < a.first + a.size;
}

/** The `index`-th of the `count` equal parts of a range. */
export function part(cidr: string, count: number, index: number): string {
  const { first, size } = parseCidr(cidr);
  return format(first + index * (size / count), size / count);
}

function format(first: number, size: number): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join('.')}/${32 - Math.log2(size)}`;
}
