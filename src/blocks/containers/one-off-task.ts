import type { Construct } from 'constructs';
import type { Connections } from '../../access/connections';
import type { Consumer, Usable } from '../../access/usable';
import type { DeliverableTask } from '../delivery/deliverable';
import { TaskDefinition, type TaskDefinitionProps } from './task-definition';
import { TaskRunner } from './task-runner';
import type { Mount } from './volume';

/** Props of {@link OneOffTask}; the roles and the log group follow from its family. */
export interface OneOffTaskProps
  extends Omit<
    TaskDefinitionProps,
    'containerName' | 'logGroupName' | 'logStreamPrefix' | 'taskRoleName' | 'executionRoleName' | 'volumes'
  > {
  readonly name: string;

  /** @default none */
  readonly mounts?: readonly Mount[];

  /** The security group it is started in: that of the service whose work it does. */
  readonly connections: Connections;
}

/** A task definition that nothing starts by itself: a person or a pipeline does, with `aws ecs run-task`. */
export class OneOffTask extends TaskRunner implements Consumer, DeliverableTask {
  readonly connections: Connections;
  readonly uses: readonly Usable[];
  readonly family: string;
  readonly containerName: string;
  protected readonly task: TaskDefinition;

  constructor(scope: Construct, id: string, props: OneOffTaskProps) {
    super(scope, id);
    this.connections = props.connections;
    this.uses = [...props.uses, ...(props.mounts ?? [])];
    this.family = props.family;
    this.containerName = props.name;
    this.task = new TaskDefinition(this, 'task', {
      ...props,
      volumes: props.mounts ?? [],
      containerName: this.containerName,
      logGroupName: `/ecs/tasks/${props.family}`,
      logStreamPrefix: 'ecs',
      taskRoleName: `${props.family}-task`,
      executionRoleName: `${props.family}-execution`,
    });
  }
}
