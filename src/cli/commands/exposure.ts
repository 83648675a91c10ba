import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { renderStacks } from '../../environment/rendered';
import { pathsOf } from '../../tools/exposure/paths-of';
import { type ExposureFormat, exposureFormats, exposureTable } from '../../tools/exposure/table';
import { graphOfSynthesized } from '../../tools/graph/graph-of-synthesized';
import { unknownStack } from '../stack-names';

/** `terrace exposure <stack>` */
export function addExposure(program: Command): void {
  program
    .command('exposure')
    .description('print who can reach what in a stack: from outside, and from one of its parts to another')
    .argument('<stack>', 'a stack such as shop-dev')
    .addOption(new Option('--format <format>', 'how to print it').choices([...exposureFormats]).default('text'))
    .action((stack: string, { format }: { readonly format: ExposureFormat }) => {
      const stacks = loadRendering()(['environments']);
      const terraform = stacks.get(stack);
      if (!terraform) return fail(unknownStack(stack, stacks.keys()));
      process.stdout.write(exposureTable(stack, pathsOf(graphOfSynthesized(terraform)), format));
    });
}

/** A file of its own in dist/: it brings cdktf along, which takes longer to load than all else that `terrace` does. */
function loadRendering(): typeof renderStacks {
  return require(join(__dirname, 'rendered.js')).renderStacks;
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
