import { log } from '../../shared/log';
import { type Delivery, type Job, textOf } from '../job';

/** Checks and logs a job of the processing queue; a system that works on uploaded objects does it here. */
export async function processing(job: Job, { messageId, requestId }: Delivery): Promise<void> {
  log('info', 'processing job done', { requestId, messageId, object: textOf(job, 'object') });
}
