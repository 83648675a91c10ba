import { graphOfSynthesized, type Synthesized } from '../../graph/graph-of-synthesized';
import { type Resource, ResourceGraph } from '../../graph/resource-graph';
import type { Values } from '../../graph/values';
import type { AttributeChange, Change, Comparison } from '../change';
import { differences } from '../differences';
import { type Move, movesTaken, withNewAddresses } from './moves';
import { forcing, staysAsItIs } from './replacing';
import { type Renewed, resolved, withNewValues } from './resolved';
import { settingsChanges } from './settings-changes';

/** A stack's cdk.tf.json, as far as two of them are compared. */
export interface SynthesizedStack extends Synthesized {
  readonly moved?: readonly Move[];
  readonly import?: readonly { readonly to: string }[];
  readonly output?: Readonly<Record<string, Values>>;
  readonly provider?: Readonly<Record<string, readonly Values[]>>;
  readonly terraform?: Values;
}

/**
 * What an apply would change if AWS had what was synthesized before. Nobody has asked AWS: what only its state knows is
 * unknown here, and what forces a replacement comes from a table.
 */
export function compareSynthesized(
  stack: string,
  before: SynthesizedStack | undefined,
  after: SynthesizedStack | undefined,
): Comparison {
  const [earlier, later] = [graphOfSynthesized(before ?? {}), graphOfSynthesized(after ?? {})];
  const taken = movesTaken(after?.moved ?? [], earlier);
  const imported = new Set((after?.import ?? []).map(({ to }) => to));
  const renamed = new ResourceGraph(
    earlier.resources.map((one) => ({ ...one, values: withNewAddresses(one.values, taken) as Values })),
  );
  const pairs = managed(later).map((now) => ({ now, was: renamed.get(taken.get(now.address) ?? now.address) }));
  const updates = settled(pairs, renamed, later);
  const kept = new Set(pairs.flatMap(({ was }) => was?.address ?? []));
  const changes = [
    ...pairs.flatMap(({ now, was }) =>
      was === undefined ? [created(now, imported)] : updated(now, was, updates.get(now.address)),
    ),
    ...managed(earlier)
      .filter(({ address }) => !kept.has(address))
      .map(deleted),
    ...settingsChanges(before ?? {}, after ?? {}),
  ];
  return {
    stack,
    source: 'synthesized',
    before: earlier,
    after: later,
    changes: changes.sort((one, other) => (one.address < other.address ? -1 : 1)),
  };
}

interface Pair {
  readonly now: Resource;
  readonly was: Resource | undefined;
}

interface Update {
  readonly attributes: readonly AttributeChange[];
  readonly forcedBy: readonly string[];
  readonly cause?: Change['cause'];
}

const UNCHANGED: Update = { attributes: [], forcedBy: [] };

/** What differs of each resource that stays: what is made anew gets new ids, which may make anew what names it, and so on. */
function settled(pairs: readonly Pair[], before: ResourceGraph, after: ResourceGraph): ReadonlyMap<string, Update> {
  const updates = new Map<string, Update>();
  const renewed: Renewed = { made: new Set(), changed: new Set() };
  let open = pairs;
  for (let round = 0; open.length > 0 && round < 100; round++) {
    const news = new Set<string>();
    for (const { now, was } of open) {
      if (was === undefined) continue;
      const update = updateOf(now, was, { before, after, renewed });
      updates.set(now.address, update);
      if (update.attributes.length > 0) renewed.changed.add(now.address);
      if ((update.forcedBy.length > 0 || update.cause !== undefined) && !renewed.made.has(now.address)) {
        renewed.made.add(now.address);
        news.add(now.address);
      }
    }
    open = pairs.filter(({ now }) => refersTo(now, round === 0 ? renewed.changed : news));
    if (news.size === 0 && round > 0) break;
  }
  return updates;
}

function refersTo({ references, values }: Resource, addresses: ReadonlySet<string>): boolean {
  return [...references, ...triggersOf(values)].some(({ to }) => addresses.has(to));
}

interface Around {
  readonly before: ResourceGraph;
  readonly after: ResourceGraph;
  readonly renewed: Renewed;
}

function updateOf(now: Resource, was: Resource, around: Around): Update {
  const { before, after, renewed } = around;
  const [from, to] = [resolved(argumentsOf(was.values), before), resolved(argumentsOf(now.values), after)];
  const { attributes: all } = differences({
    before: from as Values,
    after: withNewValues(to, after, renewed) as Values,
  });
  const ignored = ignoredOf(now.values);
  const found = all
    .map(asWritten)
    .filter((change) => !staysAsItIs(now.type, change) && !ignored.some((path) => change.path.startsWith(path)));
  const attributes = found.filter((change) => !isWriteOnly(change.path));
  const trigger = triggersOf(now.values).find((one) => isPulled(one, around));
  return {
    attributes,
    forcedBy: forcing(now.type, attributes).map(({ path }) => path),
    ...(trigger !== undefined && { cause: { why: `${trigger.to} changes, and its replace_triggered_by names it` } }),
  };
}

/** `secret_string_wo.password`: Terraform keeps no such value and writes it when its version changes, which is an argument of its own. */
function isWriteOnly(path: string): boolean {
  return /^\w+_wo\b/.test(path);
}

/** Marks of new values are taken off again; what they stood in is known only after the apply. */
function asWritten(change: AttributeChange): AttributeChange {
  const { value: after, marked } = withoutMarks(change.after);
  const guess = typeof after === 'string' && after.includes('${') && !String(change.before ?? '').includes('${');
  return { ...change, after, unknown: change.unknown || marked || (guess && change.before !== undefined) };
}

function withoutMarks(value: unknown): { readonly value: unknown; readonly marked: boolean } {
  const text = JSON.stringify(value) ?? '';
  if (!text.includes(NEW)) return { value, marked: false };
  return { value: JSON.parse(text.replaceAll(NEW, '')), marked: true };
}

const NEW = ' (new)';

function argumentsOf({ lifecycle, depends_on: _, ...values }: Values): Values {
  const { prevent_destroy: protection } = (lifecycle ?? {}) as Values;
  return { ...values, ...(protection === true && { lifecycle: { prevent_destroy: true } }) };
}

function ignoredOf({ lifecycle }: Values): readonly string[] {
  const { ignore_changes: ignored } = (lifecycle ?? {}) as Values;
  return Array.isArray(ignored) ? ignored.map(String) : [];
}

interface Trigger {
  readonly to: string;

  /** Any change of the other makes it anew where it names no attribute. */
  readonly attribute: string | undefined;
}

function triggersOf({ lifecycle }: Values): readonly Trigger[] {
  const { replace_triggered_by: triggers } = (lifecycle ?? {}) as Values;
  if (!Array.isArray(triggers)) return [];
  return triggers.map((text) => {
    const [type, name, attribute] = String(text)
      .replace(/^\$\{|\}$/g, '')
      .split('.');
    return { to: `${type}.${name}`, attribute };
  });
}

function isPulled({ to, attribute }: Trigger, { before, after, renewed }: Around): boolean {
  if (attribute === undefined) return renewed.changed.has(to) || renewed.made.has(to);
  const [was, now] = [before.get(to)?.values[attribute], after.get(to)?.values[attribute]];
  return now === undefined ? renewed.made.has(to) : JSON.stringify(was) !== JSON.stringify(now);
}

function created(now: Resource, imported: ReadonlySet<string>): Change {
  return {
    ...basics(now),
    action: imported.has(now.address) ? 'update' : 'create',
    imported: imported.has(now.address),
    before: undefined,
    after: now.values,
  };
}

function deleted(was: Resource): Change {
  return { ...basics(was), action: 'delete', before: was.values, after: undefined };
}

function updated(now: Resource, was: Resource, update: Update | undefined): Change[] {
  const { attributes, forcedBy, cause } = update ?? UNCHANGED;
  const previousAddress = was.address === now.address ? undefined : was.address;
  if (attributes.length === 0 && cause === undefined && previousAddress === undefined) return [];
  const replaced = forcedBy.length > 0 || cause !== undefined;
  const { create_before_destroy: createFirst } = (now.values['lifecycle'] ?? {}) as Values;
  return [
    {
      ...basics(now),
      previousAddress,
      action: replaced ? 'replace' : attributes.length > 0 ? 'update' : 'none',
      createFirst: replaced && createFirst === true,
      before: was.values,
      after: now.values,
      attributes,
      forcedBy,
      ...(cause !== undefined && { cause }),
    },
  ];
}

/** References say what they are taken from, so that little is unknown of what is made. */
function basics({ address, type, name }: Resource) {
  const nothing = { previousAddress: undefined, createFirst: false, imported: false, attributes: [], forcedBy: [] };
  return { address, type, name, unknown: {}, ...nothing };
}

function managed(graph: ResourceGraph): readonly Resource[] {
  return graph.resources.filter(({ mode }) => mode === 'managed');
}
