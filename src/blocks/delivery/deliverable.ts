import { passingToTasks, type Role } from '../../access/role';

/** A task definition as those see it who register revisions of it. */
interface Deliverable {
  readonly containerName: string;

  /** Without a revision. */
  readonly familyArn: string;

  /** Those of its tasks: whoever registers a revision hands them on. */
  readonly role: Role;
  readonly executionRole: Role;
}

/** An ECS service, which is moved to a revision. */
export interface DeliverableService extends Deliverable {
  readonly serviceName: string;
  readonly serviceArn: string;
}

/** A task that runs when it is started, as the newest revision of its family. */
export interface DeliverableTask extends Deliverable {
  readonly family: string;
}

/** What is deployed to. */
export interface Deliverables {
  readonly services: readonly DeliverableService[];
  readonly tasks: readonly DeliverableTask[];
}

/** Lets a role deploy to these and no others: register revisions, and move services to them. */
export function allowDeployment(role: Role, { services, tasks }: Deliverables): void {
  const all = [...services, ...tasks];
  if (all.length === 0) return;
  const moving = {
    actions: ['ecs:DescribeServices', 'ecs:UpdateService'],
    resources: services.map(({ serviceArn }) => serviceArn),
  };
  role.allow(
    'deploy_services',
    ...(services.length > 0 ? [moving] : []),
    {
      actions: ['ecs:RegisterTaskDefinition', 'ecs:TagResource'],
      // A revision that is yet to be has no number: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
      resources: all.flatMap(({ familyArn }) => [familyArn, `${familyArn}:*`]),
    },
    // Has no resource.
    { actions: ['ecs:DescribeTaskDefinition'], resources: ['*'] },
    passingToTasks(all.flatMap((each) => [each.role.arn, each.executionRole.arn])),
  );
}
