import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type ParsedNode,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { parseDocument } from '../../spec/load/parse-yaml';
import { type Position, SpecError } from '../../spec/load/problem';
import { type Comment, Comments, type Remark } from './comments';

/** Keys and indexes from the top of a file. */
export type Path = readonly (string | number)[];

/** A key that holds a value of its own: text, a number, a flag, nothing, or a list of such values. */
export interface Leaf {
  readonly path: Path;
  readonly at: Position;
  readonly value: unknown;
  readonly node: Node | null;

  /** A scalar as it is written, without quotes: what a number was before YAML read it. */
  readonly written: string | undefined;

  /** The line of each item of a list. */
  readonly lines: readonly number[];

  /** Comments from its key to the end of its value. */
  readonly comments: readonly Comment[];
}

/** What stands in a file, in its order. */
export type Event =
  | { readonly kind: 'enter'; readonly path: Path; readonly node: YAMLMap | YAMLSeq; readonly above: Remark }
  | { readonly kind: 'leaf'; readonly leaf: Leaf; readonly above: Remark }
  | { readonly kind: 'leave'; readonly path: Path; readonly below: Remark };

const DEEPEST = 50;

/** Reads a file as a list of events and as a plain value; throws a SpecError for what can't be read key by key. */
export function readSource(file: string, text: string): { readonly events: readonly Event[]; readonly plain: unknown } {
  const parsed = parseDocument(file, text);
  if ('problems' in parsed) throw new SpecError(parsed.problems);
  const { document, at } = parsed;
  const reader = new Reader(at, new Comments(text));
  const { contents } = document;
  if (!isMap(contents)) {
    const got = isSeq(contents) ? 'a list' : 'a single value';
    reader.refuse(contents, `expected a map of sections such as "region: us-east-1", got ${got}`);
  }
  const events = [...reader.collection([], contents as YAMLMap, Number.POSITIVE_INFINITY)];
  return { events, plain: document.toJS() };
}

class Reader {
  constructor(
    private readonly at: (offset: number) => Position,
    private readonly comments: Comments,
  ) {}

  /** A map, or a list with maps or lists in it; `end` is the line of what follows. */
  *collection(path: Path, node: YAMLMap | YAMLSeq, end: number): Iterable<Event> {
    if (path.length > DEEPEST) this.refuse(node, `expected at most ${DEEPEST} levels, one within the other, got more`);
    const children = isMap(node)
      ? node.items.map((pair) => this.entry(pair))
      : node.items.map((item, index) => ({ step: index, anchor: item as Node, value: item as Node | null }));
    for (const [index, { step, anchor, value }] of children.entries()) {
      const next = children[index + 1]?.anchor;
      const follows = next ? this.place(next).line : end;
      yield* this.child([...path, step], anchor, value, follows, node.flow === true);
    }
    yield { kind: 'leave', path, below: this.below(path, node, children[0]?.anchor, end) };
  }

  /** What is written in one line has its comment behind it, all else below. */
  private below(path: Path, node: YAMLMap | YAMLSeq, first: Node | undefined, end: number): Remark {
    if (node.flow) {
      const behind = this.comments.within(0, this.lastLine(node), 0, 0);
      return { text: behind.map(({ text }) => text).join('\n'), spaced: false };
    }
    const indent = path.length === 0 || !first ? 0 : this.place(first).column - (isSeq(node) ? 3 : 1);
    return this.comments.below(end, indent);
  }

  private *child(path: Path, anchor: Node, value: Node | null, end: number, inLine: boolean): Iterable<Event> {
    if (isAlias(value))
      this.refuse(value, `expected a value, got the alias "*${value.source}": write out what it stands for`);
    if (value?.tag !== undefined)
      this.refuse(
        value,
        `expected plain YAML, got the tag "${value.tag.replace('tag:yaml.org,2002:', '!!')}": remove it`,
      );
    const { line, column } = this.place(anchor);
    const above = this.comments.above(line);
    if ((isMap(value) && value.items.length > 0) || (isSeq(value) && value.items.some(isFilled))) {
      const inside = value.flow || this.place(value).line === line;
      const opening = inside ? [] : this.comments.within(line, line, line, 0);
      yield { kind: 'enter', path, node: value, above: merge(above, opening) };
      yield* this.collection(path, value, end);
      return;
    }
    const last = value ? Math.max(line, this.lastLine(value)) : line;
    const written = isScalar(value) ? ((value as { source?: string }).source ?? String(value.value)) : undefined;
    const leaf = {
      path,
      at: this.place(anchor),
      value: plainOf(value),
      node: value,
      written,
      lines: isSeq(value) ? value.items.map((item) => this.place(item as Node).line) : [],
      comments: inLine ? [] : this.comments.within(line, last, end, column),
    };
    yield { kind: 'leaf', leaf, above };
  }

  private entry(pair: Pair): { step: string; anchor: Node; value: Node | null } {
    const { key, value } = pair as Pair<ParsedNode, ParsedNode | null>;
    if (
      !isScalar(key) ||
      !['string', 'number', 'boolean'].includes(typeof key.value) ||
      key.value === '<<' ||
      key.value === '__proto__'
    ) {
      this.refuse(
        key,
        `expected a plain word as key, got ${isScalar(key) ? JSON.stringify(key.value) : 'something else'}: write out what it stands for`,
      );
    }
    return { step: String((key as { value: unknown }).value), anchor: key, value };
  }

  private lastLine(node: Node): number {
    return this.at(Math.max((node.range?.[1] ?? 1) - 1, 0)).line;
  }

  private place(node: Node): Position {
    return this.at(node.range?.[0] ?? 0);
  }

  refuse(node: Node, message: string): never {
    throw new SpecError([{ at: this.place(node), path: '', message }]);
  }
}

/** A comment behind the key of a section goes above it. */
function merge({ text, spaced }: Remark, opening: readonly Comment[]): Remark {
  return { text: [text, ...opening.map((comment) => comment.text)].filter((line) => line !== '').join('\n'), spaced };
}

/** What makes a list one of things that have keys of their own. */
function isFilled(item: unknown): boolean {
  return (isMap(item) || isSeq(item)) && item.items.length > 0;
}

function plainOf(node: Node | null): unknown {
  if (isSeq(node)) return node.items.map((item) => plainOf(item as Node));
  if (isMap(node)) return {};
  return isScalar(node) ? node.value : null;
}
