import type { MadeBucketSpec } from '../../spec/sections/bucket';

/** The rules of a bucket's lifecycle, its own and the one that cleans up after uploads. */
export function lifecycleRules({
  lifecycle,
  abortUploadsAfterDays,
}: Pick<MadeBucketSpec, 'lifecycle' | 'abortUploadsAfterDays'>) {
  return [...lifecycle.map(lifecycleRule), ...abortUploads(abortUploadsAfterDays)];
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
