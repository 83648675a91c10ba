import * as z from 'zod';
import type { Context } from '../context';
import { importByName } from '../values/adoption';
import { ecsName, logGroupName, roleName, securityGroupName } from '../values/aws-names';
import { awsName, envVariables, flag, movable, oneOf, text, wholeNumber } from '../values/fields';
import { containerShape, egress, repository, uses } from './container';
import type { WorkloadSpec } from './workload';

const { command: _, architecture: __, ...container } = containerShape;

const words = z.array(text('text'), { error: 'expected a list such as ["node", "cleanup.js"]' });

/** The JSON text of a list, as Terraform modules pass a command on. */
const wordsAsJson = text('the JSON text of a list', /^\s*\[/).transform((written, context): string[] => {
  const read = words.safeParse(jsonOf(written));
  if (read.success) return read.data;
  context.addIssue({ code: 'custom', message: 'expected the JSON text of a list' });
  return z.NEVER;
});

const containerCommand = z
  .union([words, wordsAsJson], { error: ({ input }) => `expected a list such as ${listFor(input)}` })
  .optional()
  .describe('Instead of the image’s own, as a list; the JSON text of one is read too.');

/** What tasks that AWS starts by itself are alike in, whether the time or an event is the reason. */
export const startedTaskShape = {
  ...movable,
  ...container,
  containerCommand,
  architecture: oneOf('x86_64', 'arm64')
    .optional()
    .describe('By default that of the workload where its image runs, and x86_64 elsewhere.'),
  imageOwner: oneOf('pipeline', 'terraform')
    .optional()
    .describe(
      'Who decides which image runs. With `pipeline`, a start takes the newest revision of the task definition, whoever registered it; after a change of the task here, which registers one with `image_tag`, deliver again. By default `terraform` when `image` is given.',
    ),
  uses: uses.default([]),
  envVariables: envVariables.describe('Environment variables, nothing secret among them.'),
  egress,
  assignPublicIp: flag()
    .default(false)
    .describe('Starts it in the public subnets with an address of its own, which needs no NAT gateway.'),
  paused: flag().default(false).describe('Keeps everything and starts nothing.'),
  maxRetryAttempts: wholeNumber(0, 185)
    .default(185)
    .describe('How often a start that failed is tried again. A task that has started and fails is not started again.'),
  deadLetterQueue: flag()
    .default(true)
    .describe('Keeps starts that failed for good in a queue, for 14 days; `failed_starts` counts them for alarms.'),
  repository: repository
    .optional()
    .describe(
      'A repository of its own, `{}` with all defaults; without it, the image is the workload’s if there is one.',
    ),
  taskFamily: ecsName.optional(),
  logGroupName: logGroupName.optional(),
  logGroupImport: importByName('log_group_name'),
  securityGroupName: securityGroupName.optional(),
  taskRoleName: roleName.optional(),
  executionRoleName: roleName.optional(),
  startRoleName: roleName.optional().describe('Role by which EventBridge starts it.'),
  deadLetterQueueName: awsName(
    'a queue',
    /^[\w-]{1,80}$/,
    'at most 80 letters, digits, dashes and underscores',
  ).optional(),
};

/** Seconds that a start may be tried again; `why` explains the default. */
export function maxEventAgeSeconds(seconds: number, why: string) {
  return wholeNumber(60, 86_400)
    .default(seconds)
    .describe(`Seconds after which a start that failed is not tried again. ${why}`);
}

type StartedTaskFields = z.output<z.ZodObject<typeof startedTaskShape>>;

/** Fills in names, and what follows from whose image runs; a renamed task keeps the names it has in AWS. */
export function completeStartedTask<Fields extends StartedTaskFields>(
  fields: Fields,
  { project, env, prefix }: Context,
  workload: WorkloadSpec | undefined,
) {
  const short = fields.was ?? fields.name;
  const long = `${prefix}-${short}`;
  const lender = fields.image === undefined && fields.repository === undefined ? workload : undefined;
  const own = fields.repository ?? (fields.image === undefined && !lender ? repository.parse({}) : undefined);
  return {
    ...fields,
    architecture: fields.architecture ?? lender?.architecture ?? ('x86_64' as const),
    imageOwner:
      fields.imageOwner ??
      lender?.imageOwner ??
      (fields.image === undefined ? ('pipeline' as const) : ('terraform' as const)),
    repository: own && { ...own, name: own.name ?? `${project}_${short}` },
    ssmPath: `/${env}/${project}/${lender ? 'backend' : short}`,
    taskFamily: fields.taskFamily ?? long,
    logGroupName: fields.logGroupName ?? `/ecs/${prefix}/${short}`,
    securityGroupName: fields.securityGroupName ?? long,
    taskRoleName: fields.taskRoleName ?? `${long}-task`,
    executionRoleName: fields.executionRoleName ?? `${long}-execution`,
    startRoleName: fields.startRoleName ?? `${long}-start`,
    deadLetterQueueName: fields.deadLetterQueueName ?? `${long}-dlq`,
  };
}

function jsonOf(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The list that somebody means who writes a command as in a shell. */
function listFor(input: unknown): string {
  const plain = typeof input === 'string' && /^[\w./:@=-]+(?: [\w./:@=-]+)*$/.test(input);
  const list = plain ? input.split(' ') : ['node', 'cleanup.js'];
  return `[${list.map((word) => JSON.stringify(word)).join(', ')}]`;
}
