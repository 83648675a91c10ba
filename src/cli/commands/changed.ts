import type { Command } from 'commander';
import { type StackChanges, stackChanges } from '../../tools/stack-changes';
import { codeOfNow, synthesizeBothTimes } from '../both-times';
import type { Revision } from '../revision';
import { inTemporaryFolder } from '../temporary-folder';

interface Flags {
  readonly since: string;
  readonly json: boolean;
}

/** `terrace changed --since <revision>` */
export function addChanged(program: Command): void {
  program
    .command('changed')
    .description('print the stacks whose Terraform differs between a git revision and the files as they are now')
    .requiredOption('--since <revision>', 'what to compare with, such as origin/main or HEAD~1')
    .option('--json', 'one JSON object, for pipelines', false)
    .action(({ since, json }: Flags) =>
      inTemporaryFolder(async (folder) => {
        const { revision, earlier, later } = await synthesizeBothTimes(since, folder);
        const changes = stackChanges(earlier, later);
        if (json) console.log(JSON.stringify(asJson(revision, changes), undefined, 2));
        else print(since, revision, changes);
      }),
    );
}

function asJson({ commit, program, reason }: Revision, { added, changed, removed, unchanged }: StackChanges): object {
  const code = program !== undefined || reason === undefined ? 'then' : 'now';
  return { since: commit, code, ...(reason !== undefined && { reason }), added, changed, removed, unchanged };
}

function print(since: string, revision: Revision, { added, changed, removed, unchanged }: StackChanges): void {
  for (const [what, stacks] of Object.entries({ added, changed, removed }))
    for (const stack of stacks) console.log(`${what} ${stack}`);
  const differing = added.length + changed.length + removed.length;
  console.error(`${differing} of ${differing + unchanged.length} stacks differ from ${since}${codeOfNow(revision)}`);
}
