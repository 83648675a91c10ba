import { dropped, either, type Key, kept, refused, type Table, textOf, to, unlessItSays } from '../treatments';
import { days, named } from '../values';

/** One queue of `sqs` and those of `extensions` stand in one list here. */
const isList = ({ read }: Key) =>
  [read('extensions.sqs_queues')].flat().some((queue) => typeof queue === 'object' && queue);
const byUses = dropped('the workload uses everything that is declared, and gets its variables');
const noEffect = (instead: string) => refused(`had no effect in the other tool, which never read it: ${instead}`);
const noKey = refused('a queue or topic has no key of its own here: it is encrypted with one of AWS');
const noFifo = refused('only standard queues and topics are made here');
const byEmail = (key: string) => refused(`messages to addresses on the web have no place here: write ${key}`);

/** Queues, topics and mail. */
export const messageKeys: Table = {
  'sqs.enabled': either(isList, to('sqs[the one].enabled'), kept()),
  'sqs.name': either(isList, to('sqs[the one].name', named), kept(named)),

  'extensions.sqs_queues[].name': to('sqs[].name', named),
  'extensions.sqs_queues[].add_to_backend_env': byUses,
  'extensions.sqs_queues[].add_arn_to_backend_env': byUses,
  'extensions.sqs_queues[].fifo': unlessItSays(false, noFifo),
  'extensions.sqs_queues[].visibility_timeout': to('sqs[].visibility_timeout_seconds'),
  'extensions.sqs_queues[].message_retention': either(
    ({ value }) => Number(value) % 86_400 === 0,
    to('sqs[].message_retention_days', days),
    refused('messages are kept for whole days here: write sqs[].message_retention_days'),
  ),
  'extensions.sqs_queues[].max_message_size': unlessItSays(262_144, refused('a message has up to 256 KiB here')),
  'extensions.sqs_queues[].delay_seconds': unlessItSays(0, refused('messages are delivered without delay here')),
  'extensions.sqs_queues[].receive_wait_time': to('sqs[].receive_wait_seconds'),
  'extensions.sqs_queues[].dlq_enabled': to('sqs[].dead_letter_queue'),
  'extensions.sqs_queues[].dlq_max_receive': to('sqs[].max_receives'),
  'extensions.sqs_queues[].dlq_retention': unlessItSays(1_209_600, refused('what failed is kept for 14 days here')),
  'extensions.sqs_queues[].kms_key_id': noKey,
  'extensions.sqs_queues[].sns_subscriptions': (key) => subscription(key, [key.value].flat()),
  'extensions.sqs_queues[].sns_subscriptions[].topic': (key) => subscription(key, [key.value]),
  'extensions.sqs_queues[].sns_subscriptions[].raw_message_delivery': unlessItSays(
    false,
    refused('a queue gets messages in the envelope of SNS here'),
  ),
  'extensions.sqs_queues[].sns_subscriptions[].filter_policy.**': refused(
    'a queue gets every message of its topic here',
  ),

  'extensions.sns_topics[].name': to('topics[].name', named),
  'extensions.sns_topics[].display_name': refused('a topic has no other name than its own here'),
  'extensions.sns_topics[].add_to_backend_env': byUses,
  'extensions.sns_topics[].fifo': unlessItSays(false, noFifo),
  'extensions.sns_topics[].content_based_dedup': unlessItSays(false, noFifo),
  'extensions.sns_topics[].kms_key_id': noKey,
  'extensions.sns_topics[].tags.**': noEffect('tags: at the top of the file reach everything'),
  'extensions.sns_topics[].webhooks.**': byEmail('topics[].emails or topics[].queues'),

  'extensions.lambda_functions.**': noEffect('write functions'),
  'extensions.eventbridge_rules.**': noEffect('write scheduled_tasks or event_processor_tasks'),

  'ses.enabled': kept(),
  'ses.domain_name': kept(),
  'ses.test_emails': kept(),
  'ses.domains[].domain': either(
    ({ read, path }) => path[2] === 0 && !read('ses.domain_name'),
    to('ses.domain_name'),
    refused('mail is sent from one domain here: ses.domain_name'),
  ),
  'ses.domains[].zone_id': refused('records are written into the zone of domain.zone'),
  'ses.domains[].dmarc_policy': ofFirst('ses.dmarc.policy'),
  'ses.domains[].dmarc_rua_email': ofFirst('ses.dmarc.reports_to'),
  ...bounces('ses.domains[].'),
  ...bounces('ses.'),
  ...bounces('ses.global_'),
  'ses.dmarc_policy': to('ses.dmarc.policy'),
  'ses.dmarc_rua_email': to('ses.dmarc.reports_to'),
  'ses.global_dmarc_policy': to('ses.dmarc.policy'),
  'ses.global_dmarc_rua_email': to('ses.dmarc.reports_to'),
};

/** Where mail that can't be delivered comes back to. */
function bounces(prefix: string): Table {
  return {
    [`${prefix}enable_mail_from`]: unlessItSays(false, refused('returned mail goes to a name of AWS here')),
    [`${prefix}mail_from_subdomain`]: refused('returned mail goes to a name of AWS here'),
  };
}

function ofFirst(place: string) {
  return either(({ path }) => path[2] === 0, to(place), refused('mail is sent from one domain here'));
}

/** A topic names its queues here, where a queue named its topics. */
function subscription(key: Key, topics: readonly unknown[]): ReturnType<typeof byUses> {
  const declared = key.read('extensions.sns_topics');
  const known = Array.isArray(declared) ? declared.map((topic) => topic?.name) : [];
  const unknown = topics.find((topic) => !known.includes(topic));
  if (unknown !== undefined) {
    return {
      as: 'refused',
      why: `there is no topic "${textOf(unknown)}" in extensions.sns_topics: write topics[].queues`,
    };
  }
  const queues = key.read('extensions.sqs_queues');
  const queue = Array.isArray(queues) ? queues[Number(key.path[2])]?.name : undefined;
  return {
    as: 'written',
    places: topics.map((topic) => ({
      at: `topics[extensions/sns_topics/${known.indexOf(topic)}].queues[+]`,
      value: named(queue, key),
    })),
  };
}
