import { letIn, letInTogether, lostSince } from '../../../exposure/compare';
import { type Condition, isOutside, type Path } from '../../../exposure/path';
import { pathsOf } from '../../../exposure/paths-of';
import { accessText } from '../../../exposure/table';
import type { Change, Comparison } from '../../change';
import type { Finding } from '../../finding';
import { inWords } from '../../things';
import type { Verdict } from '../../verdict';
import { decisive } from './decisive';

/** A path that is there now and was not, or asks for less than it did. */
interface Opened {
  readonly path: Path;
  readonly lost: readonly Condition[];

  /** The older path that asked for more; none of a path that is wholly new. */
  readonly older: Path | undefined;
}

/** Who can reach what now that could not before, one finding for each way. */
export function openedPaths(comparison: Comparison): readonly Finding[] {
  if (comparison.changes.every(({ action, previousAddress }) => action === 'none' && previousAddress === undefined))
    return [];
  const renamed = new Map(
    comparison.changes.flatMap((one) => (one.previousAddress ? [[one.previousAddress, one.address]] : [])),
  );
  const before = byTarget(pathsOf(comparison.before).map((one) => afterMove(one, renamed)));
  const changes = new Map(
    comparison.changes.filter(({ action }) => action !== 'none' && action !== 'read').map((one) => [one.address, one]),
  );
  const opened = pathsOf(comparison.after).flatMap((path) => judged(path, before.get(path.to) ?? []) ?? []);
  return [...grouped(opened).values()].flatMap((ways) => findingOf(ways, comparison, changes) ?? []);
}

function afterMove(path: Path, renamed: ReadonlyMap<string, string>): Path {
  const now = (address: string) => renamed.get(address) ?? address;
  return renamed.size === 0 ? path : { ...path, to: now(path.to), from: { ...path.from, name: now(path.from.name) } };
}

function judged(path: Path, older: readonly Path[]): Opened | undefined {
  if (!matters(path)) return undefined;
  const same = older.filter((one) => letIn(one, path));
  const least = same
    .map((one) => ({ one, lost: lostSince(one, path) }))
    .sort((left, right) => left.lost.length - right.lost.length)[0];
  if ((least && least.lost.length === 0) || letInTogether(older, path)) return undefined;
  return { path, lost: least?.lost ?? [], older: least?.one };
}

/** A redirect opens nothing; of what stays inside only what lets in whoever comes. */
function matters({ from, conditions, actions, unknown }: Path): boolean {
  if (conditions.some(({ kind }) => kind === 'redirect')) return false;
  if (from.kind === 'unknown' && actions.length > 0) return false;
  return isOutside(from) || (from.kind === 'private' && from.cidr !== undefined && unknown.length === 0);
}

function grouped(opened: readonly Opened[]): ReadonlyMap<string, readonly Opened[]> {
  const groups = new Map<string, Opened[]>();
  for (const one of opened) {
    const key = JSON.stringify([
      one.path.to,
      one.path.from.kind,
      one.path.from.name,
      one.lost.map(({ kind }) => kind),
      accessText(one.path),
    ]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

function findingOf(
  ways: readonly Opened[],
  { before, after }: Comparison,
  changes: ReadonlyMap<string, Change>,
): Finding | undefined {
  const [widest] = [...ways].sort((one, other) => one.path.conditions.length - other.path.conditions.length);
  if (!widest) return undefined;
  const { path, lost, older } = widest;
  const target = after.get(path.to);
  if (!target && lost.length === 0) return undefined; // somebody else's server behind a distribution
  const isNew = target !== undefined && !before.get(path.to) && changes.get(path.to)?.previousAddress === undefined;
  const verdict = verdictOf(path, {
    isNew,
    fresh: before.resources.every(({ mode }) => mode === 'data'),
    type: target?.type ?? '',
  });
  if (verdict === undefined) return undefined;
  const because = [
    ...lost.flatMap(({ by }) => by ?? []),
    ...(older ? older.because.filter((one) => !path.because.includes(one)) : []),
    ...path.because,
  ];
  const cause = decisive(because, changes) ?? { address: path.because[0] ?? path.to };
  return {
    verdict,
    ...cause,
    reason: reasonOf(widest, target ? inWords(target) : path.to),
    effect: effectOf(path, ways.length),
    advice: adviceOf(path),
  };
}

interface Circumstances {
  /** Whether what is reached is made by this change. */
  readonly isNew: boolean;

  /** Whether the whole stack is. */
  readonly fresh: boolean;
  readonly type: string;
}

/** A whole new system has its doors, and whoever reviews it knows; what is dangerous in itself is so in a new one too. */
function verdictOf(path: Path, { isNew, fresh, type }: Circumstances): Verdict | undefined {
  const { from, actions, conditions, through } = path;
  if (path.unknown.length > 0) return 'unknown';
  if (from.kind === 'private') {
    if (/^(?:0\.0\.0\.0\/[0-4]|::\/0)$/.test(from.cidr ?? '')) return 'exposure';
    return holdsData(type) && !isNew ? 'exposure' : undefined;
  }
  if (isNew && actions.includes('cognito-idp:SignUp')) return 'behaviour';
  const door = through.length > 0 && conditions.some(({ kind }) => kind === 'tls');
  const named = (from.kind === 'federated' && !/\*/.test(from.pattern ?? '*')) || from.kind === 'account';
  return fresh && (door || named) ? 'behaviour' : 'exposure';
}

function reasonOf({ path, lost }: Opened, target: string): string {
  const who = WHO[path.from.kind] ?? path.from.name;
  const name = path.from.kind === 'internet' && path.from.name !== 'the internet' ? path.from.name : who;
  const subject = path.from.kind === 'range' || path.from.kind === 'private' ? path.from.name : name;
  if (path.unknown.length > 0)
    return `whether ${subject} can reach ${target} on ${accessText(path)} depends on ${path.unknown.join(' and ')}`;
  const way = path.through.length > 0 ? `, through ${path.through.join(', ')}` : '';
  const access =
    path.actions.length > 0 && path.ports.length === 0
      ? path.from.kind === 'federated' || path.actions.some((one) => one.startsWith('sts:'))
        ? `can take ${target}`
        : `can use ${target} (${path.actions.join(', ')})`
      : `can reach ${target} on ${path.ports.length > 0 ? accessText({ ports: path.ports, actions: [] }) : accessText(path)}`;
  if (lost.length === 0) return `${subject} ${access}${way}`;
  return `${subject} ${access} ${lost.map((one) => without(one, path)).join(', ')}${way}`;
}

function without({ kind, text }: Condition, { conditions }: Path): string {
  const [older] = kind === 'tls' ? conditions.filter((one) => one.kind === 'tls') : [];
  return older ? `with ${older.text} instead of ${text}` : `without ${text}`;
}

const WHO: Readonly<Record<string, string>> = {
  internet: 'anybody on the internet',
  'any-account': 'anybody in any AWS account',
};

function effectOf({ conditions, from }: Path, ways: number): string {
  const left = conditions.filter(({ kind }) => kind !== 'request').map(({ text }) => text);
  const guarded =
    left.length > 0 ? `what is left on this way: ${left.join(', ')}` : 'nothing on this way asks who they are';
  const route =
    from.kind === 'private'
      ? 'no route leads there from the internet; peered networks, VPNs and everything in the VPC reach it; '
      : '';
  return `${route}${guarded}${ways > 1 ? `; ${ways - 1} more such way${ways > 2 ? 's' : ''}` : ''}`;
}

function adviceOf({ from, actions, ports }: Path): string {
  if (from.kind === 'federated')
    return 'name the repository and its environment or branch in full in the condition on `sub`';
  if (ports.length > 0) return 'name the security group or the addresses that need it';
  return actions.length > 0
    ? 'name the accounts or resources that need it, or add a condition such as aws:SourceArn'
    : 'name who needs it';
}

/** What holds data that somebody may want: a path to it is worse than one to what serves. */
function holdsData(type: string): boolean {
  return /^aws_(?:db_|rds_|docdb_|neptune_|redshift|elasticache_|memorydb_|efs_|mq_|msk_|opensearch_|elasticsearch_|dms_)/.test(
    type,
  );
}

function byTarget(paths: readonly Path[]): ReadonlyMap<string, readonly Path[]> {
  const found = new Map<string, Path[]>();
  for (const one of paths) {
    const known = found.get(one.to);
    if (known) known.push(one);
    else found.set(one.to, [one]);
  }
  return found;
}
