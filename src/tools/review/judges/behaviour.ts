import type { AttributeChange, Change } from '../change';
import { numberIn, switchedOff } from './attribute-rule';
import { plainEffects } from './plain-types';

interface Behaviour {
  /** Goes on from the name of the thing. */
  readonly says: string;
  readonly effect?: string;
}

/** What a change that neither loses nor stops anything does. */
export function behaviourOf({ type, action, imported }: Change, attribute?: AttributeChange): Behaviour {
  if (action === 'update') {
    const known = UPDATES.find((one) => one.types.test(type) && (attribute === undefined || isAbout(one, attribute)));
    return known ?? { says: `changes${imported ? ' as Terraform takes it over' : ''}` };
  }
  const known = type === 'aws_ecs_task_definition' ? TASKS[action] : undefined;
  const effect = action === 'delete' && Object.hasOwn(plainEffects, type) ? plainEffects[type] : undefined;
  return known ?? { says: ACTIONS[action] ?? 'changes', ...(effect !== undefined && { effect }) };
}

function isAbout({ path, when }: Update, attribute: AttributeChange): boolean {
  return path.test(attribute.path) && (when === undefined || when(attribute.before, attribute.after));
}

const ACTIONS: Readonly<Record<string, string>> = {
  create: 'is made',
  delete: 'is destroyed',
  replace: 'is replaced',
};

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html; the time is an estimate. */
const ROLLING =
  'ECS starts tasks of the new revision beside the old ones and stops those once the new ones are healthy, usually within about 2 to 10 minutes';

const TASKS: Readonly<Record<string, Behaviour>> = {
  replace: { says: 'gets a new revision', effect: 'a service that takes it starts new tasks and stops the old ones' },
  delete: { says: 'is deregistered', effect: 'tasks that run go on; none is started from it any more' },
};

interface Update extends Behaviour {
  readonly types: RegExp;
  readonly path: RegExp;

  /** Whether it is about this change of it; about each, when this is not told. */
  readonly when?: (before: unknown, after: unknown) => boolean;
}

const fewer = (before: unknown, after: unknown) => numberIn(after) < numberIn(before);

const UPDATES: readonly Update[] = [
  {
    types: /^aws_ecs_service$/,
    path: /^task_definition$/,
    says: 'moves to another revision of its tasks',
    effect: ROLLING,
  },
  {
    types: /^aws_ecs_service$/,
    path: /^(?:network_configuration|load_balancer|launch_type|capacity_provider_strategy|platform_version|force_new_deployment)/,
    says: 'is deployed anew',
    effect: ROLLING,
  },
  {
    types: /^aws_ecs_service$/,
    path: /^desired_count$/,
    says: 'runs another number of tasks',
    effect: 'tasks are started or drained within minutes',
  },
  {
    types: /^aws_ecs_service$/,
    path: /^deployment_circuit_breaker/,
    when: switchedOff,
    says: 'no longer stops a deployment that fails',
    effect: 'ECS tries to start its tasks again and again, and does not go back to the revision before',
  },
  {
    types: /^aws_ecs_service$/,
    path: /^health_check_grace_period_seconds$/,
    when: fewer,
    says: 'gives new tasks less time to become healthy',
    effect: 'tasks that take longer to start are stopped again, and the deployment does not end',
  },
  {
    types: /^aws_lambda_function$/,
    path: /^timeout$/,
    when: fewer,
    says: 'ends its calls earlier',
    effect: 'calls that take longer are cut off, and fail',
  },
  {
    types: /^aws_lambda_function$/,
    path: /^(?:environment|source_code_hash|s3_\w+|image_uri|filename|runtime|handler|layers|memory_size|timeout|architectures)/,
    says: 'changes from the next call on',
    effect: 'the next calls start cold; those that run end as they were',
  },
  {
    types: /^aws_lambda_function$/,
    path: /^reserved_concurrent_executions$/,
    says: 'may run another number of calls at once',
    effect: 'calls beyond it are throttled; what it reserves, other functions lack',
  },
  {
    types: /^aws_lambda_alias$/,
    path: /^(?:function_version|routing_config)/,
    says: 'leads to another version',
    effect: 'whoever calls it gets the other version from this moment',
  },
  {
    types: /^aws_sfn_state_machine$/,
    path: /^definition/,
    says: 'works in another way from the next execution on',
    effect: 'executions that run go on as they were',
  },
  {
    types: /^aws_sns_topic_subscription$/,
    path: /^filter_policy/,
    says: 'gets only what passes another filter',
    effect: 'within about 15 minutes; what does not pass is not delivered',
  },
  {
    types: /^aws_cloudwatch_metric_alarm$/,
    path: /^actions_enabled$/,
    when: switchedOff,
    says: 'tells nobody any more',
    effect: 'it goes on to change its state, and calls and mails nobody',
  },
  {
    types: /^aws_(?:lb|alb)$/,
    path: /^enable_deletion_protection$/,
    when: switchedOff,
    says: 'loses its deletion protection',
    effect: 'AWS no longer refuses a plan that destroys or replaces it',
  },
  {
    types: /^aws_(?:secretsmanager_secret_version|ssm_parameter)$/,
    path: /(?:_wo_version|^value|^secret_string)/,
    says: 'gets another value',
    effect: 'what reads it only when it starts, as containers do, has the old one until it is started anew',
  },
  {
    types: /^aws_(?:db_instance|rds_cluster)$/,
    path: /^(?:password|password_wo_version|manage_master_user_password|master_password\w*)$/,
    says: 'gets another password',
    effect: 'connections that are open stay; new ones with the old password are refused at once',
  },
  {
    types: /^aws_db_instance$/,
    path: /^(?:allocated_storage|max_allocated_storage|iops|storage_throughput|storage_type)$/,
    says: 'changes its storage',
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.ModifyingExisting.html
    effect:
      "it goes on, usually slower for hours while the storage is optimized; its storage can't be made smaller again, nor be changed again for 6 hours",
  },
  {
    types: /^aws_rds_cluster$/,
    path: /^serverlessv2_scaling_configuration.*min_capacity$/,
    when: (_, after) => after === 0,
    says: 'pauses when nobody uses it',
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html
    effect: 'the first connection after a pause waits, typically about 15 seconds, and after a day about 30',
  },
  {
    types: /_parameter_group$/,
    path: /^parameter/,
    says: 'changes parameters at once',
    effect: 'they count within minutes, without a restart',
  },
];
