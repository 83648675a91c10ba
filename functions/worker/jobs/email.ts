import { log } from '../../shared/log';
import { type Delivery, type Job, textOf } from '../job';

const ADDRESS = /^[^\s@]+@[^\s@]+$/;

/** Checks and logs a job of the e-mail queue, without the address; a system that sends mail does it here. */
export async function email(job: Job, { messageId, requestId }: Delivery): Promise<void> {
  const template = textOf(job, 'template');
  if (!ADDRESS.test(textOf(job, 'to'))) throw new Error('expected an e-mail address in "to"');
  log('info', 'email job done', { requestId, messageId, template });
}
