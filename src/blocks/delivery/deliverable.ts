import type { Role } from '../../access/role';

/** An ECS service as those see it who deploy to it. */
export interface Deliverable {
  readonly serviceName: string;
  readonly serviceArn: string;
  readonly containerName: string;

  /** Of its task definition, without a revision. */
  readonly familyArn: string;

  /** Those of its tasks: whoever registers a revision hands them on. */
  readonly role: Role;
  readonly executionRole: Role;
}

/** Lets a role deploy to these services and no others: register revisions and move the service to one. */
export function allowDeployment(role: Role, services: readonly Deliverable[]): void {
  role.allow(
    'deploy_services',
    {
      actions: ['ecs:DescribeServices', 'ecs:UpdateService'],
      resources: services.map(({ serviceArn }) => serviceArn),
    },
    {
      actions: ['ecs:RegisterTaskDefinition', 'ecs:TagResource'],
      // A revision that is yet to be has no number: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
      resources: services.flatMap(({ familyArn }) => [familyArn, `${familyArn}:*`]),
    },
    // Has no resource.
    { actions: ['ecs:DescribeTaskDefinition'], resources: ['*'] },
    {
      actions: ['iam:PassRole'],
      resources: services.flatMap((each) => [each.role.arn, each.executionRole.arn]),
      condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    },
  );
}
