import { expect, test } from 'vitest';
import { problemsOf } from '../support/problems';

const problems = (yaml: string) => problemsOf(`region: us-east-1\n${yaml}`);
const API = 'functions: [{ name: api, code: functions/api }]\n';

test('fails for a function without code, with two kinds of it, or with code that is not there', () => {
  expect(problems('functions: [{ name: a }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:13 functions.a: expected either code or image, got nothing"`,
  );
  expect(problems('functions: [{ name: a, code: functions/api, image: nginx }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:13 functions.a: expected either code or image, got "both""`,
  );
  expect(problems('functions: [{ name: a, code: functions/nowhere }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:30 functions.a.code: expected a folder that is there, got "functions/nowhere""`,
  );
  expect(problems('functions: [{ name: a, code: functions/shared }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:30 functions.a.code: expected a folder with an index.ts or index.js, got "functions/shared""`,
  );
  expect(problems('functions: [{ name: a, code: functions/api.zip }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:30 functions.a.code: expected a .zip file that is there, got "functions/api.zip""`,
  );
});

test('fails for a queue that hands messages out again while they are worked on', () => {
  const yaml = (seconds: number) =>
    `sqs: [{ name: mails, visibility_timeout_seconds: ${seconds} }]\nfunctions: [{ name: a, code: functions/worker, timeout_seconds: 30, queues: [{ name: mails }] }]`;
  expect(problems(yaml(179))).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:50 sqs.mails.visibility_timeout_seconds: expected at least 180 s, 6 times the timeout of function "a" (30 s), got 179: messages would be handed out again while they are still worked on"`,
  );
  expect(problems(yaml(180))).toBe('');
});

test('fails for a queue that is not declared, and for large batches that nothing waits for', () => {
  const worker = (queue: string) => `functions: [{ name: a, code: functions/worker, queues: [${queue}] }]`;
  expect(problems(worker('{ name: mails }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:65 functions.a.queues.mails.name: expected a queue that "sqs" declares, got "mails""`,
  );
  const mails = 'sqs: [{ name: mails, visibility_timeout_seconds: 60 }]\n';
  expect(problems(mails + worker('{ name: mail }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:65 functions.a.queues.mail.name: expected "mails", which "sqs" declares, got "mail""`,
  );
  expect(problems(mails + worker('{ name: mails, batch_size: 11 }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:57 functions.a.queues.mails.batch_window_seconds: expected at least 1, because batches of more than 10 messages have to be waited for, got 0: Lambda refuses the event source"`,
  );
});

test('fails for more variables than Lambda takes', () => {
  const told = (length: number) =>
    problems(
      `functions: [{ name: a, code: functions/api, env_variables: [{ name: LIST, value: "${'x'.repeat(length)}" }] }]`,
    );
  expect(told(4085)).toBe('');
  expect(told(4086)).toBe(
    'demo/dev.yaml:2:45 functions.a.env_variables: expected at most 4096 bytes of variables, all that Lambda takes, got 4097: AWS would refuse the function; keep long values in a bucket under "uses"',
  );
});

test('fails for a function outside the VPC that uses something inside', () => {
  expect(
    problems('postgres: {}\nfunctions: [{ name: a, code: functions/api, vpc: false, uses: [database] }]'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:50 functions.a.vpc: expected true, because what it uses can be reached from the VPC alone, got false"`,
  );
  expect(
    problems(
      'services: [{ name: worker, image: nginx }]\nfunctions: [{ name: a, code: functions/api, vpc: false, uses: [services.worker] }]',
    ),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:50 functions.a.vpc: expected true, because what it uses can be reached from the VPC alone, got false"`,
  );
});

test('fails for secrets in the variables of a function', () => {
  expect(
    problems('functions: [{ name: a, code: functions/api, env_variables: [{ name: API_TOKEN, value: abc }] }]'),
  ).toContain('expected nothing secret in a file');
});

test('fails for routes to what is not there, and for a route said twice', () => {
  expect(problems(`${API}http_api: { routes: [{ route: $default, to: functions.apo }] }`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:45 http_api.routes[0].to: expected "functions.api", which this environment has, got "functions.apo""`,
  );
  expect(
    problems(
      'cluster: { service_discovery: false }\nworkload: {}\nhttp_api: { routes: [{ route: $default, to: workload }] }',
    ),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:45 http_api.routes[0].to: expected "cluster: { service_discovery: true }", by which the API reaches containers, got "workload""`,
  );
  expect(problems('http_api: {}')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:1 http_api: expected a workload, a service or a function, which its routes lead to, got nothing"`,
  );
  expect(problems('http_api: { routes: [{ route: $default, to: workload }] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:45 http_api.routes[0].to: expected a workload, a service or a function, got "workload""`,
  );
  const twice = '[{ route: GET /a, to: functions.api }, { route: GET /a, to: functions.api }]';
  expect(problems(`${API}http_api: { routes: ${twice} }`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:69 http_api.routes[1].route: expected each route once, got "GET /a": API Gateway refuses a second one"`,
  );
  expect(problems(`${API}http_api: { routes: [{ route: FETCH /a, to: functions.api }] }`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:31 http_api.routes[0].route: expected a route such as "GET /health", "ANY /users/{proxy+}" or "$default", got "FETCH /a""`,
  );
});

test('fails for pages that may call the API where nothing says whose they are', () => {
  expect(problems(`${API}http_api: { cors: {}, routes: [{ route: $default, to: functions.api }] }`)).toBe(
    'demo/dev.yaml:3:13 http_api.cors.origins: expected at least one origin, because there is no domain whose pages may call the API, got []',
  );
});

test('fails for a custom domain without a domain', () => {
  expect(
    problems(`${API}http_api: { custom_domain: true, routes: [{ route: $default, to: functions.api }] }`),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:28 http_api.custom_domain: expected a domain section, whose certificate and record it needs, got true"`,
  );
});
