import { graphOfSynthesized, type Synthesized } from '../graph/graph-of-synthesized';
import { textsAt } from '../graph/values';
import { mermaidOf } from './mermaid';
import type { Picture } from './picture';
import { pictureOf } from './picture-of';
import { svgOf } from './svg';

export const diagramFormats = ['svg', 'mermaid'] as const;

export type DiagramFormat = (typeof diagramFormats)[number];

/** A stack as it is synthesized, drawn. */
export async function drawStack(stack: string, terraform: object, format: DiagramFormat): Promise<string> {
  const picture = pictureOfStack(stack, terraform);
  return format === 'svg' ? svgOf(picture) : mermaidOf(picture);
}

/** The picture behind the drawing, with the region of the stack's provider. */
export function pictureOfStack(stack: string, terraform: object): Picture {
  const [region] = textsAt(terraform, 'provider.aws.region');
  return pictureOf(graphOfSynthesized(terraform as Synthesized), { title: stack, region });
}
