import type { Command } from 'commander';
import { jsonSchema } from '../../tools/json-schema';

/** `terrace schema` */
export function addSchema(program: Command): void {
  program
    .command('schema')
    .description('print the JSON Schema of environment files, for editors')
    .action(() => {
      process.stdout.write(jsonSchema());
    });
}
