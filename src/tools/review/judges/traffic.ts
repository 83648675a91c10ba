/** Something that serves traffic, or that traffic passes. */
export interface Serving {
  /** What stops while a new one takes the place of the old one, and for how long. */
  readonly replaced: string;

  /** What stops once it is gone. */
  readonly destroyed: string;

  /** Terraform's order of making the new one first leaves no gap. */
  readonly gapless?: true;
}

const NAME =
  'create it under another name beside the old one, move the traffic, and let go of the old one in a second step';

/** What to do instead of replacing something that serves. */
export const TWO_STEPS = NAME;

const served: Serving = {
  replaced: 'nothing answers from the moment the old one goes until the new one is up',
  destroyed: 'whoever uses it gets no answer',
};
const balancer: Serving = {
  replaced:
    'the old one goes before the new one is up: 2 to 5 minutes without an answer, then another DNS name that records and clients have to learn',
  destroyed: 'nothing behind it can be reached',
};
const gateway: Serving = {
  replaced:
    'nothing gets out through it for 2 to 5 minutes, connections break, and its public address may be another one',
  destroyed: "nothing gets out through it: tasks can't pull images or reach other services",
};
const group: Serving = {
  replaced:
    'the old one goes before the new one has healthy targets: requests get 503 until health checks pass, mostly 1 to 3 minutes',
  destroyed: 'requests to it get 503',
  gapless: true,
};
const rule: Serving = {
  replaced: 'between the old one and the new one, connections are refused for seconds; those that are open may break',
  destroyed: 'connections that it let through are refused from now on',
  gapless: true,
};
const route: Serving = {
  replaced: 'packets are lost for seconds between the old one and the new one',
  destroyed: 'packets that took it are lost',
};
const compute: Serving = {
  replaced: 'all of its tasks stop, and new ones start from nothing: mostly 2 to 5 minutes without an answer',
  destroyed: 'all of its tasks stop',
};
const instance: Serving = {
  replaced: 'it is down until a new one is up, 5 to 20 minutes',
  destroyed: 'connections to it end at once',
};
const name: Serving = {
  replaced:
    "the name does not resolve for seconds, and resolvers may keep that for the zone's negative TTL (up to 15 minutes)",
  destroyed: 'the name no longer resolves, as soon as its TTL is over',
};
const certificate: Serving = {
  replaced:
    'AWS refuses to delete a certificate that is in use; a new one is validated by DNS first, mostly 2 to 10 minutes',
  destroyed: 'AWS refuses while it is in use; afterwards TLS with it fails',
  gapless: true,
};
const permission: Serving = {
  replaced: 'calls are denied for seconds between the old one and the new one',
  destroyed: 'calls that it allowed are denied from now on',
  gapless: true,
};
const ground: Serving = {
  replaced: 'all that lies in it has to go first: the apply takes everything in it down, or stops half-way',
  destroyed: 'all that lies in it has to go first, or AWS refuses and the apply stops half-way',
};
const trigger: Serving = {
  replaced: 'events are not handled for seconds to minutes; a queue keeps them meanwhile, a topic does not',
  destroyed: 'its events are no longer handled',
};

/** What serves traffic in AWS, whoever wrote the Terraform. */
export const traffic: Readonly<Record<string, Serving>> = {
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
  aws_rds_cluster_instance: {
    ...instance,
    replaced:
      'a cluster of one instance is down until it is up, 10 to 15 minutes; otherwise a reader takes over in about 30 seconds',
  },
  aws_docdb_cluster_instance: instance,
  aws_neptune_cluster_instance: instance,
  aws_db_proxy: {
    replaced: 'connections through it end, and a new one takes 5 to 10 minutes',
    destroyed: 'connections through it end',
  },
  aws_db_proxy_target: {
    replaced: 'the proxy has no database for a minute or two',
    destroyed: 'the proxy has no database',
  },
  aws_db_proxy_default_target_group: {
    replaced: 'the proxy has no database for a minute or two',
    destroyed: 'the proxy has no database',
  },
  aws_db_subnet_group: ground,
  aws_elasticache_subnet_group: ground,
  aws_redshift_subnet_group: ground,
  aws_docdb_subnet_group: ground,
  aws_neptune_subnet_group: ground,
  aws_efs_mount_target: {
    replaced: "tasks in its zone can't reach their files for 1 to 3 minutes",
    destroyed: "tasks in its zone can't reach their files",
  },
  aws_efs_access_point: {
    replaced: 'tasks that mount it have to be started anew',
    destroyed: "tasks that mount it don't start",
  },
  aws_vpc: ground,
  aws_subnet: ground,
  aws_internet_gateway: {
    replaced: 'nothing is reached from the internet for about a minute',
    destroyed: 'nothing is reached from the internet, and nothing gets out',
  },
  aws_egress_only_internet_gateway: gateway,
  aws_nat_gateway: gateway,
  aws_eip: {
    replaced:
      "the address is another one: whoever allows the old one refuses the new one, and the old one can't be had back",
    destroyed: "the address is gone, and can't be had back",
  },
  aws_eip_association: gateway,
  aws_route: route,
  aws_route_table: {
    replaced: 'its subnets have no routes of their own for seconds',
    destroyed: 'its subnets fall back to the main route table',
  },
  aws_route_table_association: {
    replaced: 'the subnet takes the main route table for seconds',
    destroyed: 'the subnet falls back to the main route table: mostly it has no way out',
  },
  aws_main_route_table_association: route,
  aws_vpc_endpoint: {
    replaced: 'the service behind it is not reached, or takes the way over NAT, for 1 to 3 minutes',
    destroyed: 'the service behind it is not reached, or takes the way over NAT',
  },
  aws_vpc_endpoint_route_table_association: route,
  aws_vpc_endpoint_subnet_association: route,
  aws_vpc_peering_connection: route,
  aws_vpc_peering_connection_accepter: route,
  aws_ec2_transit_gateway: route,
  aws_ec2_transit_gateway_vpc_attachment: route,
  aws_ec2_transit_gateway_route: route,
  aws_vpn_connection: route,
  aws_vpn_gateway: route,
  aws_customer_gateway: route,
  aws_dx_gateway: route,
  aws_network_acl: route,
  aws_network_acl_rule: rule,
  aws_network_acl_association: route,
  aws_security_group: {
    replaced: 'all that has it changes groups; AWS refuses to delete one that is in use, for up to 15 minutes',
    destroyed: 'AWS refuses while something has it; what it allowed is refused',
    gapless: true,
  },
  aws_security_group_rule: rule,
  aws_vpc_security_group_ingress_rule: rule,
  aws_vpc_security_group_egress_rule: rule,
  aws_route53_record: name,
  aws_route53_zone_association: name,
  aws_route53_resolver_rule: name,
  aws_service_discovery_service: name,
  aws_service_discovery_private_dns_namespace: name,
  aws_service_discovery_http_namespace: name,
  aws_service_discovery_instance: name,
  aws_acm_certificate: certificate,
  aws_iam_server_certificate: certificate,
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
