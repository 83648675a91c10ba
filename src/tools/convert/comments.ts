import { CST, Lexer } from 'yaml';

/** A comment of a file, its line counted from 1 and its column from 0. */
export interface Comment {
  readonly line: number;
  readonly column: number;

  /** What stands behind the "#". */
  readonly text: string;

  /** Nothing else stands in its line. */
  readonly alone: boolean;
}

/** Lines of comment above something, in the form that the yaml library prints. */
export interface Remark {
  readonly text: string;

  /** An empty line stands above. */
  readonly spaced: boolean;
}

const NONE: Remark = { text: '', spaced: false };

/**
 * The comments of a YAML text by their lines. The library hangs what follows an empty value on that value, whatever it
 * speaks of; where a comment stands tells better.
 */
export class Comments {
  readonly #lines: readonly string[];
  readonly #all: readonly Comment[];
  #next = 0;
  #blank = 0;

  constructor(text: string) {
    this.#lines = text.split('\n');
    this.#all = [...commentsOf(text)];
  }

  /** Takes the comments above `line` that nobody has taken yet, and the empty lines around them. */
  above(line: number): Remark {
    const taken = this.#take((comment) => comment.line < line);
    const remark = this.#remark(taken);
    if (remark === undefined) return { text: '', spaced: this.#isBlank(line - 1) };
    return this.#isBlank(line - 1) ? { ...remark, text: `${remark.text}\n` } : remark;
  }

  /** Takes those that are indented by `indent` or more: they end what stands above them. */
  below(line: number, indent: number): Remark {
    return this.#remark(this.#take((comment) => comment.line < line && comment.column >= indent)) ?? NONE;
  }

  /** Takes the comments of the lines from `first` to `last`, and those below it that are indented by `indent` or more. */
  within(first: number, last: number, end: number, indent: number): readonly Comment[] {
    return this.#take(({ line, column }) => line >= first && (line <= last || (line < end && column >= indent)));
  }

  #remark(taken: readonly Comment[]): Remark | undefined {
    const [first] = taken;
    if (first === undefined) return undefined;
    const text = taken.map((comment, index) => this.#gap(taken[index - 1], comment) + comment.text).join('\n');
    return { text, spaced: this.#isBlank(first.line - 1) };
  }

  #take(wanted: (comment: Comment) => boolean): readonly Comment[] {
    const start = this.#next;
    for (let comment = this.#all[start]; comment && wanted(comment); ) comment = this.#all[++this.#next];
    return this.#all.slice(start, this.#next);
  }

  /** Whether nothing stands in a line; true once for each line, for the first who asks. */
  #isBlank(line: number): boolean {
    if (line <= this.#blank || this.#lines[line - 1]?.trim() !== '') return false;
    this.#blank = line;
    return true;
  }

  #gap(before: Comment | undefined, comment: Comment): string {
    return before && comment.line - before.line > 1 ? '\n' : '';
  }
}

/** Text behind a scalar's mark may begin with "#" and is no comment. */
function* commentsOf(text: string): Iterable<Comment> {
  let line = 1;
  let column = 0;
  let alone = true;
  let scalar = false;
  for (const token of new Lexer().lex(text)) {
    if (token === CST.SCALAR) scalar = true;
    if (token === CST.SCALAR || token === CST.DOCUMENT || token === CST.FLOW_END) continue;
    const comment = !scalar && token.startsWith('#');
    scalar = false;
    if (comment) yield { line, column, text: token.slice(1).trimEnd(), alone };
    const breaks = token.split('\n');
    alone = breaks.length > 1 ? breaks.at(-1)?.trim() === '' : alone && token.trim() === '';
    column = breaks.length > 1 ? (breaks.at(-1) ?? '').length : column + token.length;
    line += breaks.length - 1;
  }
}
