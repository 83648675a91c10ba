import { expect, test } from 'vitest';
import { loadEnvironments } from '../../src/spec/load/load';
import { specYaml } from '../../src/tools/spec-yaml';
import { folder } from '../support/files';
import { problemsIn, problemsOf } from '../support/problems';

const SCHEDULED = `scheduled_tasks:
  - name: daily-cleanup
    schedule: "rate(1 day)"
    container_command: '["node", "cleanup.js"]'
`;
const BY_EVENTS = `event_processor_tasks:
  - name: order-processor
    rule_name: order-events
    detail_types: ["Order Created"]
    sources: ["com.myapp.orders"]
`;

test.each([
  ['scheduled tasks', SCHEDULED],
  ['event-driven tasks', BY_EVENTS],
])('reads the dialect’s block of %s where nothing else is said', (_, block) => {
  expect(problemsIn({ 'demo/base.yaml': 'region: us-east-1\n', 'demo/dev.yaml': block })).toBe('');
});

test('prints a command as the list that it is, and a single rule as a list of one', () => {
  const [task] = specOf(SCHEDULED).scheduledTasks;
  expect(task?.containerCommand).toEqual(['node', 'cleanup.js']);
  const [processor] = specOf(BY_EVENTS).eventProcessorTasks;
  expect(processor?.rules).toMatchObject([
    { name: 'order-events', sources: ['com.myapp.orders'], detailTypes: ['Order Created'] },
  ]);

  const printed = specYaml(specOf(SCHEDULED + BY_EVENTS));
  expect(printed).toContain('    container_command:\n      - node\n      - cleanup.js\n');
  expect(printed).toContain('    rules:\n      - name: order-events\n');
  expect(printed).not.toContain('rule_name');
  expect(problemsOf(printed)).toBe('');
});

test('runs the workload’s image on its processor unless there is none or another is asked for', () => {
  const [borrowed, own, foreign] = specOf(`workload: { architecture: arm64, image: "nginx:1.27" }
scheduled_tasks:
  - { name: a, schedule: rate(1 day) }
  - { name: b, schedule: rate(1 day), repository: {} }
  - { name: c, schedule: rate(1 day), image: "redis:7" }
`).scheduledTasks;
  expect(borrowed).toMatchObject({ architecture: 'arm64', imageOwner: 'terraform', repository: undefined });
  expect(own).toMatchObject({ architecture: 'x86_64', imageOwner: 'pipeline', repository: { name: 'demo_b' } });
  expect(foreign).toMatchObject({ architecture: 'x86_64', imageOwner: 'terraform', repository: undefined });
  expect(specOf(SCHEDULED).scheduledTasks[0]?.repository?.name).toBe('demo_daily-cleanup');
});

test('a renamed task keeps the names it has in AWS', () => {
  const { scheduledTasks, eventProcessorTasks } = specOf(`scheduled_tasks:
  - { name: fresh, was: stale, schedule: rate(1 day) }
event_processor_tasks:
  - { name: new, was: old, sources: [a] }
`);
  expect(scheduledTasks[0]).toMatchObject({ scheduleName: 'demo-dev-stale', startRoleName: 'demo-dev-stale-start' });
  expect(scheduledTasks[0]).toMatchObject({ taskFamily: 'demo-dev-stale', repository: { name: 'demo_stale' } });
  expect(eventProcessorTasks[0]?.rules[0]?.name).toBe('demo-dev-old');
});

test('leaves out what is not enabled, and keeps keys of an event that are called like ours', () => {
  const { scheduledTasks, eventProcessorTasks } = specOf(`scheduled_tasks:
  - { name: a, enabled: false, schedule: rate(1 day) }
event_processor_tasks:
  - name: b
    rules:
      - { name: x, enabled: false, sources: [a] }
      - { name: y, sources: [a], detail: { added: [true], orderId: [{ exists: true }] } }
`);
  expect(scheduledTasks).toEqual([]);
  expect(eventProcessorTasks[0]?.rules).toMatchObject([
    { name: 'y', detail: { added: [true], orderId: [{ exists: true }] } },
  ]);
});

test.each([
  ['node jobs/cleanup.js --all', '["node", "jobs/cleanup.js", "--all"]'],
  ['sh -c "a && b"', '["node", "cleanup.js"]'],
  ['["node", 1]', '["node", "cleanup.js"]'],
])('fails on the command %j, which is no list', (command, list) => {
  expect(scheduled(`container_command: ${JSON.stringify(command)}`)).toBe(
    `demo/dev.yaml:3:58 scheduled_tasks[0].container_command: expected a list such as ${list}, got ${JSON.stringify(command)}`,
  );
});

test('fails on a command with something else than text, and under the other containers’ key', () => {
  expect(scheduled('container_command: [node, 1]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:65 scheduled_tasks[0].container_command[1]: expected text, got 1"`,
  );
  expect(scheduled('command: [node]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:39 scheduled_tasks[0].command: unknown key: did you mean "container_command"?"`,
  );
});

test('fails on an image and a repository, and on the workload’s image on another processor', () => {
  expect(scheduled('image: "nginx:1.27", repository: {}')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:60 scheduled_tasks.a.repository: expected either image or repository, got "both": the image is pulled from elsewhere; take one of the two out"`,
  );
  expect(scheduled('architecture: x86_64', 'workload: { architecture: arm64 }\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:53 scheduled_tasks.a.architecture: expected "arm64", for which the workload’s image is built, got "x86_64": the container would not start; write "repository: {}" for an image of its own"`,
  );
  expect(scheduled('architecture: x86_64, repository: {}', 'workload: { architecture: arm64 }\n')).toBe('');
});

test('fails on retries that EventBridge does not do', () => {
  expect(scheduled('max_retry_attempts: 186')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:59 scheduled_tasks[0].max_retry_attempts: expected a whole number from 0 to 185, got 186"`,
  );
  expect(scheduled('max_event_age_seconds: 30')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:62 scheduled_tasks[0].max_event_age_seconds: expected a whole number from 60 to 86400, got 30"`,
  );
});

test('holds tasks that AWS starts to what every container is held to', () => {
  expect(scheduled('memory: 4096')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:47 scheduled_tasks.a.memory: expected a memory that Fargate has for cpu 256 (512, 1024, 2048 MiB), got 4096: ECS would refuse the task definition; 4096 MiB comes with cpu 512 or 1024 or 2048"`,
  );
  expect(scheduled('uses: [database]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:46 scheduled_tasks.a.uses[0]: expected the name of something that this environment declares, got "database": there is "logs""`,
  );
  expect(scheduled('env_variables: [{ name: API_TOKEN, value: abc }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:81 scheduled_tasks.a.env_variables.API_TOKEN.value: expected nothing secret in a file, got "******** (3 characters)": declare it under "secrets:" with fill_in and list the secret in "uses"; whoever has seen this file knows the value"`,
  );
  expect(scheduled('image_tag: latest')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:50 scheduled_tasks.a.image_tag: expected a tag that stays where it is, such as a version or a commit, got "latest": in a repository with immutable tags "latest" can be pushed once"`,
  );
  expect(scheduled('egress: [{ port: 22, cidr: 10.0.0.1/8 }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:66 scheduled_tasks.a.egress[0].cidr: expected the first address of a range, got "10.0.0.1/8": write "10.0.0.0/8""`,
  );
  expect(scheduled('efs: [{ name: files, mount_point: /files }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:53 scheduled_tasks.a.efs.files.name: expected the name of a file system that "efs" declares, got "files": declare it under "efs:" at the top of the file"`,
  );
  expect(scheduled('was: b, log_group_import: true')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:65 scheduled_tasks.a.log_group_import: expected no "was" beside it, because what Terraform moves it has imported before, got true: take one of the two out"`,
  );
});

test('fails on a task that gets its image over no NAT gateway, unless it has an address of its own', () => {
  expect(scheduled('', 'network: { nat_gateways: none }\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:26 network.nat_gateways: expected "single" or "per_zone", because scheduled_tasks.a gets its image and its secrets over HTTPS, got "none": its tasks would never start; to keep "none", write "endpoints: [s3, ecr.api, ecr.dkr, logs]""`,
  );
  expect(scheduled('assign_public_ip: true', 'network: { nat_gateways: none }\n')).toBe('');
});

test('fails on names that are too long or taken', () => {
  const long = 'a'.repeat(40);
  const other = `region: us-east-1\nproject: ${'p'.repeat(36)}\nname_differs_because: it is long\n`;
  expect(
    problemsOf(`${other}scheduled_tasks: [{ name: ${long}, schedule: rate(1 day), image: "n:1" }]\n`).split('\n'),
  ).toEqual(
    ['task_role_name', 'execution_role_name', 'start_role_name', 'dead_letter_queue_name', 'schedule_name'].map((key) =>
      expect.stringContaining(`scheduled_tasks.${long}.${key}: expected at most ${key.includes('queue') ? 80 : 64}`),
    ),
  );
  expect(problemsOf(`${other}event_processor_tasks: [{ name: ${long}, sources: [a], image: "n:1" }]\n`)).toContain(
    `event_processor_tasks.${long}.rule_name: expected at most 64 characters, all that AWS allows for an event rule`,
  );
  expect(
    problemsOf(
      `region: us-east-1\nproject: ${'p'.repeat(40)}\nenv: ${'e'.repeat(30)}\nname_differs_because: it is long\nscheduled_tasks: [{ name: a, schedule: rate(1 day), schedule_name: a, image: "n:1", task_role_name: t, execution_role_name: e, start_role_name: s }]\n`,
    ),
  ).toBe(
    `demo/dev.yaml:3:6 env: expected at most 64 characters, all that AWS allows for a schedule group, got "${'p'.repeat(40)}-${'e'.repeat(30)}": it has 71; write a shorter one here`,
  );
  expect(
    problemsOf(`region: us-east-1
event_processor_tasks:
  - { name: a, rule_name: r, sources: [x] }
  - { name: b, rules: [{ name: r, sources: [x] }] }
`),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:32 event_processor_tasks.b.rules.r.name: expected another event rule name than event_processor_tasks.a.rule_name, got "r": in AWS they would be one and the same; write another one here"`,
  );
  expect(
    problemsOf(`region: us-east-1
scheduled_tasks: [{ name: a, schedule: rate(1 day), dead_letter_queue_name: jobs }]
sqs: { name: jobs, queue_name: jobs }
`),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:77 scheduled_tasks.a.dead_letter_queue_name: expected another queue name than sqs.jobs.queue_name, got "jobs": in AWS they would be one and the same; write another one here"`,
  );
});

test('fails on two environments of one account with one rule', () => {
  const rule = `region: us-east-1\nstate: local\n${BY_EVENTS}    image: "nginx:1.27"\n`;
  expect(problemsIn({ 'demo/dev.yaml': rule, 'demo/prod.yaml': rule })).toMatchInlineSnapshot(
    `"demo/prod.yaml:5:16 event_processor_tasks.order-processor.rule_name: expected another event rule name than that of demo-dev, got "order-events": an account has one of a name in a region; write another one here, or account_id where the accounts differ"`,
  );
});

function scheduled(keys: string, rest = ''): string {
  return problemsOf(
    `region: us-east-1\nscheduled_tasks:\n  - { name: a, schedule: rate(1 day)${keys && `, ${keys}`} }\n${rest}`,
  );
}

function specOf(yaml: string) {
  const [environment] = loadEnvironments([folder({ 'demo/dev.yaml': `region: us-east-1\nstate: local\n${yaml}` })]);
  if (!environment) throw new Error('no environment was read');
  return environment.spec;
}
