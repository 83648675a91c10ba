import { withoutLiveKeys } from './live-keys';

/** What stands for a value that nobody may see. */
export const SENSITIVE = '(sensitive value)';

/** Shorter texts stand in a plan for other reasons as well: masking them wherever they stand would make it unreadable. */
const SHORTEST = 6;

/** Kept to find out whether a whole value is one; shorter ones, such as "on", are the value of half of all arguments. */
const SHORTEST_WHOLE = 3;

/** Takes sensitive texts out of others, however they are written there: as they are, in JSON, in a URL or in base64. */
export class Mask {
  readonly #whole: ReadonlySet<string>;

  /** What is looked for, by its first characters. */
  readonly #parts = new Map<string, string[]>();
  readonly #starts = new Set<number>();

  constructor(sensitive: Iterable<string> = []) {
    const texts = [...new Set(sensitive)].filter((text) => text.length >= SHORTEST_WHOLE);
    this.#whole = new Set(texts);
    const written = new Set(texts.filter((text) => text.length >= SHORTEST).flatMap(spellings));
    for (const text of [...written].sort((one, other) => other.length - one.length)) {
      const start = text.slice(0, SHORTEST);
      this.#starts.add(text.charCodeAt(0));
      const known = this.#parts.get(start);
      if (known) known.push(text);
      else this.#parts.set(start, [text]);
    }
  }

  /** A text without what is sensitive. */
  text(text: string): string {
    if (this.#whole.has(text)) return SENSITIVE;
    const known = this.#parts.size === 0 ? text : this.#withoutParts(text);
    return withoutLiveKeys(known, SENSITIVE);
  }

  /** The same of all texts in a value, and of those whose name says that they are secret. */
  value(value: unknown, name = ''): unknown {
    if (typeof value === 'string') return isSecret(name, value) ? SENSITIVE : this.text(value);
    if (Array.isArray(value)) return value.map((one) => this.value(one, name));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    // An environment variable of a container: { "name": "PASSWORD", "value": "…" }.
    const named = 'name' in value && 'value' in value && typeof value.name === 'string' ? value.name : undefined;
    return Object.fromEntries(
      entries.map(([key, inner]) => [this.text(key), this.value(inner, key === 'value' ? (named ?? key) : key)]),
    );
  }

  #withoutParts(text: string): string {
    let clean = '';
    let copied = 0;
    for (let at = 0; at + SHORTEST <= text.length; at++) {
      if (!this.#starts.has(text.charCodeAt(at))) continue;
      const found = this.#parts.get(text.slice(at, at + SHORTEST))?.find((part) => text.startsWith(part, at));
      if (found === undefined) continue;
      clean += text.slice(copied, at) + SENSITIVE;
      at += found.length - 1;
      copied = at + 1;
    }
    return copied === 0 ? text : clean + text.slice(copied);
  }
}

/** Whether a value is secret by the name that it has: not where it says only where the secret lies, or is a plain setting. */
export function isSecret(name: string, value: string): boolean {
  return namesSecret(name) && !isReference(value) && !isSetting(value);
}

/** Whether a variable is named like one that holds a secret: `DB_PASSWORD`, `stripe_api_key`. */
function namesSecret(name: string): boolean {
  return /passw(?:or)?d|passphrase|(?:^|_)secret(?:$|_(?:key|access_key|value|string)$)|(?:^|_)(?:auth_|access_|api_|bearer_|refresh_|client_)?(?:token|credentials?)$|(?:api|private|signing|access|encryption)_?key$/i.test(
    name.replace(/([a-z])([A-Z])/g, '$1_$2'),
  );
}

/** Whether a text is written as keys and passwords are, and as no word, address or path: long, and mixed of all kinds. */
export function looksSecret(text: string): boolean {
  const form = /^[\w+=~!@#$%^&*-]{12,}$|^[\w+/=]{32,}$/.test(text) && !isReference(text);
  return form && /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
}

/** Names where a secret lies, and is none. */
function isReference(text: string): boolean {
  return text === '' || text.startsWith('arn:') || /^[/$]/.test(text);
}

/** `PASSWORD_MIN_LENGTH=8`: nobody's password is that short. */
function isSetting(text: string): boolean {
  return /^(?:\d{1,3}|true|false|yes|no|on|off)$/i.test(text);
}

function spellings(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  return [text, json, JSON.stringify(json).slice(1, -1), encodeURIComponent(toWellFormed(text)), ...inBase64(text)];
}

/** In base64 a text looks different by where it begins in its three bytes; what its neighbours decide is left away. */
function inBase64(text: string): string[] {
  return [0, 1, 2]
    .map((shift) => {
      const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]);
      const whole = bytes.toString('base64').replace(/=+$/, '');
      const start = Math.ceil((shift * 8) / 6);
      return whole.slice(start, Math.floor((bytes.length * 8) / 6));
    })
    .filter((part) => part.length >= SHORTEST);
}

function toWellFormed(text: string): string {
  return Buffer.from(text).toString();
}
