/** What the deployer reads of an event of ECR. https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html */
export interface ImageEvent {
  readonly time: string;
  readonly account: string;
  readonly region: string;
  readonly detail: {
    readonly 'action-type': string;
    readonly result: string;
    readonly 'repository-name': string;
    readonly 'image-digest': string;

    /** Absent or empty for an image that was pushed by its digest. */
    readonly 'image-tag'?: string;
  };
}

/** An image that has arrived in a repository. */
export interface Push {
  /** The host in front of the repository's name. */
  readonly registry: string;
  readonly repository: string;
  readonly digest: string;

  /** Empty where it has none. */
  readonly tag: string;

  /** ISO 8601: of two pushes the later one wins, in whichever order their events arrive. */
  readonly time: string;
}

/** Signatures and attestations are stored beside an image, under the digest of what they belong to. */
const ATTACHED = /^sha256-[a-f0-9]{64}/;

/** The push that an event tells of, or undefined where it tells of something else. */
export function parsePush(event: ImageEvent): Push | undefined {
  const { account, region, time, detail } = event;
  if (detail['action-type'] !== 'PUSH' || detail.result !== 'SUCCESS') return undefined;
  const digest = detail['image-digest'];
  if (!/^sha256:[a-f0-9]{64}$/.test(digest)) throw new Error('expected the digest of an image in the event');
  if (Number.isNaN(Date.parse(time))) throw new Error('expected the time of the push in the event');
  return {
    registry: `${account}.dkr.ecr.${region}.amazonaws.com`,
    repository: detail['repository-name'],
    digest,
    tag: detail['image-tag'] ?? '',
    time,
  };
}

/** The pushed image, named by its digest: what it is called elsewhere may move. */
export function imageName({ registry, repository, digest }: Push): string {
  return `${registry}/${repository}@${digest}`;
}

/** Whether a push is one of an image to run, under a tag that one of the patterns (`v*`) fits. */
export function isWanted({ tag }: Push, patterns: readonly string[]): boolean {
  if (tag === '' || ATTACHED.test(tag)) return false;
  return patterns.some((pattern) => {
    const pieces = pattern.split('*').map((piece) => piece.replace(/[.\\+?^${}()|[\]]/g, '\\$&'));
    return new RegExp(`^${pieces.join('.*')}$`).test(tag);
  });
}
