import { statementsIn } from '../../exposure/policies/policy';
import { type Reference, sourcesAt } from '../../graph/resource-graph';
import { isMarked } from '../../graph/values';
import type { Change, Comparison } from '../change';
import type { Finding } from '../finding';
import { knownLater, shown } from '../shown';
import { thing } from '../things';

/** What is known only after the apply, and would decide: named, and not guessed. */
export function* judgeUnknowns(comparison: Comparison): Iterable<Finding> {
  for (const gap of comparison.gaps ?? []) {
    yield {
      verdict: 'unknown',
      address: 'plan',
      reason: gap,
      effect: 'this review can tell nothing of what is missing',
      advice: 'review a plan of everything, without -target, that was made without errors',
    };
  }
  for (const change of comparison.changes) {
    if (!['create', 'update', 'replace'].includes(change.action)) continue;
    for (const { path, decides } of decidingOf(change.type)) {
      if (!isUnknown(change, path, comparison)) continue;
      const { values, references = [] } = comparison.after.get(change.address) ?? {};
      if (saysWhom(values?.[path])) continue;
      const named = undecided(change, path, comparison);
      if (named.length > 0 && named.every((one) => isRevision(one, comparison))) continue;
      yield finding(change, path, decides, { named, from: sourcesAt(path, references) });
    }
  }
}

/** Asked for once of each type: plans have thousands of some. */
function decidingOf(type: string): readonly Deciding[] {
  const known = ofType.get(type) ?? DECIDING.filter(({ types }) => types.test(type));
  ofType.set(type, known);
  return known;
}

const ofType = new Map<string, readonly Deciding[]>();

/** Something else than what it was; what AWS decides of a new thing is no argument. */
function isUnknown({ action, address, unknown, attributes }: Change, path: string, { after }: Comparison): boolean {
  if (action === 'create') return isMarked(unknown, path) && (after.get(address)?.written?.includes(path) ?? true);
  return attributes.some((one) => one.unknown && (one.path === path || one.path.startsWith(`${path}.`)));
}

/** A policy that is read from the configuration, and leaves open only what it is about. */
function saysWhom(text: unknown): boolean {
  const statements = statementsIn(text);
  return statements?.every(({ principals }) => principals.every(({ value }) => !value.includes('${'))) === true;
}

/** What an argument is taken from and is not there yet. */
function undecided({ address }: Change, path: string, { after }: Comparison): readonly Reference[] {
  const references = after.get(address)?.references.filter((one) => one.path.split('.')[0] === path) ?? [];
  return references.filter(
    ({ to, attribute }) =>
      attribute !== undefined && after.instancesOf(to).some(({ unknown }) => isMarked(unknown, attribute)),
  );
}

/** A new revision of the same task definition: whoever is named with it is so with the old one as well. */
function isRevision({ to }: Reference, { before, after }: Comparison): boolean {
  return after
    .instancesOf(to)
    .every(
      ({ type, address, values }) =>
        type === 'aws_ecs_task_definition' && before.get(address)?.values['family'] === values['family'],
    );
}

/** What an unknown argument is taken from: all of it, and what is not there yet. */
interface Taken {
  readonly named: readonly Reference[];
  readonly from: readonly string[];
}

function finding(change: Change, path: string, decides: string, { named, from }: Taken): Finding {
  const was = change.attributes.find((one) => one.path === path)?.before;
  const names = [...new Set(named.map(({ to }) => to))].sort();
  return {
    verdict: 'unknown',
    address: change.address,
    attribute: path,
    reason: `${thing(change)}: its ${path} is known only after the apply, and decides ${decides}`,
    before: shown(was),
    after: knownLater(from),
    effect: names.length > 0 ? `it names what is not there yet: ${names.join(', ')}` : 'it is not judged here',
    advice: 'read it where it is written; or apply first what it is taken from, and plan the rest then',
  };
}

interface Deciding {
  readonly types: RegExp;
  readonly path: string;
  readonly decides: string;
}

const MAY = 'who may do what';
const REACH = 'who can reach it';
const KEY = 'who can read what is there';

const DECIDING: readonly Deciding[] = [
  {
    types: /_policy$|^aws_(?:iam_policy|kms_key|sqs_queue|sns_topic|vpc_endpoint|s3_bucket)$/,
    path: 'policy',
    decides: MAY,
  },
  { types: /^aws_iam_role$/, path: 'assume_role_policy', decides: 'who may take on the role' },
  { types: /^aws_iam_role$/, path: 'inline_policy', decides: MAY },
  { types: /^aws_iam_role_policy_attachment$/, path: 'policy_arn', decides: MAY },
  { types: /^aws_(?:opensearch|elasticsearch)_domain$/, path: 'access_policies', decides: REACH },
  { types: /^aws_lambda_permission$/, path: 'principal', decides: 'who may call the function' },
  { types: /_(?:ingress|egress)_rule$/, path: 'cidr_ipv4', decides: REACH },
  { types: /_(?:ingress|egress)_rule$/, path: 'cidr_ipv6', decides: REACH },
  { types: /^aws_security_group_rule$/, path: 'cidr_blocks', decides: REACH },
  { types: /^aws_(?:default_)?security_group$/, path: 'ingress', decides: REACH },
  { types: /^aws_network_acl_rule$/, path: 'cidr_block', decides: REACH },
  { types: /^aws_(?:db_instance|rds_cluster|redshift_cluster)$/, path: 'publicly_accessible', decides: REACH },
  {
    types: /^aws_(?:db_instance|rds_cluster)$/,
    path: 'snapshot_identifier',
    decides: 'whether the database is made anew',
  },
  { types: /^aws_(?!ecs|cloudwatch|codebuild)/, path: 'kms_key_id', decides: KEY },
  { types: /^aws_(?!ecs|cloudwatch|codebuild)/, path: 'kms_key_arn', decides: KEY },
];
