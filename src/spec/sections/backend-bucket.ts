import type * as z from 'zod';
import type { Context } from '../context';
import { flag, text } from '../values/fields';
import { bucketSection, type CorsRule } from './bucket';

/** What the backend's own bucket is called under `buckets` and in `uses`. */
const NAME = 'backend';

/** The workload's keys for a bucket of its own: shorthand for an item of `buckets`. */
export const backendBucket = {
  bucketPostfix: text(
    'small letters, digits and dashes such as "prod123", at most 20, no dash at an end',
    /^[a-z0-9](?:[a-z0-9-]{0,18}[a-z0-9])?$/,
  )
    .optional()
    .describe(
      'Makes the bucket <project>-backend-<env>-<postfix>, `buckets.backend` in `uses`: bucket names are unique in all of AWS.',
    ),
  bucketPublic: flag().optional().describe('Whether anybody may read the objects of that bucket; by default false.'),
};

interface Written {
  readonly workload?: { readonly bucketPostfix?: string | undefined; readonly bucketPublic?: boolean | undefined };
  readonly buckets: readonly z.output<typeof bucketSection>[];
}

/** Two buckets of one name, and a bucket that is public without being there. */
export function checkBackendBucket({ value, issues }: z.core.ParsePayload<Written | Partial<Written>>): void {
  const { workload, buckets = [] } = value;
  if (workload?.bucketPublic !== undefined && workload.bucketPostfix === undefined) {
    issues.push({
      code: 'custom',
      path: ['workload', 'bucketPublic'],
      input: workload.bucketPublic,
      message: 'expected "bucket_postfix" beside it, which makes the bucket',
    });
  }
  const taken = buckets.findIndex(({ name }) => name === NAME);
  if (workload?.bucketPostfix === undefined || taken < 0) return;
  issues.push({
    code: 'custom',
    path: ['buckets', taken, 'name'],
    input: NAME,
    message: 'expected another name, because workload.bucket_postfix makes the bucket "backend"',
    params: { advice: 'rename one, or leave bucket_postfix out and write "bucket_name:" here' },
  });
}

/** The file with the backend's bucket among its buckets, which says the same. */
export function withBackendBucket<File extends Written>(file: File, { project, env }: Context, domain?: string): File {
  const { bucketPostfix, bucketPublic, ...workload } = file.workload ?? {};
  if (bucketPostfix === undefined) return file;
  const bucket = bucketSection.parse({
    name: NAME,
    bucketName: `${project}-${NAME}-${env}-${bucketPostfix}`,
    public: bucketPublic,
    corsRules: [pagesOf(domain)],
  });
  return { ...file, workload, buckets: [...file.buckets, bucket] };
}

/**
 * What pages of the environment's domain may do through links that the backend has signed.
 *
 * Where there is no domain, any page may ask: CORS gives no access by itself, and who has no signed link is refused.
 */
function pagesOf(domain: string | undefined): CorsRule {
  return {
    allowedMethods: ['GET', 'HEAD', 'PUT', 'POST'],
    allowedOrigins: [domain === undefined ? '*' : `https://${domain}`],
    allowedHeaders: ['*'],
    exposeHeaders: ['ETag'],
    maxAgeSeconds: 3600,
  };
}
