import type { Invocation } from '../shared/invocation';
import { caught, log } from '../shared/log';
import type { BatchResponse, SqsEvent, SqsRecord } from './event';
import { type JobHandler, parseJob, textOf } from './job';
import { email } from './jobs/email';
import { processing } from './jobs/processing';

const handlers: ReadonlyMap<string, JobHandler> = new Map([
  ['email', email],
  ['processing', processing],
]);

/**
 * Does the jobs of one batch side by side and answers which of them SQS is to deliver again.
 *
 * For standard queues: one of first-in-first-out order would have to stop at the first failure.
 */
export async function handler({ Records }: SqsEvent, { awsRequestId }: Invocation): Promise<BatchResponse> {
  const done = await Promise.all(Records.map((record) => isDone(record, awsRequestId)));
  const failed = Records.filter((_, index) => !done[index]);
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** Never throws, because that would fail the whole batch. */
async function isDone({ messageId, body }: SqsRecord, requestId: string): Promise<boolean> {
  try {
    const job = parseJob(body);
    const type = textOf(job, 'type');
    const handle = handlers.get(type);
    if (!handle) throw new Error(`unknown type "${type}": expected one of ${[...handlers.keys()].join(', ')}`);
    await handle(job, { messageId, requestId });
    return true;
  } catch (error) {
    log('error', 'job failed', { requestId, messageId, ...caught(error) });
    return false;
  }
}
