import { escaped } from './escape';
import { type Box, KIND, LINE_HEIGHT, layoutOf, NODE_INSET, type Point, TITLE_LINE_HEIGHT, wordsIn } from './layout';
import { type Mark, type Picture, type PictureEdge, type PictureNode, verbOf } from './picture';
import { pictureStyle } from './svg-style';
import { lines } from './text-size';

const MARGIN = 20;
const HEAD = 34;
const FOOT = { size: 11.5, bold: false };
const LINE = 17;
const LEAST_WIDTH = 620;

/** A sign beside the colour, for those who can't tell colours apart or print without. */
export const SIGNS: Readonly<Record<Mark, string>> = { comes: '+', goes: '−', replaced: '±', changed: '~' };

/** Several pictures may stand in one page: what one names, the others must not. */
export interface SvgOptions {
  readonly idPrefix: string;
}

/** The whole picture as a file of its own, or to be put into a page. */
export async function svgOf(picture: Picture, { idPrefix }: SvgOptions = { idPrefix: '' }): Promise<string> {
  const layout = await layoutOf(picture);
  const width = Math.max(LEAST_WIDTH, layout.width + 2 * MARGIN, legendWidth(picture));
  const foot = footLines(picture, width - 2 * MARGIN);
  const legendTop = HEAD + layout.height + 14;
  const footTop = legendTop + LINE + 6;
  const height = footTop + foot.length * LINE + 8;
  const id = (name: string) => `${idPrefix}${name}`;
  const said = sentences(picture);
  const inner = [
    ...layout.areas.map(({ title, depth, box }) => area(title, depth, box)),
    ...layout.edges.map(({ edge, points }) => path(edge, points, said(edge), id)),
    ...layout.nodes.map(({ node, box }) => nodeShape(node, box)),
  ];
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" class="terrace-picture" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id('title')} ${id('desc')}">`,
    `<title id="${id('title')}">${escaped(picture.title)}</title>`,
    `<desc id="${id('desc')}">${escaped(described(picture))}</desc>`,
    `<style>${pictureStyle}</style>`,
    `<defs>${['traffic', 'uses', 'tells', 'comes', 'goes'].map((kind) => arrow(id(`arrow-${kind}`), kind)).join('')}</defs>`,
    `<rect class="paper" width="${width}" height="${height}" rx="10"/>`,
    `<text class="head" x="${MARGIN}" y="27">${escaped(picture.title)}</text>`,
    `<g transform="translate(${Math.floor((width - layout.width) / 2)} ${HEAD})">`,
    ...inner.filter((shape) => shape !== ''),
    '</g>',
    legend(picture, legendTop, id),
    ...foot.map(
      (line, index) => `<text class="foot" x="${MARGIN}" y="${footTop + (index + 1) * LINE}">${escaped(line)}</text>`,
    ),
    '</svg>',
  ].join('\n')}\n`;
}

function area(title: string, depth: number, { x, y, width, height }: Box): string {
  return `<g class="area depth${Math.min(depth, 2)}"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/><text x="${x + 12}" y="${y + 20}">${escaped(title)}</text></g>`;
}

function path(
  { kind, mark, both }: PictureEdge,
  points: readonly Point[],
  said: string,
  id: (name: string) => string,
): string {
  if (points.length < 2) return '';
  const head = mark === 'comes' || mark === 'goes' ? mark : kind;
  return `<path class="edge ${kind}${mark ? ` ${mark}` : ''}" d="${roundedPath(points)}" marker-end="url(#${id(`arrow-${head}`)})"${both ? ` marker-start="url(#${id(`arrow-${head}`)})"` : ''}><title>${escaped(said)}</title></path>`;
}

/** Straight lines with a small bow at each bend. */
function roundedPath(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const before = points[index - 1];
      const after = points[index + 1];
      if (!before) return `M${point.x} ${point.y}`;
      if (!after) return `L${point.x} ${point.y}`;
      const start = toward(point, before);
      const end = toward(point, after);
      return `L${start.x} ${start.y}Q${point.x} ${point.y} ${end.x} ${end.y}`;
    })
    .join('');
}

function toward(from: Point, to: Point): Point {
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  const part = distance === 0 ? 0 : Math.min(6, distance / 2) / distance;
  return { x: round(from.x + (to.x - from.x) * part), y: round(from.y + (to.y - from.y) * part) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function nodeShape(node: PictureNode, { x, y, width, height }: Box): string {
  const words = wordsIn(node);
  const sign = node.mark === undefined ? '' : SIGNS[node.mark];
  const kindTop = y + 24 + KIND.size + (words.title.length - 1) * TITLE_LINE_HEIGHT;
  const told = [`${node.title}: ${node.kind}`, ...(node.mark ? [MARK_WORDS[node.mark]] : []), ...node.addresses];
  return [
    `<g class="node ${node.place}${node.mark ? ` ${node.mark}` : ''}"><title>${escaped(told.join('\n'))}</title>`,
    `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="7"/>`,
    `<rect class="stripe" x="${x + 5}" y="${y + 8}" width="4" height="${height - 16}" rx="2"/>`,
    ...words.title.map((line, index) => text('title', line, x, y + 21 + index * TITLE_LINE_HEIGHT)),
    ...words.kind.map((line, index) => text('kind', line, x, kindTop + index * LINE_HEIGHT)),
    sign === ''
      ? ''
      : `<circle class="badge" cx="${x + width - 2}" cy="${y + 2}" r="9"/><text class="sign" x="${x + width - 2}" y="${y + 7}">${sign}</text>`,
    '</g>',
  ].join('');
}

function text(className: string, words: string, x: number, y: number): string {
  return `<text class="${className}" x="${x + NODE_INSET}" y="${y}">${escaped(words)}</text>`;
}

function arrow(id: string, kind: string): string {
  return `<marker id="${id}" class="arrow ${kind}" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0.5L8 4L0 7.5Z"/></marker>`;
}

const EDGE_WORDS: readonly (readonly [PictureEdge['kind'], string])[] = [
  ['traffic', 'connects'],
  ['uses', 'uses, by its role'],
  ['tells', 'tells, names or logs to'],
];

export const MARK_WORDS: Readonly<Record<Mark, string>> = {
  comes: 'comes',
  goes: 'goes',
  replaced: 'is replaced',
  changed: 'changes',
};

const EDGE_ENTRY = 185;
const MARK_ENTRY = 96;

function legendWidth(picture: Picture): number {
  const { kinds, marks } = legendOf(picture);
  return 2 * MARGIN + kinds.length * EDGE_ENTRY + marks.length * MARK_ENTRY;
}

/** What there is to be explained. */
function legendOf({ edges, nodes }: Picture) {
  return {
    kinds: EDGE_WORDS.filter(([kind]) => edges.some((edge) => edge.kind === kind)),
    marks: (Object.keys(SIGNS) as Mark[]).filter((mark) => nodes.some((node) => node.mark === mark)),
  };
}

function legend(picture: Picture, y: number, id: (name: string) => string): string {
  const { kinds, marks } = legendOf(picture);
  const entries = [
    ...kinds.map(([kind, words], index) => {
      const x = MARGIN + index * EDGE_ENTRY;
      return `<path class="edge ${kind}" d="M${x} ${y}h26" marker-end="url(#${id(`arrow-${kind}`)})"/><text x="${x + 34}" y="${y + 4}">${words}</text>`;
    }),
    ...marks.map((mark, index) => {
      const x = MARGIN + kinds.length * EDGE_ENTRY + index * MARK_ENTRY;
      return `<g class="node ${mark}"><circle class="badge" cx="${x + 9}" cy="${y}" r="8"/><text class="sign" x="${x + 9}" y="${y + 5}">${SIGNS[mark]}</text></g><text x="${x + 23}" y="${y + 4}">${MARK_WORDS[mark]}</text>`;
    }),
  ];
  return `<g class="legend">${entries.join('')}</g>`;
}

/** What the picture leaves out, so that nobody takes it for all. */
function footLines({ groups }: Picture, width: number): string[] {
  if (groups.length === 0) return [];
  const counted = groups.map(({ title, addresses }) => `${title.toLowerCase()} (${addresses.length})`);
  return lines(`Also in the stack: ${counted.join(', ')}.`, FOOT, width);
}

/** The same in sentences, for those who can't see it. */
function described(picture: Picture): string {
  const things = picture.nodes.map(({ title, kind }) => `${title} (${kind})`);
  const ways = picture.edges.map(sentences(picture));
  return [`${things.length} things: ${things.join(', ')}`, ...ways].map((text) => `${text}.`).join(' ');
}

function sentences({ nodes }: Picture): (edge: PictureEdge) => string {
  const titles = new Map(nodes.map(({ id, title }) => [id, title]));
  return (edge) => {
    const port = edge.label === '' ? '' : ` on ${edge.label}`;
    const back = edge.both ? ', and the other way round' : '';
    return `${titles.get(edge.from)} ${verbOf(edge)} ${titles.get(edge.to)}${port}${back}`;
  };
}
