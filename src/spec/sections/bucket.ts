import * as z from 'zod';
import type { Context } from '../context';
import { importByName, madeOrExisting } from '../values/adoption';
import { bucketName } from '../values/aws-names';
import { flag, listed, movable, name, namedList, oneOf, text, wholeNumber } from '../values/fields';
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

/** In AWS's own words. https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html */
const corsRule = z.strictObject({
  allowedMethods: z
    .array(oneOf('GET', 'HEAD', 'PUT', 'POST', 'DELETE'), { error: 'expected a list of HTTP methods' })
    .min(1, 'expected at least one HTTP method'),
  allowedOrigins: z
    .array(text('an origin such as "https://example.com", or "*"', /^(?=[^*]*\*?[^*]*$)(?:\*|[a-z]+:\/\/[^\s/]+)$/), {
      error: 'expected a list of origins',
    })
    .min(1, 'expected at least one origin'),
  allowedHeaders: z
    .array(text('a header, or "*"', /^(?=[^*]*\*?[^*]*$)[\w*-]+$/), { error: 'expected a list of headers' })
    .default([])
    .describe('Which request headers a page may send, beside those that every page may.'),
  exposeHeaders: z
    .array(text('a header such as "ETag"', /^[\w-]+$/), { error: 'expected a list of headers' })
    .default([])
    .describe('Which headers of the answer a page may read, beside those that every page may.'),
  maxAgeSeconds: wholeNumber(0, 86_400).default(3600).describe('How long a browser remembers what it was told.'),
});

const which = {
  ...listed,
  variableName: injectedAs('<NAME>_BUCKET'),
  bucketName: bucketName
    .optional()
    .describe('Its exact name, unique in all of AWS; by default <project>-<name>-<env>.'),
};

const made = {
  ...which,
  ...movable,
  import: importByName('bucket_name'),
  public: flag()
    .default(false)
    .describe(
      'Anybody may read objects over TLS, without listing them; nobody writes without a grant. An account that blocks public access refuses it.',
    ),
  corsRules: z
    .array(corsRule, { error: 'expected a list of CORS rules' })
    .max(100, 'expected at most 100 CORS rules')
    .optional()
    .describe(
      'Which web pages a browser lets use the bucket: it gives nobody access that has none. By default GET and HEAD from anywhere for a public bucket, none for others.',
    ),
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

/** One of `buckets`: private unless it says otherwise, encrypted, TLS only; or one that is there already. */
export const bucketSection = madeOrExisting('bucket', made, existing);

export type BucketSpec = ReturnType<typeof completeBucket>;
export type MadeBucketSpec = Exclude<BucketSpec, { readonly existing: true }>;
export type CorsRule = z.output<typeof corsRule>;

/** What any page may do with a public bucket: read. */
const anybodyReads: CorsRule = {
  allowedMethods: ['GET', 'HEAD'],
  allowedOrigins: ['*'],
  allowedHeaders: ['*'],
  exposeHeaders: [],
  maxAgeSeconds: 3600,
};

/** Fills in the name; a renamed bucket keeps the one it has in AWS. */
export function completeBucket(section: z.output<typeof bucketSection>, { project, env }: Context) {
  const names = {
    bucketName: section.bucketName ?? `${project}-${section.was ?? section.name}-${env}`,
    variableName: section.variableName ?? `${variableName(section.name)}_BUCKET`,
  };
  if (section.existing) return { ...section, ...names };
  return { ...section, ...names, corsRules: section.corsRules ?? (section.public ? [anybodyReads] : []) };
}
