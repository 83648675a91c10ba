import { isScalar } from 'yaml';
import { environmentFile } from '../../spec/environment';
import { check, spell } from '../../spec/load/check';
import { problemsOfText } from '../../spec/load/load';
import { parseYaml } from '../../spec/load/parse-yaml';
import { SpecError } from '../../spec/load/problem';
import { implied } from './implied';
import { isOfDialect, patternOf, treatmentOf } from './keys';
import { nodeOf, plainNode, texts } from './node';
import { notesOn } from './notes';
import { asOurs } from './ours';
import { Output } from './output';
import type { Entry, Report } from './report';
import { type Leaf, readSource } from './source';
import type { Key, Outcome } from './treatments';

/** What a file becomes, and what became of each of its keys. */
export interface Conversion {
  readonly yaml: string;
  readonly report: Report;
}

/** Converts a file of the dialect's older tool; throws a SpecError where there is nothing to convert. `to` is what it will be called. */
export function convert(file: string, text: string, to = file): Conversion {
  const { events, plain } = readSource(file, text);
  refuseOthers(file, text, plain);
  const output = new Output();
  const entries: Entry[] = [];
  for (const event of events) {
    if (event.kind === 'enter') output.enter(event.path, event.node, event.above);
    else if (event.kind === 'leaf') {
      output.above(event.leaf.path, event.above);
      entries.push(convertKey(event.leaf, plain, output));
    } else {
      if (event.path.length === 0)
        for (const { at, value } of implied(readerOf(plain))) output.write(at, plainNode(value));
      output.leave(event.path, event.below);
    }
  }
  const yaml = output.toString();
  const notes = notesOn(readerOf(plain));
  return { yaml, report: { file, entries, notes, problems: problemsOfText(to, yaml) } };
}

function convertKey(leaf: Leaf, plain: unknown, output: Output): Entry {
  const path = spell(leaf.path);
  const outcome = outcomeOf(leaf, plain);
  if (outcome.as === 'written') {
    const nodes = outcome.places.map(({ at, value }) => {
      const written = value === leaf.value ? leaf.written : undefined;
      return { at, ...nodeOf(asOurs(placeText(at), value, written), leaf) };
    });
    for (const { node } of nodes.slice(0, -1)) node.comment = null;
    const rest = nodes.at(-1)?.rest ?? [];
    if (rest.length > 0) output.above(leaf.path, { text: rest.join('\n'), spaced: false });
    const places = nodes.flatMap(({ at, node }) => {
      const place = output.write(at, node, leaf.path);
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

function outcomeOf(leaf: Leaf, plain: unknown): Outcome {
  const treatment = treatmentOf(leaf.path);
  const known = isOfDialect(leaf.path);
  if (known && !treatment.takesEmpty && isEmpty(leaf.value))
    return { as: 'dropped', why: 'nothing is the same as leaving it out' };
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
function readerOf(plain: unknown): Key['read'] {
  return (path) => path.split('.').reduce<unknown>(step, plain);
}

function step(here: unknown, key: string | number): unknown {
  return typeof here === 'object' && here !== null ? (here as Record<string | number, unknown>)[key] : undefined;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** Files that are none of the older dialect's: each in one line. */
function refuseOthers(file: string, text: string, plain: unknown): void {
  const refuse = (message: string) => {
    throw new SpecError([{ at: { file, line: 1, column: 1 }, path: '', message }]);
  };
  const top = Object.keys(plain as object);
  if (
    ['root_domain', 'root_account', 'delegated_zones', 'parent_zones'].filter((key) => top.includes(key)).length > 1
  ) {
    refuse(
      'expected the file of an environment, got the one of the DNS zones: there is none here; each environment has its domain section, and the root’s names the others under domain.delegations',
    );
  }
  const parsed = parseYaml(file, text);
  if ('tree' in parsed && check(environmentFile, parsed.tree).value !== undefined) {
    refuse('nothing to convert: it is an environment file in this language already');
  }
  if (!top.some((key) => isOfDialect([key]))) {
    refuse(`expected an environment file, got one without any key of it (${top.slice(0, 4).join(', ')})`);
  }
}
