import { locks } from '../../../exposure/guards/account-guards';
import { guards } from '../../../exposure/guards/all';
import type { Guard } from '../../../exposure/guards/guard';
import { watchers } from '../../../exposure/guards/log-guards';
import { refuses } from '../../../exposure/guards/mail-guards';
import { hasTlsOnly } from '../../../exposure/policies/permissions';
import type { Resource } from '../../../graph/resource-graph';
import { isMarked, valueAt } from '../../../graph/values';
import type { Change, Comparison } from '../../change';
import type { Finding } from '../../finding';
import { inWords } from '../../things';
import { isAt, shown, shownOf } from './decisive';

/** Settings that keep somebody out or let one see who came, where they are weaker than they were. */
export function* weakenedGuards(comparison: Comparison): Iterable<Finding> {
  for (const change of comparison.changes) {
    const before = comparison.before.get(change.previousAddress ?? change.address);
    const after = comparison.after.get(change.address);
    if (after && change.action === 'create') yield* weaker(change, NOTHING, after, OF_NEW);
    if (before && after && (change.action === 'update' || change.action === 'replace')) {
      yield* weaker(change, before, after, guards);
      yield* withoutTls(change, before, after);
    }
    if (before && !after && change.action === 'delete') yield* gone(comparison, before);
  }
}

type Earlier = Pick<Resource, 'values'>;

const OF_NEW = guards.filter(({ ofNew }) => ofNew);

function* weaker(change: Change, before: Earlier, after: Resource, known: readonly Guard[]): Iterable<Finding> {
  for (const guard of known)
    if (guard.types.test(change.type) && isWeaker(guard, before, after)) yield findingOf(guard, change, before, after);
}

/** What there is before something is made. */
const NOTHING: Earlier = { values: {} };

function isWeaker({ path, weaker }: Guard, before: Earlier, after: Resource): boolean {
  if (valueAt(after.values, path) === undefined && isMarked(after.unknown, path)) return false;
  return weaker(before.values, after.values);
}

function findingOf({ path, says, effect, advice }: Guard, change: Change, before: Earlier, after: Resource): Finding {
  const known = change.attributes.find((one) => isAt(one.path, path));
  const [one, other] = [before, after].map(({ values }) => shown(valueAt(values, path)));
  const values = { ...(one !== undefined && { before: one }), ...(other !== undefined && { after: other }) };
  const told = known
    ? shownOf(known)
    : { attribute: path, ...(path.includes('.') || typeof valueAt(after.values, path) !== 'object' ? values : {}) };
  return { verdict: 'exposure', address: change.address, ...told, reason: `${inWords(after)} ${says}`, effect, advice };
}

const PLAIN = 'connections without TLS are answered; whoever sits on the way reads and changes what is sent';

/** A policy that no longer denies what comes without TLS. */
function* withoutTls({ address, attributes }: Change, before: Resource, after: Resource): Iterable<Finding> {
  for (const path of ['policy', 'access_policies']) {
    if (
      !hasTlsOnly(before.values[path]) ||
      hasTlsOnly(after.values[path]) ||
      (isMarked(after.unknown, path) && typeof after.values[path] !== 'string')
    )
      continue;
    const known = attributes.find((one) => isAt(one.path, path));
    yield {
      verdict: 'exposure',
      address,
      attribute: known?.path ?? path,
      reason: `${inWords(after)} no longer denies what comes without TLS`,
      effect: PLAIN,
      advice: 'keep the statement that denies where aws:SecureTransport is false',
    };
  }
}

/** What guards by being there: its end is one, unless what it guards goes as well. */
function* gone({ before: graph, after }: Comparison, resource: Resource): Iterable<Finding> {
  const about = [...new Set(GUARDED.flatMap(([argument, type]) => graph.linked(resource, argument, type)))];
  if (about.length > 0 && about.every(({ address }) => !after.get(address))) return;
  const what = about[0] ? inWords(about[0]) : 'what it guards';
  const finding = (reason: string, effect: string, advice: string): Finding => ({
    verdict: 'exposure',
    address: resource.address,
    reason,
    effect,
    advice,
  });
  const blind = watchers[resource.type];
  if (blind !== undefined)
    yield finding(`${inWords(resource)} goes`, blind, 'leave it there: nothing brings back what was not written');
  const lock = locks[resource.type];
  if (lock !== undefined) yield finding(`${inWords(resource)} goes`, lock, 'leave it there');
  if (/_public_access_block$/.test(resource.type) && stillOpen(resource, after.ofType(resource.type)))
    yield finding(
      `${what} has no block of public access any more`,
      'the next policy or ACL that says so makes it public, or does at once where there is one',
      'leave all four blocks on',
    );
  if (refuses(resource.values) && !after.ofType(resource.type).some((one) => refusesAsWell(one, resource)))
    yield finding(
      `${inWords(resource)}, which had mail refused that only pretends to be of the domain, goes`,
      'mail of whoever pretends to be the domain reaches people',
      'leave it there',
    );
  if (hasTlsOnly(resource.values['policy']) && about.length > 0 && !isReplaced(resource, after.ofType(resource.type)))
    yield finding(
      `${what} no longer denies what comes without TLS`,
      PLAIN,
      'keep the statement that denies where aws:SecureTransport is false',
    );
  if (
    /^aws_waf(?:v2|regional)_web_acl_association$/.test(resource.type) &&
    about.length > 0 &&
    !isReplaced(resource, after.ofType(resource.type))
  )
    yield finding(
      `${what} has no firewall in front of it any more`,
      'requests that it refused get through',
      'leave the association, and take rules out one by one',
    );
}

function refusesAsWell({ values }: Resource, gone: Resource): boolean {
  return refuses(values) && values['name'] === gone.values['name'];
}

/** Under another name, the same may be there again. */
function isReplaced({ values }: Resource, others: readonly Resource[]): boolean {
  const key = KEYS.find((one) => typeof values[one] === 'string');
  return key !== undefined && others.some((other) => other.values[key] === values[key]);
}

function stillOpen(resource: Resource, others: readonly Resource[]): boolean {
  return !isReplaced(resource, others);
}

const KEYS = ['bucket', 'queue_url', 'resource_arn', 'arn', 'file_system_id', 'account_id'];

const GUARDED: readonly (readonly [argument: string, type: string])[] = [
  ['bucket', 'aws_s3_bucket'],
  ['queue_url', 'aws_sqs_queue'],
  ['arn', 'aws_sns_topic'],
  ['file_system_id', 'aws_efs_file_system'],
  ['resource_arn', 'aws_lb'],
  ['resource_arn', 'aws_alb'],
  ['resource_arn', 'aws_wafv2_web_acl'],
  ['resource_arn', 'aws_cognito_user_pool'],
  ['resource_arn', 'aws_api_gateway_stage'],
  ['vpc_id', 'aws_vpc'],
  ['cluster_identifier', 'aws_redshift_cluster'],
];
