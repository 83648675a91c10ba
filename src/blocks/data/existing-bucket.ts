import { DataAwsS3Bucket } from '@cdktf/provider-aws/lib/data-aws-s3-bucket';
import { Construct } from 'constructs';
import type { Consumer, Injection, Usable } from '../../access/usable';
import type { BucketSpec } from '../../spec/sections/bucket';
import type { LogTarget } from './bucket';
import { bucketInjection, grantBucket, type UsedBucket } from './bucket-access';

/** A bucket that is there already: looked up, used, and left as it is. */
export class ExistingBucket extends Construct implements Usable, UsedBucket, LogTarget {
  readonly arn: string;
  readonly bucketName: string;
  readonly injection: Injection;
  readonly policy = undefined;

  constructor(scope: Construct, id: string, props: Pick<BucketSpec, 'variableName' | 'bucketName'>) {
    super(scope, id);
    const bucket = new DataAwsS3Bucket(this, 'Default', { bucket: props.bucketName });
    this.arn = bucket.arn;
    this.bucketName = bucket.bucket;
    this.injection = bucketInjection(props.variableName, bucket.bucket);
  }

  /** Its owner has let them, or the file would not say `access_log_target: true`. */
  letBalancersLog(): void {}

  /** Its owner has let them, or the file would not say `access_log_target: true`. */
  letBucketLog(): void {}

  get id(): string {
    return this.node.id;
  }

  letUse(consumer: Consumer): void {
    grantBucket(this, consumer);
  }
}
