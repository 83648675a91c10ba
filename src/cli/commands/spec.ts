import type { Command } from 'commander';
import { loadEnvironments } from '../../spec/load/load';
import { specYaml } from '../../tools/spec-yaml';

/** `terrace spec <file>` */
export function addSpec(program: Command): void {
  program
    .command('spec')
    .description('print what an environment file means, every default filled in, as YAML')
    .argument('<file>', 'an environment file')
    .action((file: string) => {
      process.stdout.write(
        loadEnvironments([file])
          .map(({ spec }) => specYaml(spec))
          .join('---\n'),
      );
    });
}
