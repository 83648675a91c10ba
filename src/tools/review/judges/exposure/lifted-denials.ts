import { noLongerDenied } from '../../../exposure/policies/coverage';
import { policyAt, type Statement } from '../../../exposure/policies/policy';
import type { Resource, ResourceGraph } from '../../../graph/resource-graph';
import type { Change, Comparison } from '../../change';
import type { Finding } from '../../finding';
import { inWords } from '../../things';
import { isAt, shownOf } from './decisive';
import { namesOf, several } from './names';

/** Denials that a policy had and has no longer, nor has another policy of the same holder in its place. */
export function* liftedDenials({ before: earlier, after: later, changes }: Comparison): Iterable<Finding> {
  for (const change of changes) {
    if (!['update', 'replace', 'delete'].includes(change.action)) continue;
    const before = earlier.get(change.previousAddress ?? change.address);
    if (before === undefined) continue;
    for (const path of denyingIn(before)) {
      const left = leftOf(before, change, path, { earlier, later });
      if (left === undefined) continue;
      const lifted = noLongerDenied(policyAt(earlier, before, path).statements, left);
      for (const one of lifted) if (!isTlsOnly(one)) yield findingOf(one, { change, before, path, left });
    }
  }
}

function denyingIn({ values, mode }: Resource): readonly string[] {
  if (mode === 'data') return [];
  return Object.keys(values).filter((key) => /"Effect"\s*:\s*"Deny"/.test(String(values[key] ?? '')));
}

interface Graphs {
  readonly earlier: ResourceGraph;
  readonly later: ResourceGraph;
}

/** What the holder's policies say afterwards; `undefined` where that isn't known, or the holder goes as well. */
function leftOf(before: Resource, { address }: Change, path: string, graphs: Graphs): readonly Statement[] | undefined {
  const { later } = graphs;
  const after = later.get(address);
  const [owner] = OWNERS.filter(([key]) => typeof before.values[key] === 'string');
  if (!after && owner && goes(before, owner, graphs)) return undefined;
  const same = owner
    ? later.ofType(before.type).filter(({ values }) => values[owner[0]] === before.values[owner[0]])
    : [];
  const policies = [...new Set([...(after ? [after] : []), ...same])].map((one) => policyAt(later, one, path));
  return policies.some(({ unknown }) => unknown)
    ? undefined
    : policies.flatMap(({ statements }) => statements.map(asMeant));
}

/** What is denied on something that the apply makes anew was so on the old one: nobody guesses that it is less. */
function asMeant(statement: Statement): Statement {
  return statement.resources.some((one) => one.includes('${aws_')) ? { ...statement, resources: ['*'] } : statement;
}

type Owner = readonly [argument: string, type: string];

function goes(before: Resource, [argument, type]: Owner, { earlier, later }: Graphs): boolean {
  const owners = earlier.linked(before, argument, type);
  return owners.length > 0 && owners.every(({ address }) => !later.get(address));
}

/** What a policy is put on. */
const OWNERS: readonly Owner[] = [
  ['role', 'aws_iam_role'],
  ['user', 'aws_iam_user'],
  ['group', 'aws_iam_group'],
  ['bucket', 'aws_s3_bucket'],
  ['queue_url', 'aws_sqs_queue'],
  ['arn', 'aws_sns_topic'],
  ['repository', 'aws_ecr_repository'],
  ['secret_arn', 'aws_secretsmanager_secret'],
  ['file_system_id', 'aws_efs_file_system'],
  ['key_id', 'aws_kms_key'],
];

/** Told elsewhere, in words of its own. */
function isTlsOnly({ tests }: Statement): boolean {
  return tests.some(({ key, values }) => key === 'aws:securetransport' && values.includes('false'));
}

interface About {
  readonly change: Change;
  readonly before: Resource;
  readonly path: string;
  readonly left: readonly Statement[];
}

function findingOf(lifted: Statement, { change, before, path, left }: About): Finding {
  const known = change.attributes.find((one) => isAt(one.path, path));
  const stays = left.some(({ allows, actions }) => !allows && lifted.actions.some((one) => actions.includes(one)));
  const what = `${actionsOf(lifted)} on ${resourcesOf(lifted)}`;
  return {
    verdict: 'exposure',
    address: change.address,
    ...(change.action === 'delete' ? {} : known ? shownOf(known) : { attribute: path }),
    reason: `${inWords(before)} ${stays ? 'denies fewer calls of' : 'no longer denies'} ${what}`,
    effect: 'what any other statement or policy allows of it works from this moment',
    advice: 'keep the denial: it holds whatever else is allowed',
  };
}

function actionsOf({ actions, otherActions }: Statement): string {
  return otherActions.length > 0 ? `everything but ${several(otherActions)}` : several(actions);
}

function resourcesOf({ resources, otherResources }: Statement): string {
  return otherResources.length > 0
    ? `every resource but ${several(namesOf(otherResources))}`
    : several(namesOf(resources));
}
