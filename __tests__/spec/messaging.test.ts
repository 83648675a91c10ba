import { expect, test } from 'vitest';
import { problemsOf } from '../support/problems';

const problems = (yaml: string) => problemsOf(`region: us-east-1\n${yaml}`);

test('fails when a topic delivers to a queue that is not declared', () => {
  expect(problems('sqs: [{ name: mails }]\ntopics: [{ name: news, queues: [mail] }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:33 topics.news.queues[0]: expected "mails", which "sqs" declares, got "mail""`,
  );
  expect(problems('topics: [{ name: news, queues: [mail] }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:33 topics.news.queues[0]: expected a queue that "sqs" declares, got "mail""`,
  );
});

test('fails for failed messages of a queue that keeps none', () => {
  const alarm = 'alarms: { rules: [{ name: a, severity: warning, metric: sqs.mails.failed_messages, above: 0 }] }';
  expect(problems(`sqs: [{ name: mails, dead_letter_queue: false }]\n${alarm}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:57 alarms.rules.a.metric: expected a queue with "dead_letter_queue: true", whose failed messages it counts, got "sqs.mails.failed_messages": the alarm would stay without data"`,
  );
});

test('fails for what SQS would refuse', () => {
  expect(problems('sqs: { name: mails, visibility_timeout_seconds: 50000 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:49 sqs.visibility_timeout_seconds: expected a whole number from 0 to 43200, got 50000"`,
  );
  expect(problems('sqs: { name: mails, message_retention_days: 15 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:45 sqs.message_retention_days: expected a whole number from 1 to 14, got 15"`,
  );
  expect(problems('sqs: { name: mails, queue_name: "a b" }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:33 sqs.queue_name: expected a name that AWS allows for a queue (at most 76 letters, digits, dashes and underscores), got "a b""`,
  );
  expect(problems('sqs: { nam: mails }')).toMatchInlineSnapshot(`
    "demo/dev.yaml:2:1 sqs.name: expected a name of small letters, digits and dashes that starts with a letter, at most 40 characters, got nothing
    demo/dev.yaml:2:8 sqs.nam: unknown key: did you mean "name"?"
  `);
  expect(problems('sqs: mails')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:6 sqs: expected a queue or a list of queues, got "mails""`,
  );
});

test('fails for two queues or topics of one name', () => {
  expect(problems('sqs: [{ name: a, queue_name: x }, { name: b, queue_name: x }]')).toMatchInlineSnapshot(
    `
    "demo/dev.yaml:2:58 sqs.b.queue_name: expected another queue name than sqs.a.queue_name, got "x": in AWS they would be one and the same; write another one here
    demo/dev.yaml:2:58 sqs.b.queue_name: expected another queue name than sqs.a.queue_name, got "x-dlq": in AWS they would be one and the same; write another one here"
  `,
  );
  expect(problems('topics: [{ name: a }, { name: a }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:31 topics[1].name: expected a topic name that is not taken, got "a": each name may stand in the list once"`,
  );
});
