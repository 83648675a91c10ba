import { valuesAt } from '../../../graph/values';
import type { AttributeChange, Change } from '../../change';

/** The change that opens a path, and the attribute of it. */
export interface Decisive {
  readonly address: string;
  readonly attribute?: string;
  readonly before?: string;
  readonly after?: string;
}

/** Among what a path rests on the first that changes, and its attribute that says whom to let in. */
export function decisive(because: readonly string[], changes: ReadonlyMap<string, Change>): Decisive | undefined {
  const changed = because.flatMap((address) => changes.get(address) ?? []);
  const told = changed.map((change) => ({ address: change.address, ...attributeOf(change) }));
  const [best] = told.filter(({ attribute }) => attribute !== undefined);
  if (best) return best;
  const [first] = changed;
  return first && { address: first.address, ...onlyAttribute(first) };
}

/** Of what is in no list, where nothing else changes. */
function onlyAttribute({ attributes: [first, ...more] }: Change): Omit<Decisive, 'address'> {
  return first && more.length === 0 ? shownOf(first) : {};
}

function attributeOf({ action, attributes, after }: Change): Omit<Decisive, 'address'> {
  if (action === 'delete' || action === 'forget') return {};
  if (action === 'create') {
    const [attribute] = TELLING.filter((path) =>
      valuesAt(after, path).some((one) => one !== '' && one !== null && one !== false),
    );
    return attribute === undefined ? {} : { attribute };
  }
  for (const path of TELLING) {
    const found = attributes.find((one) => isAt(one.path, path));
    if (found) return shownOf(found);
  }
  return {};
}

/** Whether an attribute stands at a path or inside of it: `ingress[0].cidr_blocks` in `ingress`. */
export function isAt(attribute: string, path: string): boolean {
  const plain = attribute.replace(/\[[^\]]*\]/g, '');
  return plain === path || plain.startsWith(`${path}.`);
}

export function shownOf({ path, before, after, unknown }: AttributeChange): Omit<Decisive, 'address'> {
  const [one, other] = [shown(before), unknown ? '(known after apply)' : shown(after)];
  return { attribute: path, ...(one !== undefined && { before: one }), ...(other !== undefined && { after: other }) };
}

/** A value in one line; the change's values are masked already. */
export function shown(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replace(/\s+/g, ' ');
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}

/** What says who comes in, the most telling first. */
const TELLING = [
  'publicly_accessible',
  'internal',
  'network_configuration.assign_public_ip',
  'associate_public_ip_address',
  'cidr_ipv4',
  'cidr_ipv6',
  'ingress',
  'egress',
  'cidr_blocks',
  'ipv6_cidr_blocks',
  'prefix_list_id',
  'prefix_list_ids',
  'entry',
  'referenced_security_group_id',
  'source_security_group_id',
  'default_action',
  'action',
  'from_port',
  'to_port',
  'ip_protocol',
  'protocol',
  'policy',
  'assume_role_policy',
  'access_policies',
  'access_policy',
  'policy_document',
  'resource_policy',
  'authorization_type',
  'authorization',
  'authentication_type',
  'additional_authentication_provider',
  'api_key_required',
  'principal',
  'source_account',
  'source_arn',
  'acl',
  'restrict_public_buckets',
  'ignore_public_acls',
  'web_acl_id',
  'origin',
  'default_cache_behavior',
  'ordered_cache_behavior',
  'viewer_certificate',
  'condition',
  'ssl_policy',
  'port',
  'load_balancer_arn',
  'gateway_id',
  'route',
  'rule_action',
  'cidr_block',
  'route_table_id',
  'subnets',
  'subnet_ids',
  'db_subnet_group_name',
  'security_groups',
  'vpc_security_group_ids',
  'security_group_ids',
  'allow_unauthenticated_identities',
  'admin_create_user_config',
  'vpc_config',
  'group',
  'account_id',
  'shared_accounts',
  'permissions',
  'disable_execute_api_endpoint',
  'endpoint_configuration',
  'target',
  'load_balancer',
];
