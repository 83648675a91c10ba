import { fewer, type Guard, gone, off } from './guard';
import { recordsLess } from './trail-selectors';

const BLIND = 'nobody can tell afterwards who did what';
const KEEP = 'leave it on: it costs little, and nothing brings back what was not written';

const guard = (types: RegExp, path: string, weaker: Guard['weaker'], says: string): Guard => ({
  types,
  path,
  weaker,
  says,
  effect: BLIND,
  advice: KEEP,
});

/** What lets one see who came. */
export const logGuards: readonly Guard[] = [
  guard(/^aws_(?:a?lb|elb)$/, 'access_logs', off('access_logs.enabled'), 'writes no access logs any more'),
  guard(
    /^aws_cloudtrail$/,
    'enable_logging',
    (before, after) => before['enable_logging'] !== false && after['enable_logging'] === false,
    'records nothing any more',
  ),
  guard(/^aws_cloudtrail$/, 'is_multi_region_trail', off('is_multi_region_trail'), 'records one region only'),
  guard(
    /^aws_cloudtrail$/,
    'enable_log_file_validation',
    off('enable_log_file_validation'),
    'no longer proves that its files are unchanged',
  ),
  guard(
    /^aws_cloudtrail$/,
    'include_global_service_events',
    off('include_global_service_events'),
    'records nothing of IAM any more',
  ),
  guard(/^aws_cloudtrail$/, 'event_selector', recordsLess('event_selector'), 'records fewer calls'),
  guard(/^aws_cloudtrail$/, 'advanced_event_selector', recordsLess('advanced_event_selector'), 'records fewer calls'),
  guard(
    /^aws_apigatewayv2_stage$|^aws_api_gateway_stage$/,
    'access_log_settings',
    gone('access_log_settings.destination_arn'),
    'writes no access logs any more',
  ),
  guard(
    /^aws_cloudfront_distribution$/,
    'logging_config',
    gone('logging_config.bucket'),
    'writes no access logs any more',
  ),
  guard(
    /^aws_db_instance$|^aws_rds_cluster$|^aws_docdb_cluster$|^aws_neptune_cluster$/,
    'enabled_cloudwatch_logs_exports',
    fewer('enabled_cloudwatch_logs_exports'),
    'hands out fewer of its logs',
  ),
  guard(
    /^aws_eks_cluster$/,
    'enabled_cluster_log_types',
    fewer('enabled_cluster_log_types'),
    'writes fewer of its logs',
  ),
  guard(
    /^aws_(?:opensearch|elasticsearch)_domain$/,
    'log_publishing_options',
    fewer('log_publishing_options.log_type'),
    'writes fewer of its logs',
  ),
  guard(/^aws_config_configuration_recorder_status$/, 'is_enabled', off('is_enabled'), 'records nothing any more'),
  guard(/^aws_guardduty_detector$/, 'enable', off('enable'), 'watches nothing any more'),
  guard(
    /^aws_msk_cluster$/,
    'logging_info',
    off('logging_info.broker_logs.cloudwatch_logs.enabled'),
    'writes no logs any more',
  ),
  guard(
    /^aws_ecs_cluster$/,
    'configuration',
    gone('configuration.execute_command_configuration.log_configuration'),
    'no longer logs what is typed into containers',
  ),
];

/** What has a resource of its own, and is off once that is gone. */
export const watchers: Readonly<Record<string, string>> = {
  aws_flow_log: 'nobody can tell any more who connected to whom',
  aws_cloudtrail: 'nobody can tell any more who called AWS for what',
  aws_s3_bucket_logging: 'nobody can tell any more who read the bucket',
  aws_wafv2_web_acl_logging_configuration: 'nobody can tell any more what the firewall let through',
  aws_guardduty_detector: 'nobody is told any more of what looks like an intruder',
  aws_securityhub_account: 'nobody is told any more of what is set up dangerously',
  aws_config_configuration_recorder: 'nobody can tell any more what was changed when',
  aws_securityhub_standards_subscription: 'nobody is told any more of what breaks its rules',
  aws_macie2_account: 'nobody is told any more of private data that lies in the open',
  aws_accessanalyzer_analyzer: 'nobody is told any more of what is shared with others',
  aws_route53_query_log: 'nobody can tell any more who asked for which name',
  aws_route53_resolver_query_log_config_association: 'nobody can tell any more which names were asked for',
  aws_inspector2_enabler: 'nobody is told any more of holes in images and functions',
  aws_redshift_logging: 'nobody can tell any more who asked the warehouse for what',
};
