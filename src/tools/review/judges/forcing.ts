import type { AttributeChange, Change } from '../change';
import type { Finding } from '../finding';
import { shownAttribute } from '../shown';

/** What forces a replacement, with its values; where several do, the first one that says something. */
export function forcing(change: Change): Partial<Finding> {
  if (change.action !== 'replace') return {};
  const paths = [...change.forcedBy].sort((one, other) => Number(OWN_NAME.test(other)) - Number(OWN_NAME.test(one)));
  const [first] = paths;
  if (first === undefined) return {};
  const [known] = paths.flatMap((path) => attributeAt(change, path) ?? []);
  if (!known) return { attribute: first };
  return { ...shownAttribute(known), attribute: paths.find((path) => attributeAt(change, path) === known) ?? first };
}

/** Where its own name changes, the names of what is around it mostly change with it. */
const OWN_NAME =
  /^(?:name|identifier|cluster_identifier|replication_group_id|bucket|family|function_name|domain_name)$/;

/** The difference that stands at a path, inside of it, or around it. */
function attributeAt({ attributes }: Change, path: string): AttributeChange | undefined {
  const exact = attributes.find((one) => one.path === path);
  return exact ?? attributes.find((one) => lies(one.path, path)) ?? attributes.find((one) => lies(path, one.path));
}

function lies(inner: string, outer: string): boolean {
  return inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
}
