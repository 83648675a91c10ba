/** Who a path begins at. */
export type SourceKind =
  /** Anybody on the internet. */
  | 'internet'
  /** Some addresses of the internet: a CIDR or a prefix list. */
  | 'range'
  /** Addresses of private networks. */
  | 'private'
  /** Whoever is signed in to any AWS account. */
  | 'any-account'
  /** Another AWS account, or an organization. */
  | 'account'
  /** Identities of somebody else's: workflows of GitHub, users of an identity provider. */
  | 'federated'
  /** Whoever signs up by himself. */
  | 'signed-up'
  /** A resource of the stack; its name is the address. */
  | 'inside'
  /** Nobody knows before the apply. */
  | 'unknown';

export interface Source {
  readonly kind: SourceKind;

  /** As people read it: `the internet`, `203.0.113.0/24`, `account 222222222222`, or an address of the stack. */
  readonly name: string;

  /** What it holds, where that is addresses. */
  readonly cidr?: string;

  /** Of identities the pattern that they have to match. */
  readonly pattern?: string;
}

/** Ports of a protocol; ICMP's and `all`'s are the whole range. */
export interface Ports {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

/** What has to hold for a path to be open. The more of them, the narrower it is. */
export interface Condition {
  readonly kind: 'tls' | 'waf' | 'auth' | 'header' | 'source' | 'request' | 'redirect' | 'network' | 'organization';

  /** `TLS 1.2 or newer`, `aws_wafv2_web_acl.waf`, `path /worker/*` */
  readonly text: string;

  /** Of TLS its oldest version; a smaller one lets more in. Of those who have to say who they are 0 where any other way asks more. */
  readonly strength?: number;

  /** The resource that makes it, where that is another one than those on the way. */
  readonly by?: string;
}

/** Who can reach what, and how. */
export interface Path {
  readonly from: Source;

  /** The address of what is reached in the end. */
  readonly to: string;

  /** Addresses on the way, in order. */
  readonly through: readonly string[];

  /** The ports that are dialled; none of a path that a policy opens. */
  readonly ports: readonly Ports[];

  /** What a policy lets them do; none of a path that a network opens. */
  readonly actions: readonly string[];

  readonly conditions: readonly Condition[];

  /** What decides as well, and is known only after the apply; or is somebody else's and not read. */
  readonly unknown: readonly string[];

  /** The resources that this path rests on, the most telling first: rules, policies, routes. */
  readonly because: readonly string[];
}

/** A path with what most of them do not have left out. */
export function path(given: Pick<Path, 'from' | 'to'> & Partial<Path>): Path {
  return { through: [], ports: [], actions: [], conditions: [], unknown: [], because: [], ...given };
}

/** Those who are not part of the stack or its network. */
export function isOutside({ kind }: Source): boolean {
  return kind !== 'inside' && kind !== 'private';
}

/** It is the same for all who call, and tells nobody who they are. */
export const API_KEY: Condition = { kind: 'auth', text: 'an API key', strength: 0 };

export const INTERNET: Source = { kind: 'internet', name: 'the internet', cidr: '0.0.0.0/0' };
