import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster';
import { EcsClusterCapacityProviders } from '@cdktf/provider-aws/lib/ecs-cluster-capacity-providers';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ClusterSpec } from '../../spec/sections/cluster';
import { Import } from '../../terraform/import';

/** The ECS cluster of an environment, on Fargate alone. */
export class Cluster extends Construct {
  readonly arn: string;
  readonly clusterName: string;

  /** What has to be there before a service may run on Spot. */
  readonly capacity: ITerraformDependable;

  constructor(scope: Construct, id: string, props: ClusterSpec) {
    super(scope, id);
    const cluster = new EcsCluster(this, 'Default', {
      name: props.name,
      setting: [{ name: 'containerInsights', value: props.containerInsights ? 'enabled' : 'disabled' }],
    });
    this.capacity = new EcsClusterCapacityProviders(this, 'capacity', {
      clusterName: cluster.name,
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
    });
    this.arn = cluster.arn;
    if (props.import) new Import(cluster, props.name);
    this.clusterName = cluster.name;
  }
}
