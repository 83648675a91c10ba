import * as z from 'zod';
import type { Context } from '../context';
import { importById, madeOrExisting } from '../values/adoption';
import { awsName, flag, listed, movable, namedList, wholeNumber } from '../values/fields';
import { injectedAs, variableName } from '../values/variable-name';

const existing = {
  ...listed,
  variableName: injectedAs('<NAME>_QUEUE_URL'),
  queueName: awsName('a queue', /^[\w-]{1,76}$/, 'at most 76 letters, digits, dashes and underscores')
    .optional()
    .describe('Its exact name; by default <project>-<name>-<env>.'),
};

const made = {
  ...existing,
  ...movable,
  import: importById(
    'the URL of a queue such as "https://sqs.eu-central-1.amazonaws.com/123456789012/mails"',
    /^https:\/\/[a-z0-9.-]+(?::\d+)?\/\d{12}\/[\w-]{1,80}$/,
  ),
  visibilityTimeoutSeconds: wholeNumber(0, 43_200)
    .default(30)
    .describe('How long a received message is hidden from others; longer than the work on one takes.'),
  messageRetentionDays: wholeNumber(1, 14).default(4),
  receiveWaitSeconds: wholeNumber(0, 20).default(20).describe('Long polling: a request waits this long for a message.'),
  deadLetterQueue: flag()
    .default(true)
    .describe('Keeps messages that failed too often in a queue of their own, <name>-dlq, for 14 days.'),
  maxReceives: wholeNumber(1, 1000).default(5).describe('Failed attempts before a message goes there.'),
};

const queueSection = madeOrExisting('queue', made, existing);

/** The `sqs` section: one queue, as the dialect writes it, which `services` use too unless they say otherwise; or a list of them. */
export const sqsSection = z
  .union([queueSection, namedList(queueSection, 'queue')], { error: 'expected a queue or a list of queues' })
  .default([]);

export type QueueSpec = ReturnType<typeof completeQueue>;
export type MadeQueueSpec = Exclude<QueueSpec, { readonly existing: true }>;
export type ExistingQueueSpec = Extract<QueueSpec, { readonly existing: true }>;

/** The queues as a list, with their names filled in; undefined for a single queue that is not enabled. */
export function completeSqs(section: z.output<typeof sqsSection> | undefined, context: Context): QueueSpec[] {
  return [section ?? []].flat().map((queue) => completeQueue(queue, context));
}

/** What a service without `uses` of its own uses: the single queue, none of a list. */
export function usedByServices(section: z.output<typeof sqsSection> | undefined): string[] {
  return section === undefined || Array.isArray(section) ? [] : [`sqs.${section.name}`];
}

/** A renamed queue keeps the name it has in AWS. */
function completeQueue(section: z.output<typeof queueSection>, { project, env }: Context) {
  return {
    ...section,
    queueName: section.queueName ?? `${project}-${section.was ?? section.name}-${env}`,
    variableName: section.variableName ?? `${variableName(section.name)}_QUEUE_URL`,
  };
}
