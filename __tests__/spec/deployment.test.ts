import { expect, test } from 'vitest';
import { problemsIn, problemsOf } from '../support/problems';

const problems = (yaml: string) => problemsOf(`region: us-east-1\n${yaml}`);

test('fails for an outbound range that is none, or is there twice', () => {
  expect(problems('workload: { egress: [{ port: 443, cidr: 10.0.0.5/8 }] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:41 workload.egress[0].cidr: expected the first address of a range, got "10.0.0.5/8": write "10.0.0.0/8""`,
  );
  expect(problems('workload: { egress: [{ port: 443 }, { port: 443 }] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:37 workload.egress[1]: expected each port and range once, got "443 to 0.0.0.0/0""`,
  );
});

test('fails for a deployment that could never end', () => {
  expect(problems('workload: { deployment: { max_percent: 100 } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:40 workload.deployment.max_percent: expected more than 100, or min_healthy_percent below 100, got 100: ECS could neither start a new task nor stop an old one, and no deployment would ever end"`,
  );
});

test('fails for a tag that moves in a repository where none can', () => {
  expect(problems('workload: { image_tag: latest }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:24 workload.image_tag: expected a tag that stays where it is, such as a version or a commit, got "latest": in a repository with immutable tags "latest" can be pushed once"`,
  );
  expect(problems('workload: { image_tag: latest, repository: { immutable_tags: false } }')).toBe('');
});

test('fails for a shell in a container that can’t be written to', () => {
  expect(problems('services: [{ name: a, ecs_exec: true, readonly_root_filesystem: true }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:33 services.a.ecs_exec: expected readonly_root_filesystem to be off, because ECS Exec writes into the container, got true"`,
  );
});

test('fails for storage that RDS does not sell', () => {
  expect(problems('postgres: { allocated_storage: 400, iops: 3000 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:43 postgres.iops: expected a figure from 12000 to 64000, what gp3 has from 400 GiB on, got 3000: RDS refuses any other; leave it out for the least"`,
  );
  expect(problems('postgres: { allocated_storage: 400, iops: 12000, throughput: 4000 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:62 postgres.throughput: expected at most 3000, a quarter of the IOPS, got 4000: RDS refuses more; ask for more IOPS"`,
  );
  expect(problems('mysql: { allocated_storage: 400, iops: 12000, throughput: 4000 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:59 mysql.throughput: expected at most 3000, a quarter of the IOPS, got 4000: RDS refuses more; ask for more IOPS"`,
  );
  expect(problems('postgres: { storage_type: gp2, iops: 1000 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:38 postgres.iops: expected none, because gp2 takes no figure for it, got 1000: RDS refuses the instance; gp3 takes one from 400 GiB on"`,
  );
  expect(problems('postgres: { storage_type: gp2, throughput: 125 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:44 postgres.throughput: expected none, because gp2 takes no figure for it, got 125: RDS refuses the instance"`,
  );
  expect(problems('postgres: { storage_type: io2 }')).toMatchInlineSnapshot(`
    "demo/dev.yaml:2:1 postgres.iops: expected a figure, because io2 is sold by IOPS, got nothing: RDS refuses the instance
    demo/dev.yaml:2:1 postgres.allocated_storage: expected at least 100 GiB, the least of io2, got 20: RDS refuses the instance"
  `);
  expect(problems('postgres: { allocated_storage: 400, iops: 16000, throughput: 4000 }')).toBe('');
});

test('fails for a database that the server has already, and for more replicas than RDS makes', () => {
  expect(problems('postgres: { dbname: template1 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:21 postgres.dbname: expected a name that no database of the server has yet, got "template1": RDS refuses the instance"`,
  );
  const replicas = Array.from({ length: 16 }, (_, index) => `{ name: r${index} }`).join(', ');
  expect(problems(`postgres: { read_replicas: [${replicas}] }`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:13 postgres.read_replicas: expected at most 15, all that RDS makes of one instance, got a list of 16"`,
  );
});

test('fails for a range that no VPC can have, and for subnets too small for a load balancer', () => {
  expect(problems('network: { cidr: 127.0.0.0/16 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:18 network.cidr: expected a range outside 127.0.0.0/8, which no VPC can have, got "127.0.0.0/16": take a private one, such as "10.0.0.0/16""`,
  );
  const subnets = (mask: string) => `network:
  subnets:
    public: [{ zone: us-east-1a, cidr: 10.0.0.0/${mask} }, { zone: us-east-1b, cidr: 10.0.1.0/24 }]
    private: [{ zone: us-east-1a, cidr: 10.0.2.0/24 }, { zone: us-east-1b, cidr: 10.0.3.0/24 }]
alb: { http: forward }
workload: {}`;
  expect(problems(subnets('28'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:40 network.subnets.public[0].cidr: expected /27 or more, because a load balancer stands in it, got "10.0.0.0/28": it needs 8 free addresses, and AWS keeps 5 of the 16 for itself"`,
  );
  expect(problems(subnets('27'))).toBe('');
});

test('fails for lists that say a thing twice, or so that one address would mean both', () => {
  expect(problems('cognito: { groups: [a, a] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:24 cognito.groups[1]: expected a group that is not in the list yet, got "a""`,
  );
  expect(problems('cognito: { groups: [a-b, a_b] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:26 cognito.groups[1]: expected a group that is not in the list yet, got "a_b": "a-b" differs in punctuation alone, and Terraform addresses have none"`,
  );
  expect(problems('workload: {}\nalarms: { critical: { emails: [a.b@c.io, a-b@c.io] } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:42 alarms.critical.emails[1]: expected an address that is not in the list yet, got "a-b@c.io": "a.b@c.io" differs in punctuation alone, and Terraform addresses have none"`,
  );
  expect(problems('secrets: [{ name: a, fill_in: [x, x] }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:35 secrets[0].fill_in[1]: expected a key that is not in the list yet, got "x""`,
  );
});

test('fails for a secret that generates nothing', () => {
  expect(problems('secrets: [{ name: a, generate: {} }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:22 secrets[0].generate: expected at least one key, got a map (empty)"`,
  );
  expect(problems('secrets: [{ name: a, generate: { __proto__: 20 } }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:34 expected another key than "__proto__""`,
  );
});

test('fails for two behaviors or routes of one path, and for limits that limit nothing', () => {
  const cdn =
    'domain: { domain_name: example.com }\nalb: {}\nworkload: {}\ncdn: { behaviors: [{ path: /a/* }, { path: /a/* }] }';
  expect(problems(cdn)).toMatchInlineSnapshot(
    `"demo/dev.yaml:5:44 cdn.behaviors[1].path: expected each path once, got "/a/*": CloudFront refuses a second behavior for it"`,
  );
  const route = (name: string, priority: number) => `{ name: ${name}, route: { path: /a/*, priority: ${priority} } }`;
  expect(
    problems(`alb: { http: forward }\nworkload: {}\nservices: [${route('x', 1)}, ${route('y', 2)}]`),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:87 services.y.route.path: expected a path of its own, got "/a/*": service "x" gets every request for it"`,
  );
  expect(problems('alb: { http: forward }\nworkload: {}\nwaf: { rate_limits: [] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:8 waf.rate_limits: expected at least one rate limit, got nothing: a web ACL without rules costs $5 a month and stops nothing"`,
  );
});

test('fails for a template without a text, and for a main name that no certificate has', () => {
  const label = 'a'.repeat(63);
  expect(
    problems('domain: { domain_name: example.com }\nses: { templates: [{ name: a, subject: b }] }'),
  ).toMatchInlineSnapshot(`"demo/dev.yaml:3:20 ses.templates.a: expected html, text or both, got nothing"`);
  expect(problems(`domain: { domain_name: ${label}.com, add_domain_prefix: false }`)).toContain(
    'expected at most 64 characters for the main name of a certificate',
  );
});

test('fails for two alarms or topics of one name', () => {
  const rules =
    '[{ name: a, alarm_name: x, severity: warning, metric: workload.cpu, above: 1 }, { name: b, alarm_name: x, severity: warning, metric: workload.cpu, above: 2 }]';
  expect(
    problems(`workload: {}\nalarms: { critical: { name: t }, warning: { name: t }, rules: ${rules} }`),
  ).toMatchInlineSnapshot(`
    "demo/dev.yaml:3:51 alarms.warning.name: expected another topic name than alarms.critical.name, got "t": in AWS they would be one and the same; write another one here
    demo/dev.yaml:3:166 alarms.rules.b.alarm_name: expected another alarm name than alarms.rules.a.alarm_name, got "x": in AWS they would be one and the same; write another one here"
  `);
});

test('fails for an environment called like the stack that holds the states, and for two stacks of one name', () => {
  expect(problemsIn({ 'demo/bootstrap.yaml': 'region: us-east-1' })).toMatchInlineSnapshot(
    `"demo/bootstrap.yaml:1:1 env: expected another name, because <project>-bootstrap is the stack that holds the states, got "bootstrap""`,
  );
  expect(problemsIn({ 'a/b-c.yaml': 'region: us-east-1', 'a-b/c.yaml': 'region: us-east-1' })).toContain(
    'expected another stack name than that of',
  );
});

test('fails for a security policy that still speaks TLS 1.0', () => {
  expect(problems('alb: { http: forward, ssl_policy: ELBSecurityPolicy-2015-05 }\nworkload: {}')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:35 alb.ssl_policy: expected a security policy of TLS 1.2 or later such as "ELBSecurityPolicy-TLS13-1-2-2021-06", got "ELBSecurityPolicy-2015-05""`,
  );
});
