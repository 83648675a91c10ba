import { expect, test } from 'vitest';
import { NETWORK, policy, type Stack } from '../../exposure/stack';
import { inBothShapes } from './exposed';

inBothShapes(({ judge, told }) => {
  test('a rule for everybody on a public database is told with the rule and the path', () => {
    const after = {
      ...DATABASE,
      'aws_vpc_security_group_ingress_rule.in': {
        ...DATABASE['aws_vpc_security_group_ingress_rule.in'],
        cidr_ipv4: '0.0.0.0/0',
      },
    };
    expect(judge(DATABASE, after)).toEqual([
      {
        verdict: 'exposure',
        address: 'aws_vpc_security_group_ingress_rule.in',
        attribute: 'cidr_ipv4',
        before: '203.0.113.0/24',
        after: '0.0.0.0/0',
        reason: 'anybody on the internet can reach the database "shop" on 5432',
        effect: 'nothing on this way asks who they are',
        advice: 'name the security group or the addresses that need it',
      },
    ]);
  });

  test('a narrower range, another description and the same again are none', () => {
    const rule = DATABASE['aws_vpc_security_group_ingress_rule.in'];
    const changed = (more: object): Stack => ({
      ...DATABASE,
      'aws_vpc_security_group_ingress_rule.in': { ...rule, ...more },
    });
    expect(told(DATABASE, changed({ cidr_ipv4: '203.0.113.8/32' }))).toEqual([]);
    expect(told(DATABASE, changed({ description: 'office' }))).toEqual([]);
    expect(told(DATABASE, DATABASE)).toEqual([]);
    expect(told(changed({ from_port: 5000, to_port: 6000 }), DATABASE)).toEqual([]);
    expect(
      told(DATABASE, {
        ...DATABASE,
        'aws_vpc_security_group_ingress_rule.again': { ...rule, cidr_ipv4: '203.0.113.64/26' },
      }),
    ).toEqual([
      'behaviour aws_vpc_security_group_ingress_rule.again -: the incoming security group rule "again" is made, and lets 203.0.113.64/26 reach the security group "db" on 5432',
    ]);
  });

  test('a wider range is one', () => {
    const after = {
      ...DATABASE,
      'aws_vpc_security_group_ingress_rule.in': {
        ...DATABASE['aws_vpc_security_group_ingress_rule.in'],
        cidr_ipv4: '203.0.0.0/16',
      },
    };
    expect(told(DATABASE, after)).toEqual([
      'exposure aws_vpc_security_group_ingress_rule.in cidr_ipv4: 203.0.0.0/16 can reach the database "shop" on 5432',
    ]);
  });

  test('two ranges become the one that they are together, and no more', () => {
    const { 'aws_vpc_security_group_ingress_rule.in': rule, ...rest } = DATABASE;
    const ranges = (...cidrs: readonly string[]): Stack =>
      Object.assign(
        {},
        rest,
        ...cidrs.map((cidr_ipv4, n) => ({ [`aws_vpc_security_group_ingress_rule.${n}`]: { ...rule, cidr_ipv4 } })),
      );
    const halves = ranges('203.0.113.128/25', '203.0.113.1/25');
    const reached = (cidr: string) =>
      `exposure aws_vpc_security_group_ingress_rule.0 cidr_ipv4: ${cidr} can reach the database "shop" on 5432`;
    expect(told(halves, ranges('203.0.113.0/24'))).toEqual([]);
    expect(told(halves, ranges('203.0.112.0/23'))).toEqual([reached('203.0.112.0/23')]);
    expect(told(ranges('203.0.113.0/26', '203.0.113.128/25'), ranges('203.0.113.0/24'))).toEqual([
      reached('203.0.113.0/24'),
    ]);
    const ports = Object.fromEntries(
      Object.entries(halves).map(([address, values]) => [
        address,
        address.endsWith('rule.0') ? { ...values, from_port: 22, to_port: 22 } : values,
      ]),
    );
    expect(told(ports, ranges('203.0.113.0/24'))).toEqual([reached('203.0.113.0/24')]);
  });

  test('a group that nothing has is as open with the two halves of the internet as with the whole of it', () => {
    const group = (...cidr_blocks: readonly string[]): Stack => ({
      'aws_security_group.g': { name: 'g', ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks }] },
    });
    const open = 'exposure aws_security_group.g ingress: whoever has the security group "g" is open to the internet';
    expect(told(group('0.0.0.0/1', '128.0.0.0/1'), group('0.0.0.0/0'))).toEqual([]);
    expect(told(group('128.0.0.0/1'), group('0.0.0.0/0'))).toEqual([`${open} (0.0.0.0/0) on 22`]);
  });

  test('a policy in another order and other words is none, one for everybody is one', () => {
    const one = {
      Sid: 'One',
      Effect: 'Allow',
      Principal: { AWS: ['222222222222'] },
      Action: ['sqs:SendMessage', 'sqs:ReceiveMessage'],
      Resource: '*',
    };
    const same = {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::222222222222:root' },
      Action: ['sqs:ReceiveMessage', 'sqs:SendMessage'],
      Resource: ['*'],
    };
    const tls = {
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    expect(told(queue(one, tls), queue(tls, same))).toEqual([]);
    expect(told(queue(one, tls), queue({ ...same, Action: 'sqs:SendMessage' }, tls))).toEqual([]);
    expect(told(queue(one, tls), queue({ ...one, Principal: '*' }, tls))).toEqual([
      'exposure aws_sqs_queue_policy.jobs policy: anybody on the internet can use the queue "jobs" (sqs:ReceiveMessage, sqs:SendMessage)',
    ]);
    expect(told(queue(one, tls), queue(one))).toEqual([
      'exposure aws_sqs_queue_policy.jobs policy: account 222222222222 can use the queue "jobs" (sqs:ReceiveMessage, sqs:SendMessage) without TLS',
    ]);
    expect(told(queue(tls), queue({ ...tls, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }))).toEqual([
      'exposure aws_sqs_queue_policy.jobs policy: the policy of the queue "jobs" no longer denies what comes without TLS',
    ]);
  });

  test('a trust that is widened is one, a trust that is narrowed is none', () => {
    const role = (sub: string): Stack => ({
      'aws_iam_role.deploy': {
        name: 'deploy',
        assume_role_policy: policy({
          Effect: 'Allow',
          Action: 'sts:AssumeRoleWithWebIdentity',
          Principal: { Federated: 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com' },
          Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': sub } },
        }),
      },
    });
    expect(told(role('repo:a/b:*'), role('repo:a/b:ref:refs/heads/main'))).toEqual([]);
    expect(told(role('repo:a/b:ref:refs/heads/main'), role('repo:a/*'))).toEqual([
      'exposure aws_iam_role.deploy assume_role_policy: any GitHub workflow matching repo:a/* can take the IAM role "deploy"',
    ]);
  });

  test('a firewall that goes is told where it went', () => {
    const guarded = {
      ...DOOR,
      'aws_wafv2_web_acl_association.waf': {
        resource_arn: '${aws_lb.main.arn}',
        web_acl_arn: 'arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/x',
      },
    };
    expect(told(guarded, DOOR)).toEqual([
      'exposure aws_wafv2_web_acl_association.waf -: anybody on the internet can reach the service "app" on 443 without WAF arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/x, through aws_lb.main, aws_lb_listener.https, aws_lb_target_group.app',
    ]);
    expect(told(DOOR, guarded)).toEqual([]);
  });

  test('older TLS is one finding, newer TLS none', () => {
    const with_ = (policyName: string): Stack => ({
      ...DOOR,
      'aws_lb_listener.https': { ...DOOR['aws_lb_listener.https'], ssl_policy: policyName },
    });
    expect(told(DOOR, with_('ELBSecurityPolicy-2016-08'))).toEqual([
      'exposure aws_lb_listener.https ssl_policy: anybody on the internet can reach the service "app" on 443 with TLS 1.0 or newer instead of TLS 1.2 or newer, through aws_lb.main, aws_lb_listener.https, aws_lb_target_group.app',
    ]);
    expect(told(DOOR, with_('ELBSecurityPolicy-TLS13-1-3-2021-06'))).toEqual([]);
  });

  test('a new service behind a door in a stack that stands is one; all of a new stack is behaviour', () => {
    const { 'aws_lb_listener.https': _, ...closed } = DOOR;
    expect(told(closed, DOOR)).toHaveLength(1);
    expect(told(closed, DOOR)[0]).toMatch(
      /^exposure aws_lb_listener\.https default_action: anybody on the internet can reach the service "app" on 443/,
    );
    expect(told({}, DOOR).map((one) => one.split(' ')[0])).toEqual(['behaviour']);
    expect(
      told(
        {},
        {
          ...DATABASE,
          'aws_vpc_security_group_ingress_rule.in': {
            ...DATABASE['aws_vpc_security_group_ingress_rule.in'],
            cidr_ipv4: '0.0.0.0/0',
          },
        },
      ),
    ).toEqual([
      'exposure aws_vpc_security_group_ingress_rule.in cidr_ipv4: anybody on the internet can reach the database "shop" on 5432',
    ]);
  });

  test.each<[string, string, object, object]>([
    [
      'aws_lb.x drop_invalid_header_fields',
      'aws_lb.x',
      { drop_invalid_header_fields: true },
      { drop_invalid_header_fields: false },
    ],
    [
      'aws_lb.x access_logs',
      'aws_lb.x',
      { access_logs: [{ enabled: true, bucket: 'b' }] },
      { access_logs: [{ enabled: false, bucket: 'b' }] },
    ],
    ['aws_cloudtrail.x enable_logging', 'aws_cloudtrail.x', { enable_logging: true }, { enable_logging: false }],
    [
      'aws_ecr_repository.x image_tag_mutability',
      'aws_ecr_repository.x',
      { image_tag_mutability: 'IMMUTABLE' },
      { image_tag_mutability: 'MUTABLE' },
    ],
    [
      'aws_instance.x metadata_options.http_tokens',
      'aws_instance.x',
      { metadata_options: [{ http_tokens: 'required' }] },
      { metadata_options: [{ http_tokens: 'optional' }] },
    ],
    ['aws_efs_file_system.x encrypted', 'aws_efs_file_system.x', { encrypted: true }, { encrypted: false }],
    ['aws_db_proxy.x require_tls', 'aws_db_proxy.x', { require_tls: true }, { require_tls: false }],
    [
      'aws_subnet.x map_public_ip_on_launch',
      'aws_subnet.x',
      { map_public_ip_on_launch: false },
      { map_public_ip_on_launch: true },
    ],
    [
      'aws_s3_bucket_public_access_block.x block_public_acls',
      'aws_s3_bucket_public_access_block.x',
      { block_public_acls: true },
      { block_public_acls: false },
    ],
    [
      'aws_apigatewayv2_api.x cors_configuration',
      'aws_apigatewayv2_api.x',
      { cors_configuration: [{ allow_origins: ['https://a.b'] }] },
      { cors_configuration: [{ allow_origins: ['*'] }] },
    ],
    [
      'aws_db_parameter_group.x parameter',
      'aws_db_parameter_group.x',
      { parameter: [{ name: 'rds.force_ssl', value: '1' }] },
      { parameter: [{ name: 'rds.force_ssl', value: '0' }] },
    ],
    [
      'aws_wafv2_web_acl.x rule',
      'aws_wafv2_web_acl.x',
      { rule: [{ name: 'a', action: [{ block: [{}] }] }] },
      { rule: [{ name: 'a', action: [{ count: [{}] }] }] },
    ],
    [
      'aws_iam_role.x permissions_boundary',
      'aws_iam_role.x',
      { permissions_boundary: 'arn:aws:iam::111111111111:policy/b' },
      { permissions_boundary: '' },
    ],
    [
      'aws_elasticache_replication_group.x user_group_ids',
      'aws_elasticache_replication_group.x',
      { user_group_ids: ['users'] },
      { user_group_ids: [] },
    ],
    ['aws_memorydb_cluster.x acl_name', 'aws_memorydb_cluster.x', { acl_name: 'users' }, { acl_name: 'open-access' }],
    [
      'aws_cloudfront_distribution.x web_acl_id',
      'aws_cloudfront_distribution.x',
      { web_acl_id: 'arn:aws:wafv2:us-east-1:111111111111:global/webacl/a/1' },
      { web_acl_id: null },
    ],
    [
      'aws_cognito_user_pool.x mfa_configuration',
      'aws_cognito_user_pool.x',
      { admin_create_user_config: [{ allow_admin_create_user_only: true }], mfa_configuration: 'ON' },
      { admin_create_user_config: [{ allow_admin_create_user_only: true }], mfa_configuration: 'OPTIONAL' },
    ],
  ])('%s is told when it is weaker, and not when it is stronger', (place, address, strong, weak) => {
    const stack = (values: object): Stack => ({ [address]: { name: 'x', ...values } });
    const found = judge(stack(strong), stack(weak));
    expect(found.map((one) => `${one.address} ${one.attribute}`)).toEqual([place]);
    expect(found[0]?.verdict).toBe('exposure');
    expect(judge(stack(weak), stack(strong))).toEqual([]);
    expect(judge(stack(strong), { [address]: { name: 'y', ...strong } })).toEqual([]);
  });

  test('a block of public access or a log that goes is told, unless its bucket or network goes as well', () => {
    const bucket: Stack = { 'aws_s3_bucket.b': { bucket: 'b' } };
    const blocked: Stack = {
      ...bucket,
      'aws_s3_bucket_public_access_block.b': { bucket: '${aws_s3_bucket.b.id}', block_public_acls: true },
    };
    expect(told(blocked, bucket)).toEqual([
      'exposure aws_s3_bucket_public_access_block.b -: the bucket "b" has no block of public access any more',
    ]);
    expect(told(blocked, {})).toEqual([]);
    const logged: Stack = { ...NETWORK, 'aws_flow_log.f': { vpc_id: '${aws_vpc.main.id}' } };
    expect(told(logged, NETWORK)).toEqual(['exposure aws_flow_log.f -: the flow log "f" goes']);
    expect(told(logged, {})).toEqual([]);
  });

  test('permissions that get a wildcard are told, those that lose one are not', () => {
    const may = (statement: object): Stack => ({
      'aws_iam_role_policy.p': {
        name: 'p',
        policy: policy({
          Effect: 'Allow',
          Action: 'sqs:SendMessage',
          Resource: 'arn:aws:sqs:eu-west-1:111111111111:jobs',
          ...statement,
        }),
      },
    });
    const place = 'exposure aws_iam_role_policy.p policy: the policy of the IAM role "p" lets its holder';
    expect(told(may({}), may({ Action: '*', Resource: '*' }))).toEqual([`${place} do everything on every resource`]);
    expect(told(may({}), may({ Action: 'sqs:*', Resource: '*' }))).toEqual([
      `${place} do everything with sqs on every resource`,
    ]);
    expect(told(may({}), may({ Action: 'iam:PassRole', Resource: '*' }))).toEqual([
      `${place} call iam:PassRole on every resource`,
    ]);
    expect(told(may({}), may({ Action: undefined, NotAction: 'iam:*' }))).toEqual([`${place} do everything but iam:*`]);
    expect(told(may({}), may({ Resource: '*' }))).toEqual([
      `${place} call sqs:SendMessage on every resource, and no longer on certain ones`,
    ]);
    expect(told(may({ Action: '*', Resource: '*' }), may({}))).toEqual([]);
    expect(told(may({}), may({ Action: 'ecr:GetAuthorizationToken', Resource: '*' }))).toEqual([
      'behaviour aws_iam_role_policy.p policy: the policy of the IAM role "p" also lets its holder call ecr:GetAuthorizationToken on every resource',
    ]);
    const attached = (name: string): Stack => ({
      'aws_iam_role_policy_attachment.a': { role: 'r', policy_arn: `arn:aws:iam::aws:policy/${name}` },
    });
    expect(told({}, attached('service-role/AmazonECSTaskExecutionRolePolicy'))).toEqual([
      'behaviour aws_iam_role_policy_attachment.a -: the IAM policy "AmazonECSTaskExecutionRolePolicy" is attached to the IAM role "r"',
    ]);
    expect(told({}, attached('AdministratorAccess'))).toEqual([
      'exposure aws_iam_role_policy_attachment.a policy_arn: the policy "AdministratorAccess" attached to the IAM role "r" lets the IAM role "r" do all that AdministratorAccess says',
    ]);
  });
});

const DATABASE: Stack = {
  ...NETWORK,
  'aws_security_group.db': { name: 'db' },
  'aws_vpc_security_group_ingress_rule.in': {
    security_group_id: '${aws_security_group.db.id}',
    cidr_ipv4: '203.0.113.0/24',
    ip_protocol: 'tcp',
    from_port: 5432,
    to_port: 5432,
  },
  'aws_db_subnet_group.main': { subnet_ids: ['${aws_subnet.public.id}'], name: 'main' },
  'aws_db_instance.main': {
    identifier: 'shop',
    engine: 'postgres',
    publicly_accessible: true,
    db_subnet_group_name: 'main',
    vpc_security_group_ids: ['${aws_security_group.db.id}'],
  },
};

const DOOR: Stack = {
  ...NETWORK,
  'aws_security_group.lb': {
    name: 'lb',
    ingress: [{ protocol: 'tcp', from_port: 443, to_port: 443, cidr_blocks: ['0.0.0.0/0'] }],
  },
  'aws_lb.main': {
    name: 'main',
    load_balancer_type: 'application',
    internal: false,
    subnets: ['${aws_subnet.public.id}'],
    security_groups: ['${aws_security_group.lb.id}'],
  },
  'aws_lb_target_group.app': { name: 'app', port: 8080 },
  'aws_lb_listener.https': {
    load_balancer_arn: '${aws_lb.main.arn}',
    port: 443,
    protocol: 'HTTPS',
    ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.app.arn}' }],
  },
  'aws_ecs_service.app': {
    name: 'app',
    load_balancer: [{ target_group_arn: '${aws_lb_target_group.app.arn}', container_port: 8080 }],
  },
};

function queue(...statements: readonly object[]): Stack {
  return {
    'aws_sqs_queue.jobs': { name: 'jobs' },
    'aws_sqs_queue_policy.jobs': {
      queue_url: '${aws_sqs_queue.jobs.id}',
      policy: policy(...statements.map((one) => ({ ...one }))),
    },
  };
}
