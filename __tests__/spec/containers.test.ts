import { expect, test } from 'vitest';
import { problemsOf } from '../support/problems';

test('accepts every rule of containers kept', () => {
  const yaml = `workload: { cpu: 512, memory: 3072, desired_count: 2, uses: [database, database.admin, logs],
  scaling: { min: 2, max: 4, target_cpu: 70, scale_in_below: { cpu: 30 } } }
postgres: {}`;
  expect(problems(yaml)).toBe('');
});

test('fails on a memory that Fargate does not sell with the CPU', () => {
  expect(problems('workload: { cpu: 256, memory: 4096 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:31 workload.memory: expected a memory that Fargate has for cpu 256 (512, 1024, 2048 MiB), got 4096: ECS would refuse the task definition; 4096 MiB comes with cpu 512 or 1024 or 2048"`,
  );
});

test('fails on a memory that Fargate sells with no CPU', () => {
  expect(problems('services: [{ name: worker, cpu: 1024, memory: 5000 }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:47 services.worker.memory: expected a memory that Fargate has for cpu 1024 (2048 to 8192 in steps of 1024 MiB), got 5000: ECS would refuse the task definition"`,
  );
});

test('fails on a CPU that leaves the default memory behind, and says what memory there is', () => {
  expect(problems('tasks: [{ name: migrate, image: busybox, cpu: 2048 }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:9 tasks.migrate.memory: expected a memory that Fargate has for cpu 2048 (4096 to 16384 in steps of 1024 MiB), got 512: ECS would refuse the task definition; 512 MiB comes with cpu 256"`,
  );
});

test('fails on a CPU that Fargate does not sell', () => {
  expect(problems('workload: { cpu: 300 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:18 workload.cpu: expected a CPU size that Fargate has (256, 512, 1024, 2048, 4096, 8192, 16384), got 300"`,
  );
});

test('fails on a health check whose timeout is not below its interval', () => {
  expect(problems('workload: { health_check: { interval_seconds: 10, timeout_seconds: 10 } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:68 workload.health_check.timeout_seconds: expected less than the 10 s from one check to the next (interval_seconds), got 10: a load balancer refuses a target group whose checks overlap"`,
  );
});

test('fails on a least number of tasks above the greatest', () => {
  expect(problems('workload: { scaling: { min: 5, max: 2, target_cpu: 70 } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:29 workload.scaling.min: expected at most 2, the value of max, got 5"`,
  );
});

test('fails on scaling without a target', () => {
  expect(problems('workload: { scaling: { max: 2 } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:13 workload.scaling: expected target_cpu, target_memory or schedules, got nothing: without one of them nothing would ever scale"`,
  );
});

test('fails on a container that uses itself', () => {
  expect(problems('services: [{ name: worker, uses: [services.worker] }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:35 services.worker.uses[0]: expected the name of something that this environment declares, got "services.worker": there is "logs""`,
  );
});

test('fails on permissions to do everything', () => {
  expect(problems('workload: { policy: [{ actions: ["*", "s3:*"], resources: ["*"] }] }')).toMatchInlineSnapshot(`
    "demo/dev.yaml:1:34 workload.policy[0].actions[0]: expected an action such as "s3:GetObject", not all of a service, got "*"
    demo/dev.yaml:1:39 workload.policy[0].actions[1]: expected an action such as "s3:GetObject", not all of a service, got "s3:*""
  `);
});

test('fails on a file of variables that ECS would not take', () => {
  expect(problems('workload: { env_files_s3: [{ bucket: config, key: app.txt }] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:51 workload.env_files_s3[0].key: expected the key of a file that ends in .env, such as "backend/app.env", got "app.txt""`,
  );
});

test('fails on a number of tasks outside the bounds of scaling', () => {
  expect(problems('workload: { desired_count: 9, scaling: { min: 2, max: 4, target_cpu: 70 } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:28 workload.desired_count: expected a number from 2 to 4, the bounds of scaling, got 9: scaling would change it at once"`,
  );
});

test('fails on the default number of tasks below the bounds of scaling', () => {
  expect(problems('workload: { scaling: { min: 2, max: 4, target_cpu: 70 } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 workload.desired_count: expected a number from 2 to 4, the bounds of scaling, got 1: scaling would change it at once"`,
  );
});

test('fails on scaling in below nothing', () => {
  expect(problems('workload: { scaling: { max: 4, target_cpu: 70, scale_in_below: {} } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:48 workload.scaling.scale_in_below: expected cpu, memory or both, got nothing"`,
  );
});

test('fails on scaling in at or above the target of scaling out', () => {
  expect(
    problems('workload: { scaling: { max: 4, target_memory: 70, scale_in_below: { memory: 70 } } }'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:77 workload.scaling.scale_in_below.memory: expected less than the target of 70 %, got 70: scaling in and scaling out would chase each other"`,
  );
});

test('fails on the use of something that is not declared, with the nearest that is', () => {
  expect(problems('workload: { uses: [databse] }\npostgres: {}')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:20 workload.uses[0]: expected the name of something that this environment declares, got "databse": did you mean "database"?"`,
  );
});

test('fails on the use of something that is not declared, with all that is', () => {
  expect(problems('services: [{ name: worker, uses: [buckets.media] }]\ncognito: {}')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:35 services.worker.uses[0]: expected the name of something that this environment declares, got "buckets.media": there is "cognito" or "logs""`,
  );
});

test('fails on the use of a section that the environment has switched off', () => {
  expect(problems('workload: { uses: [database] }\npostgres: { enabled: false }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:20 workload.uses[0]: expected the name of something that this environment declares, got "database": there is "logs""`,
  );
});

test('fails on a use that stands twice', () => {
  expect(problems('tasks: [{ name: migrate, image: busybox, uses: [logs, logs] }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:55 tasks.migrate.uses[1]: expected each name once, got "logs""`,
  );
});

test('fails on a use that is no name', () => {
  expect(problems('workload: { uses: [Buckets/media] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:20 workload.uses[0]: expected the name of something declared, such as "database" or "buckets.media", got "Buckets/media""`,
  );
});

test('fails on a password in an environment variable without showing it', () => {
  const message = problems('workload: { backend_env_variables: [{ name: DB_PASSWORD, value: hunter2 }] }');
  expect(message).not.toContain('hunter2');
  expect(message).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:65 workload.backend_env_variables.DB_PASSWORD.value: expected nothing secret in a file, got "******** (7 characters)": declare it under "secrets:" with fill_in and list the secret in "uses"; whoever has seen this file knows the value"`,
  );
});

test('fails on a secret by its form, whatever the variable is called', () => {
  const key = ['AKIA', 'ABCDEFGHIJKLMNOP'].join('');
  const message = problems(`services: [{ name: worker, env_variables: [
  { name: URL, value: "postgres://user:hunter2@db/app" },
  { name: KEY, value: ${key} },
  { name: PEM, value: "-----BEGIN RSA PRIVATE KEY-----" },
  { name: HOOK, value: "https://hooks.slack.com/services/T0/B0/x" }] }]`);
  expect(message).not.toMatch(/hunter2|AKIA|BEGIN|slack/);
  expect(message).toMatchInlineSnapshot(`
    "demo/dev.yaml:2:23 services.worker.env_variables.URL.value: expected nothing secret in a file, got "******** (30 characters)": declare it under "secrets:" with fill_in and list the secret in "uses"; whoever has seen this file knows the value
    demo/dev.yaml:3:23 services.worker.env_variables.KEY.value: expected nothing secret in a file, got "******** (20 characters)": declare it under "secrets:" with fill_in and list the secret in "uses"; whoever has seen this file knows the value
    demo/dev.yaml:4:23 services.worker.env_variables.PEM.value: expected nothing secret in a file, got "******** (31 characters)": declare it under "secrets:" with fill_in and list the secret in "uses"; whoever has seen this file knows the value
    demo/dev.yaml:5:24 services.worker.env_variables.HOOK.value: expected nothing secret in a file, got "******** (40 characters)": declare it under "secrets:" with fill_in and list the secret in "uses"; whoever has seen this file knows the value"
  `);
});

test('fails on a secret in a variable of a task', () => {
  expect(
    problems('tasks: [{ name: migrate, image: busybox, env_variables: [{ name: API_KEY, value: "123" }] }]'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:82 tasks.migrate.env_variables.API_KEY.value: expected nothing secret in a file, got "******** (3 characters)": declare it under "secrets:" with fill_in and list the secret in "uses"; whoever has seen this file knows the value"`,
  );
});

test('accepts variables that are empty or only sound like secrets', () => {
  const variables =
    '[{ name: API_KEY, value: "" }, { name: TOKEN_LIFETIME, value: "60" }, { name: SECRET_NAME, value: a }]';
  expect(problems(`workload: { backend_env_variables: ${variables} }`)).toBe('');
});

test('fails on a variable that stands twice', () => {
  expect(
    problems('workload: { backend_env_variables: [{ name: A, value: x }, { name: A, value: y }] }'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:68 workload.backend_env_variables[1].name: expected a variable name that is not taken, got "A": each name may stand in the list once"`,
  );
});

test('fails on a variable whose name a shell would not take', () => {
  expect(problems('workload: { backend_env_variables: [{ name: LOG-LEVEL, value: x }] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:45 workload.backend_env_variables[0].name: expected a variable name of letters, digits and underscores that begins with no digit, such as "LOG_LEVEL", got "LOG-LEVEL""`,
  );
});

test('takes variables in small letters, as AWS does, and none that begins with a digit', () => {
  const named = (name: string) => problems(`workload: { backend_env_variables: [{ name: "${name}", value: x }] }`);
  expect(named('http_proxy')).toBe('');
  expect(named('_Level2')).toBe('');
  expect(named('2nd')).toBe(
    'demo/dev.yaml:1:45 workload.backend_env_variables[0].name: expected a variable name of letters, digits and underscores that begins with no digit, such as "LOG_LEVEL", got "2nd"',
  );
});

test('fails on a number as the value of a variable', () => {
  expect(problems('workload: { backend_env_variables: [{ name: PORT, value: 3000 }] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:58 workload.backend_env_variables[0].value: expected text (numbers and true in quotes, because containers only see text), got 3000"`,
  );
});

test('fails on a map of environment variables', () => {
  expect(problems('workload: { backend_env_variables: { PORT: "3000" } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:13 workload.backend_env_variables: expected a list of name and value, got a map (PORT)"`,
  );
});

test('fails on a task without an image where there is no workload', () => {
  expect(problems('tasks: [{ name: migrate }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:9 tasks.migrate.image: expected an image, because there is no workload whose image it could run, got nothing"`,
  );
});

test('fails on a route without a load balancer', () => {
  expect(problems('services: [{ name: reports, route: { path: /reports/*, priority: 10 } }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:29 services.reports.route: expected an alb section, whose listener the route belongs to, got nothing"`,
  );
});

test('fails on a priority that another route has', () => {
  const services = `services:
  - { name: reports, route: { path: /reports/*, priority: 10 } }
  - { name: admin, route: { path: /admin/*, priority: 10 } }`;
  expect(problems(`alb: { http: forward }\nworkload: {}\n${services}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:5:55 services.admin.route.priority: expected a priority that is not taken, got 10: service "reports" has it"`,
  );
});

function problems(yaml: string): string {
  return problemsOf(`${yaml}\nregion: us-east-1\n`);
}
