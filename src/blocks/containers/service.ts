import { EcsService } from '@cdktf/provider-aws/lib/ecs-service';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { Connections, type Outbound } from '../../access/connections';
import type { Consumer, Usable } from '../../access/usable';
import type { PortSpec } from '../../spec/sections/ports';
import type { ServiceSpec } from '../../spec/sections/service';
import type { DeliverableService } from '../delivery/deliverable';
import type { LoadBalancer, RouteProps } from '../edge/load-balancer';
import type { ContainerPlace } from './container-place';
import { EbsVolume } from './ebs-volume';
import { type ImageSource, imageSource } from './image-source';
import { Scaling } from './scaling';
import type { ServiceDiscovery } from './service-discovery';
import { targetGroup } from './target-group';
import { TaskDefinition } from './task-definition';
import { TaskRunner } from './task-runner';
import type { Mount, Volume } from './volume';

/** Props of {@link Service}: an item of `services` (or the workload as one), and what it is wired to. */
export interface ServiceProps extends Omit<ServiceSpec, 'uses' | 'efs'>, ContainerPlace {
  readonly uses: readonly Usable[];

  /** File systems that its containers see. */
  readonly mounts: readonly Mount[];

  /** Where it is found by name, where there is service discovery. */
  readonly discovery?: ServiceDiscovery | undefined;

  /** The load balancer it serves, by its default route or by one of its own. */
  readonly behind?: { readonly alb: LoadBalancer; readonly route?: RouteProps | undefined } | undefined;
}

/** A long-running ECS service on Fargate, in the private subnets. */
export class Service extends TaskRunner implements Consumer, DeliverableService {
  readonly connections: Connections;
  readonly uses: readonly Usable[];
  readonly repository: ImageSource['repository'];
  readonly image: ImageSource['image'];
  readonly serviceName: string;
  readonly serviceArn: string;
  readonly containerName: string;

  /** Where it may dial out to, beside what it uses. */
  readonly egress: readonly Outbound[];

  /** Where it listens beside its main port, and for whom. */
  readonly openPorts: readonly PortSpec[];

  /** The load balancer in front of it. */
  readonly balancer: LoadBalancer | undefined;

  /** ARN by which the HTTP API finds it. */
  readonly discoveryArn: string | undefined;

  /** The load balancer whose default route leads here. */
  readonly defaultTargetOf: LoadBalancer | undefined;

  /** CloudWatch dimensions of its metrics. */
  readonly metricDimensions: Readonly<Record<string, string>>;

  /** Those of what the load balancer reports about its tasks. */
  readonly targetDimensions: Readonly<Record<string, string>> | undefined;

  private readonly resource: EcsService;
  protected readonly task: TaskDefinition;
  private readonly disk: EbsVolume | undefined;

  constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, id);
    this.uses = [...props.uses, ...props.mounts];
    this.egress = props.egress === 'all' ? [] : props.egress;
    this.openPorts = props.ports;
    this.balancer = props.behind?.alb;
    this.defaultTargetOf = props.behind?.route ? undefined : props.behind?.alb;
    this.connections = new Connections(this, 'connections', {
      vpcId: props.network.vpcId,
      name: props.securityGroupName,
      port: props.containerPort,
      egress: props.egress === 'all' ? 'all' : 'named',
    });
    if (props.ingress === 'vpc') this.connections.allowFromVpc(props.network.ranges);
    this.discoveryArn = props.discovery?.register(this, 'discovery', props.discoveryName);
    const { image, repository } = imageSource(this, props);
    this.repository = repository;
    this.image = image;
    this.disk = props.ebsVolume && new EbsVolume(this, 'ebs_volume', props.ebsVolume);
    this.task = new TaskDefinition(this, 'task', {
      ...props,
      family: props.taskFamily,
      image: this.image,
      ports: [props.containerPort, ...props.ports.map(({ port }) => port)],
      volumes: this.volumes(props),
      check: props.healthCheck.container
        ? { ...props.healthCheck, url: `http://localhost:${props.containerPort}${props.healthEndpoint}` }
        : undefined,
      environment: Object.fromEntries(props.envVariables.map(({ name, value }) => [name, value])),
    });
    if (props.ecsExec) this.allowExec();

    const target = props.behind && targetGroup(this, props);
    this.targetDimensions = target && { TargetGroup: target.arnSuffix, ...this.balancer?.metricDimensions };
    const registered = props.behind && target ? route(this, props.behind, target) : [];
    const service = this.service(props, target, registered);
    this.resource = service;
    this.serviceName = service.name;
    this.serviceArn = service.id;
    this.containerName = props.containerName;
    this.metricDimensions = { ClusterName: props.cluster.clusterName, ServiceName: service.name };
    if (props.scaling) {
      new Scaling(this, 'scaling', {
        ...props.scaling,
        metricDimensions: this.metricDimensions,
        name: props.serviceName,
      });
    }
  }

  /** Makes it wait for what it is granted: tasks that start before can't, and three of them end a deployment. */
  startAfterGrants(): void {
    const grants = [...this.executionRole.policyAddresses, ...this.role.policyAddresses];
    this.resource.dependsOn = [...(this.resource.dependsOn ?? []), ...grants];
  }

  private volumes({ mounts }: ServiceProps): Volume[] {
    return [...mounts, ...(this.disk ? [this.disk] : [])];
  }

  private service(
    props: ServiceProps,
    target: LbTargetGroup | undefined,
    registered: readonly ITerraformDependable[],
  ): EcsService {
    const { deployment } = props;
    const launch = props.spot
      ? { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }], forceNewDeployment: true }
      : { launchType: 'FARGATE' };
    // What others change after the first apply: scaling the number of tasks, the delivery pipeline the image.
    const changedElsewhere = [
      ...(props.scaling ? ['desired_count'] : []),
      ...(props.imageOwner === 'pipeline' ? ['task_definition'] : []),
    ];
    return new EcsService(this, 'Default', {
      name: props.serviceName,
      cluster: props.cluster.arn,
      taskDefinition: this.task.arn,
      desiredCount: props.desiredCount,
      ...launch,
      platformVersion: 'LATEST',
      enableExecuteCommand: props.ecsExec,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
      deploymentController: { type: 'ECS' },
      deploymentMinimumHealthyPercent: deployment.minHealthyPercent,
      deploymentMaximumPercent: deployment.maxPercent,
      deploymentCircuitBreaker: { enable: deployment.circuitBreaker, rollback: deployment.circuitBreaker },
      healthCheckGracePeriodSeconds: target ? props.healthCheck.gracePeriodSeconds : undefined,
      networkConfiguration: {
        subnets: [...props.network.workloadSubnetIds],
        securityGroups: [this.connections.securityGroupId],
        assignPublicIp: props.network.dialsByPublicAddress,
      },
      loadBalancer: target
        ? [{ targetGroupArn: target.arn, containerName: props.containerName, containerPort: props.containerPort }]
        : undefined,
      serviceRegistries:
        this.discoveryArn === undefined
          ? undefined
          : {
              registryArn: this.discoveryArn,
              containerName: props.containerName,
              containerPort: props.containerPort,
            },
      volumeConfiguration: this.disk?.configuration,
      lifecycle: changedElsewhere.length > 0 ? { ignoreChanges: changedElsewhere } : undefined,
      dependsOn: [
        ...registered,
        ...props.network.wayOut,
        ...(props.spot ? [props.cluster.capacity] : []),
        ...this.volumes(props).flatMap(({ ready }) => ready),
        ...props.uses.flatMap(({ ready = [] }) => ready),
      ],
    });
  }

  /** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions */
  private allowExec(): void {
    const channels = ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'];
    this.role.allow('exec', { actions: channels.map((action) => `ssmmessages:${action}`), resources: ['*'] });
  }
}

function route(scope: Construct, { alb, route }: NonNullable<ServiceProps['behind']>, target: LbTargetGroup) {
  return route ? alb.addRoute(scope, target, route) : alb.addDefaultTarget(target);
}
