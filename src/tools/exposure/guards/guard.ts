import { isMap, textsAt, valueAt } from '../../graph/values';

/** A setting that keeps somebody out, or lets one see who came, and when it is weaker than it was. */
export interface Guard {
  readonly types: RegExp;

  /** Where it stands. */
  readonly path: string;

  /** Whether what is there now is weaker than what was. */
  readonly weaker: (before: Values, after: Values) => boolean;

  /** Whether it is one as well where what has it is new: compared with nothing at all. */
  readonly ofNew?: boolean;

  /** Goes on from the name of the thing: `the instance "x"` + ` hands out …`. */
  readonly says: string;
  readonly effect: string;
  readonly advice: string;
}

type Values = Readonly<Record<string, unknown>>;

/** Was on, and is so no longer. */
export function off(path: string): Guard['weaker'] {
  return (before, after) => isOn(valueAt(before, path)) && !isOn(valueAt(after, path));
}

export function on(path: string): Guard['weaker'] {
  return (before, after) => !isOn(valueAt(before, path)) && isOn(valueAt(after, path));
}

/** Was there, and is so no longer. */
export function gone(path: string): Guard['weaker'] {
  return (before, after) => isThere(valueAt(before, path)) && !isThere(valueAt(after, path));
}

/** Had this value, and has another. */
export function was(path: string, strong: string): Guard['weaker'] {
  return (before, after) =>
    valueAt(before, path) === strong && valueAt(after, path) !== strong && valueAt(after, path) !== undefined;
}

/** Has this value, and had another. */
export function becomes(path: string, ...weak: readonly unknown[]): Guard['weaker'] {
  return (before, after) => !weak.includes(valueAt(before, path)) && weak.includes(valueAt(after, path));
}

/** A list of what is guarded that has become shorter. */
export function fewer(path: string): Guard['weaker'] {
  return (before, after) => textsAt(before, path).some((one) => !textsAt(after, path).includes(one));
}

/** A list of whom is let in that has something new in it. */
export function gains(path: string, text: string): Guard['weaker'] {
  return (before, after) => !textsAt(before, path).includes(text) && textsAt(after, path).includes(text);
}

export function smaller(path: string): Guard['weaker'] {
  return (before, after) => Number(valueAt(after, path) ?? Number.NaN) < Number(valueAt(before, path) ?? Number.NaN);
}

export function isOn(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(?:true|enabled?|on)$/i.test(value));
}

function isThere(value: unknown): boolean {
  return (
    value !== undefined &&
    value !== null &&
    value !== '' &&
    value !== false &&
    !(isMap(value) && Object.keys(value).length === 0)
  );
}
