import { QUIET_HOUR } from '../timing';
import {
  BESIDE,
  balancer,
  certificate,
  compute,
  ground,
  group,
  instance,
  type Serving,
  served,
  trigger,
} from './serving';
import { trafficElsewhere } from './traffic-elsewhere';
import { networkTraffic } from './traffic-network';
import { permissions } from './traffic-permissions';

/** What to do instead of replacing something that serves, where nothing more exact is known. */
export const TWO_STEPS =
  'create it under another name beside the old one, move the traffic, and let go of the old one in a second step';

const UNMOUNT = 'stop what uses it, and unmount it first';

const listener: Serving = {
  replaced: 'the port is closed for seconds, usually about 5 to 30',
  destroyed: 'the port is closed from now on',
  instead: 'apply it in a quiet hour: a load balancer has one listener on a port',
};
const listenerRule: Serving = {
  replaced: 'its requests fall to the next rule for seconds',
  destroyed: 'its requests fall to the next rule',
  instead: 'add the new one beside it under another priority, and remove the old one in a second step',
};
const target: Serving = {
  replaced: 'the target gets no requests for seconds to minutes, until its health checks pass again',
  destroyed: 'the target gets no more requests; where no other is left, requests get 503',
  instead: QUIET_HOUR,
};

/** What serves traffic in AWS, whoever wrote the Terraform. */
export const traffic: Readonly<Record<string, Serving>> = {
  ...networkTraffic,
  ...permissions,
  aws_lb: balancer,
  aws_alb: balancer,
  aws_elb: balancer,
  aws_lb_listener: listener,
  aws_alb_listener: listener,
  aws_lb_listener_rule: listenerRule,
  aws_alb_listener_rule: listenerRule,
  aws_lb_listener_certificate: { ...certificate, destroyed: 'TLS for its names fails' },
  aws_lb_target_group: group,
  aws_alb_target_group: group,
  aws_lb_target_group_attachment: target,
  aws_alb_target_group_attachment: target,
  aws_autoscaling_attachment: target,
  aws_elb_attachment: target,
  aws_ecs_service: {
    replaced: 'all of its tasks stop, and new ones start from nothing: usually about 2 to 5 minutes without an answer',
    destroyed: 'all of its tasks stop',
  },
  aws_ecs_cluster: ground,
  aws_ecs_cluster_capacity_providers: compute,
  aws_ecs_task_set: compute,
  aws_eks_cluster: {
    replaced: 'everything in the cluster is gone; it usually takes about 10 to 20 minutes to come back, and is empty',
    destroyed: 'everything in the cluster stops',
  },
  aws_eks_node_group: { ...compute, gapless: true },
  aws_eks_fargate_profile: compute,
  aws_eks_addon: {
    replaced: 'what it does for the pods stops for minutes: addresses, names, services or volumes of new ones',
    // https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
    destroyed:
      'its software goes from the cluster: without vpc-cni no new pod gets an address, without coredns no name resolves, without kube-proxy no new service is reached, without the driver of a volume none is mounted',
    instead: QUIET_HOUR,
    before: 'keep it, or set preserve = true first: then its software stays, and EKS updates it no longer',
  },
  aws_autoscaling_group: compute,
  aws_instance: instance,
  aws_lightsail_instance: instance,
  aws_spot_instance_request: instance,
  aws_volume_attachment: {
    replaced: 'the disk is taken off while the server runs, for seconds to minutes: what is written meanwhile fails',
    destroyed:
      'the disk is taken off while the server runs: what uses it fails at once, and what was not yet written is lost',
    instead: UNMOUNT,
    before: UNMOUNT,
  },
  aws_apprunner_service: compute,
  aws_batch_compute_environment: compute,
  aws_batch_job_queue: trigger,
  aws_codedeploy_deployment_group: trigger,
  aws_mwaa_environment: compute,
  aws_dax_cluster: {
    replaced:
      'what reads through it fails until the new one is up, usually about 5 to 10 minutes; its table keeps the items',
    destroyed: 'what reads through it fails; its table keeps the items',
  },
  aws_amplify_branch: served,
  aws_amplify_domain_association: served,
  aws_appsync_resolver: served,
  aws_sagemaker_endpoint: compute,
  aws_dms_replication_instance: compute,
  aws_dms_replication_task: trigger,
  aws_gamelift_fleet: compute,
  aws_lightsail_lb: balancer,
  aws_elastic_beanstalk_environment: compute,
  aws_lightsail_container_service: compute,
  aws_lambda_function: { replaced: 'calls fail for seconds, usually about 5 to 30', destroyed: 'calls of it fail' },
  aws_lambda_provisioned_concurrency_config: {
    replaced: 'calls start cold until the new one is ready, usually for minutes',
    destroyed: 'calls start cold again',
    instead: QUIET_HOUR,
  },
  aws_lambda_function_url: {
    replaced: 'the function gets another URL',
    destroyed: 'the URL no longer answers',
    instead: BESIDE,
  },
  aws_lambda_alias: served,
  aws_lambda_event_source_mapping: trigger,
  aws_cloudwatch_event_target: trigger,
  aws_cloudwatch_event_rule: trigger,
  aws_scheduler_schedule: trigger,
  aws_pipes_pipe: trigger,
  aws_scheduler_schedule_group: trigger,
  aws_kinesis_firehose_delivery_stream: trigger,
  aws_kinesis_stream_consumer: trigger,
  aws_iot_topic_rule: trigger,
  aws_cloudwatch_event_connection: trigger,
  aws_cloudwatch_event_api_destination: trigger,
  aws_ses_receipt_rule: trigger,
  aws_ses_active_receipt_rule_set: trigger,
  aws_sns_topic: {
    replaced: 'it is another topic: subscriptions and who publishes have to be pointed to it',
    destroyed: 'publishing to it fails',
  },
  aws_sns_topic_subscription: {
    replaced: 'what is published meanwhile does not reach it; a mail address has to be confirmed anew',
    destroyed: 'what is published no longer reaches it',
    instead: QUIET_HOUR,
  },
  aws_cloudwatch_event_bus: {
    replaced: 'rules and events of the old bus are gone',
    destroyed: 'sending to it fails',
    instead: QUIET_HOUR,
  },
  // https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html
  aws_sfn_state_machine: {
    replaced: 'executions that are running end at their next step; none can be started for seconds to minutes',
    destroyed: 'executions that are running end at their next step, and none can be started',
    instead: QUIET_HOUR,
  },
  aws_cloudfront_distribution: {
    replaced:
      'the old one is switched off first: usually about 5 to 15 minutes without an answer, and then another domain name',
    destroyed: 'nothing is delivered any more',
  },
  aws_cloudfront_function: served,
  aws_cloudfront_origin_access_control: {
    replaced: 'the bucket refuses CloudFront until the distribution knows the new one, usually for about 5 minutes',
    destroyed: 'the bucket refuses CloudFront',
    instead: BESIDE,
  },
  aws_cloudfront_origin_access_identity: {
    replaced: 'the bucket refuses CloudFront until the distribution knows the new one, usually for about 5 minutes',
    destroyed: 'the bucket refuses CloudFront',
    instead: BESIDE,
  },
  aws_apigatewayv2_api: {
    replaced: 'calls usually fail for a minute or two, and then the API has another URL',
    destroyed: 'calls of it fail',
  },
  aws_apigatewayv2_stage: { replaced: 'calls get 404 for seconds', destroyed: 'calls get 404', instead: QUIET_HOUR },
  aws_apigatewayv2_route: {
    replaced: 'its calls get 404 for seconds',
    destroyed: 'its calls get 404',
    instead: QUIET_HOUR,
  },
  aws_apigatewayv2_integration: {
    replaced: 'its calls fail for seconds',
    destroyed: 'its calls fail',
    instead: QUIET_HOUR,
  },
  aws_apigatewayv2_vpc_link: {
    replaced: 'calls through it fail, usually for about 2 to 10 minutes',
    destroyed: 'calls through it fail',
    instead: BESIDE,
  },
  aws_apigatewayv2_authorizer: served,
  aws_apigatewayv2_domain_name: {
    replaced: 'the domain usually fails for minutes, and then has another target that its record has to name',
    destroyed: 'the domain no longer answers',
  },
  aws_apigatewayv2_api_mapping: {
    replaced: 'the domain gets 403 for seconds',
    destroyed: 'the domain gets 403',
    instead: QUIET_HOUR,
  },
  aws_api_gateway_rest_api: {
    replaced: 'calls usually fail for a minute or two, and then the API has another URL',
    destroyed: 'calls of it fail',
  },
  aws_api_gateway_stage: served,
  aws_api_gateway_resource: served,
  aws_api_gateway_method: served,
  aws_api_gateway_integration: served,
  aws_api_gateway_integration_response: served,
  aws_api_gateway_method_response: served,
  aws_apigatewayv2_integration_response: served,
  aws_apigatewayv2_route_response: served,
  aws_api_gateway_domain_name: served,
  aws_api_gateway_base_path_mapping: served,
  aws_api_gateway_vpc_link: served,
  aws_appsync_graphql_api: {
    replaced: 'calls usually fail for a minute or two, and then the API has another URL',
    destroyed: 'calls of it fail',
  },
  aws_globalaccelerator_accelerator: served,
  aws_globalaccelerator_listener: served,
  aws_sesv2_email_identity: {
    replaced: "mail can't be sent until its DNS records are verified anew, which takes up to 72 hours",
    destroyed: "mail from it can't be sent",
    instead: BESIDE,
  },
  aws_ses_domain_identity: {
    replaced: "mail can't be sent until its DNS records are verified anew, which takes up to 72 hours",
    destroyed: "mail from it can't be sent",
    instead: BESIDE,
  },
  aws_s3_bucket_notification: trigger,
  aws_s3_bucket_website_configuration: served,
  aws_s3_bucket_cors_configuration: {
    replaced: 'browsers are refused for seconds',
    destroyed: 'browsers of other origins are refused',
    instead: QUIET_HOUR,
  },
  aws_s3_access_point: served,
  aws_appmesh_virtual_node: served,
  aws_appmesh_virtual_service: served,
  aws_vpclattice_service: served,
  ...trafficElsewhere,
};

/** Replacing these is how they are changed: it takes no longer than a change in place would. */
export const ROUTINE =
  /^aws_(?:iam_(?:role|user|group)_policy(?:_attachment)?|iam_policy|lambda_permission|cloudwatch_event_target|secretsmanager_secret_version|kms_grant|s3_bucket_policy|sqs_queue_policy|sns_topic_policy|ecr_repository_policy|efs_file_system_policy)$/;
