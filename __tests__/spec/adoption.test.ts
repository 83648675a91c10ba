import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadEnvironments } from '../../src/spec/load/load';
import { specYaml } from '../../src/tools/spec-yaml';
import { folder } from '../support/files';
import { problemsIn, problemsOf } from '../support/problems';

const QUEUE = 'https://sqs.us-east-1.amazonaws.com/123456789012';
const TOPIC = 'arn:aws:sns:us-east-1:123456789012';
const SECRET = 'arn:aws:secretsmanager:us-east-1:123456789012:secret';
const problems = (yaml: string) => problemsOf(`region: us-east-1\n${yaml}`);

test('accepts everything that can be there already, taken over or left as it is', () => {
  expect(problems(EVERYTHING)).toBe('');
});

test('prints a file that means the same', () => {
  const printed = specYaml(read(EVERYTHING));
  expect(parse(printed).buckets[0]).toEqual({
    name: 'media',
    enabled: true,
    bucket_name: 'acme-media',
    variable_name: 'MEDIA_BUCKET',
    access_log_target: true,
    existing: true,
  });
  expect(specYaml(read(printed))).toBe(printed);
});

test('fails on keys that would change what is left as it is', () => {
  expect(
    problems(
      'buckets: [{ name: media, existing: true, versioning: false, lifecycle: [{ name: a, expire_after_days: 3 }] }]',
    ),
  ).toMatchInlineSnapshot(`
    "demo/dev.yaml:2:54 buckets[0].versioning: expected nothing here beside "existing: true", which leaves the bucket as it is ("import" would have Terraform manage it), got false
    demo/dev.yaml:2:61 buckets[0].lifecycle: expected nothing here beside "existing: true", which leaves the bucket as it is ("import" would have Terraform manage it), got a list of 1"
  `);
  expect(problems('secrets: [{ name: mail, existing: true, keys: [user], fill_in: [user] }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:55 secrets[0].fill_in: expected nothing here beside "existing: true", which leaves the secret as it is ("import" would have Terraform manage it), got ["user"]"`,
  );
  expect(problems('sqs: [{ name: jobs, existing: true, visibility_timeout_seconds: 60 }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:65 sqs[0].visibility_timeout_seconds: expected nothing here beside "existing: true", which leaves the queue as it is ("import" would have Terraform manage it), got 60"`,
  );
  expect(problems('sqs: { name: jobs, existing: true, message_retention_days: 3 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:60 sqs.message_retention_days: expected nothing here beside "existing: true", which leaves the queue as it is ("import" would have Terraform manage it), got 3"`,
  );
  expect(problems('cognito: { existing: true, user_pool_id: us-east-1_abc, mfa: on }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:62 cognito.mfa: expected nothing here beside "existing: true", which leaves the user pool as it is ("import" would have Terraform manage it), got "on""`,
  );
  expect(problems('workload: { repository: { existing: true, keep_images: 3 } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:56 workload.repository.keep_images: expected nothing here beside "existing: true", which leaves the repository as it is ("import" would have Terraform manage it), got 3"`,
  );
  expect(problems('buckets: [{ name: media, existing: true, was: old }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:47 buckets[0].was: expected nothing here beside "existing: true", which leaves the bucket as it is ("import" would have Terraform manage it), got "old""`,
  );
  expect(
    problems(`alarms: { critical: { existing: "${TOPIC}:on-call", emails: [a@example.com], name: x } }`),
  ).toMatchInlineSnapshot(`
    "demo/dev.yaml:2:79 alarms.critical.emails: expected nothing here beside "existing", which leaves the topic as it is, got ["a@example.com"]
    demo/dev.yaml:2:110 alarms.critical.name: expected nothing here beside "existing", which leaves the topic as it is, got "x""
  `);
});

test('fails on such a key in base.yaml at its line there', () => {
  expect(
    problemsIn({
      'demo/base.yaml': 'region: us-east-1\nbuckets:\n  - name: media\n    versioning: false\n',
      'demo/dev.yaml': 'buckets:\n  - { name: media, existing: true }\n',
    }),
  ).toMatchInlineSnapshot(
    `"demo/base.yaml:4:17 buckets[0].versioning: expected nothing here beside "existing: true", which leaves the bucket as it is ("import" would have Terraform manage it), got false"`,
  );
});

test('fails on both at once', () => {
  expect(problems('buckets: [{ name: media, existing: true, import: true }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:50 buckets[0].import: expected either "existing" or "import": the one leaves the bucket as it is, the other has Terraform manage it, got true"`,
  );
  expect(problems('workload: { repository: { existing: true, import: true } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:51 workload.repository.import: expected either "existing" or "import": the one leaves the repository as it is, the other has Terraform manage it, got true"`,
  );
  expect(problems(`topics: [{ name: news, existing: true, import: "${TOPIC}:news" }]`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:48 topics[0].import: expected either "existing" or "import": the one leaves the topic as it is, the other has Terraform manage it, got "arn:aws:sns:us-east-1:123456789012:news""`,
  );
  expect(problems(domain('{ import: Z0123, existing: Z0123 }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:37 domain.zone: expected "create", "existing: <hosted zone id or name>" or "import: <hosted zone id>", got a map (import, existing)"`,
  );
});

test('fails on keys of what is there already where nothing says so', () => {
  expect(problems('cognito: { user_pool_id: us-east-1_abc }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:26 cognito.user_pool_id: expected "existing: true" beside it, which says that the user pool is there already, got "us-east-1_abc""`,
  );
  expect(problems('secrets: [{ name: mail, keys: [user] }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:25 secrets[0].keys: expected "existing: true" beside it, which says that the secret is there already, got ["user"]"`,
  );
});

test('fails on what is left as it is without the keys that say what it is', () => {
  expect(problems('secrets: [{ name: mail, existing: true }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:11 secrets[0].keys: expected a list of keys, got nothing"`,
  );
  expect(problems('cognito: { existing: true }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:1 cognito.user_pool_id: expected the id of a user pool such as "eu-central-1_a1B2c3D4e", got nothing"`,
  );
  expect(problems('buckets: [{ name: media, existing: acme-media }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:36 buckets[0].existing: expected true or false, got "acme-media""`,
  );
  expect(problems('alarms: { critical: { existing: on-call } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:33 alarms.critical.existing: expected the ARN of a topic such as "arn:aws:sns:eu-central-1:123456789012:on-call", got "on-call""`,
  );
});

test('fails on an id that Terraform does not import by', () => {
  expect(problems('buckets: [{ name: media, import: acme-media }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:34 buckets[0].import: expected true, because AWS knows it by its name ("bucket_name"), got "acme-media""`,
  );
  expect(problems('redis: { import: main }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:18 redis.import: expected true, because AWS knows it by its name ("name"), got "main""`,
  );
  expect(problems('sqs: [{ name: jobs, import: true }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:29 sqs[0].import: expected the URL of a queue such as "https://sqs.eu-central-1.amazonaws.com/123456789012/mails", got true"`,
  );
  expect(problems('topics: [{ name: news, import: news }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:32 topics[0].import: expected the ARN of a topic such as "arn:aws:sns:eu-central-1:123456789012:news", got "news""`,
  );
  expect(problems('secrets: [{ name: mail, import: true, fill_in: [user] }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:33 secrets[0].import: expected the ARN of a secret such as "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/mail-a1B2c3", got true"`,
  );
  expect(problems('cognito: { import: users }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:20 cognito.import: expected the id of a user pool such as "eu-central-1_a1B2c3D4e", got "users""`,
  );
  expect(problems('network: { import: main }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:20 network.import: expected the id of a VPC such as "vpc-0123456789abcdef0", got "main""`,
  );
  expect(problems(domain('{ import: example.com }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:53 domain.zone.import: expected a hosted zone id such as "Z0123456789ABC", got "example.com""`,
  );
});

test('fails on what is renamed and taken over at once', () => {
  expect(problems('buckets: [{ name: media, was: old, import: true }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:44 buckets.media.import: expected no "was" beside it, because what Terraform moves it has imported before, got true: take one of the two out"`,
  );
  expect(problems(`sqs: [{ name: jobs, was: old, import: "${QUEUE}/demo-old-dev" }]`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:39 sqs.jobs.import: expected no "was" beside it, because what Terraform moves it has imported before, got "https://sqs.us-east-1.amazonaws.com/123456789012/demo-old-dev": take one of the two out"`,
  );
  expect(
    problems('services: [{ name: a, was: b, log_group_import: true, repository: { import: true } }]'),
  ).toMatchInlineSnapshot(`
    "demo/dev.yaml:2:49 services.a.log_group_import: expected no "was" beside it, because what Terraform moves it has imported before, got true: take one of the two out
    demo/dev.yaml:2:77 services.a.repository.import: expected no "was" beside it, because what Terraform moves it has imported before, got true: take one of the two out"
  `);
  expect(
    problems('functions: [{ name: a, was: b, image: "x:1", import: true, log_group_import: true }]'),
  ).toMatchInlineSnapshot(`
    "demo/dev.yaml:2:54 functions.a.import: expected no "was" beside it, because what Terraform moves it has imported before, got true: take one of the two out
    demo/dev.yaml:2:78 functions.a.log_group_import: expected no "was" beside it, because what Terraform moves it has imported before, got true: take one of the two out"
  `);
});

test('fails on an id of another name, which Terraform would replace', () => {
  expect(problems(`sqs: [{ name: jobs, import: "${QUEUE}/acme-jobs" }]`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:29 sqs.jobs.import: expected the id of what "queue_name" names, "demo-jobs-dev", got "https://sqs.us-east-1.amazonaws.com/123456789012/acme-jobs": write "queue_name: acme-jobs" beside it, or Terraform would replace what it has taken over"`,
  );
  expect(problems(`topics: [{ name: news, import: "${TOPIC}:news" }]`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:32 topics.news.import: expected the id of what "topic_name" names, "demo-news-dev", got "arn:aws:sns:us-east-1:123456789012:news": write "topic_name: news" beside it, or Terraform would replace what it has taken over"`,
  );
  expect(
    problems(`secrets: [{ name: mail, fill_in: [user], import: "${SECRET}:acme/mail-a1B2c3" }]`),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:50 secrets.mail.import: expected the id of what "secret_name" names, "demo/dev/mail", got "arn:aws:secretsmanager:us-east-1:123456789012:secret:acme/mail-a1B2c3": write "secret_name: acme/mail" beside it, or Terraform would replace what it has taken over"`,
  );
});

test('fails on an id of another region or account', () => {
  expect(
    problems(
      'sqs: [{ name: jobs, queue_name: jobs, import: "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs" }]',
    ),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:47 sqs.jobs.import: expected something in us-east-1, the region of this environment, got "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs""`,
  );
  expect(
    problems(`account_id: "210987654321"\ntopics: [{ name: news, topic_name: news, import: "${TOPIC}:news" }]`),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:50 topics.news.import: expected something in the account 210987654321 (account_id), got "arn:aws:sns:us-east-1:123456789012:news""`,
  );
  expect(problems('cognito: { existing: true, user_pool_id: eu-west-1_abc }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:42 cognito.user_pool_id: expected something in us-east-1, the region of this environment, got "eu-west-1_abc""`,
  );
  expect(problems('cognito: { import: eu-west-1_abc }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:20 cognito.import: expected something in us-east-1, the region of this environment, got "eu-west-1_abc""`,
  );
  expect(
    problems('alarms: { warning: { existing: "arn:aws:sns:eu-west-1:123456789012:on-call" } }'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:32 alarms.warning.existing: expected something in us-east-1, the region of this environment, got "arn:aws:sns:eu-west-1:123456789012:on-call""`,
  );
});

test('alarms may tell a topic of another account', () => {
  expect(problems(`account_id: "210987654321"\nalarms: { warning: { existing: "${TOPIC}:on-call" } }`)).toBe('');
});

test('fails on random values for a secret that holds some', () => {
  expect(
    problems(
      `secrets: [{ name: mail, secret_name: acme/mail, generate: { user: 20 }, import: "${SECRET}:acme/mail-a1B2c3" }]`,
    ),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:49 secrets.mail.generate: expected "fill_in" beside "import", got "generate": random values would overwrite what the secret holds"`,
  );
});

test('fails where the policy of what is left as it is would have to change', () => {
  const queue = 'sqs: [{ name: jobs, existing: true }]\n';
  expect(problems(`${queue}topics: [{ name: news, queues: [jobs] }]`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:33 topics.news.queues[0]: expected a queue that is managed here, because the queue has to let the topic in, got "jobs": the owner of "jobs" subscribes it, and allows sns.amazonaws.com to sqs:SendMessage in its policy; or "import" takes the queue over"`,
  );
  expect(problems(`${queue}topics: [{ name: news, existing: true, queues: [jobs] }]`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:49 topics.news.queues[0]: expected a queue that is managed here, because the queue has to let the topic in, got "jobs": the owner of "jobs" subscribes it, and allows sns.amazonaws.com to sqs:SendMessage in its policy; or "import" takes the queue over"`,
  );
  const buckets =
    'buckets: [{ name: site, existing: true }, { name: logs, existing: true, access_log_target: true }]\n';
  expect(
    problems(`domain: { domain_name: example.com }\n${buckets}cdn: { origin: buckets.site, access_logs: logs }`),
  ).toMatchInlineSnapshot(`
    "demo/dev.yaml:4:16 cdn.origin: expected a bucket that is managed here, because CloudFront may read what the policy of the bucket lets it, got "buckets.site": it would answer 403 until the owner of "site" allows cloudfront.amazonaws.com s3:GetObject for the distribution; "import: true" takes the bucket over
    demo/dev.yaml:4:43 cdn.access_logs: expected a bucket that is managed here, because CloudFront writes itself into the ACL of the bucket, got "logs": a bucket of this environment costs no more than what is in it"
  `);
  expect(
    problems(
      `domain: { domain_name: example.com }\nalb: {}\nworkload: {}\n${buckets}cdn: { behaviors: [{ path: /a/*, origin: buckets.site }] }`,
    ),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:6:42 cdn.behaviors[0].origin: expected a bucket that is managed here, because CloudFront may read what the policy of the bucket lets it, got "buckets.site": it would answer 403 until the owner of "site" allows cloudfront.amazonaws.com s3:GetObject for the distribution; "import: true" takes the bucket over"`,
  );
  expect(problems('buckets: [{ name: logs, existing: true }, { name: own, access_logs: logs }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:69 buckets.own.access_logs: expected a bucket that says "access_log_target: true", got "logs": "access_log_target: true" at "logs" would say that its owner lets logdelivery.elasticloadbalancing.amazonaws.com and logging.s3.amazonaws.com s3:PutObject there"`,
  );
});

test('fails on failed messages of a queue whose own queue for them nobody knows', () => {
  expect(
    problems(
      'sqs: [{ name: jobs, existing: true }]\nalarms: { rules: [{ name: a, severity: warning, metric: sqs.jobs.failed_messages, above: 0 }] }',
    ),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:57 alarms.rules.a.metric: expected a queue that is managed here, because only its owner knows where failed messages go, got "sqs.jobs.failed_messages""`,
  );
});

test('fails on one thing under two names, and under two addresses', () => {
  expect(
    problems('buckets: [{ name: a, existing: true, bucket_name: acme }, { name: b, bucket_name: acme }]'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:83 buckets.b.bucket_name: expected another bucket name than buckets.a.bucket_name, got "acme": in AWS they would be one and the same; write another one here"`,
  );
  expect(
    problems('imports: { aws_s3_bucket_versioning.a: x, aws_s3_bucket_versioning.b: x, aws_s3_bucket_policy.b: x }'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:71 imports.aws_s3_bucket_versioning.b: expected an id that is imported once, got "x": "aws_s3_bucket_versioning.a" has it already"`,
  );
});

test('other environments may name what one of them manages', () => {
  const mine =
    'region: us-east-1\nbuckets: [{ name: media, bucket_name: acme }]\nsqs: [{ name: jobs, queue_name: jobs }]\n';
  const theirs = mine.replaceAll(' }', ', existing: true }');
  expect(problemsIn({ 'demo/dev.yaml': mine, 'demo/prod.yaml': theirs, 'demo/test.yaml': theirs })).toBe('');
});

test('several services may pull from one repository that is there already', () => {
  const repository = 'repository: { name: acme/app, existing: true }';
  expect(problems(`workload: { ${repository} }\nservices: [{ name: worker, ${repository} }]`)).toBe('');
});

test('fails on imports that are no map of addresses and ids', () => {
  expect(problems('imports: { bucket: x }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:12 imports.bucket: expected a Terraform address such as "aws_db_instance.database", got "bucket""`,
  );
  expect(problems('imports: { aws_s3_bucket_versioning.a: 7 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:40 imports.aws_s3_bucket_versioning.a: expected the id that Terraform imports it by, got 7"`,
  );
  expect(problems('imports: [a]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:1 imports: expected a map of address and id, got ["a"]"`,
  );
});

test('fails on a key of an existing secret that something else injects too', () => {
  const secret = (key: string) =>
    `workload: { uses: [cognito, secrets.x] }\ncognito: { existing: true, user_pool_id: us-east-1_abc }\nsecrets: [{ name: x, existing: true, keys: [${key}] }]`;
  expect(problems(secret('cognito_client_id'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:13 workload.uses: expected things that inject different variables, got ["cognito","secrets.x"]: both would set COGNITO_CLIENT_ID; rename one of them, or use one of them only"`,
  );
  expect(problems(secret('cognito_client_secret'))).toBe('');
});

function domain(zone: string): string {
  return `domain: { domain_name: example.com, zone: ${zone} }`;
}

function read(yaml: string) {
  const written = yaml.includes('region:') ? yaml : `region: us-east-1\n${yaml}`;
  const [environment] = loadEnvironments([folder({ 'demo/dev.yaml': written })]);
  if (!environment) throw new Error('no environment was read');
  return environment.spec;
}

const EVERYTHING = `
network: { import: vpc-0123456789abcdef0 }
domain: { domain_name: example.com, zone: { import: Z0123456789ABC } }
cluster: { import: true }
alb: { access_logs: media }
workload: { repository: { name: acme/app, existing: true }, log_group_import: true }
services: [{ name: reports, repository: { name: acme/reports, import: true }, log_group_import: true }]
functions: [{ name: api, image: "x:1", import: true, log_group_import: true, timeout_seconds: 300, queues: [{ name: jobs }] }]
redis: { import: true }
cognito: { existing: true, user_pool_id: us-east-1_a1B2c3D4e, client_id: abc }
buckets:
  - { name: media, bucket_name: acme-media, existing: true, access_log_target: true }
  - { name: uploads, bucket_name: acme-uploads, import: true }
secrets:
  - { name: mail, secret_name: acme/mail, existing: true, keys: [user, api_key] }
  - { name: push, secret_name: acme/push, import: "${SECRET}:acme/push-a1B2c3", fill_in: [key] }
sqs:
  - { name: jobs, queue_name: acme-jobs, existing: true }
  - { name: mails, queue_name: acme-mails, import: "${QUEUE}/acme-mails" }
topics:
  - { name: news, topic_name: acme-news, existing: true, queues: [mails], emails: [a@example.com] }
  - { name: events, topic_name: acme-events, import: "${TOPIC}:acme-events" }
alarms: { critical: { existing: "${TOPIC}:on-call" } }
imports: { aws_s3_bucket_versioning.bucket_uploads_versioning: acme-uploads }
`;
