import type { ResourceGraph } from '../../graph/resource-graph';
import { isMap, type Values } from '../../graph/values';

/** What an apply makes anew or changes, by address. */
export interface Renewed {
  readonly made: Set<string>;
  readonly changed: Set<string>;
}

const REFERENCE = /\$\{((?:data\.)?[a-z]\w*\.\w+)\.(\w+)\}/g;

/** Values with what they take from others' arguments in its place: `${aws_sqs_queue.jobs.name}` → `shop-dev-jobs`. */
export function resolved(value: unknown, graph: ResourceGraph, depth = 0): unknown {
  return mapTexts(value, (text) =>
    text.replace(REFERENCE, (whole, address: string, attribute: string) => {
      const found = graph.get(address)?.values[attribute];
      if (!isPlain(found)) return whole;
      const said = depth < DEEPEST ? String(resolved(found, graph, depth + 1)) : String(found);
      return /^\s*[[{]/.test(text) ? JSON.stringify(said).slice(1, -1) : said;
    }),
  );
}

/** An argument may take its value from another one's, which takes it from a third. */
const DEEPEST = 4;

/** Marks the ids and other computed values of what is made anew. */
export function withNewValues(value: unknown, graph: ResourceGraph, { made }: Renewed): unknown {
  if (made.size === 0) return value;
  return mapTexts(value, (text) =>
    text.includes('${')
      ? text.replace(/((?:\b(?:aws|random)_)\w+\.\w+)\.(\w+)/g, (whole, address: string, attribute: string) =>
          made.has(address) && !isPlain(graph.get(address)?.values[attribute]) ? `${whole} (new)` : whole,
        )
      : text,
  );
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return value.includes('${') ? change(value) : value;
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (!isMap(value)) return value;
  const entries: [string, unknown][] = Object.entries(value).map(([key, one]) => [key, mapTexts(one, change)]);
  return Object.fromEntries(entries) as Values;
}
