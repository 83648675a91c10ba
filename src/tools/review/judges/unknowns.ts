import { sourcesAt } from '../../graph/resource-graph';
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
      const { references = [] } = comparison.after.get(change.address) ?? {};
      if (isUnknown(change, path)) yield finding(change, path, decides, sourcesAt(path, references));
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
function isUnknown({ action, unknown, attributes }: Change, path: string): boolean {
  if (action === 'create') return isMarked(unknown, path);
  return attributes.some((one) => one.unknown && (one.path === path || one.path.startsWith(`${path}.`)));
}

function finding(change: Change, path: string, decides: string, from: readonly string[]): Finding {
  const was = change.attributes.find((one) => one.path === path)?.before;
  return {
    verdict: 'unknown',
    address: change.address,
    attribute: path,
    reason: `${thing(change)}: its ${path} is known only after the apply, and decides ${decides}`,
    before: shown(was),
    after: knownLater(from),
    effect: 'it is not judged here',
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
