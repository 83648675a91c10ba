import { join } from 'node:path';
import type { Command } from 'commander';
import type { renderStacks } from '../../environment/rendered';
import { loadEnvironments } from '../../spec/load/load';
import { type CostSpec, costSection } from '../../spec/sections/cost';
import { estimateCost } from '../../tools/cost';
import { costText } from '../../tools/cost-text';
import { pricedRegions, readPriceTable } from '../../tools/price-table';
import { unknownStack } from '../stack-names';

/** Beside dist/, where this runs from. */
const PRICES = join(__dirname, '..', 'prices');

/** `terrace cost <stack>` */
export function addCost(program: Command): void {
  program
    .command('cost')
    .description('print what a stack costs a month, line by line, from the price table in prices/')
    .argument('<stack>', 'a stack such as shop-dev')
    .action((stack: string) => {
      const stacks = loadRendering()(['environments']);
      const terraform = stacks.get(stack);
      if (!terraform) return fail(unknownStack(stack, stacks.keys()));
      const { region, cost } = aboutStack(stack);
      const table = readPriceTable(PRICES, region);
      if (!table) {
        return fail(
          `there is no price table for ${region}, so all of ${stack} is unpriced: write prices/${region}.json (there is one for ${pricedRegions(PRICES).join(', ')})`,
        );
      }
      const { usage, ...documented } = cost;
      const estimate = estimateCost(terraform, usage, table);
      process.stdout.write(costText({ stack, estimate, table, usage, documented }));
    });
}

/** A file of its own in dist/: it brings cdktf along, which takes longer to load than all else that `terrace` does. */
function loadRendering(): typeof renderStacks {
  return require(join(__dirname, 'rendered.js')).renderStacks;
}

/** An environment has a `cost` section; the bootstrap stack has none, so there the language's defaults count. */
function aboutStack(stack: string): { readonly region: string; readonly cost: CostSpec } {
  const specs = loadEnvironments(['environments']).map(({ spec }) => spec);
  const own = specs.find(({ project, env }) => `${project}-${env}` === stack);
  if (own) return own;
  const [user] = specs.filter(({ project, accountId }) =>
    [`${project}-bootstrap`, `${project}-bootstrap-${accountId}`].includes(stack),
  );
  const region = user === undefined || user.state === 'local' ? '' : user.state.region;
  return { region, cost: costSection.parse({}) };
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
