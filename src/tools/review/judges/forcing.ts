import type { AttributeChange, Change } from '../change';
import type { Finding } from '../finding';
import { shownAttribute } from '../shown';

/** What forces a replacement, with its values; where several do, the first one that says something. */
export function forcing(change: Change): Partial<Finding> {
  if (change.action !== 'replace') return {};
  const [first] = change.forcedBy;
  if (first === undefined) return {};
  const [known] = change.forcedBy.flatMap((path) => attributeAt(change, path) ?? []);
  return known ? { ...shownAttribute(known), attribute: first } : { attribute: first };
}

/** The difference that stands at a path, inside of it, or around it. */
function attributeAt({ attributes }: Change, path: string): AttributeChange | undefined {
  const exact = attributes.find((one) => one.path === path);
  return exact ?? attributes.find((one) => lies(one.path, path)) ?? attributes.find((one) => lies(path, one.path));
}

function lies(inner: string, outer: string): boolean {
  return inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
}
