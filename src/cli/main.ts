import { Command } from 'commander';
import { addChanged } from './commands/changed';
import { addConvert } from './commands/convert';
import { addCost } from './commands/cost';
import { addDiagram } from './commands/diagram';
import { addDiff } from './commands/diff';
import { addExport } from './commands/export';
import { addExposure } from './commands/exposure';
import { addInit } from './commands/init';
import { addPipelines } from './commands/pipelines';
import { addReview } from './commands/review';
import { addReviewed } from './commands/reviewed';
import { addSchema } from './commands/schema';
import { addSpec } from './commands/spec';
import { addValidate } from './commands/validate';
import { reportFailures } from './report';

/** A command line that is none ends with this, in all commands: 1 is what a look at the files has found. */
const MISUSED = 2;

const program = new Command('terrace')
  .description('One YAML file per environment in, reviewable Terraform for AWS out')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : MISUSED));
for (const add of [
  addInit,
  addValidate,
  addSpec,
  addCost,
  addChanged,
  addDiff,
  addDiagram,
  addExport,
  addExposure,
  addPipelines,
  addReview,
  addReviewed,
  addConvert,
  addSchema,
])
  add(program);

// A reader that has seen enough, such as `head`, closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

reportFailures(() => program.parseAsync());
