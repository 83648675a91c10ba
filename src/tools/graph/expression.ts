/**
 * What a text of synthesized Terraform says, as far as that is known before a plan: of `${jsonencode(…)}` the JSON, in which
 * references stay as `${aws_sqs_queue.jobs.arn}`; any other text as it is.
 */
export function readExpression(text: string): string {
  const [, value] = /^\$\{jsonencode\((.*)\)\}$/s.exec(text) ?? [];
  return value === undefined ? text : JSON.stringify(new Reader(value).value());
}

/** Addresses and attributes that a text takes values from: `aws_sqs_queue.jobs`, `arn`. */
export function referencesOf(text: string): { readonly to: string; readonly attribute: string }[] {
  const found = [...text.matchAll(/\$\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\}/g)].flatMap(([, inside = '']) => [
    ...inside
      .replace(/"(?:[^"\\]|\\.)*"/g, '""')
      .matchAll(/\b((?:data\.)?(?:aws|random)_\w+\.\w+)(?:\[[^\]]*\])?\.(\w+)/g),
  ]);
  return found.map(([, to = '', attribute = '']) => ({ to, attribute }));
}

/** Reads the values that cdktf writes inside a function call: HCL's literals, with anything else as a reference. */
class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(): unknown {
    this.skip();
    const first = this.text[this.at];
    if (first === '{') return Object.fromEntries(this.items('}', () => this.entry()));
    if (first === '[') return this.items(']', () => this.value());
    if (first === '"') return this.string();
    const word = this.until(/[,\]}]/).trim();
    return /^(?:-?\d[\d.]*|true|false|null)$/.test(word) ? JSON.parse(word) : `\${${word}}`;
  }

  private entry(): [string, unknown] {
    const key = this.string();
    this.skip();
    this.at++; // =
    return [key, this.value()];
  }

  private items<Item>(end: string, read: () => Item): Item[] {
    const items: Item[] = [];
    this.at++;
    for (this.skip(); this.text[this.at] !== end; this.skip()) {
      items.push(read());
      this.skip();
      if (this.text[this.at] === ',') this.at++;
      if (this.at >= this.text.length) throw new Error(`"${end}" is missing in ${this.text}`);
    }
    this.at++;
    return items;
  }

  /** A string's escapes are JSON's, outside of `${…}`. */
  private string(): string {
    const [whole = '""', body = ''] = this.match(/"((?:\$\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\}|[^"\\]|\\.)*)"/y) ?? [];
    this.at += whole.length;
    return body
      .split(/(?<!\$)(\$\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})/)
      .map((piece, index) => (index % 2 === 1 ? piece : unescaped(piece)))
      .join('');
  }

  /** An expression ends where what surrounds it goes on: not inside its own brackets and strings. */
  private until(end: RegExp): string {
    const start = this.at;
    for (let depth = 0; this.at < this.text.length; this.at++) {
      const here = this.text[this.at] ?? '';
      if (here === '"') this.at += (this.match(/"(?:[^"\\]|\\.)*"/y)?.[0].length ?? 1) - 1;
      else if (depth === 0 && end.test(here)) break;
      else if ('([{'.includes(here)) depth++;
      else if (')]}'.includes(here)) depth--;
    }
    return this.text.slice(start, this.at);
  }

  private skip(): void {
    this.at += this.match(/\s*/y)?.[0].length ?? 0;
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text);
  }
}

function unescaped(text: string): string {
  return JSON.parse(`"${text.replaceAll('\n', '\\n')}"`).replaceAll('$${', '${');
}
