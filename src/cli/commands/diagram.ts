import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { renderStacks } from '../../environment/rendered';
import type { DiagramFormat, drawStack } from '../../tools/diagram/drawn';
import { Refusal } from '../refusal';
import { unknownStack } from '../stack-names';

interface Flags {
  readonly format: DiagramFormat;
  readonly to?: string;
}

/** `terrace diagram <stack>` */
export function addDiagram(program: Command): void {
  program
    .command('diagram')
    .description('draw a stack from what is synthesized: its things, and who connects to, uses or tells which')
    .argument('<stack>', 'a stack such as shop-dev')
    .addOption(
      new Option('--format <format>', 'a file of its own, or text that GitHub draws')
        .choices(['svg', 'mermaid'])
        .default('svg'),
    )
    .option('--to <file>', 'write a file instead of standard output')
    .action(async (stack: string, { format, to }: Flags) => {
      const stacks = renderAll(['environments']);
      const terraform = stacks.get(stack);
      if (!terraform) throw new Refusal(unknownStack(stack, stacks.keys()));
      const drawing = await draw(stack, terraform, format);
      if (to === undefined) process.stdout.write(drawing);
      else writeFileSync(to, drawing);
    });
}

/** Files of their own in dist/: cdktf and the layout library take longer to load than all else that `terrace` does. */
function renderAll(paths: readonly string[]): ReturnType<typeof renderStacks> {
  return (require(join(__dirname, 'rendered.js')).renderStacks as typeof renderStacks)(paths);
}

function draw(...given: Parameters<typeof drawStack>): ReturnType<typeof drawStack> {
  return (require(join(__dirname, 'diagram.js')).drawStack as typeof drawStack)(...given);
}
