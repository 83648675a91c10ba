import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import type { Construct } from 'constructs';
import type { MadeBucketSpec } from '../../spec/sections/bucket';

/** How long a bucket keeps objects and the versions that were replaced; what uploads leave behind goes too. */
export function keepVersions(
  scope: Construct,
  bucket: string,
  {
    versioning,
    lifecycle,
    abortUploadsAfterDays,
  }: Pick<MadeBucketSpec, 'versioning' | 'lifecycle' | 'abortUploadsAfterDays'>,
): void {
  // Not `Suspended` where none is asked for: S3 would leave a marker behind for every object that expires.
  const versions = versioning
    ? [new S3BucketVersioningA(scope, 'versioning', { bucket, versioningConfiguration: { status: 'Enabled' } })]
    : [];
  const rule = [...lifecycle.map(lifecycleRule), ...abortUploads(abortUploadsAfterDays)];
  if (rule.length > 0) new S3BucketLifecycleConfiguration(scope, 'lifecycle', { bucket, rule, dependsOn: versions });
}

function lifecycleRule(rule: MadeBucketSpec['lifecycle'][number]) {
  const transitions = [
    { days: rule.standardIaAfterDays, storageClass: 'STANDARD_IA' },
    { days: rule.glacierAfterDays, storageClass: 'GLACIER' },
  ].filter(({ days }) => days !== undefined);
  return {
    id: rule.name,
    status: 'Enabled',
    filter: [{ prefix: rule.prefix ?? '' }],
    transition: transitions,
    expiration: rule.expireAfterDays === undefined ? [] : [{ days: rule.expireAfterDays }],
    noncurrentVersionExpiration:
      rule.expireOldVersionsAfterDays === undefined ? [] : [{ noncurrentDays: rule.expireOldVersionsAfterDays }],
  };
}

function abortUploads(days: number) {
  if (days === 0) return [];
  return [
    {
      id: 'abort-uploads',
      status: 'Enabled',
      filter: [{ prefix: '' }],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: days }],
    },
  ];
}
