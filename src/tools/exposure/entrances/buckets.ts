import type { Resource, ResourceGraph } from '../../graph/resource-graph';
import { isMarked, textsAt, valueAt } from '../../graph/values';
import { INTERNET, type Path, path, type Source } from '../path';
import type { Accounts } from '../policies/accounts';
import { ANY_ACCOUNT } from '../policies/grants';
import { policyAt } from '../policies/policy';
import { pathsOfPolicy } from '../policies/resource-policies';

/** Who gets at buckets: by policies, lists of access, and what public access blocks leave of both. */
export function bucketPaths(graph: ResourceGraph, accounts: Accounts): readonly Path[] {
  const buckets = graph.ofType('aws_s3_bucket').filter(({ mode }) => mode === 'managed');
  return [
    ...buckets.flatMap((bucket) => ofBucket(graph, bucket, accounts)),
    ...graph.ofType('aws_s3_bucket_acl').flatMap((list) => ofList(graph, list)),
    ...graph.ofType(...OBJECTS).flatMap((object) => ofObject(graph, object)),
  ];
}

/** A list of access for a bucket of somebody else's stack. */
function ofList(graph: ResourceGraph, list: Resource): readonly Path[] {
  return graph.linked(list, 'bucket', 'aws_s3_bucket').length > 0 ? [] : listedIn(list, list.address);
}

const OBJECTS = ['aws_s3_object', 'aws_s3_bucket_object', 'aws_s3_object_copy'];

/** A single file may have a list of its own. */
function ofObject(graph: ResourceGraph, object: Resource): readonly Path[] {
  const buckets = graph.linked(object, 'bucket', 'aws_s3_bucket');
  if (buckets.some((bucket) => ownerEnforced(graph, bucket) || ignoresLists(graph, bucket))) return [];
  return listedIn(object, object.address).map((one) => ({ ...one, actions: ['s3:GetObject'] }));
}

function ignoresLists(graph: ResourceGraph, bucket: Resource): boolean {
  return blocksOf(graph, bucket).some(({ values }) => values['ignore_public_acls'] === true);
}

function blocksOf(graph: ResourceGraph, bucket: Resource): readonly Resource[] {
  return [
    ...graph.linking(bucket, 'aws_s3_bucket_public_access_block', 'bucket'),
    ...graph.ofType('aws_s3_account_public_access_block'),
  ];
}

function ofBucket(graph: ResourceGraph, bucket: Resource, accounts: Accounts): readonly Path[] {
  const blocks = blocksOf(graph, bucket);
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
  const lists = ignoresLists(graph, bucket) || ownerEnforced(graph, bucket) ? [] : aclPaths(graph, bucket);
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
    return listedIn(holder, bucket.address);
  });
}

/** Whom a list of access names besides the owner. */
function listedIn({ values, address }: Resource, to: string): readonly Path[] {
  const canned = CANNED[String(values['acl'] ?? '')] ?? [];
  const uris = textsAt(values, 'access_control_policy.grant.grantee.uri').concat(textsAt(values, 'grant.uri'));
  const groups = uris.flatMap((uri) => GROUPS[uri.split('/').at(-1) ?? ''] ?? []);
  return [...canned, ...groups.map((from): [Source, string] => [from, 'what its ACL says'])].map(([from, action]) =>
    path({ from, to, actions: [action], because: [address] }),
  );
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
