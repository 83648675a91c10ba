import * as z from 'zod';
import type { Context } from '../context';
import { awsName, email, flag, movable, namedList, number, oneOf, text, textList, wholeNumber } from '../values/fields';

/** A metric as the YAML names it: what reports it, then the metric. */
export const metricName = text(
  'a metric such as "workload.cpu" or "database.free_storage"',
  /^(?:[a-z][a-z_]*|(?:services|delivery|scheduled_tasks|event_processor_tasks|sqs|functions|efs)\.[a-z][a-z0-9-]*)\.[a-z0-9_]+$/,
);

const topic = z
  .strictObject({
    existing: text(
      'the ARN of a topic such as "arn:aws:sns:eu-central-1:123456789012:on-call"',
      /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
    )
      .optional()
      .describe(
        'A topic that is there already: Terraform changes nothing of it, and its owner lets CloudWatch publish.',
      ),
    name: awsName('a topic', /^[\w-]{1,256}$/, '1 to 256 letters, digits, dashes and underscores').optional(),
    emails: textList(email, 'an address', 'a list of addresses')
      .default([])
      .describe('Who is told; each address confirms by a link first.'),
  })
  .check(nothingOfExisting);

const rule = z.strictObject({
  ...movable,
  severity: oneOf('critical', 'warning'),
  metric: metricName,
  above: number(0, 1e12)
    .optional()
    .describe(
      'Alarm when the metric is above this, in the metric’s unit: %, ms, GiB, a count, or a count or MiB per minute.',
    ),
  below: number(0, 1e12).optional().describe('Alarm when the metric is below this.'),
  forMinutes: wholeNumber(1, 1440)
    .default(5)
    .describe('How many minutes in a row; 15 at least for a metric that has a value every 15 minutes.'),
  alarmName: awsName(
    'an alarm',
    /^[^\s][\w .:/()#,@+=&;{}!$*%<>-]{0,254}$/,
    'at most 255 letters, digits, spaces and signs such as ".:/-"',
  ).optional(),
});

/** The `alarms` section: rules on metrics, each telling the topic of its severity. */
export const alarmsSection = z.strictObject({
  enabled: flag().default(true),
  critical: topic.prefault({}).describe('What wakes somebody up.'),
  warning: topic.prefault({}).describe('What somebody reads in the morning.'),
  billing: z
    .strictObject({
      enabled: flag().default(true),
      monthlyUsd: number(1, 10_000_000).describe('US dollars in a month.'),
      name: awsName('a topic', /^[\w-]{1,255}$/, '1 to 255 letters, digits, dashes and underscores')
        .optional()
        .describe('Name of the alarm, and of its topic; by default <project>-<env>-billing.'),
    })
    .optional()
    .describe(
      'Tells the addresses of `critical` when the whole account, whatever runs in it, has cost more. Once an account, billing alerts have to be switched on.',
    ),
  rules: namedList(rule, 'alarm'),
});

export type AlarmsSpec = ReturnType<typeof completeAlarms>;
export type AlarmRule = AlarmsSpec['rules'][number];

/** Fills in names. */
export function completeAlarms(section: z.output<typeof alarmsSection>, { prefix }: Context) {
  return {
    ...section,
    critical: completeTopic(section.critical, `${prefix}-critical`),
    warning: completeTopic(section.warning, `${prefix}-warning`),
    billing: section.billing && { ...section.billing, name: section.billing.name ?? `${prefix}-billing` },
    rules: section.rules.map((rule) => ({ ...rule, alarmName: rule.alarmName ?? `${prefix}-${rule.name}` })),
  };
}

/** A topic of alarms: made here, or there already. */
type AlarmTopicSpec =
  | { readonly existing?: undefined; readonly name: string; readonly emails: readonly string[] }
  | { readonly existing: string; readonly name?: undefined; readonly emails?: undefined };

function completeTopic({ existing, name, emails }: z.output<typeof topic>, byDefault: string): AlarmTopicSpec {
  return existing === undefined ? { name: name ?? byDefault, emails } : { existing };
}

/** Who is told by a topic that is there already is its owner's affair. */
function nothingOfExisting({
  value: { existing, ...made },
  issues,
}: z.core.ParsePayload<{
  readonly existing?: string | undefined;
  readonly name?: string | undefined;
  readonly emails: readonly string[];
}>): void {
  if (existing === undefined) return;
  for (const [key, written] of [
    ['name', made.name],
    ['emails', made.emails.length > 0 ? made.emails : undefined],
  ] as const) {
    if (written === undefined) continue;
    issues.push({
      code: 'custom',
      path: [key],
      input: written,
      message: 'expected nothing here beside "existing", which leaves the topic as it is',
    });
  }
}
