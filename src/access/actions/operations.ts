import { alarm, budget, dashboard, email, logGroup, queue, topic } from './scopes';
import { actionTable } from './table';

const logs = 'logs: DescribeLogGroups ListTagsForResource';

/** Messages, mail, logs and alarms. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html */
export const operationActions = actionTable({
  aws_sqs_queue: {
    read: 'sqs: GetQueueUrl GetQueueAttributes ListQueueTags',
    manage: 'sqs: CreateQueue SetQueueAttributes DeleteQueue TagQueue UntagQueue',
    on: queue,
  },
  aws_sqs_queue_policy: { read: 'sqs: GetQueueAttributes', manage: 'sqs: SetQueueAttributes', on: queue },
  aws_sqs_queue_redrive_allow_policy: { read: 'sqs: GetQueueAttributes', manage: 'sqs: SetQueueAttributes', on: queue },
  aws_sns_topic: {
    read: 'sns: GetTopicAttributes ListTagsForResource',
    manage: 'sns: CreateTopic SetTopicAttributes DeleteTopic TagResource UntagResource',
    on: topic,
  },
  aws_sns_topic_policy: { read: 'sns: GetTopicAttributes', manage: 'sns: SetTopicAttributes', on: topic },
  aws_sns_topic_subscription: {
    read: 'sns: GetSubscriptionAttributes',
    manage: 'sns: Subscribe',
    on: topic,
    anywhere: 'sns: Unsubscribe SetSubscriptionAttributes',
  },
  aws_sns_platform_application: {
    read: 'sns: GetPlatformApplicationAttributes',
    anywhere: 'sns: CreatePlatformApplication SetPlatformApplicationAttributes DeletePlatformApplication',
  },
  aws_sesv2_email_identity: {
    read: 'ses: GetEmailIdentity ListTagsForResource',
    manage:
      'ses: CreateEmailIdentity PutEmailIdentityConfigurationSetAttributes PutEmailIdentityDkimSigningAttributes DeleteEmailIdentity TagResource UntagResource',
    on: email,
  },
  aws_sesv2_configuration_set: {
    read: 'ses: GetConfigurationSet ListTagsForResource',
    manage:
      'ses: CreateConfigurationSet PutConfigurationSetDeliveryOptions PutConfigurationSetReputationOptions PutConfigurationSetSendingOptions PutConfigurationSetSuppressionOptions DeleteConfigurationSet TagResource UntagResource',
    on: email,
  },
  aws_sesv2_configuration_set_event_destination: {
    read: 'ses: GetConfigurationSetEventDestinations',
    manage:
      'ses: CreateConfigurationSetEventDestination UpdateConfigurationSetEventDestination DeleteConfigurationSetEventDestination',
    on: email,
  },
  aws_ses_template: { read: 'ses: GetTemplate', anywhere: 'ses: CreateTemplate UpdateTemplate DeleteTemplate' },
  aws_cloudwatch_log_group: {
    read: logs,
    manage: 'logs: CreateLogGroup DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy TagResource UntagResource',
    on: logGroup,
  },
  aws_cloudwatch_query_definition: {
    read: 'logs: DescribeQueryDefinitions',
    anywhere: 'logs: PutQueryDefinition DeleteQueryDefinition',
  },
  aws_cloudwatch_metric_alarm: {
    read: 'cloudwatch: DescribeAlarms ListTagsForResource',
    manage: 'cloudwatch: PutMetricAlarm DeleteAlarms TagResource UntagResource',
    on: alarm,
  },
  aws_cloudwatch_dashboard: {
    read: 'cloudwatch: GetDashboard',
    manage: 'cloudwatch: PutDashboard DeleteDashboards',
    on: dashboard,
  },
  aws_budgets_budget: {
    read: 'budgets: ViewBudget ListTagsForResource',
    manage: 'budgets: ModifyBudget TagResource UntagResource',
    on: budget,
  },
  'data.aws_sns_topic': { read: 'sns: ListTopics ListTagsForResource' },
  'data.aws_sqs_queue': { read: 'sqs: GetQueueUrl ListQueueTags' },
});
