import { type Resource, type ResourceGraph, withoutKeys } from '../graph/resource-graph';
import { Areas } from './areas';
import { type Reach, reachesOf } from './edges';
import { groupOf, kindOf, titleOf, wordsOf } from './kinds';
import { Links } from './links';
import { Membership } from './membership';
import { type EdgeKind, INTERNET, type Picture, type PictureEdge, type PictureNode, type Place } from './picture';

export interface Titled {
  readonly title: string;
  readonly region: string | undefined;
}

const PLACES: readonly Place[] = ['outside', 'global', 'entry', 'compute', 'data', 'regional', 'watch'];
const EDGE_KINDS: readonly EdgeKind[] = ['traffic', 'uses', 'tells'];

/** Draws what a stack's resources say of themselves; every one of them is in one node, area or group. */
export function pictureOf(graph: ResourceGraph, { title, region }: Titled): Picture {
  const links = new Links(graph);
  const membership = new Membership(links);
  const areas = new Areas(links);
  const inAreas = new Set(areas.all.flatMap(({ addresses }) => addresses));

  const things = new Map<string, Resource[]>();
  const rest = new Map<string, string[]>();
  for (const one of [...graph.resources].sort(byAddress)) {
    if (inAreas.has(one.address)) continue;
    const thing = membership.thingOf(one);
    if (thing) add(things, nodeId(thing), one);
    else add(rest, groupOf(one), one.address);
  }
  const edges = edgesOf(reachesOf(links), (one) => {
    const thing = membership.thingOf(one);
    return thing && nodeId(thing);
  });
  const made = [...things].map(([id, members]) => nodeOf(id, members, { areas, edges })).sort(inOrder);
  const reached = edges.some(({ from }) => from === INTERNET.id);
  return {
    title,
    region,
    nodes: reached ? [INTERNET, ...made] : made,
    edges: merged(edges),
    areas: areas.all,
    groups: [...rest].map(([name, addresses]) => ({ title: name, addresses })).sort(byTitle),
  };
}

/** Of several made from one block (`count`, `for_each`), and of what is drawn together, one id. */
function nodeId(thing: Resource): string {
  return kindOf(thing)?.together === undefined ? withoutKeys(thing.address) : thing.type;
}

function nodeOf(
  id: string,
  members: readonly Resource[],
  { areas, edges }: { readonly areas: Areas; readonly edges: readonly PictureEdge[] },
): PictureNode {
  const named = members.filter((one) => kindOf(one) !== undefined && nodeId(one) === id);
  const [main] = named;
  if (!main) throw new Error(`nothing of ${id} is ${id}`);
  const { place = 'regional', together } = kindOf(main) ?? {};
  const times = named.length > 1 ? ` ×${named.length}` : '';
  return {
    id,
    title: together ?? titleOf(main),
    kind: `${wordsOf(main)}${times}`,
    place,
    ports: portsOf(id, edges),
    area: areas.around(members),
    addresses: members.map(({ address }) => address),
  };
}

/** One edge from one thing to another, of the kind that says most, with all ports on it. */
function edgesOf(reaches: readonly Reach[], nodeOfResource: (one: Resource) => string | undefined): PictureEdge[] {
  const found = new Map<string, { from: string; to: string; kind: EdgeKind; labels: Set<string> }>();
  for (const { from, to, kind, label } of reaches) {
    const ends = [from === 'internet' ? INTERNET.id : nodeOfResource(from), nodeOfResource(to)] as const;
    const [start, end] = ends;
    if (start === undefined || end === undefined || start === end) continue;
    const key = `${start} ${end}`;
    const edge = found.get(key) ?? { from: start, to: end, kind, labels: new Set() };
    if (EDGE_KINDS.indexOf(kind) < EDGE_KINDS.indexOf(edge.kind)) edge.kind = kind;
    if (label !== '') edge.labels.add(label);
    found.set(key, edge);
  }
  return [...found.values()]
    .map(({ labels, ...edge }) => ({ ...edge, label: sortedPorts(labels), both: false }))
    .sort((one, other) => compare(`${one.from} ${one.to}`, `${other.from} ${other.to}`));
}

/** Two that reach each other are joined by one edge, which begins at the one that comes first. */
function merged(edges: readonly PictureEdge[]): PictureEdge[] {
  const back = new Map(edges.map((edge) => [`${edge.to} ${edge.from}`, edge]));
  return edges.flatMap((edge) => {
    const other = back.get(`${edge.from} ${edge.to}`);
    if (!other) return [edge];
    const first = EDGE_KINDS.indexOf(edge.kind) - EDGE_KINDS.indexOf(other.kind) || compare(edge.from, other.from);
    return first < 0 ? [{ ...edge, both: true }] : [];
  });
}

function portsOf(id: string, edges: readonly PictureEdge[]): string {
  const arriving = edges.filter(({ to }) => to === id);
  return sortedPorts(arriving.flatMap(({ label }) => (label === '' ? [] : label.split(', '))));
}

function sortedPorts(labels: Iterable<string>): string {
  return [...new Set(labels)].sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10)).join(', ');
}

function inOrder(one: PictureNode, other: PictureNode): number {
  return PLACES.indexOf(one.place) - PLACES.indexOf(other.place) || compare(one.id, other.id);
}

function byAddress(one: Resource, other: Resource): number {
  return compare(one.address, other.address);
}

function byTitle(one: { readonly title: string }, other: { readonly title: string }): number {
  return compare(one.title, other.title);
}

/** By code units: the same on every machine. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function add<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
