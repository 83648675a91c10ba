import { role, trail } from './scopes';
import { actionTable } from './table';

/** What an account has once and bootstrap stacks make: pipelines of environments meet little of it. */
export const accountActions = actionTable({
  aws_ce_cost_allocation_tag: { read: 'ce: ListCostAllocationTags', anywhere: 'ce: UpdateCostAllocationTagsStatus' },
  aws_cloudtrail: {
    read: 'cloudtrail: DescribeTrails GetTrailStatus GetEventSelectors GetInsightSelectors ListTags',
    manage:
      'cloudtrail: CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging PutEventSelectors AddTags RemoveTags',
    on: trail,
    passes: ['cloudtrail.amazonaws.com'],
  },
  aws_config_configuration_recorder: {
    read: 'config: DescribeConfigurationRecorders',
    anywhere: 'config: PutConfigurationRecorder DeleteConfigurationRecorder',
    passes: ['config.amazonaws.com'],
  },
  aws_config_configuration_recorder_status: {
    read: 'config: DescribeConfigurationRecorderStatus',
    anywhere: 'config: StartConfigurationRecorder StopConfigurationRecorder',
  },
  aws_config_delivery_channel: {
    read: 'config: DescribeDeliveryChannels',
    anywhere: 'config: PutDeliveryChannel DeleteDeliveryChannel',
  },
  // The scope leaves out the roles of the pipelines, which have a path of their own.
  aws_iam_role_policy_attachment: {
    read: 'iam: ListAttachedRolePolicies',
    manage: 'iam: AttachRolePolicy DetachRolePolicy',
    on: role,
  },
  aws_iam_policy: {
    read: 'iam: GetPolicy GetPolicyVersion ListPolicyVersions',
    anywhere: 'iam: CreatePolicy CreatePolicyVersion DeletePolicyVersion DeletePolicy TagPolicy UntagPolicy',
  },
  aws_iam_openid_connect_provider: {
    read: 'iam: GetOpenIDConnectProvider',
    anywhere:
      'iam: CreateOpenIDConnectProvider AddClientIDToOpenIDConnectProvider RemoveClientIDFromOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint DeleteOpenIDConnectProvider TagOpenIDConnectProvider UntagOpenIDConnectProvider',
  },
  aws_sesv2_account_suppression_attributes: {
    read: 'ses: GetAccount',
    anywhere: 'ses: PutAccountSuppressionAttributes',
  },
  'data.aws_iam_openid_connect_provider': { read: 'iam: ListOpenIDConnectProviders GetOpenIDConnectProvider' },
});
