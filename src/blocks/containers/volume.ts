import type { EcsTaskDefinitionVolume } from '@cdktf/provider-aws/lib/ecs-task-definition';
import type { ITerraformDependable } from 'cdktf';
import type { Usable } from '../../access/usable';

/** Something that a container sees as a folder and that is not part of its image. */
export interface Volume {
  readonly mountPoint: string;
  readonly readOnly: boolean;

  /** What the task definition says of it. */
  readonly definition: EcsTaskDefinitionVolume;

  /** What has to be there before a task can start with it. */
  readonly ready: readonly ITerraformDependable[];
}

/** A volume that others share, to which the task needs access. */
export interface Mount extends Volume, Omit<Usable, 'ready'> {}
