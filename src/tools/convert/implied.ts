import { isYes, type Key, type Place, textOf } from './treatments';
import { named } from './values';

type Read = Key['read'];

/** What the other tool did without being told, and what is said here where the file leaves it open. */
export function* implied(read: Read): Iterable<Place> {
  yield { at: 'workload', value: {} };
  if (!isYes(read('workload.backend_autoscaling_enabled'))) yield { at: 'workload.scaling.enabled', value: false };
  if (read('state_bucket')) yield { at: 'state.existing', value: true };
  if (isYes(read('cognito.enabled'))) yield { at: 'cognito.enable_web_client', value: false };
  yield* domainNames(read);
  yield* queueOfServices(read);
}

/** Nothing stands in front of the names of production, and mail has a name of its own. */
function* domainNames(read: Read): Iterable<Place> {
  const domain = read('domain.domain_name');
  if (!isYes(read('domain.enabled')) || typeof domain !== 'string' || domain === '') return;
  const production = read('env') === 'prod';
  if (production) yield { at: 'domain.add_domain_prefix', value: false };
  if (!isYes(read('ses.enabled'))) return;
  yield { at: 'ses.domain_name', value: production ? `mail.${domain}` : `mail.${textOf(read('env'))}.${domain}` };
}

/** In a list of queues, each service names its own; the single queue was everybody's. */
function* queueOfServices(read: Read): Iterable<Place> {
  const more = [read('extensions.sqs_queues')].flat().some((queue) => typeof queue === 'object' && queue);
  const services = read('services');
  if (!more || !isYes(read('sqs.enabled')) || !Array.isArray(services)) return;
  const queue = `sqs.${textOf(named(read('sqs.name'), {} as Key))}`;
  for (const index of services.keys()) yield { at: `services[services/${index}].uses[+]`, value: queue };
}
