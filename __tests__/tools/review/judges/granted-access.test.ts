import { expect, test } from 'vitest';
import { policy, type Stack } from '../../exposure/stack';
import { inBothShapes } from './exposed';

inBothShapes(({ judge, told }) => {
  const made = (address: string, values: object, beside: Stack = {}) =>
    told(beside, { ...beside, [address]: { ...values } });

  test('a key of a user is told with what it is and what to take instead', () => {
    const key: Stack = { 'aws_iam_access_key.bob': { user: 'bob', status: 'Active' } };
    expect(judge({}, key)).toEqual([
      {
        verdict: 'exposure',
        address: 'aws_iam_access_key.bob',
        attribute: 'user',
        reason: 'the IAM user "bob" gets an access key',
        effect: 'it works from anywhere, until somebody takes it away',
        advice: 'a role: of the workload, of a pipeline over OIDC, of people over IAM Identity Center',
      },
    ]);
    const off: Stack = { 'aws_iam_access_key.bob': { user: 'bob', status: 'Inactive' } };
    expect(judge({}, off)).toEqual([]);
    expect(told(off, key)).toEqual(['exposure aws_iam_access_key.bob user: the IAM user "bob" gets an access key']);
    expect(judge(key, off)).toEqual([]);
    expect(made('aws_iam_user.bob', { name: 'bob' })).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['aws_iam_user_login_profile.x', { user: 'bob' }, 'user: the IAM user "bob" gets a password for the console'],
    ['aws_iam_user_ssh_key.x', { username: 'bob' }, 'username: the IAM user "bob" gets an SSH key'],
    [
      'aws_iam_service_specific_credential.x',
      { user_name: 'bob' },
      'user_name: the IAM user "bob" gets a password of its own for a service',
    ],
    [
      'aws_iam_signing_certificate.x',
      { user_name: 'bob' },
      'user_name: the IAM user "bob" gets a certificate that signs its calls',
    ],
    [
      'aws_iam_group_membership.x',
      { users: ['alice', 'bob'], group: 'admins' },
      'users: alice, bob may do all that the IAM group "admins" may',
    ],
    [
      'aws_iam_user_group_membership.x',
      { user: 'bob', groups: ['admins', 'billing'] },
      'groups: the IAM user "bob" may do all that the IAM groups "admins" and "billing" may',
    ],
    [
      'aws_identitystore_group_membership.x',
      { member_id: 'u-1', group_id: 'g-1' },
      'member_id: the user u-1 may do all that the group g-1 may',
    ],
    [
      'aws_ssoadmin_account_assignment.x',
      {
        principal_id: 'g-1',
        principal_type: 'GROUP',
        target_id: '222222222222',
        permission_set_arn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1',
      },
      'principal_id: the group g-1 may sign in to account 222222222222 with the permission set permissionSet/ssoins-1/ps-1',
    ],
    [
      'aws_kms_grant.x',
      { grantee_principal: 'arn:aws:iam::222222222222:role/x', key_id: 'k', operations: ['Decrypt', 'Encrypt'] },
      'grantee_principal: role/x of account 222222222222 may use the encryption key k (Decrypt, Encrypt)',
    ],
    [
      'aws_ram_principal_association.x',
      { principal: '222222222222', resource_share_arn: 'arn:aws:ram:eu-west-1:111111111111:resource-share/1' },
      'principal: account 222222222222 gets what the RAM resource share resource-share/1 shares',
    ],
    [
      'aws_ram_principal_association.x',
      { principal: 'arn:aws:organizations::222222222222:organization/o-abc' },
      'principal: the organization o-abc gets what the RAM resource share that it names shares',
    ],
    [
      'aws_vpc_endpoint_service_allowed_principal.x',
      { principal_arn: '*', vpc_endpoint_service_id: 'vpce-svc-1' },
      'principal_arn: anybody in any AWS account may connect to the VPC endpoint service vpce-svc-1',
    ],
    [
      'aws_organizations_delegated_administrator.x',
      { account_id: '222222222222', service_principal: 'guardduty.amazonaws.com' },
      'account_id: account 222222222222 administers guardduty.amazonaws.com for the whole organization',
    ],
    [
      'aws_redshift_endpoint_authorization.x',
      { account: '222222222222', cluster_identifier: 'sales' },
      'account: account 222222222222 may reach the Redshift cluster sales',
    ],
    [
      'aws_redshift_data_share_authorization.x',
      {
        consumer_identifier: '222222222222',
        data_share_arn: 'arn:aws:redshift:eu-west-1:111111111111:datashare:1/sales',
      },
      'consumer_identifier: account 222222222222 may read the data share datashare:1/sales',
    ],
    [
      'aws_eks_access_policy_association.x',
      {
        principal_arn: 'arn:aws:iam::222222222222:role/x',
        policy_arn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
        cluster_name: 'prod',
      },
      'principal_arn: role/x of account 222222222222 has cluster-access-policy/AmazonEKSClusterAdminPolicy in the Kubernetes cluster prod',
    ],
    [
      'aws_transfer_ssh_key.x',
      { user_name: 'bob', server_id: 's-1' },
      'user_name: the user "bob" may sign in to the file transfer server s-1',
    ],
    [
      'aws_rolesanywhere_trust_anchor.x',
      { name: 'office' },
      'name: whoever has a certificate of the trust anchor "office" may take roles that trust it',
    ],
    [
      'aws_vpc_peering_connection.x',
      { peer_owner_id: '222222222222', peer_vpc_id: 'vpc-9', vpc_id: 'vpc-1' },
      'peer_owner_id: the network vpc-9 of account 222222222222 gets a way into the VPC vpc-1',
    ],
    [
      'aws_vpn_connection.x',
      { customer_gateway_id: 'cgw-1', tags: { Name: 'office' } },
      'customer_gateway_id: what is behind the VPN connection "office" gets a way into the network',
    ],
    [
      'aws_ec2_client_vpn_authorization_rule.x',
      { target_network_cidr: '10.0.0.0/16', authorize_all_groups: true },
      'target_network_cidr: whoever signs in to the VPN may reach 10.0.0.0/16',
    ],
    [
      'aws_ec2_client_vpn_authorization_rule.x',
      { target_network_cidr: '10.0.0.0/16', access_group_id: 'g-1' },
      'target_network_cidr: the group g-1 of the VPN may reach 10.0.0.0/16',
    ],
  ])('%s says who gets what', (address, values, says) => {
    expect(made(address, values)).toEqual([`exposure ${address} ${says}`]);
    const stack: Stack = { [address]: { ...values } };
    expect(judge(stack, { [address]: { ...values, description: 'other' } })).toEqual([]);
    expect(judge(stack, {})).toEqual([]);
  });

  test('of a group, those who come are told, and those who leave are not', () => {
    const group = (...users: readonly string[]): Stack => ({
      'aws_iam_group_membership.x': { users, group: 'admins' },
    });
    expect(told(group('alice'), group('alice', 'bob'))).toEqual([
      'exposure aws_iam_group_membership.x users: bob may do all that the IAM group "admins" may',
    ]);
    expect(judge(group('alice', 'bob'), group('alice'))).toEqual([]);
  });

  test('what the account shares with itself is behaviour', () => {
    const own: Stack = { 'data.aws_caller_identity.me': { account_id: '111111111111' } };
    const grant = { grantee_principal: 'arn:aws:iam::111111111111:role/x', key_id: 'k', operations: ['Decrypt'] };
    expect(made('aws_kms_grant.x', grant, own)).toEqual([
      'behaviour aws_kms_grant.x grantee_principal: role/x of this account may use the encryption key k (Decrypt)',
    ]);
    expect(made('aws_vpc_peering_connection.x', { peer_vpc_id: 'vpc-9', vpc_id: 'vpc-1' }, own)).toEqual([
      'behaviour aws_vpc_peering_connection.x peer_owner_id: the network vpc-9 of this account gets a way into the VPC vpc-1',
    ]);
  });

  test('who administers a whole cluster is told within the account as well', () => {
    const own: Stack = { 'data.aws_caller_identity.me': { account_id: '111111111111' } };
    const given = (name: string) => ({
      principal_arn: 'arn:aws:iam::111111111111:role/dev',
      policy_arn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
      cluster_name: 'c',
    });
    const says = (verdict: string, name: string) => [
      `${verdict} aws_eks_access_policy_association.a principal_arn: role/dev of this account has cluster-access-policy/${name} in the Kubernetes cluster c`,
    ];
    for (const [name, verdict] of [
      ['AmazonEKSClusterAdminPolicy', 'exposure'],
      ['AmazonEKSAdminPolicy', 'exposure'],
      ['AmazonEKSViewPolicy', 'behaviour'],
    ] as const)
      expect(made('aws_eks_access_policy_association.a', given(name), own)).toEqual(says(verdict, name));
  });

  test('those who may newly connect to an endpoint service are told', () => {
    const service = (...allowed_principals: readonly string[]): Stack => ({
      'aws_vpc_endpoint_service.s': { tags: { Name: 's' }, allowed_principals },
    });
    const known = 'arn:aws:iam::222222222222:root';
    const place = 'exposure aws_vpc_endpoint_service.s allowed_principals:';
    expect(told(service(known), service('*'))).toEqual([
      `${place} anybody in any AWS account may connect to the VPC endpoint service "s"`,
    ]);
    expect(told(service(), service(known))).toEqual([
      `${place} account 222222222222 may connect to the VPC endpoint service "s"`,
    ]);
    expect(told(service(known), service())).toEqual([]);
  });

  test('what is attached to whom and what a rule lets through is told of what is made', () => {
    const attached = (type: string, values: object) => made(`${type}.a`, values);
    const readOnly = { policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' };
    expect(attached('aws_iam_role_policy_attachment', { ...readOnly, role: 'shop' })).toEqual([
      'behaviour aws_iam_role_policy_attachment.a -: the IAM policy "ReadOnlyAccess" is attached to the IAM role "shop"',
    ]);
    expect(attached('aws_iam_policy_attachment', { ...readOnly, roles: ['a'], users: ['b'] })).toEqual([
      'behaviour aws_iam_policy_attachment.a -: the IAM policy "ReadOnlyAccess" is attached to the IAM role "a", the IAM user "b"',
    ]);
    const all = { policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess', user: 'bob' };
    expect(attached('aws_iam_user_policy_attachment', all)).toEqual([
      'exposure aws_iam_user_policy_attachment.a policy_arn: the policy "AdministratorAccess" attached to the IAM user "bob" lets the IAM user "bob" do all that AdministratorAccess says',
    ]);
    const rule = { security_group_id: 'sg-1', protocol: 'tcp', from_port: 443, to_port: 443 };
    const standing = (more: object) => made('aws_security_group_rule.a', { ...rule, ...more });
    expect(standing({ type: 'egress', source_security_group_id: 'sg-2' })).toEqual([
      'behaviour aws_security_group_rule.a -: the security group rule "a" is made, and lets the security group "sg-1" reach the security group "sg-2" on 443',
    ]);
    expect(standing({ type: 'ingress', cidr_blocks: ['10.0.0.0/8', '172.16.0.0/12'] })).toEqual([
      'behaviour aws_security_group_rule.a -: the security group rule "a" is made, and lets 10.0.0.0/8, 172.16.0.0/12 reach the security group "sg-1" on 443',
    ]);
  });

  test.each([
    ['aws_api_gateway_rest_api_policy', 'policy', 'anybody on the internet'],
    ['aws_opensearch_domain_policy', 'access_policies', 'anybody on the internet'],
    ['aws_s3_bucket_policy', 'policy', 'anybody on the internet'],
    ['aws_glacier_vault', 'access_policy', 'anybody in any AWS account'],
    ['aws_never_heard_of', 'sharing_rules', 'anybody in any AWS account'],
  ])('a policy of %s that names everybody is told', (type, argument, who) => {
    const open = (principal: string): Stack => ({
      [`${type}.x`]: {
        name: 'x',
        [argument]: policy({ Effect: 'Allow', Principal: { AWS: principal }, Action: 'x:Get', Resource: '*' }),
      },
    });
    const found = told(open('arn:aws:iam::111111111111:root'), open('*'));
    expect(found).toEqual([
      expect.stringMatching(`^exposure ${type}.x ${argument}: ${who} can use the .* "x" \\(x:Get\\)$`),
    ]);
  });

  test('a policy of a bucket or of roles is told once, with what it is about', () => {
    const stack = (principal: string): Stack => ({
      'aws_s3_bucket.b': { bucket: 'b' },
      'aws_s3_bucket_policy.b': {
        bucket: '${aws_s3_bucket.b.id}',
        policy: policy({ Effect: 'Allow', Principal: { AWS: principal }, Action: 's3:GetObject', Resource: '*' }),
      },
      'aws_iam_role.r': {
        name: 'r',
        assume_role_policy: policy({ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }),
      },
    });
    expect(told(stack('arn:aws:iam::222222222222:root'), stack('*'))).toEqual([
      'exposure aws_s3_bucket_policy.b policy: anybody on the internet can use the bucket "b" (s3:GetObject)',
      'exposure aws_iam_role.r assume_role_policy: anybody in any AWS account can take the IAM role "r"',
    ]);
  });

  test('an endpoint that names no accounts any more is told', () => {
    const endpoint = (principal: string, resource = '*'): Stack => ({
      'aws_vpc_endpoint.s3': {
        tags: { Name: 's3' },
        policy: policy({ Effect: 'Allow', Principal: { AWS: principal }, Action: '*', Resource: resource }),
      },
    });
    const own = endpoint('arn:aws:iam::111111111111:root');
    const all = [
      'exposure aws_vpc_endpoint.s3 policy: the VPC endpoint "s3" lets whatever is in the network act through it on what is anybody’s',
    ];
    expect(told(own, endpoint('*'))).toEqual(all);
    expect(told(own, { 'aws_vpc_endpoint.s3': { tags: { Name: 's3' } } })).toEqual(all);
    expect(told(endpoint('*'), own)).toEqual([]);
    expect(told(own, endpoint('*', 'arn:aws:s3:::files/*'))).toEqual([]);
  });

  test('records that let anybody send mail as the domain are told, new or changed or gone', () => {
    const record = (text: string, name = 'example.com'): Stack => ({
      'aws_route53_record.r': { name, type: 'TXT', records: [text] },
    });
    const place = 'exposure aws_route53_record.r records: the DNS record "example.com"';
    const anybody = [`${place} lets anybody send mail as the domain`];
    const spf = record('v=spf1 include:amazonses.com ~all');
    expect(told(spf, record('v=spf1 +all'))).toEqual(anybody);
    expect(told(spf, record('v=spf1 include:amazonses.com ?all'))).toEqual(anybody);
    expect(told({}, record('v=spf1 a all'))).toEqual(anybody);
    expect(told({}, spf)).toEqual([]);
    expect(told(spf, record('v=spf1 include:amazonses.com -all'))).toEqual([]);
    const pretends = [`${place} no longer has mail refused that only pretends to be of the domain`];
    expect(told(spf, record('google-site-verification=1'))).toEqual(pretends);
    const dmarc = (policyName: string) => record(`v=DMARC1; p=${policyName}; rua=mailto:a@example.com`);
    expect(told(dmarc('reject'), dmarc('none'))).toEqual(pretends);
    expect(told(dmarc('none'), dmarc('quarantine'))).toEqual([]);
    expect(told({}, dmarc('none'))).toEqual([]);
    expect(told(spf, {})).toEqual([
      'exposure aws_route53_record.r -: the DNS record "example.com", which had mail refused that only pretends to be of the domain, goes',
    ]);
    expect(told(spf, { 'aws_route53_record.other': spf['aws_route53_record.r'] ?? {} })).toEqual([]);
    expect(told(dmarc('none'), {})).toEqual([]);
  });
});
