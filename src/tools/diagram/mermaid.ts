import { visible } from './escape';
import { type Area, type Picture, type PictureEdge, type PictureNode, verbOf } from './picture';

const ARROWS: Readonly<Record<PictureEdge['kind'], readonly [string, string]>> = {
  traffic: ['-->', '<-->'],
  uses: ['-.->', '<-.->'],
  tells: ['-.->', '<-.->'],
};

/** A picture as a flowchart that GitHub draws from the text. */
export function mermaidOf(picture: Picture): string {
  const ids = idsOf(picture.nodes);
  const idOf = (id: string) => ids.get(id) ?? id;
  const outside = picture.nodes.filter(({ place }) => place === 'outside' || place === 'global');
  const inside = picture.nodes.filter((node) => !outside.includes(node));
  const rest = picture.groups.map(({ title, addresses }) => `${title.toLowerCase()} (${addresses.length})`);
  return `${[
    'flowchart LR',
    `  accTitle: ${plain(picture.title)}`,
    `  accDescr: ${plain(`${picture.nodes.length} things. Also in the stack: ${rest.join(', ') || 'nothing'}`)}`,
    ...outside.map((node) => `  ${shape(node, idOf)}`),
    `  subgraph region["${label(picture.region === undefined ? 'AWS region' : `AWS ${picture.region}`)}"]`,
    ...within(undefined, { ...picture, nodes: inside }, idOf).map((line) => `  ${line}`),
    '  end',
    ...picture.edges.map((edge) => `  ${arrow(edge, idOf)}`),
  ].join('\n')}\n`;
}

/** Addresses without what Mermaid has another use for; a line stays the same when others come. */
function idsOf(nodes: readonly PictureNode[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id } of nodes) {
    let own = id.replace(/\W+/g, '_');
    while (taken.has(own)) own = `${own}_`;
    taken.add(own);
    ids.set(id, own);
  }
  return ids;
}

/** What lies in an area, with its subgraphs; empty ones are no help. */
function within(area: string | undefined, picture: Picture, idOf: (id: string) => string): string[] {
  const own = picture.nodes.filter((node) => node.area === area).map((node) => shape(node, idOf));
  const inner = picture.areas
    .filter((one) => one.inside === area)
    .flatMap((one) => {
      const held = within(one.id, picture, idOf);
      return held.length === 0 ? [] : [`subgraph ${areaId(one)}["${label(one.title)}"]`, ...held, 'end'];
    });
  return [...own, ...inner].map((line) => `  ${line}`);
}

function areaId({ id }: Area): string {
  return `area_${id.replace(/\W+/g, '_')}`;
}

function shape({ id, title, kind, ports }: PictureNode, idOf: (id: string) => string): string {
  const words = ports === '' ? kind : `${kind} :${ports.replaceAll(', ', ' :')}`;
  return `${idOf(id)}["<b>${label(title)}</b><br/>${label(words)}"]`;
}

/** Every dotted arrow says what it stands for: there is no legend. */
function arrow(edge: PictureEdge, idOf: (id: string) => string): string {
  const { from, to, kind, label: ports, both } = edge;
  const arrowed = ARROWS[kind][both ? 1 : 0];
  const words = kind === 'traffic' ? ports : verbOf(edge);
  return `${idOf(from)} ${arrowed}${words === '' ? '' : `|"${label(words)}"|`} ${idOf(to)}`;
}

/** Between quotes, entities stand for what would end them or be taken for HTML or Markdown. */
function label(text: string): string {
  return visible(text).replace(/[^\p{L}\p{N} .,:/+×…()⟨⟩-]/gu, (letter) => `#${letter.codePointAt(0)};`);
}

/** Descriptions know no entities. */
function plain(text: string): string {
  return visible(text).replace(/[\n\r;{}#"<>]/g, ' ');
}
