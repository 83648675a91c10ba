import * as z from 'zod';
import type { Context } from '../context';
import { importByName, madeOrExisting } from '../values/adoption';
import { awsName, flag, listed, movable, name, namedList, text, wholeNumber } from '../values/fields';
import { injectedAs, variableName } from '../values/variable-name';

/** Storage classes in the order of their price, and the least days AWS keeps an object before moving it there. */
const lifecycleRule = z.strictObject({
  ...listed,
  prefix: text('the start of object keys such as "backups/"', /^[^/\s][^\s]{0,1000}$/)
    .optional()
    .describe('By default all objects.'),
  standardIaAfterDays: wholeNumber(30, 36_500)
    .optional()
    .describe('To Standard-IA: cheaper to keep, charged by retrieval.'),
  glacierAfterDays: wholeNumber(1, 36_500)
    .optional()
    .describe('To Glacier Flexible Retrieval: minutes to hours to read.'),
  expireAfterDays: wholeNumber(1, 36_500)
    .optional()
    .describe('Deletes objects; with versioning their last version stays restorable.'),
  expireOldVersionsAfterDays: wholeNumber(1, 36_500)
    .optional()
    .describe('Deletes versions that were replaced this long ago.'),
});

const which = {
  ...listed,
  variableName: injectedAs('<NAME>_BUCKET'),
  bucketName: awsName(
    'a bucket',
    /^(?!xn--|sthree-)(?!\d+\.\d+\.\d+\.\d+$)(?!.*(?:-s3alias|--ol-s3)$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    '3 to 63 small letters, digits, dashes and dots',
  )
    .optional()
    .describe('Its exact name, unique in all of AWS; by default <project>-<name>-<env>.'),
};

const made = {
  ...which,
  ...movable,
  import: importByName('bucket_name'),
  versioning: flag().default(true).describe('Keeps replaced and deleted objects restorable.'),
  lifecycle: namedList(lifecycleRule, 'lifecycle rule'),
  abortUploadsAfterDays: wholeNumber(0, 365)
    .default(7)
    .describe(
      'Removes the parts of uploads that were never finished; 0 keeps them, for a bucket without any lifecycle.',
    ),
  accessLogTarget: flag()
    .default(false)
    .describe(
      'May receive access logs of the load balancer, the CDN and other buckets. A workload does not use it unless it names it.',
    ),
  accessLogs: name
    .optional()
    .describe(
      'The bucket that gets a log of every request to this one, under s3/<name>/; with `access_log_target: true`.',
    ),
};

const existing = {
  ...which,
  accessLogTarget: flag()
    .default(false)
    .describe('Its owner already lets the load balancer and other buckets write their access logs there.'),
};

/** One of `buckets`: private, encrypted, TLS only; or one that is there already. */
export const bucketSection = madeOrExisting('bucket', made, existing);

export type BucketSpec = ReturnType<typeof completeBucket>;
export type MadeBucketSpec = Exclude<BucketSpec, { readonly existing: true }>;

/** Fills in the name; a renamed bucket keeps the one it has in AWS. */
export function completeBucket(section: z.output<typeof bucketSection>, { project, env }: Context) {
  return {
    ...section,
    bucketName: section.bucketName ?? `${project}-${section.was ?? section.name}-${env}`,
    variableName: section.variableName ?? `${variableName(section.name)}_BUCKET`,
  };
}
