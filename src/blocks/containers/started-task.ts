import { Fn, type ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { Connections, type Outbound } from '../../access/connections';
import { passingToTasks, type Role } from '../../access/role';
import type { Consumer, Usable } from '../../access/usable';
import type { EventTaskSpec } from '../../spec/sections/event-task';
import type { ScheduledTaskSpec } from '../../spec/sections/scheduled-task';
import type { DeliverableTask } from '../delivery/deliverable';
import { DeadLetters } from '../messaging/dead-letters';
import type { ContainerPlace } from './container-place';
import { type ImageSource, imageSource } from './image-source';
import { TaskDefinition, type TaskDefinitionProps } from './task-definition';
import { TaskRunner } from './task-runner';
import type { Mount } from './volume';

/** Props of {@link StartedTask}: an item of `scheduled_tasks` or `event_processor_tasks`, and what it is wired to. */
export interface StartedTaskProps
  extends Omit<ScheduledTaskSpec | EventTaskSpec, 'uses' | 'efs' | 'image' | 'deadLetterQueue'>,
    ContainerPlace {
  readonly uses: readonly Usable[];

  /** File systems that its container sees. */
  readonly mounts: readonly Mount[];

  /** What it runs, unless it has a repository of its own. */
  readonly image: TaskDefinitionProps['image'] | undefined;
  readonly deadLetterQueue: boolean;
}

/** A Fargate task that AWS starts by itself, with a security group, roles and logs of its own. */
export class StartedTask extends TaskRunner implements Consumer, DeliverableTask {
  readonly connections: Connections;
  readonly uses: readonly Usable[];

  /** Where it may dial out to, beside what it uses. */
  readonly egress: readonly Outbound[];
  readonly repository: ImageSource['repository'];
  readonly family: string;
  readonly containerName: string;
  readonly clusterArn: string;

  /** Where starts end up that failed for good. */
  readonly deadLetters: DeadLetters | undefined;

  /** What has to be there before it can start. */
  readonly ready: readonly ITerraformDependable[];
  protected readonly task: TaskDefinition;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: StartedTaskProps,
  ) {
    super(scope, id);
    this.uses = [...props.uses, ...props.mounts];
    this.egress = props.egress === 'all' ? [] : props.egress;
    this.family = props.taskFamily;
    this.containerName = props.name;
    this.clusterArn = props.cluster.arn;
    this.connections = new Connections(this, 'connections', {
      vpcId: props.network.vpcId,
      name: props.securityGroupName,
      egress: props.egress === 'all' ? 'all' : 'named',
    });
    const { image, repository } = sourceOf(this, props);
    this.repository = repository;
    this.task = new TaskDefinition(this, 'task', {
      ...props,
      family: props.taskFamily,
      containerName: this.containerName,
      command: props.containerCommand,
      image,
      volumes: props.mounts,
      environment: Object.fromEntries(props.envVariables.map(({ name, value }) => [name, value])),
      logStreamPrefix: 'ecs',
      createBeforeDestroy: true,
    });
    this.deadLetters = props.deadLetterQueue
      ? new DeadLetters(this, 'dead_letters', { name: props.deadLetterQueueName })
      : undefined;
    this.ready = [
      ...props.mounts.flatMap(({ ready }) => ready),
      ...props.uses.flatMap(({ ready = [] }) => ready),
      ...(this.deadLetters ? [this.deadLetters.policy] : []),
    ];
  }

  /** How it is started, in the words that Scheduler and EventBridge share. */
  get launch() {
    const { network } = this.props;
    const assignPublicIp = this.props.assignPublicIp || network.dialsByPublicAddress;
    return {
      // The pipeline registers revisions that Terraform does not know of. Without a number, a start takes the newest; with
      // Terraform's own, every apply would bring back the image of the first day.
      taskDefinitionArn: this.props.imageOwner === 'pipeline' ? this.familyArn : this.task.arn,
      taskCount: 1,
      launchType: 'FARGATE',
      platformVersion: 'LATEST',
      enableEcsManagedTags: true,
      propagateTags: 'TASK_DEFINITION',
      networkConfiguration: {
        subnets: [...(assignPublicIp ? network.publicWorkloadSubnetIds : network.workloadSubnetIds)],
        securityGroups: [this.connections.securityGroupId],
        assignPublicIp,
      },
    };
  }

  /** How often and how long a start is tried. */
  get retryPolicy() {
    const { maxEventAgeSeconds, maxRetryAttempts } = this.props;
    return { maximumEventAgeInSeconds: maxEventAgeSeconds, maximumRetryAttempts: maxRetryAttempts };
  }

  /** Lets a role start this task in this cluster, and nothing else. */
  letStart(starter: Role): void {
    const { clusterArn } = this;
    starter.allow(
      'start_task',
      {
        // With ":*" for any revision: ECS compares the one that a start without a number comes to.
        actions: ['ecs:RunTask'],
        resources: [`${this.familyArn}:*`],
        condition: { ArnEquals: { 'ecs:cluster': clusterArn } },
      },
      {
        // Tags of the task definition are those of the task, which takes this grant.
        actions: ['ecs:TagResource'],
        resources: [`${Fn.replace(clusterArn, ':cluster/', ':task/')}/*`],
        condition: { StringEquals: { 'ecs:CreateAction': 'RunTask' } },
      },
      passingToTasks([this.role.arn, this.executionRole.arn]),
    );
  }
}

/** The workload's image unless it has one of its own. */
function sourceOf(scope: Construct, { image, repository, ...props }: StartedTaskProps): ImageSource {
  if (repository) return imageSource(scope, { ...props, repository });
  if (image === undefined) throw new Error(`${scope.node.id} has neither an image nor a repository`);
  return { repository: undefined, image };
}
