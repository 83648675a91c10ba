import { isMap, textsAt, type Values, valueAt, valuesAt } from '../../../graph/values';
import type { Change } from '../../change';
import { isEmpty } from '../../meaning';
import { type AttributeRule, numberIn, switchedOff, switchedOn, wasSet } from '../attribute-rule';
import { lost } from './narrowed';

const HEALTHY_FIRST = 'see that the new target is healthy first';

/** What leads requests, is changed in place, and leads them elsewhere or refuses them. */
export const interruptedTraffic: readonly AttributeRule[] = [
  {
    types: /^aws_(?:lb|alb)_listener$/,
    path: /^(?:port|protocol|default_action(?:\.(?:type|target_group_arn|forward(?:\..*)?|fixed_response(?:\..*)?))?)$/,
    // What was redirected to HTTPS and is now answered itself is no outage, nor is what goes on as it did without a sign-in.
    when: (before, after, change) =>
      wasSet(before) && before !== 'redirect' && !isEmpty(after) && !leadsOnAsBefore(change),
    says: 'answers in another way',
    effect:
      'from this moment all requests take the new way: where that is a port that nobody asks or a group without healthy targets, they fail',
    advice: HEALTHY_FIRST,
  },
  {
    types: /^aws_(?:lb|alb)_listener_rule$/,
    path: /^(?:action(?:\.(?:type|target_group_arn|forward(?:\..*)?|fixed_response(?:\..*)?))?|condition(?:\..*)?)$/,
    when: (before, after) => wasSet(before) && before !== 'redirect' && lost(before, after),
    says: 'leads elsewhere',
    effect: 'from this moment its requests take the new way, or fall to the next rule',
    advice: HEALTHY_FIRST,
  },
  {
    types: /^aws_(?:lb|alb)_listener$/,
    path: /^mutual_authentication(?:\.mode)?$/,
    when: (_, __, { after }) => valueAt(after, 'mutual_authentication.mode') === 'verify',
    says: 'asks its clients for certificates',
    effect: 'whoever shows none that it trusts is refused from this moment',
    advice: 'give all clients a certificate first, and try it with mode "passthrough"',
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
    says: 'is checked in another way',
    effect: unhealthy,
    advice: 'see first that the application that runs now answers the new check',
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
    path: /^(?:enabled|aliases|origin(?:\.(?:domain_name|origin_path))?|default_cache_behavior\.(?:target_origin_id|allowed_methods)|default_root_object)$/,
    when: (before, after) => switchedOff(before, after) || lost(before, after),
    says: 'no longer delivers what it did',
    effect: 'requests for what is taken away fail everywhere, usually within about 5 minutes',
    advice: 'see that nobody asks for it any more',
  },
  {
    types: /^aws_cloudfront_distribution$/,
    path: /^restrictions\.geo_restriction(?:\..*)?$/,
    when: (_, __, { before, after }) => servesFewer(countries(before), countries(after)),
    says: 'serves other countries',
    effect: 'visitors from countries that it leaves out get 403, usually within about 5 minutes',
    advice: 'see in its access logs where visitors come from',
  },
  {
    types: /^aws_wafv2_web_acl$/,
    path: /^default_action(?:\..*)?$/,
    when: (_, __, { before, after }) => !blocks(before) && blocks(after),
    says: 'blocks all that no rule lets through',
    effect: 'requests that no rule allows get 403 from this moment',
    advice: 'count first: see in its logs which requests no rule allows',
  },
  {
    types: /^aws_route53_record$/,
    path: /^(?:records|alias(?:\..*)?|type|name|set_identifier|.*_routing_policy(?:\..*)?)$/,
    // Texts lead nobody: what they say of mail and owners is no outage.
    when: (before, _, { after }) => wasSet(before) && after?.['type'] !== 'TXT',
    says: 'says something else',
    effect: otherRecord,
    advice: ({ after }) =>
      LEADING.test(String(after?.['type'] ?? 'A'))
        ? 'keep both targets running until the TTL is over'
        : 'see what reads it first, and keep what it said until the TTL is over',
  },
  {
    types: /^aws_route53_zone$/,
    path: /^vpc$/,
    when: (before, after) => !isEmpty(before) && isEmpty(after),
    says: 'is no longer known in a VPC',
    effect: 'none of its names resolves there, as soon as their TTL is over',
    advice: 'see that nothing there asks for its names any more',
  },
  {
    types: /^aws_(?:apigatewayv2_api|api_gateway_rest_api)$/,
    path: /^disable_execute_api_endpoint$/,
    when: switchedOn,
    says: 'answers only under its own domain names',
    effect: 'whoever calls it by the URL that AWS gave it gets 403 or 404 from this moment',
    advice: 'see in its access logs that nobody does',
  },
  {
    types: /^aws_(?:lambda_function_url|apigatewayv2_route|api_gateway_method)$/,
    path: /^(?:authorization_type|authorization)$/,
    when: (before, after) => before === 'NONE' && after !== 'NONE',
    says: 'asks who calls',
    effect: 'calls without a token or a signature are refused from this moment',
    advice: 'see that all callers have one first',
  },
  {
    types: /^aws_cognito_user_pool_client$/,
    path: /^(?:callback_urls|explicit_auth_flows|allowed_oauth_flows|allowed_oauth_scopes|supported_identity_providers)$/,
    when: lost,
    says: 'lets applications sign in in fewer ways',
    effect: 'sign-ins that take what is taken away fail from this moment',
    advice: 'change the applications first',
  },
  {
    types: /^aws_cognito_user_pool$/,
    path: /^mfa_configuration$/,
    when: (_, after) => after === 'ON',
    says: 'asks everybody for a second factor',
    // https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
    effect: 'who has none has to set one up at the next sign-in, and applications that can not do that sign nobody in',
    advice: 'let users set one up first, with OPTIONAL',
  },
  {
    types: /^aws_cognito_user_pool$/,
    path: /^admin_create_user_config\.allow_admin_create_user_only$/,
    when: switchedOn,
    says: 'lets nobody sign up any more',
    effect: 'who signs up is refused from this moment; existing users sign in as before',
    advice: 'see that no application offers to sign up',
  },
  {
    types: /^aws_iam_access_key$/,
    path: /^status$/,
    when: switchedOff,
    says: 'is switched off',
    effect: 'whoever has the key is denied within seconds',
    advice: 'see first when it was last used ("aws iam get-access-key-last-used")',
  },
  {
    types: /^aws_(?:apigatewayv2_api|s3_bucket_cors_configuration|lambda_function_url)$/,
    path: /^(?:cors_configuration|cors_rule|cors)\.(?:allow_origins|allowed_origins|allow_methods|allowed_methods)$/,
    when: (before, after) => lost(before, after) && !isAny(after),
    says: 'is called by pages of fewer sites',
    effect: 'browsers refuse what pages of the others call, as soon as what they have cached is over',
    advice: 'see that no page there calls it any more',
  },
];

/** Whether a listener asks nobody to sign in any more, and leads them where it led those who had. */
function leadsOnAsBefore({ before, after }: Change): boolean {
  const [earlier, later] = [before, after].map((values) =>
    valuesAt(values, 'default_action')
      .filter(isMap)
      .map(({ order, ...action }) => action),
  );
  const kept = earlier?.filter(({ type }) => !/^authenticate-/.test(String(type))) ?? [];
  const same = JSON.stringify(kept.map(sorted)) === JSON.stringify((later ?? []).map(sorted));
  return same && kept.length < (earlier?.length ?? 0) && before?.['port'] === after?.['port'];
}

function sorted(values: Values): readonly unknown[] {
  return Object.entries(values)
    .filter(([, value]) => !isEmpty(value))
    .sort(([one], [other]) => one.localeCompare(other));
}

/** Records that lead visitors somewhere; others are read by those who mail, or check who owns the domain. */
const LEADING = /^(?:A|AAAA|CNAME)$/;

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html; an alias has 60 seconds. */
function otherRecord({ before, after }: Change): string {
  const ttl = numberIn(before?.['ttl']) || 60;
  const type = String(after?.['type'] ?? 'A');
  const within = `within ${ttl} seconds`;
  if (LEADING.test(type)) {
    return `new visitors are led to the new target ${within}, old ones once they ask again: where it does not answer, the name is down`;
  }
  return `${READERS[type] ?? 'whoever reads it'} ${within}`;
}

const READERS: Readonly<Record<string, string>> = {
  MX: 'mail for the domain goes to the new servers',
  NS: 'the new name servers are asked for all names below it',
  CAA: 'the certificate authorities that it leaves out issue and renew no certificate for the domain',
};

/**
 * With all targets unhealthy, requests go to all of them:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 * ECS replaces unhealthy tasks: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-healthcheck.html
 */
function unhealthy({ after }: Change): string {
  const [count, every] = [threshold(after, 'unhealthy_threshold'), threshold(after, 'interval')];
  const time = count > 0 && every > 0 ? `after ${count * every} seconds (${count} checks)` : 'after some checks';
  return `targets that fail the new check are taken out ${time}; where all fail, the load balancer sends requests to all of them nevertheless, while ECS or the Auto Scaling group replaces them over and over, and requests break with each that is stopped`;
}

function threshold(values: Values | undefined, key: string): number {
  return numberIn(valueAt(values, `health_check.${key}`));
}

interface Countries {
  readonly kind: string;
  readonly codes: readonly string[];
}

function countries(values: Values | undefined): Countries {
  const restriction = valueAt(values, 'restrictions.geo_restriction');
  return { kind: String(valueAt(restriction, 'restriction_type') ?? 'none'), codes: textsAt(restriction, 'locations') };
}

/** A whitelist serves the countries on it, a blacklist all others. */
function servesFewer(before: Countries, after: Countries): boolean {
  const had = (code: string) => before.codes.includes(code);
  if (after.kind === 'whitelist')
    return before.kind !== 'whitelist' || !before.codes.every((one) => after.codes.includes(one));
  if (after.kind !== 'blacklist') return false;
  return after.codes.some((code) => had(code) === (before.kind === 'whitelist'));
}

function blocks(values: Values | undefined): boolean {
  return valuesAt(values, 'default_action.block').length > 0;
}

function isAny(after: unknown): boolean {
  return Array.isArray(after) && after.includes('*');
}
