import type { Command } from 'commander';
import { loadEnvironments } from '../../spec/load/load';
import { reportWarnings } from '../report';

/** `terrace validate [file or folder …]` */
export function addValidate(program: Command): void {
  program
    .command('validate')
    .description('check environment files without writing anything')
    .argument('[paths...]', 'files or folders', ['environments'])
    .action((paths: string[]) => {
      const environments = loadEnvironments(paths);
      reportWarnings(environments.flatMap(({ warnings }) => warnings));
      const names = environments.map(({ spec }) => `${spec.project}-${spec.env}`);
      console.log(
        `${names.length} ${names.length === 1 ? 'environment is' : 'environments are'} sound: ${names.join(', ')}`,
      );
    });
}
