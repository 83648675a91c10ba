import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  type ParsedNode,
  parseAllDocuments,
} from 'yaml';
import type { Position, Problem } from './problem';
import type { Entry, Tree } from './tree';

const DEEPEST = 50; // our own files have six levels
const LOST = 'UNEXPECTED_TOKEN';
const TOO_DEEP = `expected at most ${DEEPEST} levels, one within the other, got more: this is no environment file`;

/** What a file turned out to be: a tree, or the reasons why it is none. */
type Parsed =
  | { readonly tree: Tree; readonly problems: readonly Problem[] }
  | { readonly problems: readonly Problem[] };

/** Reads YAML 1.2 with the place of every key and value; what would make a place ambiguous (aliases, tags) is refused. */
export function parseYaml(file: string, text: string): Parsed {
  const reader = new Reader(file, new LineCounter(), text);
  const document = reader.document();
  if (document === undefined) return { problems: reader.problems };
  const tree = reader.read(document.contents);
  if (reader.problems.length > 0) return { problems: reader.problems };
  return { tree, problems: [] };
}

/** The one document of a file with its comments, and the place of an offset in it; or the reasons why there is none. */
export function parseDocument(
  file: string,
  text: string,
):
  | { readonly document: Document.Parsed<ParsedNode, false>; readonly at: (offset: number) => Position }
  | { readonly problems: readonly Problem[] } {
  const reader = new Reader(file, new LineCounter(), text);
  const document = reader.document();
  return document === undefined ? { problems: reader.problems } : { document, at: (offset) => reader.at(offset) };
}

class Reader {
  readonly problems: Problem[] = [];

  constructor(
    private readonly file: string,
    private readonly lines: LineCounter,
    private readonly text: string,
  ) {}

  /** The only document, if it is YAML and holds something. */
  document(): Document.Parsed<ParsedNode, false> | undefined {
    const { lines, text } = this;
    const documents = parseAllDocuments<ParsedNode, false>(text, {
      lineCounter: lines,
      prettyErrors: false,
      version: '1.2',
    });
    if ('empty' in documents || documents.length === 0) return this.refuseEmpty();
    const [document, second] = documents;
    if (document === undefined) return this.refuseEmpty();
    if (second !== undefined) {
      this.report(
        second.range[0],
        'expected one document in the file, got a second one after "---": give each environment its own file',
      );
    }
    for (const { code, message, pos } of withoutConsequences(document.errors))
      this.report(pos[0], explain(code, message, text, pos[0]));
    if (this.problems.length > 0) return undefined;
    const { contents } = document;
    if (contents === null || (isScalar(contents) && contents.value === null)) return this.refuseEmpty();
    return document;
  }

  read(node: Node, depth = 1): Tree {
    const at = this.at(node.range?.[0] ?? 0);
    if (isAlias(node)) {
      this.report(
        node.range?.[0],
        `expected a value, got the alias "*${node.source}": aliases are not read; what environments share goes into base.yaml`,
      );
      return { kind: 'scalar', at, value: null };
    }
    if (node.tag !== undefined) {
      const tag = node.tag.replace('tag:yaml.org,2002:', '!!');
      this.report(node.range?.[0], `expected plain YAML, got the tag "${tag}": remove it`);
      return { kind: 'scalar', at, value: null };
    }
    if (depth > DEEPEST) {
      this.report(node.range?.[0], TOO_DEEP);
      return { kind: 'scalar', at, value: null };
    }
    if (isMap(node)) {
      return { kind: 'map', at, entries: new Map(node.items.flatMap((pair) => this.entry(pair, depth))) };
    }
    if (isSeq(node)) return { kind: 'list', at, items: node.items.map((item) => this.read(item as Node, depth + 1)) };
    const value = isScalar(node) ? node.value : null;
    if (typeof value === 'string') this.refuseExpression(value, node.range?.[0]);
    return { kind: 'scalar', at, value: value as string | number | boolean | null };
  }

  private entry(pair: Pair, depth: number): [string, Entry][] {
    const { key, value } = pair as Pair<Node, Node | null>;
    const keyAt = this.at(key.range?.[0] ?? 0);
    if (!isScalar(key) || (typeof key.value !== 'string' && typeof key.value !== 'number')) {
      const got = isScalar(key)
        ? (key.value ?? 'nothing')
        : isAlias(key)
          ? 'an alias'
          : isMap(key)
            ? 'a map'
            : 'a list';
      this.report(key.range?.[0], `expected a plain word as key, got ${String(got)}`);
      return [];
    }
    if (key.value === '__proto__') {
      this.report(key.range?.[0], 'expected another key than "__proto__"');
      return [];
    }
    if (key.value === '<<') {
      this.report(
        key.range?.[0],
        'expected a key, got the merge key "<<": it is not read; what environments share goes into base.yaml',
      );
      return [];
    }
    if (typeof key.value === 'string') this.refuseExpression(key.value, key.range?.[0]);
    const read: Tree = value === null ? { kind: 'scalar', at: keyAt, value: null } : this.read(value, depth + 1);
    return [[String(key.value), { keyAt, value: read }]];
  }

  /** Terraform evaluates `${…}` and `%{…}` in every text of its JSON and HCL. */
  private refuseExpression(value: string, offset: number | undefined): void {
    const found = /(?<![$%])(?:\$\$)*(?:%%)*([$%]\{)/.exec(value);
    if (found === null) return;
    const opening = found[1] ?? '${';
    this.report(
      offset,
      `expected text, got ${JSON.stringify(value)}: terraform would evaluate "${opening}"; write "${opening[0]}${opening}" for the characters themselves`,
    );
  }

  report(offset: number | undefined, message: string): void {
    this.problems.push({ at: this.at(offset ?? 0), path: '', message });
  }

  private refuseEmpty(): undefined {
    const lines = this.text.split('\n').map((line) => line.trim());
    const onlyComments = lines.every((line) => line === '' || line.startsWith('#'));
    const what =
      this.text.trim() === '' ? 'an empty file' : onlyComments ? 'nothing but comments' : 'an empty document';
    this.report(0, `expected a map of sections such as "region: us-east-1", got ${what}`);
  }

  at(offset: number): Position {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

/** Once lost, the YAML library stumbles over every word that follows: the first of these says it all. */
function withoutConsequences<Error extends { readonly code: string; readonly pos: readonly [number, number] }>(
  errors: readonly Error[],
): readonly Error[] {
  const first = errors.find(({ code }) => code === LOST);
  return first ? errors.filter((error) => error === first || error.pos[0] < first.pos[0]) : errors;
}

/** The YAML library's reasons in a user's words. */
function explain(code: string, message: string, text: string, offset: number): string {
  if (code === 'DUPLICATE_KEY') {
    const key = /^(["']?)([^\s:]+)\1/.exec(text.slice(offset))?.[2] ?? '';
    return `key "${key}" stands here a second time: keep one of the two`;
  }
  if (code === 'TAB_AS_INDENT' || text[offset] === '\t')
    return 'expected spaces, got a tab: YAML indents with spaces only';
  if (message.startsWith('Unexpected flow-map-start'))
    return 'not YAML: expected quotes around a text with "{" in it, which begins a map in this place';
  if (message.startsWith('Missing closing')) return 'not YAML: a quote is opened and never closed';
  if (message.startsWith('Nested mappings')) {
    return 'expected one value, got a second ": " in the same line: put text with ": " in it in quotes';
  }
  if (message.startsWith('All mapping items')) return 'expected the same indentation as the other keys of this map';
  const closing = /^Flow .* end with a ([\]}])/.exec(message)?.[1];
  if (closing !== undefined) {
    return `expected "${closing}" to close "${closing === ']' ? '[' : '{'}", on a line that is indented deeper than the key before it`;
  }
  if (message.includes('call stack')) return TOO_DEEP;
  return `not YAML: ${message.charAt(0).toLowerCase()}${message.slice(1).replace(/\.$/, '').split('\n')[0]}`;
}
