import type { Accounts } from '../../../exposure/policies/accounts';
import type { Resource, ResourceGraph } from '../../../graph/resource-graph';
import { textsAt, type Values } from '../../../graph/values';
import { inWords, nounOf } from '../../things';

/** What gives somebody access by being there: a key, a membership, a share. */
export interface AccessGrant {
  /** The argument that says who gets it, and those who do; none where it gives nobody anything yet. */
  readonly attribute: string;
  readonly who?: (values: Values) => readonly string[];

  /** A whole sentence. */
  readonly says: (who: readonly string[], context: Context) => string;
  readonly effect: string;
  readonly advice: string;

  /**
   * Of what is shared, who is of the account itself is what any role is to it; of what is sent, only another account's is told,
   * as things of the account and people who asked for mail are what it is for.
   */
  readonly foreign?: 'shared' | 'sent';

  /** Of what is shared, whether it is so much that it is told of the account itself as well. */
  readonly isMuch?: (values: Values) => boolean;
}

export interface Context {
  readonly values: Values;
  readonly resource: Resource;
  readonly graph: ResourceGraph;
  readonly accounts: Accounts;
}

const KEYLESS = 'a role: of the workload, of a pipeline over OIDC, of people over IAM Identity Center';
const LEAVES = 'it works from anywhere, until somebody takes it away';
const KNOWN = 'see that each of them is meant to';
const NARROW = 'name who needs it, and nothing more';

const credential = (attribute: string, what: string): AccessGrant => ({
  attribute,
  who: ({ [attribute]: user, status }) => (status === 'Inactive' || typeof user !== 'string' ? [] : [user]),
  says: ([user]) => `the IAM user "${user}" gets ${what}`,
  effect: LEAVES,
  advice: KEYLESS,
});

const membership = (attribute: string, says: AccessGrant['says']): AccessGrant => ({
  attribute,
  says,
  effect: 'what the group may, they may from this moment',
  advice: KNOWN,
});

const network = (attribute: string, says: AccessGrant['says'], foreign?: 'shared'): AccessGrant => ({
  attribute,
  says,
  ...(foreign && { foreign }),
  effect: 'routes, security groups and network ACLs decide what it reaches',
  advice: 'route only the ranges that are needed, and name them in the security groups',
});

const share = (attribute: string, says: AccessGrant['says']): AccessGrant => ({
  attribute,
  says,
  foreign: 'shared',
  effect: 'who is in there may use it without asking anybody here',
  advice: NARROW,
});

const sending = (path: string, says: AccessGrant['says']): AccessGrant => ({
  attribute: path.split('.')[0] ?? path,
  who: (values) => textsAt(values, path).filter((one) => one !== ''),
  says,
  foreign: 'sent',
  effect: 'what is there leaves the account as it comes',
  advice: 'see that it is meant for them',
});

/** What hands data on to another account. */
const senders: Readonly<Record<string, AccessGrant>> = {
  aws_sns_topic_subscription: sending(
    'endpoint',
    ([who], context) => `${who} gets all that is published to ${named(context, 'topic_arn', 'aws_sns_topic')}`,
  ),
  aws_cloudwatch_log_subscription_filter: sending(
    'destination_arn',
    ([who], context) =>
      `${who} gets all that ${named(context, 'log_group_name', 'aws_cloudwatch_log_group')} holds from now on`,
  ),
  aws_cloudwatch_event_target: sending(
    'arn',
    ([who], context) => `${who} gets the events of ${named(context, 'rule', 'aws_cloudwatch_event_rule')}`,
  ),
  aws_oam_link: sending('sink_identifier', ([who]) => `${who} sees metrics, logs and traces of this account`),
  aws_s3_bucket_replication_configuration: sending(
    'rule.destination.account',
    ([who], context) => `${who} gets a copy of what is new in ${named(context, 'bucket', 'aws_s3_bucket')}`,
  ),
  aws_ecr_replication_configuration: sending(
    'replication_configuration.rule.destination.registry_id',
    ([who]) => `${who} gets a copy of every image that is pushed`,
  ),
  aws_backup_plan: sending(
    'rule.copy_action.destination_vault_arn',
    ([who], { resource }) => `${who} gets a copy of the backups of ${inWords(resource)}`,
  ),
};

/** By resource type. */
export const accessGrants: Readonly<Record<string, AccessGrant>> = {
  ...senders,
  aws_iam_access_key: credential('user', 'an access key'),
  aws_iam_user_login_profile: credential('user', 'a password for the console'),
  aws_iam_user_ssh_key: credential('username', 'an SSH key'),
  aws_iam_service_specific_credential: credential('user_name', 'a password of its own for a service'),
  aws_iam_signing_certificate: credential('user_name', 'a certificate that signs its calls'),
  aws_iam_group_membership: membership(
    'users',
    (users, { values }) => `${users.join(', ')} may do all that the IAM group "${values['group']}" may`,
  ),
  aws_iam_user_group_membership: membership(
    'groups',
    (groups, { values }) => `the IAM user "${values['user']}" may do all that ${several('IAM group', groups)} may`,
  ),
  aws_identitystore_group_membership: membership(
    'member_id',
    ([member], { values }) => `the user ${member} may do all that the group ${values['group_id']} may`,
  ),
  aws_ssoadmin_account_assignment: {
    ...membership(
      'principal_id',
      ([who], { values }) =>
        `the ${String(values['principal_type'] ?? 'principal').toLowerCase()} ${who} may sign in to account ${values['target_id']} with the permission set ${nameOf(values['permission_set_arn'])}`,
    ),
    effect: 'what the permission set may, they may from this moment',
  },
  aws_kms_grant: {
    ...share(
      'grantee_principal',
      ([who], context) =>
        `${who} may use ${named(context, 'key_id', 'aws_kms_key')} (${textsAt(context.values, 'operations').join(', ')})`,
    ),
    effect: 'whatever the key protects, and they get at, they can read',
  },
  aws_ram_principal_association: share(
    'principal',
    ([who], context) => `${who} gets what ${named(context, 'resource_share_arn', 'aws_ram_resource_share')} shares`,
  ),
  aws_vpc_endpoint_service_allowed_principal: share(
    'principal_arn',
    ([who], context) =>
      `${who} may connect to ${named(context, 'vpc_endpoint_service_id', 'aws_vpc_endpoint_service')}`,
  ),
  aws_vpc_endpoint_service: share(
    'allowed_principals',
    (who, { resource }) => `${who.join(', ')} may connect to ${inWords(resource)}`,
  ),
  aws_organizations_delegated_administrator: share(
    'account_id',
    ([who], { values }) => `${who} administers ${values['service_principal']} for the whole organization`,
  ),
  aws_redshift_endpoint_authorization: share(
    'account',
    ([who], context) => `${who} may reach ${named(context, 'cluster_identifier', 'aws_redshift_cluster')}`,
  ),
  aws_redshift_data_share_authorization: share(
    'consumer_identifier',
    ([who], { values }) => `${who} may read the data share ${nameOf(values['data_share_arn'])}`,
  ),
  aws_eks_access_policy_association: {
    ...share(
      'principal_arn',
      ([who], context) =>
        `${who} has ${nameOf(context.values['policy_arn'])} in ${named(context, 'cluster_name', 'aws_eks_cluster')}`,
    ),
    effect: 'what the policy allows in Kubernetes, they may from this moment',
    // https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
    isMuch: ({ policy_arn: policy }) => /\/AmazonEKS(?:Cluster)?AdminPolicy$/.test(String(policy)),
  },
  aws_transfer_ssh_key: {
    ...credential('user_name', 'a key'),
    says: ([user], { values }) => `the user "${user}" may sign in to the file transfer server ${values['server_id']}`,
    advice: KNOWN,
  },
  aws_rolesanywhere_trust_anchor: {
    attribute: 'name',
    says: ([name]) => `whoever has a certificate of the trust anchor "${name}" may take roles that trust it`,
    effect: LEAVES,
    advice: 'name the subject of the certificates in the trust policies of those roles',
  },
  aws_vpc_peering_connection: {
    ...network(
      'peer_owner_id',
      ([who], context) =>
        `the network ${context.values['peer_vpc_id'] ?? 'that it names'} of ${who} gets a way into ${named(context, 'vpc_id', 'aws_vpc')}`,
      'shared',
    ),
    who: ({ peer_owner_id: owner }) => [typeof owner === 'string' && owner !== '' ? owner : 'own'],
  },
  aws_vpn_connection: network(
    'customer_gateway_id',
    (_, { resource }) => `what is behind ${inWords(resource)} gets a way into the network`,
  ),
  aws_ec2_client_vpn_authorization_rule: network(
    'target_network_cidr',
    ([range], { values }) =>
      `${values['authorize_all_groups'] === true ? 'whoever signs in to the VPN' : `the group ${values['access_group_id']} of the VPN`} may reach ${range}`,
  ),
};

function named({ values, resource, graph }: Context, argument: string, type: string): string {
  const [found] = graph.linked(resource, argument, type);
  return found ? inWords(found) : `the ${nounOf(type)} ${nameOf(values[argument]) || 'that it names'}`;
}

/** `arn:aws:ram:eu-west-1:111111111111:resource-share/1` → `resource-share/1`. */
function nameOf(text: unknown): string {
  return typeof text === 'string' ? text.replace(/^arn:(?:[^:]*:){4}:?/, '') : '';
}

function several(noun: string, names: readonly string[]): string {
  return `the ${noun}${names.length > 1 ? 's' : ''} ${names.map((one) => `"${one}"`).join(' and ')}`;
}
