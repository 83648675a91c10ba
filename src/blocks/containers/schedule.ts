import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule';
import { SchedulerScheduleGroup } from '@cdktf/provider-aws/lib/scheduler-schedule-group';
import { Construct } from 'constructs';
import { Role } from '../../access/role';
import type { ScheduledTaskSpec } from '../../spec/sections/scheduled-task';
import type { StartedTask } from './started-task';

/** The schedules of an environment, which only with a group of their own can be told from those of others. */
export class ScheduleGroup extends Construct {
  readonly arn: string;
  readonly groupName: string;

  constructor(scope: Construct, id: string, { name }: { readonly name: string }) {
    super(scope, id);
    const group = new SchedulerScheduleGroup(this, 'Default', { name });
    this.arn = group.arn;
    this.groupName = group.name;
  }
}

export interface ScheduleProps
  extends Pick<ScheduledTaskSpec, 'schedule' | 'timezone' | 'paused' | 'scheduleName' | 'startRoleName'> {
  readonly task: StartedTask;
  readonly group: ScheduleGroup;
}

/** Starts a task at its times, by EventBridge Scheduler. */
export class Schedule extends Construct {
  constructor(scope: Construct, id: string, props: ScheduleProps) {
    super(scope, id);
    const { task, group } = props;
    const role = new Role(this, 'start_role', {
      name: props.startRoleName,
      description: `What EventBridge Scheduler may do to start ${task.family}`,
      service: 'scheduler.amazonaws.com',
      // Scheduler names the group, never the schedule:
      // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
      sourceArns: [group.arn],
    });
    task.letStart(role);
    const { deadLetters } = task;
    if (deadLetters) role.allow('send_dead_letters', { actions: ['sqs:SendMessage'], resources: [deadLetters.arn] });

    new SchedulerSchedule(this, 'Default', {
      name: props.scheduleName,
      groupName: group.groupName,
      description: `Starts ${task.family}`,
      scheduleExpression: props.schedule,
      scheduleExpressionTimezone: props.timezone,
      state: props.paused ? 'DISABLED' : 'ENABLED',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: task.clusterArn,
        roleArn: role.arn,
        ecsParameters: task.launch,
        retryPolicy: task.retryPolicy,
        deadLetterConfig: deadLetters && { arn: deadLetters.arn },
      },
      dependsOn: [...role.policies, ...task.ready],
    });
  }
}
