import ElkConstructor, { type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { Picture, PictureEdge, PictureNode } from './picture';
import { type Font, fitted, lines, widthOf } from './text-size';

export const TITLE = { size: 13.5, bold: true };
export const KIND = { size: 11, bold: false };
export const LINE_HEIGHT = 14;
export const TITLE_LINE_HEIGHT = 17;

const HEIGHT = 33;
const LEAST_WIDTH = 88;
const MOST_WIDTH = 150;
const MOST_LINES = 2;

/** Of a single long word, such as the name of a domain. */
const WIDEST = 200;

/** Left of the words: the stripe that tells the place. */
export const NODE_INSET = 14;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where everything of a picture is, in pixels from its upper left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly { readonly node: PictureNode; readonly box: Box }[];
  readonly areas: readonly { readonly title: string; readonly depth: number; readonly box: Box }[];
  readonly edges: readonly { readonly edge: PictureEdge; readonly points: readonly Point[] }[];
}

/** The words of a node as far as they fit, in lines. */
export interface Words {
  readonly title: readonly string[];
  readonly kind: readonly string[];
}

const REGION = 'region';

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.randomSeed': '1',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.spacing.nodeNode': '16',
  'elk.spacing.edgeNode': '14',
  'elk.spacing.edgeEdge': '9',
  'elk.layered.spacing.nodeNodeBetweenLayers': '32',
  'elk.layered.spacing.edgeNodeBetweenLayers': '12',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.thoroughness': '40',
  'elk.padding': '[top=8,left=8,bottom=8,right=8]',
};

const AREA_TITLE = { size: 12, bold: true };

function areaOptions(title: string) {
  return {
    'elk.padding': '[top=30,left=12,bottom=12,right=12]',
    'elk.nodeSize.constraints': 'MINIMUM_SIZE',
    'elk.nodeSize.minimum': `(${widthOf(title, AREA_TITLE) + 24}, 60)`,
  };
}

/** Finds a place for everything; the same for the same picture. */
export async function layoutOf(picture: Picture): Promise<Layout> {
  const laid = await new ElkConstructor().layout(asElk(picture));
  const shapes = new Map(shapesIn(laid).map((shape) => [shape.node.id, shape]));
  const edges = new Map((laid.edges ?? []).map((edge) => [edge.id, edge]));
  const boxOf = (id: string) => {
    const shape = shapes.get(id);
    return shape && { box: boxAt(shape.node), depth: shape.depth };
  };
  return {
    width: Math.ceil(laid.width ?? 0),
    height: Math.ceil(laid.height ?? 0),
    nodes: picture.nodes.flatMap((node) => {
      const { box } = boxOf(node.id) ?? {};
      return box ? [{ node, box }] : [];
    }),
    areas: [{ id: REGION, title: regionTitle(picture) }, ...picture.areas].flatMap(({ id, title }) => {
      const found = boxOf(id);
      return found ? [{ title, ...found }] : [];
    }),
    edges: picture.edges.map((edge, index) => {
      const placed = edges.get(`e${index}`);
      const points = (placed?.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [
        startPoint,
        ...bendPoints,
        endPoint,
      ]);
      return { edge, points: points.map(rounded) };
    }),
  };
}

function asElk(picture: Picture): ElkNode {
  const used = picture.areas.filter(({ id }) => holdsNodes(picture, id));
  const inside = (area: string | undefined): ElkNode[] => [
    ...picture.nodes
      .filter((node) => node.area === area && isRegional(node))
      .map((node) => asShape(node, picture.edges)),
    ...used
      .filter((one) => one.inside === area)
      .map(({ id, title }) => ({ id, layoutOptions: areaOptions(title), children: inside(id) })),
  ];
  const region = inside(undefined);
  return {
    id: 'picture',
    layoutOptions: OPTIONS,
    children: [
      ...picture.nodes.filter((node) => !isRegional(node)).map((node) => asShape(node, picture.edges)),
      ...(region.length > 0
        ? [{ id: REGION, layoutOptions: areaOptions(regionTitle(picture)), children: region }]
        : []),
    ],
    edges: picture.edges.map((edge, index) => ({ id: `e${index}`, sources: [leaves(edge)], targets: [enters(edge)] })),
  };
}

/** Edges of one kind leave a node together: that leaves few lines of many. */
function leaves({ from, kind, mark = 'stays' }: MarkedEdge): string {
  return `${from} out ${kind} ${mark}`;
}

/** They arrive one by one, or nobody could tell who uses what; logs and alarms are looked at from their target. */
function enters({ from, to, kind, mark = 'stays' }: MarkedEdge): string {
  return `${to} in ${kind} ${mark} ${kind === 'tells' ? '' : from}`;
}

type MarkedEdge = Omit<PictureEdge, 'mark'> & { readonly mark?: string };

function asShape(node: PictureNode, edges: readonly PictureEdge[]): ElkNode {
  const { title, kind } = wordsIn(node);
  const widths = [...title.map((line) => widthOf(line, TITLE)), ...kind.map((line) => widthOf(line, KIND))];
  const ports = [
    ...edges.filter(({ from }) => from === node.id).map(leaves),
    ...edges.filter(({ to }) => to === node.id).map(enters),
  ];
  return {
    id: node.id,
    width: Math.max(LEAST_WIDTH, Math.max(...widths) + NODE_INSET + 10),
    height: HEIGHT + (title.length - 1) * TITLE_LINE_HEIGHT + kind.length * LINE_HEIGHT,
    ports: [...new Set(ports)].map((id) => ({ id, width: 0, height: 0 })),
    ...(node.place === 'outside' && { layoutOptions: { 'elk.layered.layering.layerConstraint': 'FIRST' } }),
  };
}

export function wordsIn({ title, kind, ports }: PictureNode): Words {
  const room = MOST_WIDTH - NODE_INSET - 10;
  const words = ports === '' ? kind : `${kind} :${ports.replaceAll(', ', ' :')}`;
  return { title: wrapped(title, TITLE, room), kind: wrapped(words, KIND, room) };
}

function wrapped(text: string, font: Font, room: number): string[] {
  const all = lines(text, font, room);
  const rest = all.slice(MOST_LINES - 1).join(' ');
  return [...all.slice(0, MOST_LINES - 1), ...(rest === '' ? [] : [rest])].map((line) =>
    fitted(line, font, line.includes(' ') ? room : WIDEST - NODE_INSET - 10),
  );
}

function isRegional({ place }: PictureNode): boolean {
  return place !== 'outside' && place !== 'global';
}

function holdsNodes({ nodes, areas }: Picture, id: string): boolean {
  return (
    nodes.some(({ area }) => area === id) ||
    areas.some((one) => one.inside === id && nodes.some(({ area }) => area === one.id))
  );
}

function regionTitle({ region }: Picture): string {
  return region === undefined ? 'AWS region' : `AWS ${region}`;
}

function shapesIn(node: ElkNode, depth = 0): { readonly node: ElkNode; readonly depth: number }[] {
  return (node.children ?? []).flatMap((child) => [{ node: child, depth }, ...shapesIn(child, depth + 1)]);
}

function boxAt({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box {
  return { ...rounded({ x, y }), width: Math.round(width), height: Math.round(height) };
}

function rounded({ x, y }: Point): Point {
  return { x: Math.round(x * 2) / 2, y: Math.round(y * 2) / 2 };
}
