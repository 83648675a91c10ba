import { isMap, type Values, valueAt, valuesAt } from '../../../graph/values';
import type { Change, Comparison } from '../../change';
import type { Finding } from '../../finding';
import { jsonIn } from '../../meaning';
import { shown } from '../../shown';
import { thing } from '../../things';
import { numberIn } from '../attribute-rule';

/** After how many days a rule deletes; NEVER where it does not. */
type Days = number;

const NEVER: Days = Number.POSITIVE_INFINITY;

/** Rules that delete what is old, from a bucket or an image repository: more of it, or earlier. */
export function* shorterExpiry(comparison: Comparison): Iterable<Finding> {
  for (const change of comparison.changes) {
    if (!['create', 'update', 'replace'].includes(change.action)) continue;
    const finding = EXPIRING[change.type]?.(change, comparison);
    if (finding) yield finding;
  }
}

const EXPIRING: Readonly<Record<string, (change: Change, comparison: Comparison) => Finding | undefined>> = {
  aws_s3_bucket: objects,
  aws_s3_bucket_lifecycle_configuration: objects,
  aws_ecr_lifecycle_policy: images,
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html */
function objects(change: Change, comparison: Comparison): Finding | undefined {
  if (change.type === 'aws_s3_bucket' && change.action !== 'update') return undefined;
  if (change.action === 'create' && isNew(change, 'aws_s3_bucket', 'bucket', comparison)) return undefined;
  const before = rulesOf(change.before);
  const earlier = [...rulesOf(change.after)].find(([rule, { current, versions, kept }]) => {
    const old = before.get(rule) ?? widest(before);
    return current < old.current || versions < old.versions || (versions !== NEVER && kept < old.kept);
  });
  if (!earlier) return undefined;
  const [rule, now] = earlier;
  const old = before.get(rule);
  return {
    verdict: 'loses-data',
    address: change.address,
    attribute: change.type === 'aws_s3_bucket' ? 'lifecycle_rule' : 'rule',
    reason: `${thing(change)} deletes objects ${old ? 'earlier' : 'by a new rule'}`,
    before: old && said(old),
    after: said(now),
    effect: 'what is older is deleted, usually within a day or two, and nothing brings it back',
    advice: 'look at what is older in the bucket first',
  };
}

interface Expiry {
  readonly current: Days;
  readonly versions: Days;

  /** So many old versions stay, however old they are. */
  readonly kept: number;
}

/** What each rule deletes, by what it is about. */
function rulesOf(values: Values | undefined): Map<string, Expiry> {
  const enabled = [
    ...valuesAt(values, 'rule').filter((rule) => valueAt(rule, 'status') !== 'Disabled'),
    ...valuesAt(values, 'lifecycle_rule').filter((rule) => valueAt(rule, 'enabled') !== false),
  ];
  const rules = new Map<string, Expiry>();
  for (const rule of enabled) {
    const scope = scopeOf(rule);
    const known = rules.get(scope);
    // Several rules about the same objects: the earliest deletes.
    const versions = daysOf(
      valueAt(rule, 'noncurrent_version_expiration.noncurrent_days') ??
        valueAt(rule, 'noncurrent_version_expiration.days'),
    );
    const kept = numberIn(valueAt(rule, 'noncurrent_version_expiration.newer_noncurrent_versions'));
    rules.set(scope, {
      current: Math.min(
        known?.current ?? NEVER,
        daysOf(valueAt(rule, 'expiration.days'), valueAt(rule, 'expiration.date')),
      ),
      versions: Math.min(known?.versions ?? NEVER, versions),
      kept: versions === NEVER ? (known?.kept ?? 0) : Math.min(known?.kept || NEVER, kept),
    });
  }
  return rules;
}

/** What a rule is about. */
export function scopeOf(rule: unknown): string {
  const prefix = valueAt(rule, 'filter.prefix') ?? valueAt(rule, 'filter.and.prefix') ?? valueAt(rule, 'prefix') ?? '';
  const sizes = ['filter.object_size_greater_than', 'filter.object_size_less_than'].map(
    (path) => numberIn(valueAt(rule, path)) || numberIn(valueAt(rule, path.replace('filter.', 'filter.and.'))),
  );
  return scopeText(prefix, valueAt(rule, 'filter.tag') ?? valueAt(rule, 'filter.and.tags') ?? null, sizes);
}

function scopeText(prefix: unknown, tags: unknown, sizes: readonly number[]): string {
  return JSON.stringify([prefix, tags, sizes]);
}

function daysOf(days: unknown, date?: unknown): Days {
  if (typeof date === 'string' && date !== '') return 0;
  return numberIn(days) > 0 ? numberIn(days) : NEVER;
}

/** What a rule about everything has done to what a new rule is about. */
function widest(rules: ReadonlyMap<string, Expiry>): Expiry {
  return rules.get(scopeText('', null, [0, 0])) ?? { current: NEVER, versions: NEVER, kept: 0 };
}

function said({ current, versions, kept }: Expiry): string {
  const days = (count: Days) => (count === NEVER ? 'never' : `after ${count} ${count === 1 ? 'day' : 'days'}`);
  return `objects ${days(current)}, old versions ${days(versions)}${kept > 0 ? ` but for the last ${kept}` : ''}`;
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html */
function images(change: Change, comparison: Comparison): Finding | undefined {
  if (change.action === 'create' && isNew(change, 'aws_ecr_repository', 'repository', comparison)) return undefined;
  const [before, after] = [change.before, change.after].map((values) => imageRules(values?.['policy']));
  const more = (after ?? []).find(({ scope, unit, count }) => {
    const old = (before ?? []).find((one) => one.scope === scope && one.unit === unit);
    return old === undefined || count < old.count;
  });
  if (!more) return undefined;
  const old = (before ?? []).find(({ scope }) => scope === more.scope);
  return {
    verdict: 'loses-data',
    address: change.address,
    attribute: 'policy',
    reason: `${thing(change)} deletes more images`,
    before: old && shown(`${old.unit} ${old.count}`),
    after: shown(`${more.unit} ${more.count}`),
    effect: 'images that it now covers are deleted within 24 hours; a task that needs one of them does not start again',
    advice: 'see what it would delete with a lifecycle policy preview of ECR',
  };
}

interface ImageRule {
  readonly scope: string;
  readonly unit: string;
  readonly count: number;
}

function imageRules(policy: unknown): ImageRule[] {
  return valuesAt(jsonIn(policy), 'rules').flatMap((rule) => {
    const selection = valueAt(rule, 'selection');
    if (!isMap(selection)) return [];
    const { countType, countNumber, tagStatus, tagPrefixList, tagPatternList } = selection;
    // A tag is on one image only: a rule about whole tags keeps those images, and deletes none.
    const tags = Array.isArray(tagPatternList) ? tagPatternList.map(String) : [];
    if (tags.length > 0 && !tags.some((tag) => tag.includes('*'))) return [];
    return {
      scope: JSON.stringify([tagStatus, tagPrefixList, tagPatternList]),
      unit: String(countType),
      count: numberIn(countNumber),
    };
  });
}

/** What is made in the same plan has nothing in it that could be deleted. */
function isNew(change: Change, type: string, path: string, { after, before }: Comparison): boolean {
  const from = after.get(change.address);
  const targets = from ? after.linked(from, path, type) : [];
  return targets.length > 0 && targets.every(({ address }) => before.get(address) === undefined);
}
