import { nearest } from '../../spec/load/nearest';
import { ours } from './ours';
import type { Path } from './source';
import { dataKeys } from './table/data';
import { edgeKeys } from './table/edge';
import { flatKeys } from './table/flat';
import { messageKeys } from './table/messages';
import { rootKeys } from './table/root';
import { serviceKeys } from './table/services';
import { taskKeys } from './table/tasks';
import { workloadKeys } from './table/workload';
import { kept, refused, type Table, type Treatment } from './treatments';

/** Every key of the dialect, in all its spellings. */
export const keys: Table = Object.assign(Object.create(null), {
  ...rootKeys,
  ...workloadKeys,
  ...serviceKeys,
  ...dataKeys,
  ...messageKeys,
  ...taskKeys,
  ...edgeKeys,
  ...flatKeys,
});

/** `services[].cpu`: a path with `[]` for every position. */
export function patternOf(path: Path): string {
  return path.map((step, index) => (typeof step === 'number' ? '[]' : `${index === 0 ? '' : '.'}${step}`)).join('');
}

/** How a key is converted: as the table says, as it is where it is one of ours, and not at all where nobody knows it. */
export function treatmentOf(path: Path): Treatment {
  return fromTable(path) ?? (ours(patternOf(path)) ? kept() : unknown(path));
}

/** Whether the dialect has the key, or anything below it. */
export function isOfDialect(path: Path): boolean {
  const pattern = patternOf(path);
  return (
    fromTable(path) !== undefined ||
    Object.keys(keys).some((key) => /^[.[]/.test(key.slice(pattern.length)) && key.startsWith(pattern))
  );
}

function fromTable(path: Path): Treatment | undefined {
  const parent = path.slice(0, -1);
  const direct =
    keys[patternOf(path)] ?? (typeof path.at(-1) === 'string' ? keys[`${patternOf(parent)}.*`] : undefined);
  if (direct !== undefined) return direct;
  for (let length = path.length; length > 0; length--) {
    const whole = keys[`${patternOf(path.slice(0, length))}.**`];
    if (whole !== undefined) return whole;
  }
  return undefined;
}

function unknown(path: Path): Treatment {
  const written = patternOf(path);
  const known = Object.keys(keys).filter((key) => !key.endsWith('*'));
  const meant = nearest(written, known);
  const last = String(path.at(-1));
  const elsewhere = known.find((key) => key.endsWith(`.${last}`));
  const advice =
    meant !== undefined
      ? `did you mean "${meant}"?`
      : elsewhere !== undefined
        ? `the dialect has it as ${elsewhere}`
        : 'nothing is called so in the dialect or here';
  return refused(`unknown key: ${advice}`);
}
