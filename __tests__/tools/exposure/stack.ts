import { graphOfSynthesized } from '../../../src/tools/graph/graph-of-synthesized';
import { type Resource, ResourceGraph } from '../../../src/tools/graph/resource-graph';
import type { Values } from '../../../src/tools/graph/values';
import type { Change, Comparison } from '../../../src/tools/review/change';

/** Arguments by address. */
export type Stack = Readonly<Record<string, Values>>;

/** As synthesized: references stand in the arguments. */
export function synthesized(stack: Stack): ResourceGraph {
  const blocks: { resource: Record<string, Record<string, Values>>; data: Record<string, Record<string, Values>> } = {
    resource: {},
    data: {},
  };
  for (const [address, values] of Object.entries(stack)) {
    const [type = '', name = ''] = address.replace(/^data\./, '').split('.');
    const kind = address.startsWith('data.') ? blocks.data : blocks.resource;
    kind[type] = { ...kind[type], [name]: values };
  }
  return graphOfSynthesized(blocks);
}

/** As a plan tells it once everything is there: ids and ARNs in the place of references, and nothing else. */
export function planned(stack: Stack): ResourceGraph {
  return new ResourceGraph(
    Object.entries(stack).map(([address, values]): Resource => {
      const { type, name } = partsOf(address);
      return {
        address,
        mode: address.startsWith('data.') ? 'data' : 'managed',
        type,
        name,
        values: { ...identity(address), ...(resolved(values) as Values) },
        unknown: {},
        sensitive: {},
        references: [],
      };
    }),
  );
}

function partsOf(address: string): { readonly type: string; readonly name: string } {
  const [name = '', type = ''] = address
    .replace(/\[.*\]$/, '')
    .split('.')
    .reverse();
  return { type, name };
}

function identity(address: string): Values {
  const { type, name } = partsOf(address);
  const key = address.replace(/^data\./, '').replace(/\W+/g, '-');
  return {
    id: type === 'aws_internet_gateway' ? `igw-${key}` : `id-${key}`,
    arn: `arn:aws:x:eu-west-1:111111111111:${key}`,
    ...(type === 'aws_lb' && { dns_name: `${name}.elb.amazonaws.com` }),
    ...(type === 'aws_caller_identity' && { account_id: '111111111111' }),
  };
}

function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner)]));
  if (typeof value !== 'string') return value;
  return value.replace(/\$\{((?:data\.)?aws_\w+\.\w+)\.(\w+)\}/g, (_, address, attribute) =>
    String(identity(address)[attribute] ?? `id-${address.replace(/\W+/g, '-')}`),
  );
}

/** What leads from one to the other. */
export function comparison(before: Stack, after: Stack, shape: (stack: Stack) => ResourceGraph): Comparison {
  const addresses = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const graphs = { before: shape(before), after: shape(after) };
  return {
    stack: undefined,
    source: 'plan',
    ...graphs,
    changes: addresses.map((address): Change => {
      const [one, other] = [graphs.before.get(address)?.values, graphs.after.get(address)?.values];
      const keys = one && other ? [...new Set([...Object.keys(one), ...Object.keys(other)])] : [];
      const differing = keys.filter((key) => JSON.stringify(one?.[key]) !== JSON.stringify(other?.[key]));
      return {
        address,
        previousAddress: undefined,
        ...partsOf(address),
        action: one && other ? (differing.length > 0 ? 'update' : 'none') : one ? 'delete' : 'create',
        createFirst: false,
        imported: false,
        before: one,
        after: other,
        unknown: {},
        attributes: differing.map((path) => ({
          path,
          before: one?.[path],
          after: other?.[path],
          unknown: false,
          sensitive: false,
        })),
        forcedBy: [],
      };
    }),
  };
}

export function policy(...statements: readonly Values[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** A network with a public and a private subnet. */
export const NETWORK: Stack = {
  'aws_vpc.main': { cidr_block: '10.0.0.0/16' },
  'aws_internet_gateway.main': { vpc_id: '${aws_vpc.main.id}' },
  'aws_subnet.public': { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.0.1.0/24' },
  'aws_subnet.private': { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.0.2.0/24' },
  'aws_route_table.public': { vpc_id: '${aws_vpc.main.id}' },
  'aws_route.public': {
    route_table_id: '${aws_route_table.public.id}',
    destination_cidr_block: '0.0.0.0/0',
    gateway_id: '${aws_internet_gateway.main.id}',
  },
  'aws_route_table_association.public': {
    subnet_id: '${aws_subnet.public.id}',
    route_table_id: '${aws_route_table.public.id}',
  },
};
