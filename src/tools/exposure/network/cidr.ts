interface Block {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly prefix: number;
}

/** Whether every address of one is in the other. */
export function cidrIn(one: string, other: string): boolean {
  const [inner, outer] = [blockOf(one), blockOf(other)];
  if (!inner || !outer || inner.version !== outer.version || inner.prefix < outer.prefix) return false;
  const shift = BigInt(bits(outer) - outer.prefix);
  return inner.first >> shift === outer.first >> shift;
}

/** Whether every address of one is in some of the others: two halves of a network are the whole of it. */
export function cidrInAll(one: string, others: readonly string[]): boolean {
  const wanted = blockOf(one);
  if (!wanted) return false;
  const ranges = others
    .flatMap((other) => blockOf(other) ?? [])
    .filter(({ version }) => version === wanted.version)
    .sort((left, right) => (firstOf(left) < firstOf(right) ? -1 : 1));
  let next = firstOf(wanted);
  for (const range of ranges) {
    if (firstOf(range) > next) break;
    if (endOf(range) > next) next = endOf(range);
  }
  return next >= endOf(wanted);
}

/** A range may be written with any of its addresses. */
function firstOf(block: Block): bigint {
  const shift = BigInt(bits(block) - block.prefix);
  return (block.first >> shift) << shift;
}

/** The first address behind it. */
function endOf(block: Block): bigint {
  return firstOf(block) + (1n << BigInt(bits(block) - block.prefix));
}

/** `0.0.0.0/0` and what comes so near to it that nobody means a certain network by it. */
export function isInternet(cidr: string): boolean {
  const block = blockOf(cidr);
  return block !== undefined && block.prefix <= (block.version === 4 ? 4 : 8) && !isPrivate(cidr);
}

export function isVersion6(cidr: string): boolean {
  return blockOf(cidr)?.version === 6;
}

/** Addresses that nobody reaches over the internet: https://www.iana.org/assignments/iana-ipv4-special-registry */
export function isPrivate(cidr: string): boolean {
  return PRIVATE.some((range) => cidrIn(cidr, range));
}

export function isCidr(text: string): boolean {
  return blockOf(text) !== undefined;
}

const PRIVATE = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '255.255.255.255/32',
  'fc00::/7',
  'fe80::/10',
];

function isIPv4(text: string): boolean {
  return /^(?:\d{1,3}\.){3}\d{1,3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255);
}

function isIPv6(text: string): boolean {
  return (
    /^[\da-f:]*:[\da-f:]*(?:(?:\d{1,3}\.){3}\d{1,3})?$/i.test(text) &&
    (text.includes('::') || text.split(':').length >= 7)
  );
}

const known = new Map<string, Block | undefined>();

function blockOf(cidr: string): Block | undefined {
  if (known.has(cidr)) return known.get(cidr);
  const block = parse(cidr);
  if (known.size > 10_000) known.clear();
  known.set(cidr, block);
  return block;
}

function parse(cidr: string): Block | undefined {
  const [address = '', length, ...more] = cidr.trim().split('/');
  const version = isIPv4(address) ? 4 : isIPv6(address) ? 6 : undefined;
  if (!version || more.length > 0) return undefined;
  const most = version === 4 ? 32 : 128;
  const prefix = length === undefined ? most : Number(length);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > most) return undefined;
  return { version, prefix, first: version === 4 ? numberOf4(address) : numberOf6(address) };
}

function bits({ version }: Block): number {
  return version === 4 ? 32 : 128;
}

function numberOf4(address: string): bigint {
  return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function numberOf6(address: string): bigint {
  const embedded = /(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  const plain = embedded ? `${embedded[1]}${hex(numberOf4(embedded[2] ?? ''))}` : address;
  const [head = '', tail] = plain.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(Math.max(8 - before.length - after.length, 0)).fill('0');
  const parts = tail === undefined ? before : [...before, ...zeros, ...after];
  return parts.reduce((sum, part) => sum * 65_536n + BigInt(`0x${part}`), 0n);
}

function hex(number: bigint): string {
  return `${(number >> 16n).toString(16)}:${(number & 0xffffn).toString(16)}`;
}
