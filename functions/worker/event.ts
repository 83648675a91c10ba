/** What the worker reads of a batch that Lambda took from SQS. */
export interface SqsEvent {
  readonly Records: readonly SqsRecord[];
}

/** One message of the batch. */
export interface SqsRecord {
  readonly messageId: string;
  readonly body: string;
}

/**
 * The messages that SQS is to deliver again; it deletes all others of the batch.
 *
 * Lambda reads it only where the event source mapping has `ReportBatchItemFailures`: without that, failed messages
 * are deleted too.
 */
export interface BatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}
