import { expect, test } from 'vitest';
import { problemsIn, problemsOf } from '../support/problems';

test('fails on names that follow from a long project and are longer than AWS allows', () => {
  const project = 'a'.repeat(40);
  const dev = `region: us-east-1
alb: { http: forward }
workload: {}
postgres: {}
cognito: {}
buckets: [{ name: ${'b'.repeat(30)} }]
services: [{ name: worker }]
`;
  const problems = problemsIn({ [`${project}/${'e'.repeat(20)}.yaml`]: dev })
    .replaceAll('a'.repeat(40), 'aa…')
    .replaceAll('b'.repeat(30), 'bb…')
    .replaceAll('e'.repeat(20), 'ee…');
  expect(problems).toMatchInlineSnapshot(`
    "aa…/ee….yaml:2:1 alb.name: expected at most 32 characters, all that AWS allows for a load balancer, got "aa…-ee…-alb": it has 65; write a shorter one here
    aa…/ee….yaml:3:1 workload.task_role_name: expected at most 64 characters, all that AWS allows for an IAM role, got "aa…-ee…-backend-task": it has 74; write a shorter one here
    aa…/ee….yaml:3:1 workload.execution_role_name: expected at most 64 characters, all that AWS allows for an IAM role, got "aa…-ee…-backend-execution": it has 79; write a shorter one here
    aa…/ee….yaml:3:1 workload.target_group.name: expected at most 32 characters, all that AWS allows for a target group, got "aa…-ee…-backend": it has 69; write a shorter one here
    aa…/ee….yaml:4:1 postgres.name: expected at most 63 characters, all that AWS allows for a database instance, got "aa…-ee…-postgres": it has 70; write a shorter one here
    aa…/ee….yaml:6:11 buckets.bb….bucket_name: expected at most 63 characters, all that AWS allows for a bucket, got "aa…-bb…-ee…": it has 92; write a shorter one here
    aa…/ee….yaml:7:12 services.worker.task_role_name: expected at most 64 characters, all that AWS allows for an IAM role, got "aa…-ee…-worker-task": it has 73; write a shorter one here
    aa…/ee….yaml:7:12 services.worker.execution_role_name: expected at most 64 characters, all that AWS allows for an IAM role, got "aa…-ee…-worker-execution": it has 78; write a shorter one here"
  `);
});

/** What is told of lengths in a system with a long name, in words: path, limit and what it is the name of. */
function tooLong(yaml: string, length = 40): string[] {
  const project = 'p'.repeat(length);
  return problemsIn({ [`${project}/${'e'.repeat(20)}.yaml`]: `region: us-east-1\n${yaml}\n` })
    .split('\n')
    .flatMap((line) => {
      const [, path, most, what] =
        / (\S+): expected at most (\d+) characters, all that AWS allows for (.+), got/.exec(line) ?? [];
      return path === undefined ? [] : [`${path}: ${most}, ${what}`];
    });
}

test('fails on a function whose name or role is longer than AWS allows', () => {
  const dev = 'region: us-east-1\nfunctions: [{ name: resize-images, code: functions/api }]\n';
  expect(
    problemsIn({ [`${'a'.repeat(40)}/${'e'.repeat(20)}.yaml`]: dev })
      .replaceAll('a'.repeat(40), 'aa…')
      .replaceAll('e'.repeat(20), 'ee…'),
  ).toBe(
    `aa…/ee….yaml:2:13 functions.resize-images.function_name: expected at most 64 characters, all that AWS allows for a function, got "aa…-ee…-resize-images": it has 75; write a shorter one here
aa…/ee….yaml:2:13 functions.resize-images.role_name: expected at most 64 characters, all that AWS allows for an IAM role, got "aa…-ee…-resize-images-function": it has 84; write a shorter one here`,
  );
});

test('fails on what follows from a long name and has an ending of its own', () => {
  const tasks = 'tasks: [{ name: migrate, image: nginx }]';
  expect(tooLong(tasks)).toEqual(['tasks.migrate.task_family: 64, an IAM role']);
  expect(tooLong(`tasks: [{ name: migrate, image: nginx, task_family: ${'f'.repeat(54)} }]`)).toEqual([]);
  expect(tooLong(`tasks: [{ name: migrate, image: nginx, task_family: ${'f'.repeat(55)} }]`)).toHaveLength(1);
  expect(tooLong(`sqs: [{ name: ${'q'.repeat(30)} }]`)).toEqual([`sqs.${'q'.repeat(30)}.queue_name: 80, a queue`]);
  expect(tooLong('network: { flow_logs: true }')).toEqual(['network.name: 64, an IAM role']);
  expect(tooLong('network: { use_default_vpc: true, flow_logs: true }')).toEqual(['env: 64, an IAM role']);
  expect(tooLong('postgres: { name: db, application_user: app }')).toEqual(['env: 64, an IAM role']);
  const replicas = `{ name: ${'d'.repeat(30)}, read_replicas: [{ name: ${'r'.repeat(33)} }] }`;
  expect(tooLong(`postgres: ${replicas}`)).toEqual([
    `postgres.read_replicas.${'r'.repeat(33)}.name: 63, a database instance`,
  ]);
  expect(tooLong(`cognito: { name: ${'u'.repeat(119)}, enable_dashboard_client: true }`)).toEqual([
    'cognito.name: 128, a user pool client',
  ]);
  expect(tooLong(`topics: [{ name: news, topic_name: ${'t'.repeat(101)} }]`)).toEqual([
    'topics.news.topic_name: 100, the display name of a topic',
  ]);
  expect(tooLong(`alarms: { billing: { monthly_usd: 9, name: ${'b'.repeat(251)} } }`)).toEqual([
    'alarms.billing.name: 100, the display name of a topic',
  ]);
  expect(tooLong(`scheduled_tasks: [{ name: s, image: nginx, schedule: rate(1 day) }]`, 44)).toContain(
    'env: 64, a schedule group',
  );
  const short = 'task_role_name: t, execution_role_name: e, start_role_name: s';
  expect(tooLong(`event_processor_tasks: [{ name: orders, sources: [x], ${short} }]`)).toEqual([
    'event_processor_tasks.orders.rule_name: 64, an event rule',
  ]);
  const roles = 'task_role_name: t, execution_role_name: e';
  expect(tooLong(`workload: { service_name: ${'w'.repeat(250)}, ${roles} }`)).toEqual([
    'workload.service_name: 256, a scaling policy',
  ]);
  expect(
    tooLong(
      'domain: { domain_name: example.com, delegated: true }\nbuckets: [{ name: web, bucket_name: shop-web }]\ncdn: { origin: buckets.web }',
    ),
  ).toEqual(['buckets.web.name: 64, an origin access control']);
  expect(tooLong(`workload: { ${roles} }`, 44)).toEqual(['cluster.namespace: 63, a label of a domain name']);
  expect(tooLong('account: { cloudtrail: true }')).toEqual(['project: 63, a bucket']);
});

test('fails on what is called like something whose name follows from another one', () => {
  expect(
    problems(
      'workload: {}\ntasks: [{ name: a }]\nfunctions: [{ name: b, code: functions/api, role_name: demo-dev-a-execution }]',
    ),
  ).toBe(
    'demo/dev.yaml:3:56 functions.b.role_name: expected another IAM role name than tasks.a.task_family, got "demo-dev-a-execution": in AWS they would be one and the same; write another one here',
  );
  const clash = (yaml: string) => /expected another (.+), got/.exec(problems(yaml))?.[1];
  expect(clash('network: { flow_logs: true }\nservices: [{ name: a, task_role_name: demo-dev-vpc-flow-logs }]')).toBe(
    'IAM role name than network.name',
  );
  expect(
    clash('redis: {}\nservices: [{ name: a, log_group_name: /aws/vendedlogs/elasticache/demo-dev-redis/slow-log }]'),
  ).toBe('log group name than redis.name');
  expect(clash('tasks: [{ name: a, image: nginx }]\nservices: [{ name: tasks, image: nginx }]')).toBe(
    'security group name than tasks',
  );
  expect(
    clash(
      'workload: {}\ndelivery: {}\nevent_processor_tasks: [{ name: a, sources: [x], rule_name: demo-dev-deployer }]',
    ),
  ).toBe('event rule name than event_processor_tasks.a.rule_name');
});

test('accepts a target group name of any length where there is no load balancer', () => {
  const dev = 'region: us-east-1\nworkload: {}\n';
  expect(problemsIn({ 'a-project-of-a-certain-length/production.yaml': dev })).toBe('');
  expect(problemsIn({ 'a-project-of-a-certain-length/production.yaml': `${dev}alb: { http: forward }\n` })).not.toBe(
    '',
  );
});

test('fails on the name of a proxy longer than AWS allows, whoever made the database behind it', () => {
  const project = 'a'.repeat(40);
  const existing = 'existing: true, name: shop-db, dbname: shop, security_group_id: sg-0a1b2c3d, secret_name: shop/db';
  for (const database of ['{ name: shop-db, proxy: {} }', `{ ${existing}, proxy: {} }`]) {
    const dev = `region: us-east-1\nmysql: ${database}\n`;
    const found = problemsIn({ [`${project}/${'e'.repeat(20)}.yaml`]: dev }).replaceAll(project, 'aa…');
    expect(found).toContain(
      `mysql.proxy.name: expected at most 63 characters, all that AWS allows for a proxy, got "aa…-${'e'.repeat(20)}-proxy": it has 67; write a shorter one here`,
    );
  }
});

test('fails on a role name longer than IAM allows', () => {
  expect(problems(`workload: { task_role_name: ${'r'.repeat(65)} }`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:29 workload.task_role_name: expected a name that AWS allows for an IAM role (1 to 64 letters, digits and any of "_+=,.@-"), got "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr""`,
  );
});

test('fails on the names of a project that AWS keeps for itself', () => {
  const dev = 'region: us-east-1\nalb: { http: forward }\nworkload: {}\ncognito: {}\n';
  expect(problemsIn({ 'internal-aws/dev.yaml': dev })).toMatchInlineSnapshot(`
    "internal-aws/dev.yaml:2:1 alb.name: expected a name that does not begin with "internal-", which AWS keeps for itself, got "internal-aws-dev-alb": write another one here
    internal-aws/dev.yaml:4:1 cognito.user_pool_domain_prefix: expected a name without "aws", which AWS keeps for itself, got "internal-aws-dev": write another one here"
  `);
});

test('fails on two dashes in a row in what names follow from', () => {
  expect(problemsIn({ 'my--shop/dev.yaml': 'region: us-east-1\n' })).toMatchInlineSnapshot(
    `"my--shop/dev.yaml:1:1 project: expected no two dashes in a row, which names of databases and repositories must not have, got "my--shop""`,
  );
});

test('fails on a bucket name that S3 would refuse', () => {
  expect(problems('buckets: [{ name: media, bucket_name: Media_Files }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:39 buckets[0].bucket_name: expected a name that AWS allows for a bucket (3 to 63 small letters, digits, dashes and dots, no IP address and no beginning or end that S3 keeps for itself), got "Media_Files""`,
  );
});

test('fails on what S3 refuses as the name of a bucket, be it for files or for the state', () => {
  for (const name of ['192.168.5.4', 'xn--shop', 'sthree-shop', 'amzn-s3-demo-shop', 'a..b']) {
    expect(problems(`state: { bucket: ${name} }`)).toBe(
      `demo/dev.yaml:1:18 state.bucket: expected a name that AWS allows for a bucket (3 to 63 small letters, digits, dashes and dots, no IP address and no beginning or end that S3 keeps for itself), got "${name}"`,
    );
    expect(problems(`buckets: [{ name: media, bucket_name: ${name} }]`)).toContain(`got "${name}"`);
  }
  for (const end of ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'])
    expect(problems(`state: { bucket: shop${end} }`)).toContain(`got "shop${end}"`);
});

test('fails on a load balancer name that AWS would refuse', () => {
  expect(problems('alb: { name: my_alb }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:14 alb.name: expected a name that AWS allows for a load balancer (1 to 32 letters, digits and dashes, not "internal-" in front and no dash at an end), got "my_alb""`,
  );
});

test('fails on a database name that RDS would refuse', () => {
  expect(problems('postgres: { name: my--db, dbname: my-db }')).toMatchInlineSnapshot(`
    "demo/dev.yaml:1:19 postgres.name: expected a name that AWS allows for a database instance (1 to 63 small letters, digits and single dashes, a letter first), got "my--db"
    demo/dev.yaml:1:35 postgres.dbname: expected a database name of letters, digits and underscores, at most 63 characters, got "my-db""
  `);
});

test('fails on a user pool domain that holds a word AWS keeps for itself', () => {
  expect(problems('cognito: { user_pool_domain_prefix: my-cognito }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:37 cognito.user_pool_domain_prefix: expected a name that AWS allows for a user pool domain (1 to 63 small letters, digits and dashes, without "aws", "amazon" and "cognito"), got "my-cognito""`,
  );
});

test('fails on a security group name that begins like an id', () => {
  expect(problems('workload: { security_group_name: sg-web }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:34 workload.security_group_name: expected a name that AWS allows for a security group (1 to 255 letters, digits, spaces and signs such as ".:/-", not "sg-" in front), got "sg-web""`,
  );
});

test('fails on a repository name that ECR would refuse', () => {
  expect(problems('workload: { repository: { name: Shop/App } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:33 workload.repository.name: expected a name that AWS allows for an ECR repository (2 to 256 small letters and digits, with single dots, dashes, underscores and slashes between them), got "Shop/App""`,
  );
});

test('fails on a secret name that Secrets Manager would refuse', () => {
  expect(problems('secrets: [{ name: jwt, generate: { key: 48 }, secret_name: "jwt key" }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:60 secrets[0].secret_name: expected a name that AWS allows for a secret (1 to 512 letters, digits and any of "/_+=.@-"), got "jwt key""`,
  );
});

test('fails on a name of capitals, underscores or a dash at its end', () => {
  expect(problems('services: [{ name: my_worker }, { name: Worker }, { name: worker- }]')).toMatchInlineSnapshot(`
    "demo/dev.yaml:1:20 services[0].name: expected a name of small letters, digits and dashes that starts with a letter, at most 40 characters, got "my_worker"
    demo/dev.yaml:1:41 services[1].name: expected a name of small letters, digits and dashes that starts with a letter, at most 40 characters, got "Worker"
    demo/dev.yaml:1:59 services[2].name: expected a name of small letters, digits and dashes that starts with a letter, at most 40 characters, got "worker-""
  `);
});

test('fails on a name of more than 40 characters', () => {
  expect(problems(`buckets: [{ name: ${'b'.repeat(40)} }]`)).toBe('');
  expect(problems(`buckets: [{ name: ${'b'.repeat(41)} }]`)).toContain('at most 40 characters');
});

test('fails on an account id that lost its quotes and its zero', () => {
  expect(problems('account_id: 12345678901')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:13 account_id: expected an AWS account id, 12 digits in quotes, such as "123456789012", got 12345678901"`,
  );
});

test('fails on a service that is called like the workload', () => {
  expect(problems('workload: {}\nservices: [{ name: backend }]')).toMatchInlineSnapshot(`
    "demo/dev.yaml:2:12 services.backend.service_name: expected another service name than workload.service_name, got "demo-dev-backend": in AWS they would be one and the same; write another one here
    demo/dev.yaml:2:12 services.backend.security_group_name: expected another security group name than workload.security_group_name, got "demo-dev-backend": in AWS they would be one and the same; write another one here
    demo/dev.yaml:2:12 services.backend.task_family: expected another task family name than workload.task_family, got "demo-dev-backend": in AWS they would be one and the same; write another one here
    demo/dev.yaml:2:12 services.backend.log_group_name: expected another log group name than workload.log_group_name, got "/ecs/demo-dev/backend": in AWS they would be one and the same; write another one here
    demo/dev.yaml:2:12 services.backend.task_role_name: expected another IAM role name than workload.task_role_name, got "demo-dev-backend-task": in AWS they would be one and the same; write another one here
    demo/dev.yaml:2:12 services.backend.execution_role_name: expected another IAM role name than workload.execution_role_name, got "demo-dev-backend-execution": in AWS they would be one and the same; write another one here
    demo/dev.yaml:2:12 services.backend.repository.name: expected another repository name than workload.repository.name, got "demo_backend": in AWS they would be one and the same; write another one here"
  `);
});

test('fails on a secret that is called like that of the database', () => {
  expect(problems('postgres: {}\nsecrets: [{ name: database, generate: { key: 48 } }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:11 secrets.database.secret_name: expected another secret name than postgres.secret_name, got "demo/dev/database": in AWS they would be one and the same; write another one here"`,
  );
});

test('fails on a service whose security group is called like that of the load balancer', () => {
  expect(problems('alb: { http: forward }\nworkload: {}\nservices: [{ name: alb }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:12 services.alb.security_group_name: expected another security group name than alb.security_group_name, got "demo-dev-alb": in AWS they would be one and the same; write another one here"`,
  );
});

test('fails on a service or secret that is called like what the database and the user pool bring along', () => {
  const secrets = 'secrets: [{ name: cognito, generate: { key: 48 } }]';
  const yaml = `postgres: {}\ncognito: { web_client_secret: true }\nworkload: {}\nservices: [{ name: postgres }]\n${secrets}`;
  expect(problems(yaml)).toMatchInlineSnapshot(`
    "demo/dev.yaml:4:12 services.postgres.security_group_name: expected another security group name than postgres.security_group_name, got "demo-dev-postgres": in AWS they would be one and the same; write another one here
    demo/dev.yaml:5:11 secrets.cognito.secret_name: expected another secret name than cognito.secret_name, got "demo/dev/cognito": in AWS they would be one and the same; write another one here"
  `);
  expect(problems(`cognito: {}\n${secrets}`)).toBe('');
});

test('fails on a task that is called like a service', () => {
  expect(problems('workload: {}\nservices: [{ name: import }]\ntasks: [{ name: import }]')).toMatchInlineSnapshot(`
    "demo/dev.yaml:2:12 services.import.task_role_name: expected another IAM role name than tasks.import.task_family, got "demo-dev-import-task": in AWS they would be one and the same; write another one here
    demo/dev.yaml:2:12 services.import.execution_role_name: expected another IAM role name than tasks.import.task_family, got "demo-dev-import-execution": in AWS they would be one and the same; write another one here
    demo/dev.yaml:3:9 tasks.import.task_family: expected another task family name than services.import.task_family, got "demo-dev-import": in AWS they would be one and the same; write another one here"
  `);
});

test('fails on a tag that AWS or this language sets', () => {
  expect(problems('tags: { "aws:owner": a, managed_by: b }')).toMatchInlineSnapshot(`
    "demo/dev.yaml:1:22 tags.aws:owner: expected a tag that does not begin with "aws:", which AWS keeps for itself, got "aws:owner"
    demo/dev.yaml:1:37 tags.managed_by: expected another tag, because this one is set on every resource already, got "managed_by""
  `);
});

test('fails on a tag of characters that AWS refuses', () => {
  expect(problems('tags: { "owner?": a, team: "a & b" }')).toMatchInlineSnapshot(`
    "demo/dev.yaml:1:19 tags.owner?: expected at most 128 letters, digits, spaces and _.:/=+-@ in a tag, got "owner?"
    demo/dev.yaml:1:28 tags.team: expected at most 256 letters, digits, spaces and _.:/=+-@ as the value of a tag, got "a & b""
  `);
});

test('fails on a tag longer than AWS allows', () => {
  expect(problems(`tags: { ${'k'.repeat(129)}: a }`)).toContain('expected at most 128 letters');
  expect(problems(`tags: { team: ${'v'.repeat(257)} }`)).toContain('expected at most 256 letters');
  expect(problems(`tags: { ${'k'.repeat(128)}: ${'v'.repeat(256)} }`)).toBe('');
});

test('accepts tags in any alphabet', () => {
  expect(problems('tags: { "Kostenträger 7": "größe_.:/=+-@" }')).toBe('');
});

function problems(yaml: string): string {
  return problemsOf(`${yaml}\nregion: us-east-1\n`);
}
