/** The body of a message: an object whose `type` names the handler. */
export type Job = Readonly<Record<string, unknown>>;

/** The ids of one delivery of a message. */
export interface Delivery {
  /** The same whenever SQS delivers the message again: the key for doing a thing only once. */
  readonly messageId: string;

  readonly requestId: string;
}

/**
 * Does the job of one message, or rejects for SQS to deliver it again.
 *
 * SQS delivers a message at least once, so doing it twice must come to the same as doing it once.
 */
export type JobHandler = (job: Job, delivery: Delivery) => Promise<void>;

/** Reads a message; errors repeat nothing of it, because they end up in the log. */
export function parseJob(body: string): Job {
  const job = parseJson(body);
  if (typeof job !== 'object' || job === null || Array.isArray(job)) throw new Error('the body is not a JSON object');
  return job as Job;
}

/** The text in a field that a job must have. */
export function textOf(job: Job, field: string): string {
  const value = job[field];
  if (typeof value !== 'string' || value === '') throw new Error(`expected a text in "${field}"`);
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('the body is not JSON');
  }
}
