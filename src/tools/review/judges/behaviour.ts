import type { AttributeChange, Change } from '../change';

interface Behaviour {
  /** Goes on from the name of the thing. */
  readonly says: string;
  readonly effect?: string;
}

/** What a change that neither loses nor stops anything does. */
export function behaviourOf({ type, action, imported }: Change, attribute?: AttributeChange): Behaviour {
  if (action === 'update') {
    const known = UPDATES.find(
      (one) => one.types.test(type) && (attribute === undefined || one.path.test(attribute.path)),
    );
    return known ?? { says: `changes${imported ? ' as Terraform takes it over' : ''}` };
  }
  const known = type === 'aws_ecs_task_definition' ? TASKS[action] : undefined;
  return known ?? { says: ACTIONS[action] ?? 'changes' };
}

const ACTIONS: Readonly<Record<string, string>> = {
  create: 'is made',
  delete: 'is destroyed',
  replace: 'is replaced',
};

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html */
const ROLLING =
  'ECS starts tasks of the new revision beside the old ones and stops those once the new ones are healthy, mostly in 2 to 10 minutes';

const TASKS: Readonly<Record<string, Behaviour>> = {
  replace: { says: 'gets a new revision', effect: ROLLING },
  delete: { says: 'is deregistered', effect: 'tasks that run go on; none is started from it any more' },
};

const UPDATES: readonly (Behaviour & { readonly types: RegExp; readonly path: RegExp })[] = [
  { types: /^aws_ecs_service$/, path: /^task_definition$/, says: 'rolls to another revision', effect: ROLLING },
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
    types: /^aws_lambda_function$/,
    path: /^(?:environment|source_code_hash|s3_\w+|image_uri|filename|runtime|handler|layers|memory_size|timeout)/,
    says: 'changes for the next call',
    effect: 'the next calls start cold; those that run end as they were',
  },
  {
    types: /^aws_(?:lb|alb)$/,
    path: /^enable_deletion_protection$/,
    says: 'changes its deletion protection',
    effect: 'off, a plan that destroys or replaces it is no longer refused by AWS',
  },
  {
    types: /^aws_(?:secretsmanager_secret_version|ssm_parameter)$/,
    path: /(?:_wo_version|^value|^secret_string)/,
    says: 'gets another value',
    effect: 'who reads it when it starts, as containers do, has the old one until it is started anew',
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
    effect:
      'it goes on, slower for hours while the storage is rebuilt; it can not be made smaller, nor changed again for 6 hours',
  },
  {
    types: /_parameter_group$/,
    path: /^parameter/,
    says: 'changes parameters at once',
    effect: 'they count within a minute or so, without a restart',
  },
];
