import { valuesAt } from '../../../graph/values';
import { isEmpty } from '../../meaning';
import { type AttributeRule, numberIn, switchedOff, switchedOn, wasSet } from '../attribute-rule';
import { QUIET_HOUR, quietly, timed } from '../timing';
import { lost } from './narrowed';

const LEAVE_ROOM = 'leave it at 100 where people wait for it';

/** What runs, is changed in place, and stops answering for a while or for good. */
export const interruptions: readonly AttributeRule[] = [
  {
    types: /^aws_(?:ecs_service|autoscaling_group|appautoscaling_target|eks_node_group)$/,
    path: /^(?:scaling_config\.)?(?:desired_count|desired_capacity|desired_size|max_size|max_capacity)$/,
    when: (before, after) => after === 0 && numberIn(before) > 0,
    says: 'runs nothing any more',
    effect: 'all that runs in it stops within minutes, and nothing answers',
    advice: 'if it is meant to go, remove it in a plan of its own',
  },
  {
    types: /^aws_ecs_service$/,
    path: /^deployment_minimum_healthy_percent$/,
    when: (before, after) => numberIn(after) < numberIn(before) && numberIn(after) < 50,
    says: 'may stop its tasks before new ones run',
    effect:
      'at each deployment up to all of its tasks are stopped first, usually about 1 to 5 minutes without an answer',
    advice: LEAVE_ROOM,
  },
  {
    types: /^aws_ecs_service$/,
    path: /^(?:load_balancer|service_registries)(?:\.|$)/,
    when: (before, after) => !isEmpty(before) && isEmpty(after),
    says: 'is taken out of what leads to it',
    effect: 'requests no longer reach it, as soon as the deployment is over',
    advice: 'lead the requests elsewhere first',
  },
  {
    types: /^aws_ecs_service$/,
    path: /^network_configuration\.(?:subnets|security_groups)$/,
    when: (before, after) => lost(before, after) && isEmpty(after),
    says: 'is in no subnet or group',
    effect: 'no new task starts',
    advice: 'leave it where it can start',
  },
  {
    types: /^aws_autoscaling_group$/,
    path: /^(?:target_group_arns|load_balancers|vpc_zone_identifier)$/,
    when: lost,
    says: 'leaves a target group or a subnet',
    effect: 'its servers get no more requests from there, or are started anew elsewhere',
    advice: 'add the new one first, take away the old one in a second step',
  },
  {
    types: /^aws_lambda_function$/,
    path: /^reserved_concurrent_executions$/,
    when: (_, after) => after === 0,
    says: 'may not run any more',
    effect: 'every call of it is throttled',
    advice: 'if it is meant to go, remove it in a plan of its own',
  },
  {
    types: /^aws_lambda_function$/,
    path: /^vpc_config(?:\.subnet_ids)?$/,
    when: (before, after, change) =>
      (isEmpty(before) && valuesAt(after, 'subnet_ids').length > 0) ||
      (valuesAt(change.before, 'vpc_config.subnet_ids').length === 0 && !isEmpty(after)),
    says: 'moves into a VPC',
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
    effect: 'it reaches the internet, and services of AWS, only by a NAT gateway or endpoints of those subnets',
    advice: 'see first that its subnets lead to all that it calls',
  },
  {
    types: /^aws_(?:db_instance|rds_cluster|lambda_function|elasticache_replication_group|instance|docdb_cluster)$/,
    path: /^(?:vpc_security_group_ids|security_group_ids|vpc_config\.(?:security_group_ids|subnet_ids)|vpc_config)$/,
    when: lost,
    says: 'leaves a group or subnet',
    effect: 'what was allowed by it is refused from this moment',
    advice: 'add the new one first, take away the old one in a second step',
  },
  {
    types: /^aws_(?:lambda_event_source_mapping|cloudwatch_event_rule|scheduler_schedule|pipes_pipe)$/,
    path: /^(?:enabled|state|is_enabled|desired_state)$/,
    when: switchedOff,
    says: 'is switched off',
    effect: 'its events are no longer handled; a queue keeps them until their retention is over, a rule does not',
    advice: 'if it is meant to go, remove it in a plan of its own',
  },
  {
    types: /^aws_sqs_queue$/,
    path: /^visibility_timeout_seconds$/,
    // AWS' default; shorter than what handling a message takes, others get it meanwhile.
    when: (before, after) => numberIn(after) < numberIn(before) && numberIn(after) < 30,
    says: 'hands out messages again before they are handled',
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
    effect:
      'what is not handled and deleted within that time is handled several times, and ends in the dead-letter queue; Lambda refuses to read a queue whose time is shorter than the timeout of the function',
    advice: 'leave it longer than handling a message takes: for Lambda, six times the timeout of the function',
  },
  {
    types: /^aws_iam_role$/,
    path: /^permissions_boundary$/,
    when: (_, after) => !isEmpty(after),
    says: 'gets another boundary',
    effect: 'what the new boundary does not allow is denied within seconds',
    advice: 'see first that the boundary allows all that the role does',
  },
  {
    types: /^aws_instance$/,
    path: /^(?:instance_type|user_data|user_data_base64)$/,
    says: 'is stopped and started',
    effect:
      'it is down, usually for about 1 to 5 minutes; a public address that is not an elastic one is another one then',
    advice: QUIET_HOUR,
  },
  {
    types: /^aws_instance$/,
    path: /^iam_instance_profile$/,
    when: (before, after) => wasSet(before) && isEmpty(after),
    says: 'loses its role',
    effect: 'all that it calls in AWS is denied once the credentials that it has are over, within hours',
    advice: 'see that it calls nothing in AWS any more',
  },
  {
    types: /^aws_instance$/,
    path: /^source_dest_check$/,
    when: switchedOn,
    says: 'passes on nothing for others any more',
    effect: 'as a NAT instance, router or firewall it drops all packets of others from this moment',
    advice: 'leave it off where others send their packets through it',
  },
  {
    types: /^aws_ec2_instance_state$/,
    path: /^state$/,
    when: (_, after) => after === 'stopped',
    says: 'stops the server',
    effect: 'it is down until somebody starts it',
    advice: 'see that nothing uses it any more',
  },
  {
    types: /^aws_mq_broker$/,
    path: /^(?:engine_version|host_instance_type|configuration\.\w+|security_groups)$/,
    when: wasSet,
    says: 'restarts',
    effect: (change) =>
      timed(change, 'connections break, with a standby for seconds to minutes, without usually for about 5 minutes'),
    advice: quietly,
  },
  {
    types: /^aws_msk_cluster$/,
    path: /^(?:kafka_version|broker_node_group_info\..*|configuration_info\..*|client_authentication\..*|encryption_info\..*)$/,
    says: 'restarts its brokers one by one',
    effect: 'clients lose each broker for minutes; topics with one replica are down meanwhile',
    advice: QUIET_HOUR,
  },
  {
    types: /^aws_eks_cluster$/,
    path: /^version$/,
    says: 'gets another version of Kubernetes',
    // https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html
    effect:
      'pods go on; what calls an API that the new version lacks fails, nodes and add-ons have to follow, and there is no way back',
    advice: 'see the upgrade insights of EKS first, and try it on another cluster',
  },
  {
    types: /^aws_eks_node_group$/,
    path: /^(?:version|release_version|launch_template\..*|ami_type)$/,
    says: 'replaces its nodes one by one',
    effect: 'pods are moved from node to node; what runs once is down meanwhile',
    advice: 'run what people wait for at least twice, with a disruption budget',
  },
];
