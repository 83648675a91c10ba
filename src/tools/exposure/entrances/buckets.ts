import type { Resource, ResourceGraph } from '../../graph/resource-graph';
import { isMarked, textsAt, valueAt } from '../../graph/values';
import { INTERNET, type Path, path, type Source } from '../path';
import type { Accounts } from '../policies/accounts';
import { ANY_ACCOUNT } from '../policies/grants';
import { policyAt } from '../policies/policy';
import { pathsOfPolicy } from '../policies/resource-policies';

/** Who gets at buckets: by policies, lists of access, and what public access blocks leave of both. */
export function bucketPaths(graph: ResourceGraph, accounts: Accounts): readonly Path[] {
  return graph
    .ofType('aws_s3_bucket')
    .filter(({ mode }) => mode === 'managed')
    .flatMap((bucket) => ofBucket(graph, bucket, accounts));
}

function ofBucket(graph: ResourceGraph, bucket: Resource, accounts: Accounts): readonly Path[] {
  const blocks = [
    ...graph.linking(bucket, 'aws_s3_bucket_public_access_block', 'bucket'),
    ...graph.ofType('aws_s3_account_public_access_block'),
  ];
  const said = (key: string) => blocks.some(({ values }) => values[key] === true);
  const later = (key: string) =>
    blocks.some(({ unknown, values }) => values[key] === undefined && isMarked(unknown, key));
  const separate = graph.linking(bucket, 'aws_s3_bucket_policy', 'bucket');
  const inline = bucket.written?.includes('policy') ?? separate.length === 0;
  const policies = [...separate, ...(inline ? [bucket] : [])].flatMap((holder) =>
    pathsOfPolicy(policyAt(graph, holder, 'policy'), {
      holder,
      argument: 'policy',
      to: bucket.address,
      accounts,
      anonymous: true,
    }),
  );
  const open = said('restrict_public_buckets') ? policies.filter((one) => !isPublic(one)) : policies;
  const blockedLater = later('restrict_public_buckets');
  const lists = said('ignore_public_acls') || ownerEnforced(graph, bucket) ? [] : aclPaths(graph, bucket);
  return [
    ...open.map((one) =>
      blockedLater && isPublic(one) ? { ...one, unknown: ['whether its public access is blocked'] } : one,
    ),
    ...lists,
  ].map((one) => withBlocks(one, blocks));
}

/** What the block of public policies shuts out: everybody, and what no fixed value narrows. */
function isPublic({ from, conditions }: Path): boolean {
  if (from.kind === 'any-account' && / through /.test(from.name)) return false;
  return (from.kind === 'internet' || from.kind === 'any-account') && !conditions.some(({ kind }) => kind === 'source');
}

/** A block that lets a policy through is what a reader wants to see beside it. */
function withBlocks(one: Path, blocks: readonly Resource[]): Path {
  return isPublic(one) ? { ...one, because: [...one.because, ...blocks.map(({ address }) => address)] } : one;
}

/** Without lists of access: the setting of every new bucket since April 2023, where none is written. */
function ownerEnforced(graph: ResourceGraph, bucket: Resource): boolean {
  const controls = graph.linking(bucket, 'aws_s3_bucket_ownership_controls', 'bucket');
  return controls.some(({ values }) => valueAt(values, 'rule.object_ownership') === 'BucketOwnerEnforced');
}

function aclPaths(graph: ResourceGraph, bucket: Resource): readonly Path[] {
  const holders = [...graph.linking(bucket, 'aws_s3_bucket_acl', 'bucket'), bucket];
  return holders.flatMap((holder) => {
    if (
      holder === bucket &&
      bucket.written !== undefined &&
      !bucket.written.some((one) => one === 'acl' || one === 'grant')
    )
      return [];
    const canned = CANNED[String(holder.values['acl'] ?? '')] ?? [];
    const granted = textsAt(holder.values, 'access_control_policy.grant.grantee.uri').concat(
      textsAt(holder.values, 'grant.uri'),
    );
    const groups = granted.flatMap((uri) => GROUPS[uri.split('/').at(-1) ?? ''] ?? []);
    return [...canned, ...groups.map((from): [Source, string] => [from, 'what its ACL says'])].map(([from, action]) =>
      path({ from, to: bucket.address, actions: [action], because: [holder.address] }),
    );
  });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const CANNED: Readonly<Record<string, readonly [Source, string][]>> = {
  'public-read': [[INTERNET, 's3:ListBucket']],
  'public-read-write': [
    [INTERNET, 's3:ListBucket'],
    [INTERNET, 's3:PutObject'],
  ],
  'authenticated-read': [[ANY_ACCOUNT, 's3:ListBucket']],
};

const GROUPS: Readonly<Record<string, Source>> = { AllUsers: INTERNET, AuthenticatedUsers: ANY_ACCOUNT };
