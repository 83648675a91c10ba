import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import type { renderStacks } from '../../environment/rendered';
import { loadEnvironments } from '../../spec/load/load';
import { MARK } from '../../tools/pipelines/pinned';
import { pipelineFiles } from '../../tools/pipelines/pipelines';

/** `terrace pipelines --to <folder>` */
export function addPipelines(program: Command): void {
  program
    .command('pipelines')
    .description(
      'write the pipelines of these environments: GitHub Actions, Atlantis, GitLab, and those of applications',
    )
    .option('--to <folder>', 'where the files go', '.')
    .action(({ to }: { readonly to: string }) => {
      const stacks = loadRendering()(['environments']);
      const files = pipelineFiles(
        loadEnvironments(['environments']).map(({ spec }) => spec),
        stacks.keys(),
      );
      const foreign = [...files.keys()].filter((file) => isForeign(join(to, file)));
      if (foreign.length > 0) {
        for (const file of foreign)
          console.error(
            `expected no ${join(to, file)}, or one that this command has written, got another: move it away, or name another folder with --to`,
          );
        process.exitCode = 1;
        return;
      }
      for (const [file, text] of files) {
        mkdirSync(dirname(join(to, file)), { recursive: true });
        writeFileSync(join(to, file), text);
      }
      console.log(`${files.size} files in ${to}: ${[...files.keys()].join(', ')}`);
    });
}

function isForeign(file: string): boolean {
  return existsSync(file) && !readFileSync(file, 'utf8').startsWith(`${MARK}\n`);
}

/** A file of its own in dist/, because it brings cdktf along. */
function loadRendering(): typeof renderStacks {
  return require(join(__dirname, 'rendered.js')).renderStacks;
}
