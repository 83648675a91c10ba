import * as z from 'zod';
import type { Context } from '../context';
import { ecsName } from '../values/aws-names';
import { envVariables, movable } from '../values/fields';
import { containerShape, uses } from './container';

/** One of `tasks`: a task definition that a person or a pipeline starts, such as a database migration. */
export const taskSection = z.strictObject({
  ...movable,
  ...containerShape,
  uses: uses.default([]),
  envVariables: envVariables.describe('Environment variables, nothing secret among them.'),
  taskFamily: ecsName.optional(),
});

/** Fills in the name; a renamed task keeps the one it has in AWS. */
export function completeTask(section: z.output<typeof taskSection>, { project, env, prefix }: Context) {
  const ssmPath = `/${env}/${project}/backend`; // it does the workload's work
  return { ...section, ssmPath, taskFamily: section.taskFamily ?? `${prefix}-${section.was ?? section.name}` };
}
