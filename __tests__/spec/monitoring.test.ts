import { expect, test } from 'vitest';
import { problemsOf } from '../support/problems';

test('accepts every rule of monitoring kept', () => {
  const yaml = `cluster: { container_insights: true }
workload: {}
services: [{ name: worker }]
postgres: { parameters: { max_connections: "100" } }
alarms: { rules: [
  { name: cpu, severity: critical, metric: workload.cpu, above: 80 },
  { name: worker, severity: warning, metric: services.worker.running_count, below: 1 },
  { name: full, severity: warning, metric: database.connections_used, above: 100 },
  { name: latency, severity: warning, metric: database.read_latency, above: 500 }] }
dashboard: { widgets: [{ title: CPU, metrics: [workload.cpu, database.cpu] }] }`;
  expect(problems(yaml)).toBe('');
});

test('accepts target health of what is behind the load balancer', () => {
  const behind = 'alb: { http: forward }\nworkload: {}\nservices: [{ name: a, route: { path: /a, priority: 1 } }]';
  expect(problems(`${alarm('workload.unhealthy_targets, above: 0')}\n${behind}`)).toBe('');
  expect(problems(`${alarm('services.a.healthy_targets, below: 1')}\n${behind}`)).toBe('');
});

test('fails on target health of what no load balancer checks', () => {
  expect(problems(`${alarm('workload.unhealthy_targets, above: 0')}\nworkload: {}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:58 alarms.rules.a.metric: expected "workload" to be behind the load balancer, whose health checks it counts, got "workload.unhealthy_targets": the alarm would stay without data"`,
  );
  expect(
    problems(
      `${alarm('services.a.healthy_targets, below: 1')}\nalb: { http: forward }\nworkload: {}\nservices: [{ name: a }]`,
    ),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:58 alarms.rules.a.metric: expected "services.a" to be behind the load balancer, whose health checks it counts, got "services.a.healthy_targets": the alarm would stay without data"`,
  );
});

test('speaks of the widget where a dashboard asks for what nobody counts', () => {
  expect(
    problems('workload: {}\ndashboard: { widgets: [{ title: Health, metrics: [workload.unhealthy_targets] }] }'),
  ).toBe(
    'demo/dev.yaml:2:51 dashboard.widgets[0].metrics[0]: expected "workload" to be behind the load balancer, whose health checks it counts, got "workload.unhealthy_targets": the widget would stay without data',
  );
});

test('fails on an error rate above 100 %', () => {
  expect(
    problems(`${alarm('alb.error_rate, above: 500')}\nalb: { http: forward }\nworkload: {}`),
  ).toMatchInlineSnapshot(`"demo/dev.yaml:1:81 alarms.rules.a.above: expected a percentage up to 100, got 500"`);
});

test('fails on a billing alarm without its limit', () => {
  expect(problems('alarms: { billing: {} }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:11 alarms.billing.monthly_usd: expected a number from 1 to 10000000, got nothing"`,
  );
});

test('fails on an alarm of the same name as the one on the bill', () => {
  expect(
    problems(
      'workload: {}\nalarms: { billing: { monthly_usd: 9 }, rules: [{ name: billing, severity: warning, metric: workload.cpu, above: 1 }] }',
    ),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:48 alarms.rules.billing.alarm_name: expected another alarm name than alarms.billing.name, got "demo-dev-billing": in AWS they would be one and the same; write another one here"`,
  );
});

test('fails on an alarm on something that is not there', () => {
  expect(problems(`${alarm('database.cpu, above: 80')}\nworkload: {}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:58 alarms.rules.a.metric: expected a metric of something that this environment has, got "database.cpu": there is "workload", "http_api", "network" or "account""`,
  );
});

test('fails on an alarm where nothing reports metrics', () => {
  expect(problems(alarm('workload.cpu, above: 80'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:58 alarms.rules.a.metric: expected a metric of something that this environment has, got "workload.cpu": there is "network" or "account""`,
  );
});

test('fails on what functions of delivery have failed at, where there are none', () => {
  const failed = (name: string, delivery: string) =>
    problems(`${alarm(`delivery.${name}.failed, above: 0`)}\n${delivery}`);
  expect(failed('deployer', 'workload: {}\ndelivery: {}')).toBe('');
  expect(failed('notifier', 'workload: {}\ndelivery: {}')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:58 alarms.rules.a.metric: expected a metric of something that this environment has, got "delivery.notifier.failed": there is "workload", "http_api", "network", "delivery.deployer" or "account""`,
  );
  expect(failed('deployer', 'workload: {}\ndelivery: { deployer: { enabled: false }, notifier: {} }')).toContain(
    'there is "workload", "http_api", "network", "delivery.notifier" or "account"',
  );
});

test('fails on an alarm on a section that the environment has switched off', () => {
  expect(problems(`${alarm('database.cpu, above: 80')}\nworkload: {}\npostgres: { enabled: false }`)).toContain(
    'there is "workload"',
  );
});

test('fails on an unknown metric with the nearest one', () => {
  expect(problems(`${alarm('workload.memroy, above: 80')}\nworkload: {}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:58 alarms.rules.a.metric: expected a metric of "workload", got "workload.memroy": did you mean "workload.memory"?"`,
  );
});

test('fails on an unknown metric with those there are', () => {
  expect(
    problems(`${alarm('services.worker.latency, above: 80')}\nservices: [{ name: worker }]`),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:58 alarms.rules.a.metric: expected a metric of "services.worker", got "services.worker.latency": there is "services.worker.cpu", "services.worker.memory", "services.worker.running_count", "services.worker.desired_count", "services.worker.missing_count", "services.worker.healthy_targets" or "services.worker.unhealthy_targets""`,
  );
});

test('fails on a metric that only every JavaScript object has', () => {
  expect(problems(`${alarm('workload.constructor, above: 80')}\nworkload: {}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:58 alarms.rules.a.metric: expected a metric of "workload", got "workload.constructor": there is "workload.cpu", "workload.memory", "workload.running_count", "workload.desired_count", "workload.missing_count", "workload.healthy_targets" or "workload.unhealthy_targets""`,
  );
});

test('fails on what is no metric', () => {
  expect(problems(alarm('cpu, above: 80'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:58 alarms.rules[0].metric: expected a metric such as "workload.cpu" or "database.free_storage", got "cpu""`,
  );
});

test('fails on an alarm without a limit', () => {
  expect(problems(`${alarm('workload.cpu')}\nworkload: {}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:19 alarms.rules.a: expected either above or below, got nothing"`,
  );
});

test('fails on an alarm with both limits', () => {
  expect(problems(`${alarm('workload.cpu, above: 80, below: 20')}\nworkload: {}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:19 alarms.rules.a: expected either above or below, got "both""`,
  );
});

test('fails on a percentage above 100', () => {
  expect(problems(`${alarm('workload.cpu, above: 101')}\nworkload: {}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:79 alarms.rules.a.above: expected a percentage up to 100, got 101"`,
  );
  expect(problems(`${alarm('workload.cpu, below: 101')}\nworkload: {}`)).toContain(
    'alarms.rules.a.below: expected a percentage',
  );
});

test('fails on a severity that nobody is told of', () => {
  expect(
    problems('alarms: { rules: [{ name: a, severity: fatal, metric: workload.cpu, above: 80 }] }'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:40 alarms.rules[0].severity: expected "critical" or "warning", got "fatal""`,
  );
});

test('fails on task counts without Container Insights', () => {
  expect(problems(`${alarm('workload.missing_count, above: 0')}\nworkload: {}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:58 alarms.rules.a.metric: expected "container_insights: true" under cluster, because ECS reports task counts only then, got "workload.missing_count": the alarm would stay without data"`,
  );
});

test('fails on a share of connections without their number', () => {
  expect(problems(`${alarm('database.connections_used, above: 80')}\npostgres: {}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:58 alarms.rules.a.metric: expected max_connections as a number under postgres.parameters, which the percentage is of, got "database.connections_used""`,
  );
});

test('fails on a share of connections whose number is none', () => {
  const yaml = `${alarm('database.connections_used, above: 80')}\npostgres: { parameters: { max_connections: many } }`;
  expect(problems(yaml)).toContain('expected max_connections as a number');
});

test('fails on a widget of something that is not there', () => {
  expect(
    problems('dashboard: { widgets: [{ title: CPU, metrics: [workload.cpu, alb.requests] }] }\nworkload: {}'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:62 dashboard.widgets[0].metrics[1]: expected a metric of something that this environment has, got "alb.requests": there is "workload", "http_api", "network" or "account""`,
  );
});

test('fails on a dashboard without widgets', () => {
  expect(problems('dashboard: {}')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 dashboard.widgets: expected a list of widgets, each with title and metrics, got nothing"`,
  );
  expect(problems('dashboard: { widgets: [] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:14 dashboard.widgets: expected at least one widget, got []"`,
  );
});

test('fails on a widget without metrics', () => {
  expect(problems('dashboard: { widgets: [{ title: CPU, metrics: [] }] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:38 dashboard.widgets[0].metrics: expected at least one metric, got []"`,
  );
});

test('fails on saved queries where nothing logs', () => {
  expect(problems('logs: { saved_queries: [{ name: errors, query: fields @message }] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:9 logs.saved_queries: expected a workload or services, whose logs they read, got nothing"`,
  );
});

test('fails on days that CloudWatch does not keep logs for', () => {
  expect(problems('logs: { retention_days: 10 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:25 logs.retention_days: expected one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 10"`,
  );
});

test('fails on a recipient that is no address', () => {
  expect(problems('alarms: { critical: { emails: [oncall] } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:32 alarms.critical.emails[0]: expected an email address such as "team@example.com", got "oncall""`,
  );
});

test('fails on a budget that nobody hears of', () => {
  expect(problems('budget: { monthly_usd: 100, emails: [] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:29 budget.emails: expected at least one address, got []"`,
  );
});

function alarm(rest: string): string {
  return `alarms: { rules: [{ name: a, severity: critical, metric: ${rest} }] }`;
}

function problems(yaml: string): string {
  return problemsOf(`${yaml}\nregion: us-east-1\n`);
}
