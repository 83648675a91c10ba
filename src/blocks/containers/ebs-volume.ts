import type { EcsServiceVolumeConfiguration } from '@cdktf/provider-aws/lib/ecs-service';
import type { EcsTaskDefinitionVolume } from '@cdktf/provider-aws/lib/ecs-task-definition';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { Role } from '../../access/role';
import type { EbsVolumeSpec } from '../../spec/sections/volumes';
import type { Volume } from './volume';

const NAME = 'ebs'; // by which task definition and service mean the same volume

/** An encrypted EBS volume that ECS makes for each task of a service and deletes with it. */
export class EbsVolume extends Construct implements Volume {
  readonly mountPoint: string;
  readonly readOnly = false;
  readonly definition: EcsTaskDefinitionVolume = { name: NAME, configureAtLaunch: true };
  readonly ready: readonly ITerraformDependable[];

  /** What the service says of it. */
  readonly configuration: EcsServiceVolumeConfiguration;

  constructor(scope: Construct, id: string, props: EbsVolumeSpec) {
    super(scope, id);
    this.mountPoint = props.mountPoint;
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/infrastructure_IAM_role.html
    const role = new Role(this, 'role', {
      name: props.roleName,
      description: 'What ECS may do to make volumes for tasks and delete them',
      service: 'ecs.amazonaws.com',
    });
    // The service comes after the grant and goes before it: ECS could not delete the volumes otherwise.
    this.ready = [role.attach('manage_volumes', 'service-role/AmazonECSInfrastructureRolePolicyForVolumes')];
    this.configuration = {
      name: NAME,
      managedEbsVolume: {
        roleArn: role.arn,
        sizeInGb: props.size,
        volumeType: props.type,
        encrypted: true,
        tagSpecifications: [{ resourceType: 'volume', propagateTags: 'SERVICE' }],
      },
    };
  }
}
