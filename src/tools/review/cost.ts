import { noUsage, type Usage } from '../../spec/sections/cost';
import { type CostEstimate, estimateCost, type Terraform } from '../cost';
import type { Resource, ResourceGraph } from '../graph/resource-graph';
import { isMap, type Values } from '../graph/values';
import type { PriceTable } from '../price-table';
import { isEmpty } from './meaning';

/** What prices a stack: its region's table, and what it is used for. */
export interface Prices {
  readonly table: PriceTable;

  /** Of a stack whose usage nobody has told, only what is charged without any is counted. */
  readonly usage?: Usage;
}

/** What the resources of one moment cost a month, in dollars by address, and what of them has no price. */
export interface MonthlyCost {
  readonly total: number;
  readonly byAddress: ReadonlyMap<string, number>;
  readonly unpriced: CostEstimate['unpriced'];
}

/** Prices a graph, of a plan or of synthesized files. */
export function monthlyCost(graph: ResourceGraph, { table, usage = noUsage() }: Prices): MonthlyCost {
  const managed = graph.resources.filter(({ mode }) => mode === 'managed');
  const addressOf = new Map(managed.map((one) => [`${one.type}.${nameOf(one)}`, one.address]));
  const estimate = estimateCost(terraformOf(managed, graph), usage, table);
  const byAddress = new Map<string, number>();
  for (const { address, monthly } of estimate.lines) {
    const own = addressOf.get(address) ?? address;
    byAddress.set(own, (byAddress.get(own) ?? 0) + monthly);
  }
  const unpriced = estimate.unpriced.map((one) => ({ ...one, address: addressOf.get(one.address) ?? one.address }));
  return { total: estimate.total, byAddress, unpriced };
}

/** As Terraform's JSON has it: what a plan fills in as "not set" is left out, and a service names its task definition. */
function terraformOf(resources: readonly Resource[], graph: ResourceGraph): Terraform {
  const resource: Record<string, Record<string, Values>> = {};
  for (const one of resources) {
    const [definition] =
      one.type === 'aws_ecs_service' ? graph.linked(one, 'task_definition', 'aws_ecs_task_definition') : [];
    const reference = definition && { task_definition: `\${aws_ecs_task_definition.${nameOf(definition)}.arn}` };
    resource[one.type] ??= {};
    (resource[one.type] as Record<string, Values>)[nameOf(one)] = { ...withoutEmpty(one.values), ...reference };
  }
  return { resource };
}

/** Of its own in the stack: with the names of modules around it, and the key of an instance. */
function nameOf({ address, type }: Resource): string {
  return address.replace(`${type}.`, '').replace(/\W+/g, '_');
}

function withoutEmpty(values: Values): Values {
  const kept = Object.entries(values).filter(([, value]) => !isEmpty(value));
  return Object.fromEntries(kept.map(([key, value]) => [key, cleaned(value)]));
}

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  return isMap(value) ? withoutEmpty(value) : value;
}
