import type { Resource } from '../graph/resource-graph';
import { isMap, type Values } from '../graph/values';
import type { Change } from './change';
import { NOUNS, SPELT } from './nouns';

/** A resource in plain words: `the database "shop-prod"`. */
export function thing({ type, name, address, before, after, action, leftOver }: Change): string {
  if (type === 'output') return `the output "${name}"`;
  // Of what goes, people know the name that it has; of a rename, the old one.
  const values = (action === 'create' ? after : (before ?? after)) ?? {};
  return `${leftOver ? 'a left-over copy of ' : ''}${inWords({ type, name, values, address })}`;
}

/** A resource as it is, in plain words: `the database "shop-prod"`. */
export function inWords({
  type,
  name,
  values,
  address,
}: Pick<Resource, 'type' | 'name' | 'values' | 'address'>): string {
  const called = `"${nameIn(values, type, address) ?? localName(address, type, name)}"`;
  const [joined, key] = OWNERS[type] ?? [];
  if (joined === undefined || key === undefined) return `the ${nounOf(type)} ${called}`;
  const owner = values[key];
  return typeof owner === 'string' && owner !== '' && !owner.includes('${')
    ? `the ${nounOf(type)} ${called} ${joined} "${lastOf(owner)}"`
    : `the ${nounOf(type)} ${joined} ${called}`;
}

/** What AWS calls something, as far as its arguments tell. */
function nameIn(values: Values, type: string, address: string): string | undefined {
  for (const key of OWN_NAMES[type] ?? NAMES) {
    const value = Array.isArray(values[key]) ? values[key][0] : values[key];
    if (typeof value !== 'string' || value === '' || value.includes('${')) continue;
    return key === 'description' ? `${value}${keyOf(address, value)}` : SHORTENED.test(key) ? lastOf(value) : value;
  }
  const { tags } = values;
  const tagged = isMap(tags) ? tags['Name'] : undefined;
  return typeof tagged === 'string' && tagged !== '' ? `${tagged}${keyOf(address, tagged)}` : undefined;
}

/** In the order in which they tell most. Only descriptions and tags may be those of several things. */
const NAMES = [
  'identifier',
  'cluster_identifier',
  'replication_group_id',
  'cluster_id',
  'function_name',
  'domain_name',
  'domain',
  'alarm_name',
  'dashboard_name',
  'file_system_name',
  'user_id',
  'user_group_id',
  'family',
  'name',
  'table_name',
  'cluster_name',
  'node_group_name',
  'broker_name',
  'bucket',
  'description',
  'name_prefix',
  'queue_url',
  'repository',
];

/** Types whose other arguments tell more. */
const OWN_NAMES: Readonly<Record<string, readonly string[]>> = {
  aws_apigatewayv2_route: ['route_key'],
  aws_cloudfront_distribution: ['aliases', 'domain_name'],
  aws_cloudwatch_event_target: ['target_id', 'arn'],
  aws_db_proxy_default_target_group: ['db_proxy_name'],
  aws_db_proxy_target: ['db_proxy_name'],
  // Its domain is "vpc".
  aws_eip: [],
  aws_eks_addon: ['addon_name'],
  aws_iam_group_policy_attachment: ['policy_arn'],
  aws_iam_role_policy_attachment: ['policy_arn'],
  aws_iam_user_policy_attachment: ['policy_arn'],
  aws_lambda_alias: ['name'],
  aws_lambda_event_source_mapping: ['event_source_arn'],
  aws_s3_bucket_object: ['key'],
  aws_s3_object: ['key'],
  aws_volume_attachment: ['volume_id'],
};

/** URLs and ARNs, of which people know the end. */
const SHORTENED = /^(?:queue_url|event_source_arn|policy_arn|arn|function_name|role)$/;

function lastOf(text: string): string {
  return /^(?:arn:|https?:)/.test(text) ? (/[^:/]+$/.exec(text)?.[0] ?? text) : text;
}

/** What belongs to something and is told with it: `the policy "work" of the IAM role "api"`. */
const OWNERS: Readonly<Record<string, readonly [joined: string, key: string]>> = {
  aws_cloudwatch_event_target: ['of the event rule', 'rule'],
  aws_iam_group_policy: ['of the IAM group', 'group'],
  aws_iam_group_policy_attachment: ['attached to the IAM group', 'group'],
  aws_iam_role_policy: ['of the IAM role', 'role'],
  aws_iam_role_policy_attachment: ['attached to the IAM role', 'role'],
  aws_iam_user_policy: ['of the IAM user', 'user'],
  aws_iam_user_policy_attachment: ['attached to the IAM user', 'user'],
  aws_lambda_alias: ['of the function', 'function_name'],
  aws_lambda_event_source_mapping: ['of the function', 'function_name'],
  aws_volume_attachment: ['to the server', 'instance_id'],
};

/** What Terraform calls it, with what tells it from others of its name: `orders.web[1]`. */
function localName(address: string, type: string, name: string): string {
  const local = address
    .replace(`${type}.`, '')
    .replace(/(^|\.)data\./, '$1')
    .replace(/(^|\.)module\./g, '$1')
    .replace(/\["((?:[^"\\]|\\.)*)"\]/g, '[$1]');
  return local.includes(name) ? local : name || address;
}

/** The key of `count` or `for_each`, where the name does not tell it already. */
function keyOf(address: string, called: string): string {
  const [, index, key] = /\[(?:(\d+)|"((?:[^"\\]|\\.)*)")\]$/.exec(address) ?? [];
  if (index !== undefined) return `[${index}]`;
  return key === undefined || spaced(called).includes(spaced(key)) ? '' : `[${key}]`;
}

/** ` shop blue `: in it, whole words are found. */
function spaced(text: string): string {
  return ` ${text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
}

/** Of a type that has no word of its own, the words of its name: `aws_apprunner_service` is an "App Runner service". */
export function nounOf(type: string): string {
  const words = type.replace(/^(?:aws|google|azurerm|random)_/, '').split('_');
  return NOUNS[type] ?? words.map((word) => SPELT[word] ?? word).join(' ');
}
