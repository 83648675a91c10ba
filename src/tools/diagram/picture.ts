/** What becomes of a thing in a picture of a change. */
export type Mark = 'comes' | 'goes' | 'replaced' | 'changed';

/** A stack as a person would draw it: things, what lies around them, and who reaches whom. */
export interface Picture {
  /** `shop-prod`. */
  readonly title: string;
  readonly region: string | undefined;

  /** In the order in which they are read: outside first, data last. */
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];

  /** Networks and their tiers of subnets; an area comes after the one that it lies in. */
  readonly areas: readonly Area[];

  /** Everything that would only fill the picture. */
  readonly groups: readonly Group[];
}

/** One readable thing: a service with its task definition, roles and log group. */
export interface PictureNode {
  /** The address of the resource that it is named after, without keys. */
  readonly id: string;

  /** `worker` */
  readonly title: string;

  /** In plain words: `ECS service`. */
  readonly kind: string;
  readonly place: Place;

  /** Where others connect to it. */
  readonly ports: string;

  /** The area that it lies in, if that is a network. */
  readonly area: string | undefined;

  /** Everything that it stands for. */
  readonly addresses: readonly string[];
  readonly mark?: Mark;
}

/** Left to right. `global` is of no region, `outside` is not of AWS. */
export type Place = 'outside' | 'global' | 'entry' | 'compute' | 'data' | 'regional' | 'watch';

export interface PictureEdge {
  readonly from: string;
  readonly to: string;

  /** The way of a request, a permission to use, or what is told and written down. */
  readonly kind: EdgeKind;

  /** The ports, of traffic. */
  readonly label: string;

  /** Each reaches the other: this is the edge back as well. */
  readonly both: boolean;
  readonly mark?: Mark;
}

export type EdgeKind = 'traffic' | 'uses' | 'tells';

export interface Area {
  readonly id: string;
  readonly title: string;

  /** The area around it. */
  readonly inside: string | undefined;
  readonly addresses: readonly string[];
}

export interface Group {
  /** `Roles, policies and keys` */
  readonly title: string;
  readonly addresses: readonly string[];
}

/** Where requests come from that anybody may send. */
export const INTERNET: PictureNode = {
  id: 'internet',
  title: 'Internet',
  kind: 'anybody',
  place: 'outside',
  ports: '',
  area: undefined,
  addresses: [],
};

/** What one end does to the other: `connects to`. */
export function verbOf({ kind, from, to }: PictureEdge): string {
  if (kind !== 'tells') return VERBS[kind];
  if (from.startsWith('aws_route53_')) return 'names';
  return to.startsWith('aws_s3_') ? 'logs to' : 'tells';
}

const VERBS = { traffic: 'connects to', uses: 'uses' } as const;
