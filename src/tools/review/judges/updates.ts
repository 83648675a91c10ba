import { numberIn, switchedOff, switchedOn, wasSet } from './attribute-rule';

export interface Behaviour {
  /** Goes on from the name of the thing. */
  readonly says: string;
  readonly effect?: string;
}

export interface Update extends Behaviour {
  readonly types: RegExp;
  readonly path: RegExp;

  /** Whether it is about this change of it; about each, when this is not told. */
  readonly when?: (before: unknown, after: unknown) => boolean;
}

const fewer = (before: unknown, after: unknown) => numberIn(after) < numberIn(before);

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html; the time is an estimate. */
const ROLLING =
  'ECS starts tasks of the new revision beside the old ones and stops those once the new ones are healthy, usually within about 2 to 10 minutes';

/** What a change in place does that neither loses nor stops anything, by the first that knows it. */
export const updates: readonly Update[] = [
  {
    types: /^aws_(?:\w+_)?parameter_group$/,
    path: /^parameter(?:\[[^\]]*\])?\.apply_method$/,
    says: 'applies a parameter at another time',
    effect: 'its value stays, so nothing happens now: this says only when its next value counts',
  },
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
    path: /^allocated_storage$/,
    when: fewer,
    says: 'asks for less storage',
    effect: 'RDS refuses to make storage smaller, and the apply stops half-way',
  },
  {
    types: /^aws_db_instance$/,
    path: /^publicly_accessible$/,
    when: switchedOff,
    says: 'gives up its address on the internet',
    effect: 'its name leads to a private address: whoever came over the internet no longer reaches it',
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
    types: /^aws_dynamodb_table$/,
    path: /(?:^|\.)(?:read_capacity|write_capacity)$/,
    when: (before, after) => wasSet(before) && numberIn(after) > 0 && fewer(before, after),
    says: 'takes fewer reads or writes at once',
    effect: 'what is beyond it is throttled, once what is left of the last 5 minutes is used up',
  },
  {
    types: /^aws_kinesis_stream$/,
    path: /^shard_count$/,
    when: fewer,
    says: 'takes fewer records at once',
    effect: 'what is beyond 1 MB or 1,000 records a second and shard is refused',
  },
  {
    types: /^aws_(?:lb|alb)_listener$|^aws_cloudfront_distribution$/,
    path: /(?:^ssl_policy|minimum_protocol_version)$/,
    says: 'speaks other versions of TLS',
    effect: 'clients that know none of them are refused',
  },
  {
    types: /^aws_s3_bucket_public_access_block$/,
    path: /^(?:restrict_public_buckets|ignore_public_acls)$/,
    when: switchedOn,
    says: 'lets the public in no longer',
    effect: 'where a policy or ACL makes it public, reads by anybody are refused from this moment',
  },
  {
    types: /^aws_route53_record$/,
    path: /^records$/,
    says: 'says something else',
    effect:
      'who reads it sees the new text once its TTL is over, such as which servers may send mail for the domain (SPF), or who owns it',
  },
  {
    types: /_parameter_group$/,
    path: /^parameter/,
    says: 'changes parameters at once',
    effect: 'they count within minutes, without a restart',
  },
];
