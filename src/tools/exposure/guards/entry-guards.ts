import { isMap, textsAt, valueAt, valuesAt } from '../../graph/values';
import { type Statement, statementsIn } from '../policies/policy';
import { becomes, type Guard, gains, gone, isOn, off, on } from './guard';
import { unsigned } from './signed-urls';

const KEEP = 'leave it as it was';
const ANY_PAGE = 'pages of any site call it from the browsers of its users';

const signed = (path: string): Guard => ({
  types: /^aws_cloudfront_distribution$/,
  path,
  weaker: (before, after) => unsigned(before, after, path),
  says: 'asks for no signed URL any more',
  effect: 'whoever has or guesses an address gets what is there, for as long as it is there',
  advice: 'keep the key groups; files for everybody are better served by a path of their own',
});

const block = (key: string, says: string): Guard => ({
  types: /^aws_s3_(?:bucket|account)_public_access_block$/,
  path: key,
  weaker: off(key),
  says,
  effect: 'the next policy or ACL that says so makes files public, or does at once where there is one',
  advice: 'leave all four blocks on; a distribution hands files out without them being public',
});

/** Doors, and who is let in at them. */
export const entryGuards: readonly Guard[] = [
  {
    types:
      /^aws_(?:db_instance|rds_cluster_instance|redshift_cluster|redshiftserverless_workgroup|mq_broker|dms_replication_instance)$/,
    path: 'publicly_accessible',
    weaker: on('publicly_accessible'),
    says: 'gets an address on the internet',
    effect: 'only its security groups and its password keep the internet out',
    advice: 'leave it private, and reach it over a VPN, a session of SSM or a task in the network',
  },
  block('block_public_acls', 'lets ACLs make it public'),
  block('block_public_policy', 'lets policies make it public'),
  block('ignore_public_acls', 'heeds ACLs that make it public'),
  block('restrict_public_buckets', 'lets in whom public policies name'),
  {
    types: /^aws_s3_bucket_ownership_controls$/,
    path: 'rule.object_ownership',
    weaker: (before, after) =>
      valueAt(before, 'rule.object_ownership') === 'BucketOwnerEnforced' &&
      valueAt(after, 'rule.object_ownership') !== 'BucketOwnerEnforced',
    says: 'heeds ACLs again',
    effect: 'each file may have a list of its own of who reads it',
    advice: KEEP,
  },
  {
    types: /^aws_(?:a?lb|elb)$/,
    path: 'drop_invalid_header_fields',
    weaker: off('drop_invalid_header_fields'),
    says: 'passes on header fields that are no valid ones',
    effect: 'requests can be smuggled past it to what is behind',
    advice: KEEP,
  },
  {
    types: /^aws_(?:a?lb|elb)$/,
    path: 'desync_mitigation_mode',
    weaker: becomes('desync_mitigation_mode', 'monitor'),
    says: 'passes on requests that are not what they seem',
    effect: 'requests can be smuggled past it to what is behind',
    advice: KEEP,
  },
  {
    types: /^aws_subnet$/,
    path: 'map_public_ip_on_launch',
    weaker: on('map_public_ip_on_launch'),
    says: 'gives whatever starts in it an address on the internet',
    effect: 'only security groups keep the internet out',
    advice: KEEP,
  },
  {
    types: /^aws_ecs_service$/,
    path: 'network_configuration.assign_public_ip',
    weaker: on('network_configuration.assign_public_ip'),
    says: 'gives its tasks addresses on the internet',
    effect: 'only its security groups keep the internet out',
    advice: 'private subnets with a NAT gateway or endpoints',
  },
  {
    types: /^aws_apigatewayv2_api$/,
    path: 'cors_configuration',
    weaker: gains('cors_configuration.allow_origins', '*'),
    says: 'may be called by pages of any site',
    effect: ANY_PAGE,
    advice: 'name the sites',
  },
  {
    types: /^aws_lambda_function_url$/,
    path: 'cors',
    weaker: gains('cors.allow_origins', '*'),
    says: 'may be called by pages of any site',
    effect: ANY_PAGE,
    advice: 'name the sites',
  },
  {
    types: /^aws_s3_bucket_cors_configuration$/,
    path: 'cors_rule',
    weaker: (before, after) => !corsToAny(before) && corsToAny(after),
    says: 'lets pages of any site write to the bucket',
    effect: ANY_PAGE,
    advice: 'name the sites',
  },
  {
    types: /^aws_cloudfront_response_headers_policy$/,
    path: 'cors_config',
    weaker: (before, after) =>
      gains('cors_config.access_control_allow_origins.items', '*')(before, after) ||
      (isOn(valueAt(after, 'cors_config.access_control_allow_credentials')) &&
        !isOn(valueAt(before, 'cors_config.access_control_allow_credentials'))),
    says: 'lets pages of any site read what it is attached to',
    effect: ANY_PAGE,
    advice: 'name the sites',
  },
  {
    types: /^aws_cloudfront_response_headers_policy$/,
    path: 'security_headers_config',
    weaker: (before, after) => headers(before).some((one) => !headers(after).includes(one)),
    says: 'sends fewer security headers',
    effect: 'browsers no longer refuse what those forbade',
    advice: KEEP,
  },
  {
    types: /^aws_cloudfront_distribution$/,
    path: 'web_acl_id',
    weaker: gone('web_acl_id'),
    says: 'has no firewall in front of it any more',
    effect: 'requests that it refused get through',
    advice: 'leave the firewall, and take rules out one by one',
  },
  {
    types: /^aws_vpc_endpoint_service$/,
    path: 'acceptance_required',
    weaker: off('acceptance_required'),
    says: 'takes connections that nobody has accepted',
    effect: 'whoever is allowed to ask for one has it at once',
    advice: KEEP,
  },
  {
    types: /^aws_opensearchserverless_security_policy$/,
    path: 'policy',
    ofNew: true,
    weaker: (before, after) => isPublic(after['policy']) && !isPublic(before['policy']),
    says: 'lets collections be reached from the internet',
    effect: 'only their data access policies keep the internet out',
    advice: 'AllowFromPublic: false, with the endpoints of the network in SourceVPCEs',
  },
  signed('default_cache_behavior'),
  signed('ordered_cache_behavior'),
  {
    types: /^aws_vpc_endpoint(?:_policy)?$/,
    path: 'policy',
    weaker: (before, after) => isNarrowEndpoint(before['policy']) && !isNarrowEndpoint(after['policy']),
    says: 'lets whatever is in the network act through it on what is anybody\u2019s',
    effect: 'data can leave by it to accounts of others',
    advice: 'name the accounts, buckets or queues that are reached through it',
  },
  {
    types: /^aws_wafv2_(?:web_acl|rule_group)$/,
    path: 'rule',
    weaker: (before, after) => blocking(before).some((one) => !blocking(after).includes(one)),
    says: 'blocks less',
    effect: 'requests that were refused get through',
    advice: 'count first in a rule beside it, and take the old one away once nothing is missed',
  },
  {
    types: /^aws_wafv2_web_acl$/,
    path: 'default_action',
    weaker: (before, after) =>
      valuesAt(before, 'default_action.block').length > 0 && valuesAt(after, 'default_action.allow').length > 0,
    says: 'lets through what no rule names',
    effect: 'requests that were refused get through',
    advice: KEEP,
  },
  {
    types: /^aws_cognito_user_pool$/,
    path: 'admin_create_user_config.allow_admin_create_user_only',
    weaker: off('admin_create_user_config.allow_admin_create_user_only'),
    says: 'lets anybody sign up',
    effect: 'an account no longer means that somebody was asked',
    advice: KEEP,
  },
  {
    types: /^aws_cognito_user_pool_client$/,
    path: 'callback_urls',
    weaker: (before, after) =>
      textsAt(after, 'callback_urls').some(
        (one) => /^http:\/\/(?!localhost|127\.0\.0\.1)/.test(one) && !textsAt(before, 'callback_urls').includes(one),
      ),
    says: 'sends codes of sign-ins over plain HTTP',
    effect: 'whoever sits on the way signs in as somebody else',
    advice: 'https',
  },
];

type Values = Readonly<Record<string, unknown>>;

/** Whether an endpoint's policy says whose things are reached: without one it is everybody's. */
function isNarrowEndpoint(policy: unknown): boolean {
  const statements = statementsIn(policy) ?? [];
  const open = ({ allows, principals, resources, tests }: Statement) =>
    allows && tests.length === 0 && resources.includes('*') && principals.some(({ value }) => value === '*');
  return statements.length > 0 && !statements.some(open);
}

/** https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-network.html */
function isPublic(policy: unknown): boolean {
  return typeof policy === 'string' && /"AllowFromPublic"\s*:\s*true/.test(policy);
}

function corsToAny(values: Values): boolean {
  return valuesAt(values, 'cors_rule').some(
    (rule) =>
      textsAt(rule, 'allowed_origins').includes('*') &&
      textsAt(rule, 'allowed_methods').some((one) => /^(?:PUT|POST|DELETE)$/.test(one)),
  );
}

function headers(values: Values): readonly string[] {
  return valuesAt(values, 'security_headers_config')
    .filter(isMap)
    .flatMap((one) => Object.keys(one).filter((key) => valuesAt(one, key).length > 0));
}

/** Names of the rules that refuse something. */
function blocking(values: Values): readonly string[] {
  return valuesAt(values, 'rule')
    .filter(isMap)
    .filter(
      (rule) =>
        valuesAt(rule, 'action.count').length === 0 &&
        valuesAt(rule, 'override_action.count').length === 0 &&
        valuesAt(rule, 'action.allow').length === 0,
    )
    .map((rule) => String(rule['name']));
}
