import { expect, test } from 'vitest';
import { problemsOf } from '../support/problems';

test('accepts one rule in the task, or several in a list', () => {
  expect(problems('sources: [com.myapp.orders]')).toBe('');
  expect(problems('rules: [{ name: r1, sources: [a] }, { name: R.2, sources: [b], detail_types: [c] }]')).toBe('');
});

test('fails on a task that no event would start', () => {
  expect(problems('rule_name: orders')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:5 event_processor_tasks[0].sources: expected a list of sources such as ["com.myapp.orders"], or "rules", got nothing: no event would ever start it"`,
  );
  expect(problems('rules: []')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:5 event_processor_tasks[0].sources: expected a list of sources such as ["com.myapp.orders"], or "rules", got nothing: no event would ever start it"`,
  );
  expect(problems('rules: [{ name: orders, sources: [a], enabled: false }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:16 event_processor_tasks.a.rules: expected at least one rule that is enabled, got "none": no event would ever start it; "enabled: false" beside its name removes the task"`,
  );
  expect(problems('rules: [{ name: orders }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:24 event_processor_tasks[0].rules[0].sources: expected a list of sources such as ["com.myapp.orders"], got nothing"`,
  );
});

test('fails on a rule in the task beside a list of rules', () => {
  expect(problems('sources: [a], rules: [{ name: orders, sources: [b] }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:16 event_processor_tasks[0].sources: expected either one rule here or "rules", got ["a"]: move it into an item of "rules", whose "name" is the rule’s"`,
  );
  expect(problems('detail: { a: [1] }, rules: [{ name: orders, sources: [b] }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:16 event_processor_tasks[0].detail: expected either one rule here or "rules", got a map (a): move it into an item of "rules", whose "name" is the rule’s"`,
  );
});

test('fails on sources and kinds that are no lists, or empty ones', () => {
  expect(problems('sources: com.myapp.orders')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:25 event_processor_tasks[0].sources: expected a list of sources such as ["com.myapp.orders"], got "com.myapp.orders""`,
  );
  expect(problems('sources: []')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:16 event_processor_tasks[0].sources: expected at least one source, got []"`,
  );
  expect(problems('sources: [a b]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:26 event_processor_tasks[0].sources[0]: expected a source such as "com.myapp.orders", got "a b""`,
  );
  expect(problems('sources: [a], detail_types: Order Created')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:44 event_processor_tasks[0].detail_types: expected a list of kinds of events such as ["Order Created"], got "Order Created""`,
  );
  expect(problems('sources: [a], detail_types: []')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:30 event_processor_tasks[0].detail_types: expected at least one kind of event, got []"`,
  );
});

test('fails on a name that EventBridge does not allow for a rule', () => {
  expect(problems('sources: [a], rule_name: order events')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:41 event_processor_tasks[0].rule_name: expected a name that AWS allows for an EventBridge rule (1 to 64 letters, digits, dashes, underscores and dots), got "order events""`,
  );
});

test('lets a rule with capital letters in its name be overridden', () => {
  const override = 'overrides: { aws_cloudwatch_event_rule.event_task_a_rule_Order_Paid: { description: paid } }\n';
  expect(problems('sources: [b], rule_name: Order.Paid', override)).toBe('');
});

test('fails on a detail that EventBridge would not compare with an event', () => {
  expect(problems('sources: [a], detail: [paid]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:30 event_processor_tasks[0].detail: expected a map of what the detail of the event has, got ["paid"]"`,
  );
  expect(problems('sources: [a], detail: { state: paid, order: { total: 3, items: [] } }')).toMatchInlineSnapshot(`
    "demo/dev.yaml:3:47 event_processor_tasks[0].detail.state: expected a list of what may stand here, such as ["paid"], got "paid"
    demo/dev.yaml:3:69 event_processor_tasks[0].detail.order.total: expected a list of what may stand here, such as [3], got 3
    demo/dev.yaml:3:72 event_processor_tasks[0].detail.order.items: expected a list of at least one value, got []"
  `);
});

test('fails on a pattern that is too long for EventBridge', () => {
  const detail = `detail: { a: [${'y'.repeat(2100)}] }`;
  expect(problems(`sources: [a], ${detail}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:5 event_processor_tasks.a: expected a pattern of at most 2048 characters, all that EventBridge allows, got 2136: divide it among several rules"`,
  );
  expect(problems(`rules: [{ name: orders, sources: [a], ${detail} }]`)).toContain(
    'event_processor_tasks.a.rules.orders: expected a pattern of at most 2048 characters',
  );
});

test('fails on variables that can’t be told of an event', () => {
  expect(problems('sources: [a], event_variables: [{ name: AWS_X, path: $.id }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:56 event_processor_tasks[0].event_variables[0].name: expected a variable name of letters, digits and underscores that begins with neither a digit nor "AWS", such as "ORDER_ID", got "AWS_X""`,
  );
  expect(problems('sources: [a], event_variables: [{ name: order_id, path: $.id }]')).toBe('');
  expect(problems('sources: [a], event_variables: [{ name: X, path: detail.x }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:65 event_processor_tasks[0].event_variables[0].path: expected where the event has one value, such as "$.detail.orderId" or "$.detail.items[0]", got "detail.x""`,
  );
  expect(problems('sources: [a], event_variables: [{ name: X, path: "$.detail.*" }]')).toContain('got "$.detail.*"');
  expect(problems('sources: [a], event_variables: [{ name: X, path: "$.detail.items[0].sku-id" }]')).toBe('');
  expect(problems('sources: [a], event_variables: [{ name: EVENT_ID, path: $.id }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:56 event_processor_tasks.a.event_variables.EVENT_ID.name: expected another name than EVENT_ID, EVENT_SOURCE, EVENT_DETAIL_TYPE, EVENT_TIME, which tell of every event, got "EVENT_ID""`,
  );
});

test('fails on a variable that something else sets as well', () => {
  const told = 'sources: [a], event_variables: [{ name: TOKEN, path: $.detail.token }]';
  expect(problems(`${told}, env_variables: [{ name: TOKEN, value: "" }]`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:112 event_processor_tasks.a.env_variables.TOKEN.name: expected another name than those that tell of the event, got "TOKEN": the event’s value would take its place in every task"`,
  );
  expect(problems('sources: [a], env_variables: [{ name: EVENT_TIME, value: "" }]')).toContain(
    'env_variables.EVENT_TIME.name: expected another name than those that tell of the event',
  );
  const secrets = 'secrets: [{ name: t, fill_in: [token] }, { name: u, fill_in: [token] }]\n';
  expect(problems(`${told}, uses: [secrets.t]`, secrets)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:88 event_processor_tasks.a.uses: expected things that inject other variables than those that tell of the event, got "secrets.t": both would set TOKEN; rename one of them"`,
  );
  expect(problems('sources: [a], uses: [secrets.t, secrets.u]', secrets)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:30 event_processor_tasks.a.uses: expected things that inject different variables, got ["secrets.t","secrets.u"]: both would set TOKEN; rename one of them, or use one of them only"`,
  );
});

test('fails on an alarm on failed starts that nobody counts', () => {
  const alarm = (metric: string) =>
    `alarms: { rules: [{ name: a, severity: warning, metric: event_processor_tasks.a.${metric}, above: 0 }] }\n`;
  expect(problems('sources: [a]', alarm('failed_starts'))).toBe('');
  expect(problems('sources: [a], dead_letter_queue: false', alarm('failed_starts'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:57 alarms.rules.a.metric: expected a task with "dead_letter_queue: true", whose failed starts it counts, got "event_processor_tasks.a.failed_starts": the alarm would stay without data"`,
  );
  expect(problems('sources: [a]', alarm('errors'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:57 alarms.rules.a.metric: expected a metric of "event_processor_tasks.a", got "event_processor_tasks.a.errors": there is "event_processor_tasks.a.failed_starts""`,
  );
});

function problems(keys: string, rest = ''): string {
  return problemsOf(`region: us-east-1\nevent_processor_tasks:\n  - { name: a, ${keys} }\n${rest}`);
}
