import * as z from 'zod';
import type { Context } from '../context';
import { awsName, listed, namedList, text } from '../values/fields';
import { completeStartedTask, maxEventAgeSeconds, startedTaskShape } from './started-task';
import type { WorkloadSpec } from './workload';

const ruleName = awsName(
  'an EventBridge rule',
  /^[\w.-]{1,64}$/,
  '1 to 64 letters, digits, dashes, underscores and dots',
);
const sources = z
  .array(text('a source such as "com.myapp.orders"', /^\S{1,256}$/), {
    error: 'expected a list of sources such as ["com.myapp.orders"]',
  })
  .min(1, 'expected at least one source')
  .describe('Who published the event: one of these.');
const detailTypes = z
  .array(text('the name of a kind of event such as "Order Created"'), {
    error: 'expected a list of kinds of events such as ["Order Created"]',
  })
  .min(1, 'expected at least one kind of event')
  .optional()
  .describe('What kind of event it is: one of these; without it, any.');
const detail = z
  .record(z.string(), z.json(), { error: 'expected a map of what the detail of the event has' })
  .check(listsAtTheEnds)
  .optional()
  .describe(
    'What else the event says, in the words of EventBridge: the same map, with a list of what may stand at each end.',
  );

const rule = z.strictObject({
  ...listed,
  name: ruleName.describe('Its exact name in AWS.'),
  sources,
  detailTypes,
  detail,
});

const eventVariable = z.strictObject({
  name: text(
    'a variable name of letters, digits and underscores that begins with neither a digit nor "AWS", such as "ORDER_ID"',
    /^(?!AWS)[A-Za-z_][A-Za-z0-9_]*$/,
  ),
  path: text(
    'where the event has one value, such as "$.detail.orderId" or "$.detail.items[0]"',
    /^(?=.{1,256}$)\$(?:\.[\w/-]+(?:\[\d+\])*)+$/,
  ).describe('Where in the event its value is; text, a number, true or false.'),
});

/** One of `event_processor_tasks`: a task that EventBridge starts for each event that matches. */
export const eventTaskSection = z
  .strictObject({
    ...startedTaskShape,
    ruleName: ruleName.optional().describe('Exact name of the only rule; by default <project>-<env>-<name>.'),
    sources: sources.optional(),
    detailTypes,
    detail,
    rules: namedList(rule, 'rule').describe('Several rules; the task is started for what matches any of them.'),
    eventVariables: namedList(eventVariable, 'variable').describe(
      'Variables beside EVENT_ID, EVENT_SOURCE, EVENT_DETAIL_TYPE and EVENT_TIME that tell the container of the event.',
    ),
    maxEventAgeSeconds: maxEventAgeSeconds(86_400, 'A day is the longest that EventBridge tries.'),
  })
  .check(oneForm);

export type EventTaskSpec = ReturnType<typeof completeEventTask>;

/** Fills in names, and makes a list of the rule that stands in the task itself. */
export function completeEventTask(
  section: z.output<typeof eventTaskSection>,
  context: Context,
  workload: WorkloadSpec | undefined,
) {
  const { ruleName, sources, detailTypes, detail, ...rest } = section;
  const name = ruleName ?? `${context.prefix}-${section.was ?? section.name}`;
  const only = sources && [{ name, enabled: true, sources, detailTypes, detail }];
  return {
    ...completeStartedTask(rest, context, workload),
    rules: only ?? section.rules,
    /** Whether the rule stands in the task itself. */
    oneRule: only !== undefined,
  };
}

type Written = z.core.ParsePayload<z.output<z.ZodObject<typeof written>>>;
const written = {
  ruleName: ruleName.optional(),
  sources: sources.optional(),
  detailTypes,
  detail,
  rules: z.array(rule),
};

/** The dialect's one rule in the task itself, or a list of rules. */
function oneForm({ value, issues }: Written): void {
  const single = (['ruleName', 'sources', 'detailTypes', 'detail'] as const).filter((key) => value[key] !== undefined);
  const [key] = single;
  if (value.rules.length > 0 && key !== undefined) {
    issues.push({
      code: 'custom',
      path: [key],
      input: value[key],
      message: 'expected either one rule here or "rules"',
      params: { advice: 'move it into an item of "rules", whose "name" is the rule’s' },
    });
  } else if (value.rules.length === 0 && value.sources === undefined) {
    issues.push({
      code: 'custom',
      path: ['sources'],
      input: undefined,
      message: 'expected a list of sources such as ["com.myapp.orders"], or "rules"',
      params: { advice: 'no event would ever start it' },
    });
  }
}

/** EventBridge refuses a pattern with a bare value, and one with nothing to choose from. */
function listsAtTheEnds({ value, issues }: z.core.ParsePayload<Record<string, unknown>>): void {
  const refuse = (path: string[], input: unknown, message: string) =>
    issues.push({ code: 'custom', path, input, message });
  const visit = (node: unknown, path: string[]) => {
    if (Array.isArray(node)) {
      if (node.length === 0) refuse(path, node, 'expected a list of at least one value');
    } else if (typeof node === 'object' && node !== null) {
      for (const [key, inner] of Object.entries(node)) visit(inner, [...path, key]);
    } else {
      refuse(path, node, `expected a list of what may stand here, such as [${JSON.stringify(node)}]`);
    }
  };
  visit(value, []);
}
