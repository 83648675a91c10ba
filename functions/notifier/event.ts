/** What the notifier reads of an event of ECS. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html */
export interface DeploymentEvent {
  readonly region: string;

  /** ARNs of the services, one in each event. */
  readonly resources: readonly string[];
  readonly detail: {
    readonly eventName: string;
    readonly deploymentId: string;
    readonly reason?: string;
  };
}

export type Change = 'started' | 'succeeded' | 'failed' | 'rolled back';

/** What has become of a deployment. */
export interface Deployment {
  readonly change: Change;
  readonly cluster: string;
  readonly service: string;
  readonly region: string;
  readonly id: string;
  readonly reason: string;
}

/** The deployment that an event tells of, or undefined where it tells of something else. */
export function parseDeployment({ detail, region, resources }: DeploymentEvent): Deployment | undefined {
  const change = changeOf(detail);
  if (!change) return undefined;
  const [, cluster, service] = /:service\/([^/]+)\/([^/]+)$/.exec(resources[0] ?? '') ?? [];
  if (!cluster || !service) throw new Error('expected the ARN of a service in the event');
  return { change, cluster, service, region, id: detail.deploymentId, reason: detail.reason ?? '' };
}

/** A rollback is announced as a deployment in progress, and only its reason says what it is. */
function changeOf({ eventName, reason = '' }: DeploymentEvent['detail']): Change | undefined {
  switch (eventName) {
    case 'SERVICE_DEPLOYMENT_IN_PROGRESS':
      return /\brolling back\b/i.test(reason) ? 'rolled back' : 'started';
    case 'SERVICE_DEPLOYMENT_COMPLETED':
      return 'succeeded';
    case 'SERVICE_DEPLOYMENT_FAILED':
      return 'failed';
    default:
      return undefined;
  }
}
