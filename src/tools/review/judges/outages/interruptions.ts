import { isEmpty } from '../../meaning';
import { type AttributeRule, numberIn, switchedOff, wasSet } from '../attribute-rule';
import { WINDOW } from './interrupted-stores';
import { letsThroughLess, lost } from './narrowed';
import { letThroughAsMuch } from './rule-blocks';

/** What serves or lets through, is changed in place, and stops answering for a while or for good. */
export const interruptions: readonly AttributeRule[] = [
  {
    types: /^aws_(?:ecs_service|autoscaling_group|appautoscaling_target)$/,
    path: /^(?:desired_count|desired_capacity|max_size|max_capacity)$/,
    when: (before, after) => after === 0 && numberIn(before) > 0,
    says: 'runs nothing any more',
    effect: 'all of its tasks stop within minutes, and nothing answers',
    advice: 'if it is meant to go, remove it in a plan of its own',
  },
  {
    types: /^aws_ecs_service$/,
    path: /^deployment_minimum_healthy_percent$/,
    when: (before, after) => numberIn(after) < numberIn(before) && numberIn(after) < 50,
    says: 'may stop its tasks before new ones run',
    effect: 'at each deployment up to all of its tasks are stopped first: 1 to 5 minutes without an answer',
    advice: 'leave it at 100 where people wait for it',
  },
  {
    types: /^aws_ecs_service$/,
    path: /^(?:load_balancer|service_registries)(?:\.|$)/,
    when: (before, after) => !isEmpty(before) && isEmpty(after),
    says: 'is taken out of what leads to it',
    effect: 'requests no longer reach it, as soon as the deployment is over',
  },
  {
    types: /^aws_ecs_service$/,
    path: /^network_configuration\.(?:subnets|security_groups)$/,
    when: (before, after) => lost(before, after) && isEmpty(after),
    says: 'is in no subnet or group',
    effect: 'no new task starts',
  },
  {
    types: /^aws_(?:lb|alb)_listener$/,
    path: /^(?:port|protocol|default_action(?:\.(?:type|target_group_arn|forward(?:\..*)?|fixed_response(?:\..*)?))?)$/,
    // What was redirected to HTTPS and is now answered itself is no outage.
    when: (before, after) => wasSet(before) && before !== 'redirect' && !isEmpty(after),
    says: 'answers otherwise',
    effect:
      'from this moment all requests take the new way: where that is a port that nobody asks or a group without healthy targets, they fail',
    advice: 'see that the new target is healthy first',
  },
  {
    types: /^aws_(?:lb|alb)_listener$|^aws_cloudfront_distribution$|^aws_apigatewayv2_domain_name$/,
    path: /^(?:certificate_arn|viewer_certificate\.(?:acm_certificate_arn|iam_certificate_id)|domain_name_configuration\.certificate_arn)$/,
    when: wasSet,
    says: 'gets another certificate',
    effect: 'browsers refuse the connection where the new one does not cover the name they ask for',
    advice: 'see that it is issued and covers every name',
  },
  {
    types: /^aws_(?:lb|alb)_target_group$/,
    path: /^health_check(?:\.(?:path|port|protocol|matcher|enabled))?$/,
    says: 'is checked otherwise',
    effect:
      'where targets do not pass the new check, all of them are taken out after the unhealthy threshold, mostly a minute, and requests get 503; ECS then stops and starts tasks without end',
    advice: 'see first that the application answers the new check',
  },
  {
    types: /^aws_(?:lb|alb)$/,
    path: /^(?:subnets|subnet_mapping|security_groups|ip_address_type|internal)(?:\.|$)/,
    when: (before, after) => lost(before, after),
    says: 'is in fewer places',
    effect: 'its addresses in what is taken away go, and connections over them break within minutes',
    advice: 'add the new ones first, take away the old ones in a second step',
  },
  {
    types: /^aws_cloudfront_distribution$/,
    path: /^(?:enabled|aliases|origin(?:\.(?:domain_name|origin_path))?|default_cache_behavior\.target_origin_id)$/,
    when: (before, after) => switchedOff(before, after) || lost(before, after) || typeof before === 'string',
    says: 'delivers otherwise',
    effect: 'within about 5 minutes requests for what is taken away fail everywhere',
    advice: 'see that nobody asks for it any more',
  },
  {
    types: /^aws_route53_record$/,
    path: /^(?:records|alias(?:\..*)?|type|name|set_identifier|.*_routing_policy(?:\..*)?)$/,
    when: (before, _, { after }) => wasSet(before) && after?.['type'] !== 'TXT',
    says: 'leads elsewhere',
    effect: ({ before }) =>
      `new visitors are led to the new target within ${typeof before?.['ttl'] === 'number' && before['ttl'] > 0 ? before['ttl'] : 60} seconds, old ones once they ask again: where it does not answer, the name is down`,
    advice: 'keep both targets running until the TTL is over',
  },
  {
    types:
      /^aws_(?:route_table|default_route_table|default_network_acl|network_acl|security_group|default_security_group)$/,
    path: /^(?:route|ingress|egress)(?:\.|$)/,
    when: (before, after, change) => !isEmpty(before) && lost(before, after) && !letThroughAsMuch(change),
    says: 'lets less through',
    effect: 'what it let through is refused from this moment; open connections may stay until they end',
    advice: 'see in the flow logs that nothing uses it',
  },
  {
    types:
      /^aws_(?:route|route_table_association|network_acl_rule|vpc_security_group_ingress_rule|vpc_security_group_egress_rule|security_group_rule)$/,
    path: /^(?!tags|description)/,
    when: letsThroughLess,
    says: 'changes what it lets through',
    effect: 'what only the old one let through is refused from this moment',
    advice: 'add the new one beside it, and remove the old one in a second step',
  },
  {
    types: /^aws_(?:db_subnet_group|elasticache_subnet_group|db_proxy|vpc_endpoint|efs_mount_target)$/,
    path: /^(?:subnet_ids|vpc_subnet_ids|security_group_ids|vpc_security_group_ids|security_groups|private_dns_enabled)$/,
    when: (before, after) => lost(before, after) || switchedOff(before, after),
    says: 'is in fewer places',
    effect:
      'what is in the subnets that go has to leave them: AWS refuses while something is there, and connections over them end',
    advice: 'add the new ones first, take away the old ones in a second step',
  },
  {
    types: /^aws_(?:db_instance|rds_cluster|lambda_function|elasticache_replication_group)$/,
    path: /^(?:vpc_security_group_ids|security_group_ids|vpc_config\.(?:security_group_ids|subnet_ids)|vpc_config)$/,
    when: lost,
    says: 'leaves a group or subnet',
    effect: 'what was allowed by it is refused from this moment',
    advice: 'add the new group first, take away the old one in a second step',
  },
  {
    types: /^aws_lambda_function$/,
    path: /^reserved_concurrent_executions$/,
    when: (_, after) => after === 0,
    says: 'may not run any more',
    effect: 'every call of it is throttled',
  },
  {
    types: /^aws_(?:lambda_event_source_mapping|cloudwatch_event_rule|scheduler_schedule)$/,
    path: /^(?:enabled|state|is_enabled)$/,
    when: switchedOff,
    says: 'is switched off',
    effect: 'its events are no longer handled; a queue keeps them until their retention is over, a rule does not',
  },
  {
    types: /^aws_(?:iam_role)$/,
    path: /^permissions_boundary$/,
    when: (_, after) => !isEmpty(after),
    says: 'is bounded otherwise',
    effect: 'what the new boundary does not allow is denied within seconds',
  },
  {
    types: /^aws_(?:instance|launch_template)$/,
    path: /^(?:instance_type|user_data|user_data_base64)$/,
    when: (_, __, { type }) => type === 'aws_instance',
    says: 'is stopped and started',
    effect: 'it is down for 1 to 5 minutes, and a public address that is not an elastic one is another one',
    advice: WINDOW,
  },
  {
    types: /^aws_msk_cluster$/,
    path: /^(?:kafka_version|broker_node_group_info\..*|configuration_info\..*|client_authentication\..*|encryption_info\..*)$/,
    says: 'restarts its brokers one by one',
    effect: 'clients lose each broker for minutes; topics with one replica are down meanwhile',
    advice: WINDOW,
  },
  {
    types: /^aws_eks_(?:cluster|node_group)$/,
    path: /^(?:version|release_version|launch_template\..*|scaling_config\..*)$/,
    says: 'changes its nodes',
    effect: 'pods are moved from node to node; what runs once is down meanwhile',
    advice: WINDOW,
  },
];
