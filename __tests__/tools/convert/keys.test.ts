import { expect, test } from 'vitest';
import { HEAD, meaning, olderFile, told, translated } from '../../support/converted';

test('no key of the dialect is unknown', () => {
  for (const file of ['small', 'whole', 'flat', 'every-key']) {
    const unknown = translated(olderFile(file)).entries.filter(({ why }) => why?.startsWith('unknown key'));
    expect(unknown).toEqual([]);
  }
});

test('a key that nobody knows is refused, and the nearest one named', () => {
  expect(told(`${HEAD}  backend_cpuu: 512\n`, 'workload.backend_cpuu')).toBe(
    'workload.backend_cpuu refused: unknown key: did you mean "workload.backend_cpu"?',
  );
  expect(told(`${HEAD}constructor: 1\n`, 'constructor')).toBe(
    'constructor refused: unknown key: nothing is called so in the dialect or here',
  );
});

test('numbers in quotes become numbers, and words of YAML 1.1 true and false', () => {
  const text = `${HEAD}  backend_cpu: "512"\n  backend_memory: '1024'\n  backend_remote_access: yes\n`;
  expect(meaning(text)).toMatchObject({ workload: { cpu: 512, memory: 1024, ecs_exec: true } });
  expect(told(text, 'workload.backend_cpu')).toBe('workload.backend_cpu renamed workload.cpu: now 512');
});

test('a version and an account id become text, with what YAML takes from a number', () => {
  const text = `${HEAD}account_id: 012345678901\npostgres:\n  enabled: true\n  engine_version: 16.x\n`;
  expect(meaning(text)).toMatchObject({ account_id: '012345678901', postgres: { engine_version: '16' } });
});

test('empty values go, and are counted', () => {
  const text = `${HEAD}  backend_env_variables: ""\n  bucket_postfix: null\n  efs: []\nservices:\n`;
  expect(meaning(text)).not.toHaveProperty('services');
  expect(told(text, 'workload.b').split('\n').slice(1)).toEqual([
    'workload.backend_env_variables dropped: nothing is the same as leaving it out',
    'workload.bucket_postfix dropped: as workload.backend_env_variables',
  ]);
});

test('variables come as a map, a list or both, and are a list of text', () => {
  const services = `services:
  - name: a
    env_vars: { N: 1, T: true, Z: "", ID: 007 }
  - name: b
    env_vars:
      - { name: X, value: 2 }
  - name: c
    env_variables:
      - { name: X, value: x }
    environment_variables: { Y: y }
`;
  const variables = (meaning(HEAD + services) as { services: { env_variables: object }[] }).services;
  expect(variables.map((service) => service.env_variables)).toEqual([
    [
      { name: 'N', value: '1' },
      { name: 'T', value: 'true' },
      { name: 'Z', value: '' },
      { name: 'ID', value: '007' },
    ],
    [{ name: 'X', value: '2' }],
    [
      { name: 'X', value: 'x' },
      { name: 'Y', value: 'y' },
    ],
  ]);
});

test('the report never tells the value of a variable or of a secret', () => {
  const text = `${HEAD}  slack_webhook: https://example.com/planted\n  backend_env_variables: { A: planted, B: 4711 }\n`;
  const { entries, notes, yaml } = translated(text);
  expect(JSON.stringify([entries, notes])).not.toMatch(/planted|4711/);
  expect(yaml).not.toContain('example.com/planted');
});

test.each([
  ['["node", "x.js"]', ['node', 'x.js']],
  [`'["node", "x.js"]'`, ['node', 'x.js']],
  ['node x.js', ['node', 'x.js']],
  [`node "a b" 'c d'`, ['node', 'a b', 'c d']],
  ['"[broken"', ['[broken']],
])('the command %s becomes a list', (written, command) => {
  expect(meaning(`${HEAD}services:\n  - name: a\n    container_command: ${written}\n`)).toMatchObject({
    services: [{ command }],
  });
});

test('names become ours wherever they are named', () => {
  const text = `${HEAD}  efs:\n    - { name: My_Files, mount_point: /f }\nefs:\n  - name: My_Files\n`;
  expect(meaning(text)).toMatchObject({ workload: { efs: [{ name: 'my-files' }] }, efs: [{ name: 'my-files' }] });
  expect(told(text, 'efs')).toBe('efs[0].name kept: now "my-files"');
});

test('scaling is on only where it was on, with the figures that were taken', () => {
  const off = `${HEAD}  backend_autoscaling_enabled: false\n  backend_autoscaling_max_capacity: 4\n`;
  expect(meaning(off)).toMatchObject({ workload: { backend_image_port: 8080, scaling: { enabled: false } } });
  expect(meaning(HEAD)).toMatchObject({ workload: { scaling: { enabled: false } } });
  const on = `${HEAD}  backend_autoscaling_enabled: true\n  backend_autoscaling_max_capacity: 4\n`;
  expect(meaning(on)).toMatchObject({ workload: { scaling: { min: 1, max: 4, target_cpu: 70, target_memory: 80 } } });
});

test('the state goes to the same bucket, and never to the same key', () => {
  const text = `${HEAD}state_file: state.tfstate\nstate_lock_table: locks\n`;
  expect((meaning(text) as { state: object }).state).toEqual({
    bucket: 'shop-state',
    lock_table: 'locks',
    existing: true,
  });
  expect(told(text, 'state_file')).toContain('refused: the state under that key describes what the other tool made');
});

test.each([
  ['create_domain_zone: true', 'create'],
  ['create_domain_zone: true\n  zone_id: Z0123456789', { existing: 'Z0123456789' }],
  ['create_domain_zone: false\n  zone_id: Z0123456789', { existing: 'Z0123456789' }],
  ['create_domain_zone: false\n  root_zone_id: Z0123456789', 'create'],
  ['create_domain_zone: false', { existing: 'example.com' }],
  ['use_existent: true', { existing: 'example.com' }],
  ['use_existent: false', 'create'],
])('the zone of %j', (keys, zone) => {
  const text = `${HEAD}domain:\n  enabled: true\n  domain_name: example.com\n  ${keys}\n`;
  expect((meaning(text) as { domain: { zone?: unknown } }).domain.zone).toEqual(zone);
});

test('nothing stands in front of the names of production, whatever the file says', () => {
  const domain = 'domain:\n  enabled: true\n  domain_name: example.com\n';
  const production = HEAD.replace('env: dev', 'env: prod');
  expect(meaning(production + domain)).toMatchObject({ domain: { add_domain_prefix: false } });
  const asked = `${production}${domain}  add_env_domain_prefix: true\n`;
  expect(meaning(asked)).toMatchObject({ domain: { add_domain_prefix: false } });
  expect((meaning(HEAD + domain) as { domain: object }).domain).not.toHaveProperty('add_domain_prefix');
});

test('mail keeps the name that it was sent from', () => {
  const text = `${HEAD}domain:\n  enabled: true\n  domain_name: example.com\nses:\n  enabled: true\n`;
  expect(meaning(text)).toMatchObject({ ses: { domain_name: 'mail.dev.example.com' } });
});

test('queues of both kinds stand in one list, and services name theirs', () => {
  const text = `${HEAD}sqs:
  enabled: true
  name: main
services:
  - name: pages
extensions:
  sns_topics:
    - name: news
  sqs_queues:
    - name: mails
      message_retention: 172800
      sns_subscriptions: [news]
    - name: audits
      sns_subscriptions:
        - { topic: news, raw_message_delivery: true }
`;
  expect(meaning(text)).toMatchObject({
    sqs: [{ enabled: true, name: 'main' }, { name: 'mails', message_retention_days: 2 }, { name: 'audits' }],
    services: [{ name: 'pages', uses: ['sqs.main'] }],
    topics: [{ name: 'news', queues: ['mails', 'audits'] }],
  });
  expect(told(text, 'extensions.sqs_queues[1].sns_subscriptions')).toBe(
    `extensions.sqs_queues[1].sns_subscriptions[0].topic renamed topics[0].queues[1]
extensions.sqs_queues[1].sns_subscriptions[0].raw_message_delivery refused: a queue gets messages in the envelope of SNS here`,
  );
});

test('a distribution that cdn can say is said, and any other refused', () => {
  const distribution = (type: string) => `${HEAD}cloudfront_distributions:
  - name: web
    origins:
      - { name: app, type: ${type} }
    price_class: PriceClass_200
`;
  expect(meaning(distribution('alb'))).toMatchObject({ cdn: { origin: 'alb', price_class: 'PriceClass_200' } });
  expect(told(distribution('amplify'), 'cloudfront_distributions[0].price_class')).toBe(
    'cloudfront_distributions[0].price_class refused: as cloudfront_distributions[0].name',
  );
});

test('GitHub and pgAdmin are there only where they were on', () => {
  const on = `${HEAD}  enable_github_oidc: true\n  github_oidc_subjects: [repo:shop/a:*]\n  install_pg_admin: true\n  pg_admin_email: a@example.com\npostgres:\n  enabled: true\n`;
  expect(meaning(on)).toMatchObject({
    delivery: { github: { subjects: ['repo:shop/a:*'] } },
    postgres: { pgadmin: { email: 'a@example.com' } },
  });
  const off = meaning(on.replaceAll(/(oidc|admin): true/g, '$1: false')) as { postgres: object };
  expect(off).not.toHaveProperty('delivery');
  expect(off.postgres).not.toHaveProperty('pgadmin');
});

test('policies of both keys stand in one list', () => {
  const policy = (key: string, action: string) => `  ${key}:\n    - actions: [${action}]\n      resources: ["*"]\n`;
  const text = HEAD + policy('policy', 's3:GetObject') + policy('backend_policies', 'sqs:SendMessage');
  expect(meaning(text)).toMatchObject({
    workload: { policy: [{ actions: ['s3:GetObject'] }, { actions: ['sqs:SendMessage'] }] },
  });
  expect(told(text, 'workload.backend_policies[0].actions')).toContain('it had no effect in the other tool of 2025');
});

test('of two spellings the first counts, and the second is refused', () => {
  const text = `${HEAD}  backend_remote_access: true\n  remote_access: false\n`;
  expect(meaning(text)).toMatchObject({ workload: { ecs_exec: true } });
  expect(told(text, 'workload.remote_access')).toBe(
    'workload.remote_access refused: another key of this file says it already',
  );
});

test('what Terraform would evaluate is refused', () => {
  const text = `${HEAD}  backend_env_variables:\n    A: "\${module.x}"\n`;
  expect(told(text, 'workload.backend_env_variables.A')).toBe(
    'workload.backend_env_variables.A refused: Terraform would evaluate what stands in "${…}": write the value itself',
  );
});

test('the keys that only the readme of the tool has are refused with a hint', () => {
  const text = `${HEAD}aws_region: eu-central-1\ndatabase:\n  engine: postgres\nservices:\n  - name: a\n    path: /a\n    port: 80\n`;
  expect(told(text, 'aws_region')).toContain(
    'refused: not a key of the dialect, though its readme shows it: write region',
  );
  expect(told(text, 'database')).toContain('though its readme shows it: write postgres');
  expect(told(text, 'services[0].p').match(/though its readme/g)).toHaveLength(2);
});

test('what was open is noted as translated to private', () => {
  const text = `${HEAD}services:\n  - name: a\npostgres:\n  enabled: true\nefs:\n  - name: f\n`;
  const notes = translated(text).notes.filter((note) => note.text.includes('translated to private'));
  expect(notes.map(({ path }) => path)).toEqual(['network', 'workload', 'services', 'postgres', 'efs']);
  expect(translated(text).notes.map(({ path }) => path)).toContain('postgres.deletion_protection');
});

test('the key of a public bucket goes where there is no bucket', () => {
  expect(told(`${HEAD}  bucket_postfix: null\n  bucket_public: false\n`, 'workload.bucket_public')).toBe(
    'workload.bucket_public dropped: there is no bucket of the backend without bucket_postfix',
  );
  expect(meaning(`${HEAD}  bucket_postfix: a1\n  bucket_public: false\n`)).toMatchObject({
    workload: { bucket_postfix: 'a1', bucket_public: false },
  });
});

test('a task keeps its command as a list, its public address and its own repository', () => {
  const text = `${HEAD}scheduled_tasks:
  - name: fees
    schedule: rate(1 day)
    container_command: '["fees"]'
    allow_public_access: true
    ecr_config:
      mode: create_ecr
`;
  expect((meaning(text) as { scheduled_tasks: object }).scheduled_tasks).toEqual([
    { name: 'fees', schedule: 'rate(1 day)', container_command: ['fees'], assign_public_ip: true, repository: {} },
  ]);
});
