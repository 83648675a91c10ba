import * as z from 'zod';
import type { Context } from '../context';
import { importByName } from '../values/adoption';
import { functionName, logGroupName, roleName, securityGroupName } from '../values/aws-names';
import { envVariables, flag, listed, movable, namedList, oneOf, text, wholeNumber } from '../values/fields';
import { egress, image, uses } from './container';

/** One of `functions`: code that AWS Lambda runs when something calls for it. */
export const functionSection = z.strictObject({
  ...movable,
  import: importByName('function_name'),
  code: text(
    'a folder with an index.ts or index.js, or a .zip file, such as "functions/api"',
    /^(?![/.])[^\s\\]{1,200}$/,
  )
    .optional()
    .describe('From the project’s root. A folder is bundled into one file; the same sources give the same bytes.'),
  image: image.optional().describe('A container image in ECR instead of code.'),
  handler: text('file and export such as "index.handler"', /^[\w/.-]+\.[A-Za-z_$][\w$]*$/).default('index.handler'),
  runtime: oneOf('nodejs22.x', 'nodejs20.x', 'python3.13', 'python3.12').default('nodejs22.x'),
  architecture: oneOf('x86_64', 'arm64').default('x86_64').describe('arm64 costs about 20 % less.'),
  memory: wholeNumber(128, 10_240, 'MiB').default(256).describe('MiB; the CPU grows with it.'),
  timeoutSeconds: wholeNumber(1, 900).default(10),
  reservedConcurrency: wholeNumber(0, 10_000)
    .optional()
    .describe('At most so many at once, kept free for it in the account.'),
  vpc: flag().default(true).describe('Stands in the private subnets, where databases and caches are.'),
  uses: uses.default([]),
  envVariables: envVariables.describe('Environment variables, nothing secret among them.'),
  egress,
  queues: namedList(
    z.strictObject({
      ...listed,
      batchSize: wholeNumber(1, 10_000, 'messages').default(10),
      batchWindowSeconds: wholeNumber(0, 300).default(0).describe('How long to wait for a fuller batch.'),
      maxConcurrency: wholeNumber(2, 1000).optional(),
    }),
    'queue',
  ).describe('Queues of `sqs` whose messages it handles; it reports single failures, which alone are tried again.'),
  functionName: functionName.optional(),
  logGroupName: logGroupName.optional(),
  logGroupImport: importByName('log_group_name'),
  roleName: roleName.optional(),
  securityGroupName: securityGroupName.optional(),
});

export type FunctionSpec = ReturnType<typeof completeFunction>;

/** Fills in names; a renamed function keeps those it has in AWS. */
export function completeFunction(section: z.output<typeof functionSection>, { prefix }: Context) {
  const long = `${prefix}-${section.was ?? section.name}`;
  const functionName = section.functionName ?? long;
  return {
    ...section,
    functionName,
    logGroupName: section.logGroupName ?? `/aws/lambda/${functionName}`,
    roleName: section.roleName ?? `${long}-function`,
    securityGroupName: section.securityGroupName ?? `${long}-function`,
  };
}
