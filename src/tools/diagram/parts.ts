/** One way to find what a resource belongs to. */
export type Belonging =
  /** It names it: `at` is its own argument. */
  | { readonly names: readonly string[]; readonly at: string }
  /** It is named: `at` is the argument of the others. */
  | { readonly namedBy: readonly string[]; readonly at: string }
  /** Its Terraform name continues that of the other. */
  | { readonly continues: readonly string[] };

const names = (at: string, ...types: readonly string[]): Belonging => ({ names: types, at });
const namedBy = (at: string, ...types: readonly string[]): Belonging => ({ namedBy: types, at });
const continues = (...types: readonly string[]): Belonging => ({ continues: types });

/** Where types name security groups. */
export const GROUP_PATHS: Readonly<Record<string, string>> = {
  aws_lb: 'security_groups',
  aws_ecs_service: 'network_configuration.security_groups',
  aws_cloudwatch_event_target: 'ecs_target.network_configuration.security_groups',
  aws_scheduler_schedule: 'target.ecs_parameters.network_configuration.security_groups',
  aws_lambda_function: 'vpc_config.security_group_ids',
  aws_db_instance: 'vpc_security_group_ids',
  aws_rds_cluster: 'vpc_security_group_ids',
  aws_db_proxy: 'vpc_security_group_ids',
  aws_elasticache_replication_group: 'security_group_ids',
  aws_elasticache_cluster: 'security_group_ids',
  aws_efs_mount_target: 'security_groups',
  aws_apigatewayv2_vpc_link: 'security_group_ids',
  aws_instance: 'vpc_security_group_ids',
};

/** Where types name the subnets that they stand in. */
export const SUBNET_PATHS: Readonly<Record<string, string>> = {
  aws_lb: 'subnets',
  aws_ecs_service: 'network_configuration.subnets',
  aws_cloudwatch_event_target: 'ecs_target.network_configuration.subnets',
  aws_scheduler_schedule: 'target.ecs_parameters.network_configuration.subnets',
  aws_lambda_function: 'vpc_config.subnet_ids',
  aws_db_subnet_group: 'subnet_ids',
  aws_db_proxy: 'vpc_subnet_ids',
  aws_elasticache_subnet_group: 'subnet_ids',
  aws_efs_mount_target: 'subnet_id',
  aws_instance: 'subnet_id',
};

const byGroup = Object.entries(GROUP_PATHS).map(([type, at]) => namedBy(at, type));
const ofBucket = [names('bucket', 'aws_s3_bucket')];
const ofDatabase = ['aws_db_instance', 'aws_rds_cluster', 'aws_elasticache_replication_group', 'aws_cognito_user_pool'];

/** What types belong to, the surest way first. A type that is not here is a thing, or is found by its name. */
export const belongings: Readonly<Record<string, readonly Belonging[]>> = {
  aws_ecs_task_definition: [namedBy('task_definition', 'aws_ecs_service')],
  aws_lb_target_group: [
    namedBy('load_balancer.target_group_arn', 'aws_ecs_service'),
    namedBy('default_action.target_group_arn', 'aws_lb_listener'),
    namedBy('action.target_group_arn', 'aws_lb_listener_rule'),
  ],
  aws_lb_listener: [names('load_balancer_arn', 'aws_lb')],
  aws_lb_listener_rule: [names('listener_arn', 'aws_lb_listener')],
  aws_lb_listener_certificate: [names('listener_arn', 'aws_lb_listener')],
  aws_security_group: byGroup,
  aws_vpc_security_group_ingress_rule: [names('security_group_id', 'aws_security_group')],
  aws_vpc_security_group_egress_rule: [names('security_group_id', 'aws_security_group')],
  aws_security_group_rule: [names('security_group_id', 'aws_security_group')],
  aws_iam_role: [
    namedBy('task_role_arn', 'aws_ecs_task_definition'),
    namedBy('execution_role_arn', 'aws_ecs_task_definition'),
    namedBy('role', 'aws_lambda_function'),
    namedBy('role_arn', 'aws_cloudwatch_event_target', 'aws_db_proxy', 'aws_config_configuration_recorder'),
    namedBy('target.role_arn', 'aws_scheduler_schedule'),
    namedBy('cloud_watch_logs_role_arn', 'aws_cloudtrail'),
  ],
  aws_iam_role_policy: [names('role', 'aws_iam_role')],
  aws_iam_role_policy_attachment: [names('role', 'aws_iam_role')],
  aws_iam_policy: [namedBy('policy_arn', 'aws_iam_role_policy_attachment')],
  aws_appautoscaling_target: [names('resource_id', 'aws_ecs_service'), continues('aws_ecs_service')],
  aws_appautoscaling_policy: [names('resource_id', 'aws_appautoscaling_target')],
  aws_appautoscaling_scheduled_action: [names('resource_id', 'aws_appautoscaling_target')],
  aws_cloudwatch_metric_alarm: [names('alarm_actions', 'aws_appautoscaling_policy')],
  aws_cloudwatch_event_target: [
    names('ecs_target.task_definition_arn', 'aws_ecs_task_definition'),
    names('arn', 'aws_lambda_function'),
    names('rule', 'aws_cloudwatch_event_rule'),
  ],
  aws_cloudwatch_event_rule: [namedBy('rule', 'aws_cloudwatch_event_target')],
  aws_cloudwatch_event_bus_policy: [names('event_bus_name', 'aws_cloudwatch_event_bus')],
  aws_scheduler_schedule: [
    names('target.ecs_parameters.task_definition_arn', 'aws_ecs_task_definition'),
    names('target.arn', 'aws_lambda_function'),
  ],
  aws_lambda_permission: [names('function_name', 'aws_lambda_function')],
  aws_lambda_event_source_mapping: [names('function_name', 'aws_lambda_function')],
  aws_lambda_function_event_invoke_config: [names('function_name', 'aws_lambda_function')],
  aws_lambda_function_url: [names('function_name', 'aws_lambda_function')],
  aws_sqs_queue: [
    namedBy('redrive_policy', 'aws_sqs_queue'),
    namedBy('dead_letter_config.target_arn', 'aws_lambda_function'),
    namedBy('dead_letter_config.arn', 'aws_cloudwatch_event_target'),
    namedBy('target.dead_letter_config.arn', 'aws_scheduler_schedule'),
  ],
  aws_sqs_queue_policy: [names('queue_url', 'aws_sqs_queue')],
  aws_sqs_queue_redrive_allow_policy: [names('queue_url', 'aws_sqs_queue')],
  aws_sqs_queue_redrive_policy: [names('queue_url', 'aws_sqs_queue')],
  aws_sns_topic_policy: [names('arn', 'aws_sns_topic')],
  aws_sns_topic_subscription: [names('topic_arn', 'aws_sns_topic')],
  aws_s3_bucket_policy: ofBucket,
  aws_s3_bucket_acl: ofBucket,
  aws_s3_bucket_cors_configuration: ofBucket,
  aws_s3_bucket_lifecycle_configuration: ofBucket,
  aws_s3_bucket_logging: ofBucket,
  aws_s3_bucket_notification: ofBucket,
  aws_s3_bucket_ownership_controls: ofBucket,
  aws_s3_bucket_public_access_block: ofBucket,
  aws_s3_bucket_server_side_encryption_configuration: ofBucket,
  aws_s3_bucket_versioning: ofBucket,
  aws_db_subnet_group: [namedBy('db_subnet_group_name', 'aws_db_instance', 'aws_rds_cluster')],
  aws_db_parameter_group: [namedBy('parameter_group_name', 'aws_db_instance')],
  aws_db_option_group: [namedBy('option_group_name', 'aws_db_instance')],
  aws_rds_cluster_instance: [names('cluster_identifier', 'aws_rds_cluster')],
  aws_db_instance: [names('replicate_source_db', 'aws_db_instance')],
  aws_db_instance_automated_backups_replication: [names('source_db_instance_arn', 'aws_db_instance')],
  aws_db_proxy_default_target_group: [names('db_proxy_name', 'aws_db_proxy')],
  aws_db_proxy_target: [names('db_proxy_name', 'aws_db_proxy')],
  aws_elasticache_subnet_group: [namedBy('subnet_group_name', 'aws_elasticache_replication_group')],
  aws_elasticache_parameter_group: [namedBy('parameter_group_name', 'aws_elasticache_replication_group')],
  aws_elasticache_user_group: [namedBy('user_group_ids', 'aws_elasticache_replication_group')],
  aws_elasticache_user: [namedBy('user_ids', 'aws_elasticache_user_group')],
  aws_efs_mount_target: [names('file_system_id', 'aws_efs_file_system')],
  aws_efs_access_point: [names('file_system_id', 'aws_efs_file_system')],
  aws_efs_backup_policy: [names('file_system_id', 'aws_efs_file_system')],
  aws_efs_file_system_policy: [names('file_system_id', 'aws_efs_file_system')],
  aws_secretsmanager_secret: [continues(...ofDatabase)],
  aws_secretsmanager_secret_version: [names('secret_id', 'aws_secretsmanager_secret')],
  aws_secretsmanager_secret_rotation: [names('secret_id', 'aws_secretsmanager_secret')],
  aws_secretsmanager_secret_policy: [names('secret_arn', 'aws_secretsmanager_secret')],
  aws_ssm_parameter: [continues(...ofDatabase, 'aws_sns_platform_application', 'aws_ecs_service')],
  aws_sesv2_email_identity: [continues('aws_sesv2_email_identity')],
  aws_cognito_user_group: [names('user_pool_id', 'aws_cognito_user_pool')],
  aws_cognito_user_pool_client: [names('user_pool_id', 'aws_cognito_user_pool')],
  aws_cognito_user_pool_domain: [names('user_pool_id', 'aws_cognito_user_pool')],
  aws_ecr_repository: [continues('aws_ecs_service', 'aws_ecs_task_definition', 'aws_lambda_function')],
  aws_ecr_lifecycle_policy: [names('repository', 'aws_ecr_repository')],
  aws_ecr_repository_policy: [names('repository', 'aws_ecr_repository')],
  aws_service_discovery_service: [namedBy('service_registries.registry_arn', 'aws_ecs_service')],
  aws_route53_record: [names('zone_id', 'aws_route53_zone')],
  aws_acm_certificate: [namedBy('certificate_arn', 'aws_acm_certificate_validation')],
  aws_acm_certificate_validation: [
    namedBy('viewer_certificate.acm_certificate_arn', 'aws_cloudfront_distribution'),
    namedBy('certificate_arn', 'aws_lb_listener'),
    namedBy('domain_name_configuration.certificate_arn', 'aws_apigatewayv2_domain_name'),
    names('validation_record_fqdns', 'aws_route53_record'),
  ],
  aws_wafv2_web_acl: [
    namedBy('web_acl_id', 'aws_cloudfront_distribution'),
    namedBy('web_acl_arn', 'aws_wafv2_web_acl_association'),
  ],
  aws_wafv2_web_acl_association: [names('resource_arn', 'aws_lb', 'aws_cognito_user_pool', 'aws_apigatewayv2_stage')],
  aws_cloudfront_response_headers_policy: [
    namedBy('default_cache_behavior.response_headers_policy_id', 'aws_cloudfront_distribution'),
  ],
  aws_cloudfront_origin_access_control: [namedBy('origin.origin_access_control_id', 'aws_cloudfront_distribution')],
  aws_apigatewayv2_domain_name: [namedBy('domain_name', 'aws_apigatewayv2_api_mapping')],
  aws_apigatewayv2_vpc_link: [namedBy('connection_id', 'aws_apigatewayv2_integration')],
  aws_cloudwatch_log_group: [
    namedBy('container_definitions', 'aws_ecs_task_definition'),
    namedBy('logging_config.log_group', 'aws_lambda_function'),
    namedBy('access_log_settings.destination_arn', 'aws_apigatewayv2_stage'),
    namedBy('log_delivery_configuration.destination', 'aws_elasticache_replication_group'),
    namedBy('cloud_watch_logs_group_arn', 'aws_cloudtrail'),
  ],
  ...Object.fromEntries(
    ['stage', 'route', 'integration', 'authorizer', 'api_mapping'].map((part) => [
      `aws_apigatewayv2_${part}`,
      [names('api_id', 'aws_apigatewayv2_api')],
    ]),
  ),
};
