import { Document, isMap, isSeq, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { spell } from '../../spec/load/check';
import type { Remark } from './comments';
import { stepsOf } from './ours';
import type { Path } from './source';
import type { Place } from './treatments';

/** Lines of comment that wait for what they will stand above. */
interface Waiting extends Remark {
  /** How deep it was in the source what they stood above. */
  readonly depth: number;

  /** The path of that, until it is known to be left out. */
  readonly owner: string | undefined;
}

/** Something that was written, and may get a comment above it. */
interface Fresh {
  readonly anchor: Node;
  readonly depth: number;
}

/** The environment file that a conversion writes, with the comments of its source. */
export class Output {
  readonly #document = new Document(new YAMLMap());
  readonly #containers = new Map<string, YAMLMap | YAMLSeq>();
  readonly #items = new Map<string, number>();
  readonly #inline = new Set<string>();
  #waiting: Waiting[] = [];
  #isStart = true;

  /** A map or list of the source: what comes of it is written in one line where that was. */
  enter(path: Path, { flow }: YAMLMap | YAMLSeq, above: Remark): void {
    if (flow) this.#inline.add(path.join('/'));
    this.above(path, above);
  }

  /** Comments above something of the source. */
  above(path: Path, remark: Remark): void {
    const isStart = this.#isStart;
    this.#isStart = false;
    if (remark.text === '' && !remark.spaced) return;
    if (isStart && remark.text.endsWith('\n')) {
      this.#document.commentBefore = remark.text.trimEnd();
      return;
    }
    this.#waiting.push({ ...remark, depth: path.length, owner: path.join('/') });
  }

  /** Comments at the end of a map or list of the source; those of what was left out in it go no further. */
  leave(path: Path, below: Remark): void {
    const depth = Math.max(path.length, 1);
    const inside = this.#waiting.filter((waiting) => waiting.depth >= depth && waiting.text !== '');
    this.#waiting = this.#waiting.filter((waiting) => waiting.depth < depth);
    const owner = path.join('/');
    const nothing = path.length > 0 && inside.some((waiting) => waiting.owner === owner);
    const mark = nothing ? [{ text: ` not converted: ${spell(path)}`, spaced: false }] : [];
    const { text, spaced } = together([...inside, ...(below.text === '' ? [] : [below]), ...mark]);
    if (text === '') return;
    const container = this.#containers.get(owner);
    if (path.length === 0 && spaced) this.#document.comment = text;
    else if (path.length === 0) (this.#document.contents as YAMLMap).comment = text;
    else if (container) container.comment = joined(container.comment, text);
    else this.#waiting.push({ text, spaced, depth: path.length, owner: undefined });
  }

  /** The comments of a key that is not written stay, with its name below them. */
  leaveOut(path: Path, name: string, comments: readonly string[]): void {
    const owner = path.join('/');
    const above = this.#waiting.filter((waiting) => waiting.owner === owner && waiting.text !== '');
    this.#waiting = this.#waiting.filter((waiting) => waiting.owner !== owner);
    if (above.length === 0 && comments.length === 0) return;
    const own = [...comments, ` not converted: ${name}`].map((text) => ({ text, spaced: false }));
    this.#waiting.push({ ...together([...above, ...own]), depth: path.length, owner: undefined });
  }

  /** Writes a value and gives the path where it stands now, or undefined where another value stands already. */
  write(at: Place['at'], value: Node, source?: Path, comments: readonly string[] = []): Path | undefined {
    const steps = typeof at === 'string' ? stepsOf(at) : at;
    const origins = originsOf(source ?? []).slice(-steps.filter((step) => step === '[]').length);
    const fresh: Fresh[] = [];
    const path: (string | number)[] = [];
    let here: unknown = this.#document.contents;
    for (const [index, step] of steps.entries()) {
      if (!isMap(here) && !isSeq(here)) return undefined;
      const origin = step === '[]' ? origins.shift() : step.replace(/^\[|\]$/g, '');
      const key = step.startsWith('[') ? this.#index(path, origin, here as YAMLSeq) : step;
      path.push(key);
      const found: unknown = here.get(key, true);
      const last = index === steps.length - 1;
      if (last && found !== undefined) return undefined;
      if (found === undefined) {
        const made = last ? value : this.#container(steps[index + 1], step.startsWith('[') ? origin : path.join('/'));
        fresh.push({ anchor: add(here, key, made), depth: path.length });
        here = made;
      } else here = found;
    }
    if (comments.length > 0) this.above(source ?? [], { text: comments.join('\n'), spaced: false });
    if (source) this.#placeComments(fresh);
    return path;
  }

  toString(): string {
    return this.#document.toString({ lineWidth: 0, flowCollectionPadding: false });
  }

  /** Each item of a list is one of the source, or of its own; `+` is another one every time. */
  #index(path: Path, origin: string | undefined, list: YAMLSeq): number {
    if (origin === '+') return list.items.length;
    const item = `${path.join('/')} ${origin}`;
    const index = this.#items.get(item) ?? list.items.length;
    this.#items.set(item, index);
    return index;
  }

  #container(next: string | undefined, source: string | undefined): YAMLMap | YAMLSeq {
    const made = next?.startsWith('[') ? new YAMLSeq() : new YAMLMap();
    if (source === undefined) return made;
    if (this.#inline.has(source)) made.flow = true;
    this.#containers.set(source, made);
    return made;
  }

  /** A comment stands above the outermost new thing that is as deep as what it stood above. */
  #placeComments(fresh: readonly Fresh[]): void {
    for (const { text, spaced, depth } of this.#waiting) {
      const { anchor } = fresh.find((each) => each.depth >= depth) ?? (fresh.at(-1) as Fresh);
      if (anchor.commentBefore) anchor.commentBefore = joined(anchor.commentBefore, spaced ? `\n${text}` : text);
      else if (text !== '') anchor.commentBefore = text;
      if (spaced && (anchor.commentBefore === text || text === '')) anchor.spaceBefore = true;
    }
    this.#waiting = [];
  }
}

/** Comments one below the other, with the empty lines between them. */
function together(remarks: readonly Remark[]): Remark {
  const texts = remarks.map(({ text, spaced }, index) => (spaced && index > 0 ? '\n' : '') + text.trimEnd());
  return { text: texts.join('\n'), spaced: remarks[0]?.spaced ?? false };
}

function joined(before: string | null | undefined, text: string): string {
  return before ? `${before}\n${text}` : text;
}

/** Adds a value and gives the node that comments stand above. */
function add(to: YAMLMap | YAMLSeq, key: string | number, value: Node): Node {
  if (isSeq(to)) {
    to.items.push(value);
    return value;
  }
  const name = new Scalar(key);
  to.items.push(new Pair(name, value));
  return name;
}

/** The items that a key of the source stands in, outermost first. */
function originsOf(path: Path): string[] {
  return path.flatMap((step, index) => (typeof step === 'number' ? [path.slice(0, index + 1).join('/')] : []));
}
