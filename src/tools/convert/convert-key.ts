import { isScalar } from 'yaml';
import { spell } from '../../spec/load/check';
import { isOfDialect, patternOf, treatmentOf } from './keys';
import { nodeOf, texts } from './node';
import { asOurs } from './ours';
import type { Output } from './output';
import type { Entry } from './report';
import type { Leaf } from './source';
import { type Key, NOTHING, type Outcome } from './treatments';

/** Writes what a key becomes, or leaves it out, and says which. */
export function convertKey(leaf: Leaf, outcome: Outcome, output: Output): Entry {
  const path = spell(leaf.path);
  if (outcome.as === 'written') {
    const nodes = outcome.places.map(({ at, value }) => {
      const written = value === leaf.value ? leaf.written : undefined;
      return { at, ...nodeOf(asOurs(placeText(at), value, written), leaf) };
    });
    for (const { node } of nodes.slice(0, -1)) node.comment = null;
    const rest = nodes.at(-1)?.rest ?? [];
    const places = nodes.flatMap(({ at, node }, index) => {
      const place = output.write(at, node, leaf.path, index === 0 ? rest : []);
      return place ? [spell(place)] : [];
    });
    if (places.length > 0) {
      const as = places.length === 1 && places[0] === path ? 'kept' : 'renamed';
      const why = outcome.why ?? changed(leaf, nodes);
      return { path, at: leaf.at, as, ...(as === 'renamed' ? { to: places } : {}), why };
    }
  }
  const why = outcome.as === 'written' ? 'another key of this file says it already' : outcome.why;
  output.leaveOut(leaf.path, path, texts(leaf.comments));
  return { path, at: leaf.at, as: outcome.as === 'dropped' ? 'dropped' : 'refused', why };
}

/** What becomes of a key in its file. */
export function outcomeOf(leaf: Leaf, plain: unknown): Outcome {
  const treatment = treatmentOf(leaf.path);
  const known = isOfDialect(leaf.path);
  if (known && !treatment.takesEmpty && isEmpty(leaf.value)) return { as: 'dropped', why: NOTHING };
  const outcome = treatment(keyOf(leaf, plain));
  if (outcome.as === 'written' && JSON.stringify(leaf.value ?? '').match(/(?<![$%])[$%]\{/)) {
    return { as: 'refused', why: 'Terraform would evaluate what stands in "${…}": write the value itself' };
  }
  return outcome;
}

/** Says what a name or a figure has become; the values of variables are nobody's business. */
function changed(leaf: Leaf, [written, ...others]: readonly { readonly node: unknown }[]): string | undefined {
  const value = isScalar(written?.node) && others.length === 0 ? written.node.value : undefined;
  const isTold = typeof value === 'number' || typeof value === 'boolean' || leaf.path.at(-1) === 'name';
  return isTold && value !== leaf.value ? `now ${JSON.stringify(value)}` : undefined;
}

function placeText(at: string | readonly string[]): string {
  return typeof at === 'string'
    ? at
    : at.map((step, index) => (step.startsWith('[') || index === 0 ? step : `.${step}`)).join('');
}

function keyOf(leaf: Leaf, plain: unknown): Key {
  const read = readerOf(plain);
  const { path, value, written } = leaf;
  const siblings = path.slice(0, -1).reduce<unknown>(step, plain);
  return { path, pattern: patternOf(path), value, written, beside: (name) => step(siblings, name), read };
}

/** Reads a plain document by dotted paths. */
export function readerOf(plain: unknown): Key['read'] {
  return (path) => path.split('.').reduce<unknown>(step, plain);
}

function step(here: unknown, key: string | number): unknown {
  return typeof here === 'object' && here !== null ? (here as Record<string | number, unknown>)[key] : undefined;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}
