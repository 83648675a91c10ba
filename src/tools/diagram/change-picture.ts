import { withoutKeys } from '../graph/resource-graph';
import type { Change } from '../review/change';
import type { Mark, Picture, PictureEdge, PictureNode } from './picture';

type Changed = Pick<Change, 'address' | 'previousAddress' | 'action'>;

/** Two pictures of a stack in one: what comes, goes, is replaced or changes is marked. */
export function pictureOfChange(before: Picture, after: Picture, changes: readonly Changed[]): Picture {
  const marks = new Marks(changes);
  const known = new Set(after.nodes.map(({ id }) => id));
  const gone = before.nodes.filter((node) => !known.has(node.id) && marks.of(node) === 'goes');
  const nodes = [...after.nodes, ...gone].map((node) => marked(node, marks.of(node)));
  const marking = new Map(nodes.map(({ id, mark }) => [id, mark]));
  return {
    ...after,
    nodes,
    edges: edgesOf(before, after, marking),
    areas: [...after.areas, ...before.areas.filter(({ id }) => !after.areas.some((area) => area.id === id))],
  };
}

/** What is marked and what that reaches: of a stack that is too large to be looked at whole. */
export function aroundMarks(picture: Picture): Picture {
  const changing = new Set(picture.nodes.filter(({ mark }) => mark !== undefined).map(({ id }) => id));
  const edges = picture.edges.filter(({ from, to }) => changing.has(from) || changing.has(to));
  const near = new Set([...changing, ...edges.flatMap(({ from, to }) => [from, to])]);
  return { ...picture, nodes: picture.nodes.filter(({ id }) => near.has(id)), edges };
}

/** Whether anything would be marked: a picture without marks says nothing about a change. */
export function isMarked({ nodes }: Picture): boolean {
  return nodes.some(({ mark }) => mark !== undefined);
}

class Marks {
  private readonly actions = new Map<string, Change['action']>();

  constructor(changes: readonly Changed[]) {
    for (const { address, action } of changes) this.actions.set(address, action);
  }

  /** What becomes of the resource that a node is named after; else whether anything of it changes. */
  of({ id, addresses }: PictureNode): Mark | undefined {
    const main = addresses.filter((address) => withoutKeys(address) === id).map((address) => this.actions.get(address));
    for (const [action, mark] of WHOLE) {
      if (main.length > 0 && main.every((one) => one === action)) return mark;
    }
    if (main.includes('replace')) return 'replaced';
    const touched = addresses.some((address) => !QUIET.includes(this.actions.get(address) ?? 'none'));
    return touched ? 'changed' : undefined;
  }
}

const WHOLE: readonly (readonly [Change['action'], Mark])[] = [
  ['create', 'comes'],
  ['delete', 'goes'],
  ['forget', 'goes'],
];

const QUIET: readonly Change['action'][] = ['none', 'read'];

/**
 * Before an apply less is known than before the last one, so that an edge may only seem to come or go: it is believed where
 * one of its ends changes.
 */
function edgesOf(
  before: Picture,
  after: Picture,
  marking: ReadonlyMap<string, Mark | undefined>,
): readonly PictureEdge[] {
  const key = ({ from, to }: PictureEdge) => [from, to].sort().join(' ');
  const then = new Set(before.edges.map(key));
  const now = new Set(after.edges.map(key));
  const changes = ({ from, to }: PictureEdge) => marking.get(from) !== undefined || marking.get(to) !== undefined;
  const isDrawn = ({ from, to }: PictureEdge) => marking.has(from) && marking.has(to);
  const gone = before.edges.filter((edge) => !now.has(key(edge)) && changes(edge) && isDrawn(edge));
  return [
    ...after.edges.map((edge) => (changes(edge) && !then.has(key(edge)) ? { ...edge, mark: 'comes' as const } : edge)),
    ...gone.map((edge) => ({ ...edge, mark: 'goes' as const })),
  ];
}

function marked(node: PictureNode, mark: Mark | undefined): PictureNode {
  return mark === undefined ? node : { ...node, mark };
}
