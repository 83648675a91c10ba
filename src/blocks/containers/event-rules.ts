import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { Construct } from 'constructs';
import { Role } from '../../access/role';
import type { EventTaskSpec } from '../../spec/sections/event-task';
import { eventPattern } from '../../spec/values/event-pattern';
import { eventVariables } from '../../spec/values/event-variables';
import { jsonText } from '../../terraform/json-text';
import { constructId } from '../../terraform/logical-ids';
import type { StartedTask } from './started-task';

export interface EventRulesProps extends Pick<EventTaskSpec, 'rules' | 'eventVariables' | 'paused' | 'startRoleName'> {
  readonly task: StartedTask;
}

/** Starts a task for each event on the default bus that one of the rules matches, and tells its container of the event. */
export class EventRules extends Construct {
  constructor(scope: Construct, id: string, props: EventRulesProps) {
    super(scope, id);
    const { task } = props;
    const rules = props.rules.map(
      (rule) =>
        new CloudwatchEventRule(new Construct(this, `rule_${constructId(rule.name)}`), 'Default', {
          name: rule.name,
          description: `Starts ${task.family}`,
          eventPattern: jsonText(eventPattern(rule)),
          state: props.paused ? 'DISABLED' : 'ENABLED',
        }),
    );
    const ruleArns = rules.map(({ arn }) => arn);
    const role = new Role(this, 'start_role', {
      name: props.startRoleName,
      description: `What EventBridge may do to start ${task.family}`,
      service: 'events.amazonaws.com',
      sourceArns: ruleArns,
    });
    task.letStart(role);
    task.deadLetters?.allowRules(ruleArns);
    for (const rule of rules) this.target(rule, role, props);
  }

  private target(rule: CloudwatchEventRule, role: Role, { task, eventVariables: own }: EventRulesProps): void {
    new CloudwatchEventTarget(rule.node.scope as Construct, 'target', {
      rule: rule.name,
      targetId: 'task',
      arn: task.clusterArn,
      roleArn: role.arn,
      ecsTarget: task.launch,
      inputTransformer: toldOf(task.containerName, {
        ...eventVariables,
        ...Object.fromEntries(own.map(({ name, path }) => [name, path])),
      }),
      retryPolicy: task.retryPolicy,
      deadLetterConfig: task.deadLetters && { arn: task.deadLetters.arn },
      dependsOn: [...role.policies, ...task.ready],
    });
  }
}

/**
 * Puts values of the event into environment variables.
 *
 * Each stands in quotes: ECS takes text alone, and EventBridge writes a number or true between them as it is. The template
 * is no `jsonencode(…)`, which would write `<` as `\u003c`, where EventBridge finds no place to put a value.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
function toldOf(container: string, paths: Readonly<Record<string, string>>) {
  const environment = Object.keys(paths).map((name) => ({ name, value: `<${name}>` }));
  return {
    inputPaths: { ...paths },
    inputTemplate: JSON.stringify({ containerOverrides: [{ name: container, environment }] }),
  };
}
