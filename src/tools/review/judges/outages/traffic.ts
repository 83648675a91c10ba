import {
  balancer,
  certificate,
  compute,
  ground,
  group,
  instance,
  permission,
  type Serving,
  served,
  trigger,
} from './serving';
import { networkTraffic } from './traffic-network';

const NAME =
  'create it under another name beside the old one, move the traffic, and let go of the old one in a second step';

/** What to do instead of replacing something that serves. */
export const TWO_STEPS = NAME;

/** What serves traffic in AWS, whoever wrote the Terraform. */
export const traffic: Readonly<Record<string, Serving>> = {
  ...networkTraffic,
  aws_lb: balancer,
  aws_alb: balancer,
  aws_elb: balancer,
  aws_lb_listener: {
    replaced: 'the port is closed for seconds, mostly 5 to 30',
    destroyed: 'the port is closed from now on',
  },
  aws_alb_listener: {
    replaced: 'the port is closed for seconds, mostly 5 to 30',
    destroyed: 'the port is closed from now on',
  },
  aws_lb_listener_rule: {
    replaced: 'its requests fall to the next rule for seconds',
    destroyed: 'its requests fall to the next rule',
  },
  aws_lb_listener_certificate: { ...certificate, destroyed: 'TLS for its names fails' },
  aws_lb_target_group: group,
  aws_alb_target_group: group,
  aws_lb_target_group_attachment: group,
  aws_ecs_service: compute,
  aws_ecs_cluster: ground,
  aws_ecs_cluster_capacity_providers: compute,
  aws_ecs_task_set: compute,
  aws_eks_cluster: {
    replaced: 'everything in the cluster is gone, and takes 10 to 20 minutes to come back empty',
    destroyed: 'everything in the cluster stops',
  },
  aws_eks_node_group: { ...compute, gapless: true },
  aws_eks_fargate_profile: compute,
  aws_autoscaling_group: compute,
  aws_instance: instance,
  aws_apprunner_service: compute,
  aws_elastic_beanstalk_environment: compute,
  aws_lightsail_container_service: compute,
  aws_lambda_function: { replaced: 'calls fail for seconds, mostly 5 to 30', destroyed: 'calls of it fail' },
  aws_lambda_function_url: { replaced: 'the function gets another URL', destroyed: 'the URL no longer answers' },
  aws_lambda_alias: served,
  aws_lambda_event_source_mapping: trigger,
  aws_lambda_permission: permission,
  aws_cloudwatch_event_target: trigger,
  aws_cloudwatch_event_rule: trigger,
  aws_scheduler_schedule: trigger,
  aws_pipes_pipe: trigger,
  aws_sns_topic: {
    replaced: 'it is another topic: subscriptions and who publishes have to be pointed to it',
    destroyed: 'publishing to it fails',
  },
  aws_sns_topic_subscription: trigger,
  aws_cloudwatch_event_bus: { replaced: 'rules and events of the old bus are gone', destroyed: 'sending to it fails' },
  aws_sfn_state_machine: { replaced: 'executions that are running end', destroyed: 'executions that are running end' },
  aws_cloudfront_distribution: {
    replaced: 'the old one is switched off first: 5 to 15 minutes without an answer, then another domain name',
    destroyed: 'nothing is delivered any more',
  },
  aws_cloudfront_function: served,
  aws_cloudfront_origin_access_control: {
    replaced: 'the bucket refuses CloudFront until the distribution knows the new one, about 5 minutes',
    destroyed: 'the bucket refuses CloudFront',
  },
  aws_cloudfront_origin_access_identity: {
    replaced: 'the bucket refuses CloudFront until the distribution knows the new one, about 5 minutes',
    destroyed: 'the bucket refuses CloudFront',
  },
  aws_apigatewayv2_api: {
    replaced: 'calls fail for a minute or two, then the API has another URL',
    destroyed: 'calls of it fail',
  },
  aws_apigatewayv2_stage: { replaced: 'calls get 404 for seconds', destroyed: 'calls get 404' },
  aws_apigatewayv2_route: { replaced: 'its calls get 404 for seconds', destroyed: 'its calls get 404' },
  aws_apigatewayv2_integration: { replaced: 'its calls fail for seconds', destroyed: 'its calls fail' },
  aws_apigatewayv2_vpc_link: {
    replaced: 'calls through it fail for 2 to 10 minutes',
    destroyed: 'calls through it fail',
  },
  aws_apigatewayv2_authorizer: served,
  aws_apigatewayv2_domain_name: {
    replaced: 'the domain fails for minutes, then has another target that its record has to name',
    destroyed: 'the domain no longer answers',
  },
  aws_apigatewayv2_api_mapping: { replaced: 'the domain gets 403 for seconds', destroyed: 'the domain gets 403' },
  aws_api_gateway_rest_api: {
    replaced: 'calls fail for a minute or two, then the API has another URL',
    destroyed: 'calls of it fail',
  },
  aws_api_gateway_stage: served,
  aws_api_gateway_resource: served,
  aws_api_gateway_method: served,
  aws_api_gateway_integration: served,
  aws_api_gateway_domain_name: served,
  aws_api_gateway_base_path_mapping: served,
  aws_api_gateway_vpc_link: served,
  aws_appsync_graphql_api: {
    replaced: 'calls fail for a minute or two, then the API has another URL',
    destroyed: 'calls of it fail',
  },
  aws_globalaccelerator_accelerator: served,
  aws_globalaccelerator_listener: served,
  aws_cognito_user_pool_domain: { replaced: 'nobody can sign in for 1 to 15 minutes', destroyed: 'nobody can sign in' },
  aws_cognito_user_pool_client: {
    replaced: 'it gets another id and secret: nobody can sign in until every application knows them',
    destroyed: "applications that know it can't sign anybody in",
  },
  aws_sesv2_email_identity: {
    replaced: "mail can't be sent until its DNS records are verified anew, minutes to 72 hours",
    destroyed: "mail from it can't be sent",
  },
  aws_ses_domain_identity: {
    replaced: "mail can't be sent until its DNS records are verified anew, minutes to 72 hours",
    destroyed: "mail from it can't be sent",
  },
  aws_sqs_queue_policy: permission,
  aws_sns_topic_policy: permission,
  aws_s3_bucket_policy: permission,
  aws_s3_bucket_notification: trigger,
  aws_s3_bucket_website_configuration: served,
  aws_s3_bucket_cors_configuration: {
    replaced: 'browsers are refused for seconds',
    destroyed: 'browsers of other origins are refused',
  },
  aws_ecr_repository_policy: permission,
  aws_efs_file_system_policy: permission,
  aws_kms_alias: {
    replaced: 'who names the key by it is refused for seconds',
    destroyed: 'who names the key by it is refused',
  },
  aws_kms_grant: permission,
  aws_iam_role: {
    replaced: 'what runs with it is denied everything for seconds to minutes, until it has the new one',
    destroyed: 'what runs with it is denied everything',
  },
  aws_iam_role_policy: permission,
  aws_iam_role_policy_attachment: permission,
  aws_iam_policy: permission,
  aws_iam_instance_profile: permission,
  aws_iam_user: { replaced: 'its access keys are gone', destroyed: 'its access keys are gone' },
  aws_iam_user_policy: permission,
  aws_iam_access_key: { replaced: 'whoever has the old key is denied', destroyed: 'whoever has the key is denied' },
  aws_iam_openid_connect_provider: {
    replaced: "pipelines can't sign in for seconds",
    destroyed: "pipelines can't sign in",
  },
  aws_elasticache_user: { replaced: "it can't sign in for minutes", destroyed: "it can't sign in" },
  aws_elasticache_user_group: {
    replaced: 'nobody can sign in to the cache for minutes',
    destroyed: 'nobody can sign in to the cache',
  },
  aws_secretsmanager_secret_version: {
    replaced: 'a reader may find no current value for seconds; the value before stays as AWSPREVIOUS',
    destroyed: 'whoever reads the secret finds no current value',
    gapless: true,
  },
  aws_msk_scram_secret_association: served,
  aws_appmesh_virtual_node: served,
  aws_appmesh_virtual_service: served,
  aws_vpclattice_service: served,
};

/** Replacing these is how they are changed: it takes no longer than a change in place would. */
export const ROUTINE =
  /^aws_(?:iam_role_policy|iam_role_policy_attachment|iam_policy|lambda_permission|cloudwatch_event_target|secretsmanager_secret_version|kms_grant|s3_bucket_policy|sqs_queue_policy|sns_topic_policy|ecr_repository_policy|efs_file_system_policy)$/;
