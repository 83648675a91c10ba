import { type Reference, type Resource, type ResourceGraph, withoutKeys } from '../../graph/resource-graph';
import { isMarked, textsAt, valuesAt } from '../../graph/values';
import type { Source } from '../path';
import { isCidr } from './cidr';
import type { Block } from './security-groups';
import { sourceOfCidr, undecided } from './source';

/** Whom a rule lets through by their addresses: ranges and prefix lists. */
export function addressSources(
  graph: ResourceGraph,
  holder: Resource,
  { block, marks, path }: Block,
): readonly Source[] {
  const ranges = RANGES.flatMap((key) =>
    ofArgument(graph, { holder, path: path + key, values: block[key], marks, key }),
  );
  const lists = LISTS.flatMap((key) => {
    const texts = textsAt(block, key).filter((text) => text !== '');
    const found = texts.flatMap((text) => prefixList(graph, holder, path + key, text));
    return texts.length === 0 && isMarked(marks, key) ? prefixList(graph, holder, path + key, '') : found;
  });
  return [...ranges, ...lists];
}

/** The prefix lists of the stack that a rule names. */
export function listsNamed(graph: ResourceGraph, holder: Resource, { block, path }: Block): readonly Resource[] {
  return LISTS.filter((key) => block[key] !== undefined).flatMap((key) =>
    LIST_TYPES.flatMap((type) => {
      const said = textsAt(block, key).flatMap((text) => graph.named(type, text));
      return said.length > 0 ? said : graph.linked(holder, path + key, type);
    }),
  );
}

/** Standalone rules of both generations, and rules in groups. */
const RANGES = ['cidr_ipv4', 'cidr_ipv6', 'cidr_blocks', 'ipv6_cidr_blocks'];
const LISTS = ['prefix_list_id', 'prefix_list_ids'];

interface Argument {
  readonly holder: Resource;
  readonly path: string;
  readonly key: string;
  readonly values: unknown;
  readonly marks: unknown;
}

function ofArgument(graph: ResourceGraph, { holder, path, values, marks, key }: Argument): readonly Source[] {
  const texts = valuesAt({ values }, 'values').filter((one): one is string => typeof one === 'string' && one !== '');
  const found = texts.flatMap((text) => (isCidr(text) ? sourceOfCidr(text) : referred(graph, holder, path, text)));
  return texts.length === 0 && isMarked(marks, key) ? referred(graph, holder, path, '') : found;
}

/** Ranges that are taken from elsewhere. */
function referred(graph: ResourceGraph, holder: Resource, path: string, text: string): readonly Source[] {
  const at = text.includes('each.') ? 'for_each' : path;
  const references = holder.references.filter((one) => one.path === at && (at === 'for_each' || named(one, text)));
  if (references.length === 0) return [undecided(`${path} of ${holder.address}`)];
  return references.map((reference) => rangeOf(graph, reference, `${path} of ${holder.address}`));
}

function named({ to }: Reference, text: string): boolean {
  return text === '' || text.includes(to);
}

function rangeOf(graph: ResourceGraph, { to, attribute }: Reference, where: string): Source {
  const [, type = ''] = /(?:^|\.)(aws_\w+)\.[^.]+$/.exec(withoutKeys(to)) ?? [];
  if (NETWORKS.includes(type)) {
    const known = attribute === undefined ? undefined : graph.get(to)?.values[attribute];
    return typeof known === 'string' && isCidr(known)
      ? sourceOfCidr(known)
      : { kind: 'private', name: `the addresses of ${to}` };
  }
  return ADDRESSES.includes(type) ? { kind: 'range', name: `the address of ${to}` } : undecided(where);
}

const NETWORKS = [
  'aws_vpc',
  'aws_default_vpc',
  'aws_subnet',
  'aws_default_subnet',
  'aws_vpc_ipv4_cidr_block_association',
];
const ADDRESSES = ['aws_eip', 'aws_nat_gateway', 'aws_instance'];

function prefixList(graph: ResourceGraph, holder: Resource, path: string, text: string): readonly Source[] {
  const [list] = LIST_TYPES.flatMap((type) => {
    const said = graph.named(type, text);
    return said.length > 0 ? said : graph.linked(holder, path, type);
  });
  const known = KNOWN_LISTS.get(text) ?? String(list?.values['name'] ?? '');
  if (known.includes('cloudfront.origin-facing')) return [CLOUDFRONT];
  const entries = list ? textsAt(list.values, 'entry.cidr').concat(textsAt(list.values, 'entries.cidr')) : [];
  if (entries.length > 0) return entries.map(sourceOfCidr);
  if (/^com\.amazonaws\./.test(known)) return [{ kind: 'range', name: known.split('.').slice(3).join('.') || known }];
  return text === '' && !list
    ? [undecided(`${path} of ${holder.address}`)]
    : [{ kind: 'range', name: `the prefix list ${known || text}` }];
}

const LIST_TYPES = ['aws_ec2_managed_prefix_list', 'aws_prefix_list'];

/** Anybody's distribution, not only that of the stack. */
export const CLOUDFRONT: Source = { kind: 'range', name: 'any CloudFront distribution' };

/** CloudFront's list has an id of its own in each region: `aws ec2 describe-managed-prefix-lists`. */
const KNOWN_LISTS = new Map([
  ['pl-3b927c52', 'com.amazonaws.global.cloudfront.origin-facing'],
  ['pl-b6a144df', 'com.amazonaws.global.cloudfront.origin-facing'],
  ['pl-a3a144ca', 'com.amazonaws.global.cloudfront.origin-facing'],
  ['pl-4fa04526', 'com.amazonaws.global.cloudfront.origin-facing'],
]);
