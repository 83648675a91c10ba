import { Construct } from 'constructs';
import type { Role } from '../../access/role';
import type { TaskDefinition } from './task-definition';

/** What starts tasks of one task definition, or has them started, and acts in AWS under its roles. */
export abstract class TaskRunner extends Construct {
  protected abstract readonly task: TaskDefinition;

  get role(): Role {
    return this.task.role;
  }

  get executionRole(): Role {
    return this.task.executionRole;
  }

  /** Of all revisions of the task definition: its ARN without a number. */
  get familyArn(): string {
    return this.task.familyArn;
  }

  get logGroupArn(): string {
    return this.task.logGroupArn;
  }

  get logGroupName(): string {
    return this.task.logGroupName;
  }
}
