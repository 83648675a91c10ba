/** What Terraform's JSON holds: arguments, attributes, or trees of marks in the same shape. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * What stands at a path such as `vpc_config.subnet_ids`, through all blocks and elements of lists on the way; lists at its end
 * are taken apart too.
 */
export function valuesAt(value: unknown, path: string): unknown[] {
  return path
    .split('.')
    .reduce<unknown[]>((found, key) => elements(found).flatMap((one) => at(one, key) ?? []), [value])
    .flatMap((one) => elements([one]));
}

/** The texts among them. */
export function textsAt(value: unknown, path: string): string[] {
  return valuesAt(value, path).filter((one) => typeof one === 'string');
}

/** The first of them, for what there is one of. */
export function valueAt(value: unknown, path: string): unknown {
  return valuesAt(value, path)[0];
}

/** Whether a tree of marks (`after_unknown`, `sensitive_values`) marks what stands at a path, a part of it, or the whole around it. */
export function isMarked(marks: unknown, path: string): boolean {
  const [key = '', ...rest] = path.split('.');
  if (marks === true) return true;
  if (Array.isArray(marks)) return marks.some((one) => isMarked(one, path));
  if (!isMap(marks) || !Object.hasOwn(marks, key)) return false;
  return rest.length === 0 ? holdsMark(marks[key]) : isMarked(marks[key], rest.join('.'));
}

export function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function holdsMark(marks: unknown): boolean {
  if (typeof marks !== 'object' || marks === null) return marks === true;
  return Object.values(marks).some(holdsMark);
}

function elements(values: readonly unknown[]): unknown[] {
  return values.flatMap((one) => (Array.isArray(one) ? elements(one) : [one]));
}

function at(value: unknown, key: string): unknown {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
