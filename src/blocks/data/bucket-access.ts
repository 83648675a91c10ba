import type { Consumer, Injection, Usable } from '../../access/usable';

/** A bucket as those see it who use it, whoever made it. */
export interface UsedBucket {
  /** What its grants are called after. */
  readonly id: string;
  readonly arn: string;
  readonly injection: Injection;
}

/** What a container learns about a bucket. */
export function bucketInjection(variable: string, bucketName: string): Injection {
  return { environment: { [variable]: bucketName }, secrets: {} };
}

/** Lets the consumer's code read, write and list objects. */
export function grantBucket({ id, arn }: UsedBucket, { role }: Consumer): void {
  role.allow(
    `use_bucket_${id}`,
    { actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], resources: [`${arn}/*`] },
    { actions: ['s3:ListBucket'], resources: [arn] },
  );
}

/** For those whose `uses` names `buckets.<name>.read`. */
export function bucketReader({ id, arn, injection }: UsedBucket): Usable {
  return {
    injection,
    letUse: ({ role }) =>
      role.allow(
        `read_bucket_${id}`,
        { actions: ['s3:GetObject'], resources: [`${arn}/*`] },
        { actions: ['s3:ListBucket'], resources: [arn] },
      ),
  };
}
