import { bus, ecs, eventSource, lambda, repository, role, rule, scalableTarget, schedule } from './scopes';
import { actionTable } from './table';

/** What runs code, its roles, and what starts it. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html */
export const containerActions = actionTable({
  aws_ecs_cluster: {
    read: 'ecs: DescribeClusters',
    manage: 'ecs: CreateCluster UpdateCluster UpdateClusterSettings DeleteCluster TagResource UntagResource',
    on: ecs,
    linked: 'ecs.amazonaws.com',
  },
  aws_ecs_cluster_capacity_providers: {
    read: 'ecs: DescribeClusters',
    manage: 'ecs: PutClusterCapacityProviders',
    on: ecs,
  },
  aws_ecs_service: {
    read: 'ecs: DescribeServices ListServiceDeployments DescribeServiceDeployments',
    manage: 'ecs: CreateService UpdateService DeleteService TagResource UntagResource',
    on: ecs,
    passes: ['ecs.amazonaws.com'],
  },
  aws_ecs_task_definition: {
    read: 'ecs: DescribeTaskDefinition',
    manage: 'ecs: RegisterTaskDefinition TagResource UntagResource',
    on: ecs,
    anywhere: 'ecs: DeregisterTaskDefinition',
    passes: ['ecs-tasks.amazonaws.com'],
  },
  aws_ecr_repository: {
    read: 'ecr: DescribeRepositories ListTagsForResource',
    manage:
      'ecr: CreateRepository DeleteRepository PutImageScanningConfiguration PutImageTagMutability TagResource UntagResource',
    on: repository,
  },
  aws_ecr_lifecycle_policy: {
    read: 'ecr: GetLifecyclePolicy',
    manage: 'ecr: PutLifecyclePolicy DeleteLifecyclePolicy',
    on: repository,
  },
  aws_ecr_repository_policy: {
    read: 'ecr: GetRepositoryPolicy',
    manage: 'ecr: SetRepositoryPolicy DeleteRepositoryPolicy',
    on: repository,
  },
  aws_appautoscaling_target: {
    read: 'application-autoscaling: DescribeScalableTargets ListTagsForResource',
    manage: 'application-autoscaling: RegisterScalableTarget DeregisterScalableTarget TagResource UntagResource',
    on: scalableTarget,
    linked: 'ecs.application-autoscaling.amazonaws.com',
  },
  aws_appautoscaling_policy: {
    read: 'application-autoscaling: DescribeScalingPolicies',
    manage: 'application-autoscaling: PutScalingPolicy DeleteScalingPolicy',
    on: scalableTarget,
  },
  aws_appautoscaling_scheduled_action: {
    read: 'application-autoscaling: DescribeScheduledActions',
    manage: 'application-autoscaling: PutScheduledAction DeleteScheduledAction',
    on: scalableTarget,
  },
  aws_lambda_function: {
    read: 'lambda: ListVersionsByFunction GetFunctionCodeSigningConfig',
    open: 'lambda: GetFunction GetFunctionConfiguration',
    manage:
      'lambda: CreateFunction UpdateFunctionCode UpdateFunctionConfiguration DeleteFunction PutFunctionConcurrency DeleteFunctionConcurrency PublishVersion TagResource UntagResource',
    on: lambda,
    passes: ['lambda.amazonaws.com'],
  },
  aws_lambda_function_event_invoke_config: {
    read: 'lambda: GetFunctionEventInvokeConfig',
    manage: 'lambda: PutFunctionEventInvokeConfig UpdateFunctionEventInvokeConfig DeleteFunctionEventInvokeConfig',
    on: lambda,
  },
  aws_lambda_permission: { read: 'lambda: GetPolicy', manage: 'lambda: AddPermission RemovePermission', on: lambda },
  aws_lambda_event_source_mapping: {
    read: 'lambda: GetEventSourceMapping ListTags',
    manage: 'lambda: CreateEventSourceMapping UpdateEventSourceMapping DeleteEventSourceMapping',
    on: eventSource,
  },
  aws_cloudwatch_event_bus: {
    read: 'events: DescribeEventBus ListTagsForResource',
    manage: 'events: CreateEventBus UpdateEventBus DeleteEventBus TagResource UntagResource',
    on: bus,
  },
  aws_cloudwatch_event_bus_policy: {
    read: 'events: DescribeEventBus',
    manage: 'events: PutPermission RemovePermission',
    on: bus,
  },
  aws_cloudwatch_event_rule: {
    read: 'events: DescribeRule ListTagsForResource',
    manage: 'events: PutRule DeleteRule EnableRule DisableRule TagResource UntagResource',
    on: rule,
  },
  aws_cloudwatch_event_target: {
    read: 'events: ListTargetsByRule',
    manage: 'events: PutTargets RemoveTargets',
    on: rule,
    passes: ['events.amazonaws.com'],
  },
  aws_scheduler_schedule: {
    read: 'scheduler: GetSchedule',
    manage: 'scheduler: CreateSchedule UpdateSchedule DeleteSchedule',
    on: schedule,
    passes: ['scheduler.amazonaws.com'],
  },
  aws_scheduler_schedule_group: {
    read: 'scheduler: GetScheduleGroup ListTagsForResource',
    manage: 'scheduler: CreateScheduleGroup DeleteScheduleGroup TagResource UntagResource',
    on: schedule,
  },
  aws_iam_role: {
    read: 'iam: GetRole ListRolePolicies ListAttachedRolePolicies GetRolePolicy ListInstanceProfilesForRole',
    manage:
      'iam: CreateRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy DeleteRole DeleteRolePolicy TagRole UntagRole',
    on: role,
  },
  aws_iam_role_policy: { read: 'iam: GetRolePolicy', manage: 'iam: PutRolePolicy DeleteRolePolicy', on: role },
  'data.aws_ecr_repository': { read: 'ecr: DescribeRepositories ListTagsForResource' },
});
