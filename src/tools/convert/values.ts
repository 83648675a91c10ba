import { type Convert, textOf } from './treatments';

/** A name of ours: small letters, digits and dashes, a letter first. */
export const named: Convert = (value) =>
  textOf(value)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '') || value;

/** A command as a list: it comes as a list, as JSON in a string, or as words in a string. */
export const command: Convert = (value) => {
  if (Array.isArray(value)) return value.map(textOf);
  const text = textOf(value).trim();
  return fromJson(text) ?? words(text);
};

/** "16" of "16.x": a major version follows its newest minor one. */
export const engineVersion: Convert = (value, { written }) =>
  typeof value === 'object' ? value : (written ?? textOf(value)).replace(/\.x$/i, '');

/** An account id with its leading zeros, which are lost where YAML reads it as a number. */
export const accountId: Convert = (value, { written }) =>
  typeof value === 'object' ? value : (written ?? textOf(value)).replace(/[\s-]/g, '').padStart(12, '0');

/** The text of an environment variable, as a container sees it. */
export const variable: Convert = (value, { written }) =>
  typeof value === 'string' || (typeof value === 'object' && value !== null) ? value : (written ?? textOf(value));

/** Days of seconds, or the seconds where they are no whole days. */
export const days: Convert = (value) => (Number(value) % 86_400 === 0 ? Number(value) / 86_400 : value);

function fromJson(text: string): unknown {
  if (!text.startsWith('[')) return undefined;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.map(textOf) : undefined;
  } catch {
    return undefined;
  }
}

/** Words as a shell would part them, quotes kept together. */
function words(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  );
}
