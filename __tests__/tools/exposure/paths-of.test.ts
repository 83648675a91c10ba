import { describe, expect, test } from 'vitest';
import type { Path } from '../../../src/tools/exposure/path';
import { pathsOf } from '../../../src/tools/exposure/paths-of';
import { accessText } from '../../../src/tools/exposure/table';
import { graphAfter } from '../../../src/tools/graph/graph-of-plan';
import type { ResourceGraph } from '../../../src/tools/graph/resource-graph';
import { NETWORK, planned, policy, type Stack, synthesized } from './stack';

describe.each([
  ['with references, as synthesized', synthesized],
  ['with ids, as in a plan', planned],
])('%s', (_, shape) => {
  const outside = (stack: Stack) =>
    texts(pathsOf(shape(stack)).filter(({ from }) => from.kind !== 'inside' && from.kind !== 'private'));
  const all = (stack: Stack) => texts(pathsOf(shape(stack)));

  test('a database is on the internet where it has an address, a rule and a route for it', () => {
    const open = publicDatabase({});
    expect(outside(open)).toEqual(['the internet → aws_db_instance.main on 5432']);
    expect(
      outside({ ...open, 'aws_db_instance.main': { ...open['aws_db_instance.main'], publicly_accessible: false } }),
    ).toEqual([]);
    expect(
      outside({ ...open, 'aws_db_subnet_group.main': { subnet_ids: ['${aws_subnet.private.id}'], name: 'main' } }),
    ).toEqual([]);
    expect(outside(publicDatabase({ from_port: 5433, to_port: 5440 }))).toEqual([]);
    expect(outside(publicDatabase({ cidr_ipv4: '10.0.0.0/8' }))).toEqual([]);
    expect(outside(publicDatabase({ cidr_ipv4: '203.0.113.0/24' }))).toEqual([
      '203.0.113.0/24 → aws_db_instance.main on 5432',
    ]);
    expect(outside(publicDatabase({ cidr_ipv4: '0.0.0.0/1' }))).toEqual([
      'the internet (0.0.0.0/1) → aws_db_instance.main on 5432',
    ]);
  });

  test('a rule for everybody on what is private lets in who reaches the network', () => {
    const stack = publicDatabase({});
    expect(
      all({ ...stack, 'aws_db_instance.main': { ...stack['aws_db_instance.main'], publicly_accessible: false } }),
    ).toEqual(['any address in reach (0.0.0.0/0) → aws_db_instance.main on 5432']);
  });

  test('rules inside of a group count as those of their own', () => {
    const { 'aws_vpc_security_group_ingress_rule.in': _, ...stack } = publicDatabase({});
    const ingress = [{ protocol: 'tcp', from_port: 0, to_port: 65_535, cidr_blocks: ['0.0.0.0/0'] }];
    expect(outside({ ...stack, 'aws_security_group.db': { name: 'db', ingress } })).toEqual([
      'the internet → aws_db_instance.main on 5432',
    ]);
    const old = {
      type: 'ingress',
      security_group_id: '${aws_security_group.db.id}',
      protocol: '-1',
      from_port: 0,
      to_port: 0,
      cidr_blocks: ['0.0.0.0/0'],
    };
    expect(outside({ ...stack, 'aws_security_group_rule.in': old })).toEqual([
      'the internet → aws_db_instance.main on 5432',
    ]);
  });

  test('a network ACL in front denies, by the lowest number', () => {
    const list = { vpc_id: '${aws_vpc.main.id}', subnet_ids: ['${aws_subnet.public.id}'] };
    const rule = (number: number, action: string, port: number) => ({
      network_acl_id: '${aws_network_acl.public.id}',
      egress: false,
      rule_number: number,
      rule_action: action,
      protocol: '6',
      from_port: port,
      to_port: port,
      cidr_block: '0.0.0.0/0',
    });
    const denied = {
      ...publicDatabase({}),
      'aws_network_acl.public': list,
      'aws_network_acl_rule.deny': rule(100, 'deny', 5432),
      'aws_network_acl_rule.allow': rule(200, 'allow', 5432),
    };
    expect(outside(denied)).toEqual([]);
    expect(outside({ ...denied, 'aws_network_acl_rule.deny': rule(300, 'deny', 5432) })).toEqual([
      'the internet → aws_db_instance.main on 5432',
    ]);
  });

  test('groups that name each other are hops inside, where the one may dial out', () => {
    const to = {
      security_group_id: '${aws_security_group.app.id}',
      referenced_security_group_id: '${aws_security_group.db.id}',
      ip_protocol: 'tcp',
      from_port: 5432,
      to_port: 5432,
    };
    const stack = {
      ...publicDatabase({ cidr_ipv4: undefined, referenced_security_group_id: '${aws_security_group.app.id}' }),
      'aws_security_group.app': { name: 'app' },
      'aws_ecs_service.app': {
        name: 'app',
        network_configuration: [
          { subnets: ['${aws_subnet.private.id}'], security_groups: ['${aws_security_group.app.id}'] },
        ],
      },
    };
    expect(all({ ...stack, 'aws_vpc_security_group_egress_rule.out': to })).toEqual([
      'aws_ecs_service.app → aws_db_instance.main on 5432',
    ]);
    expect(all(stack)).toEqual([]);
  });

  test('a load balancer leads to its services, under its listener’s conditions', () => {
    expect(outside(balanced({}))).toEqual([
      'the internet → aws_ecs_service.app on 443 over aws_lb.main > aws_lb_listener.https > aws_lb_target_group.app if TLS 1.2 or newer',
    ]);
    expect(outside({ ...balanced({}), 'aws_lb.main': { ...balanced({})['aws_lb.main'], internal: true } })).toEqual([]);
    expect(outside(balanced({ default_action: [{ type: 'redirect', redirect: [{ protocol: 'HTTPS' }] }] }))).toEqual([
      'the internet → aws_lb_listener.https on 443 over aws_lb.main if TLS 1.2 or newer; answered with a redirect to HTTPS',
    ]);
    expect(outside(balanced({ default_action: [{ type: 'fixed-response' }] }))).toEqual([]);
  });

  test('a bucket is public by its policy, unless its block says otherwise', () => {
    const bucket = (statement: object, block = false): Stack => ({
      'aws_s3_bucket.files': { bucket: 'files' },
      'aws_s3_bucket_policy.files': {
        bucket: '${aws_s3_bucket.files.id}',
        policy: policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...statement }),
      },
      'aws_s3_bucket_public_access_block.files': {
        bucket: '${aws_s3_bucket.files.id}',
        restrict_public_buckets: block,
      },
    });
    expect(outside(bucket({ Principal: '*' }))).toEqual(['the internet → aws_s3_bucket.files on s3:GetObject']);
    expect(outside(bucket({ Principal: '*' }, true))).toEqual([]);
    expect(outside(bucket({ NotPrincipal: { AWS: 'arn:aws:iam::333333333333:root' } }))).toEqual([
      'the internet, except whom a NotPrincipal names → aws_s3_bucket.files on s3:GetObject',
    ]);
    expect(outside(bucket({ Principal: { AWS: '222222222222' } }, true))).toEqual([
      'account 222222222222 → aws_s3_bucket.files on s3:GetObject',
    ]);
    expect(outside(bucket({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }))).toEqual([
      'the organization o-1 → aws_s3_bucket.files on s3:GetObject if of the organization o-1',
    ]);
    expect(
      outside(bucket({ Principal: '*', Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } } })),
    ).toEqual(['the internet → aws_s3_bucket.files on s3:GetObject']);
    expect(outside(bucket({ Principal: '*', Condition: { StringEquals: { 'AWS:SourceVpce': 'vpce-1' } } }))).toEqual(
      [],
    );
  });

  test('a denial without conditions takes off what another statement allows', () => {
    const queue = (...more: readonly object[]): Stack => ({
      'aws_sqs_queue.jobs': { name: 'jobs' },
      'aws_sqs_queue_policy.jobs': {
        queue_url: '${aws_sqs_queue.jobs.id}',
        policy: policy(
          { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' },
          ...more.map((one) => ({ ...one })),
        ),
      },
    });
    const deny = { Effect: 'Deny', Principal: '*', Resource: '*' };
    expect(outside(queue())).toEqual(['the internet → aws_sqs_queue.jobs on sqs:SendMessage']);
    expect(outside(queue({ ...deny, Action: 'sqs:*' }))).toEqual([]);
    expect(outside(queue({ ...deny, Action: 'sqs:ReceiveMessage' }))).toEqual([
      'the internet → aws_sqs_queue.jobs on sqs:SendMessage',
    ]);
    expect(
      outside(queue({ ...deny, Action: 'sqs:*', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } })),
    ).toEqual(['the organization o-1 → aws_sqs_queue.jobs on sqs:SendMessage if of the organization o-1']);
    expect(
      outside(queue({ ...deny, Action: 'sqs:*', Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } })),
    ).toEqual(['the internet → aws_sqs_queue.jobs on sqs:SendMessage if from 203.0.113.0/24']);
  });

  test('a service of AWS is a way in for every account, unless a condition names ours', () => {
    const topic = (condition?: object): Stack => ({
      'data.aws_caller_identity.me': {},
      'aws_sns_topic.news': { name: 'news' },
      'aws_sns_topic_policy.news': {
        arn: '${aws_sns_topic.news.arn}',
        policy: policy({
          Effect: 'Allow',
          Principal: { Service: 's3.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: '*',
          ...(condition && { Condition: condition }),
        }),
      },
    });
    expect(outside(topic())).toEqual(['any AWS account through s3.amazonaws.com → aws_sns_topic.news on sns:Publish']);
    expect(
      outside(topic({ StringEquals: { 'aws:SourceAccount': '${data.aws_caller_identity.me.account_id}' } })),
    ).toEqual([]);
    expect(outside(topic({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } }))).toEqual([
      'any AWS account through s3.amazonaws.com → aws_sns_topic.news on sns:Publish',
    ]);
  });

  test('roles are taken by those whom their trust names', () => {
    const role = (principal: object, condition?: object): Stack => ({
      'aws_iam_role.it': {
        name: 'it',
        assume_role_policy: policy({
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: principal,
          ...(condition && { Condition: condition }),
        }),
      },
    });
    const github = { Federated: 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com' };
    const sub = 'token.actions.githubusercontent.com:sub';
    expect(outside(role({ Service: 'lambda.amazonaws.com' }))).toEqual([]);
    expect(outside(role({ AWS: '*' }))).toEqual(['any AWS account → aws_iam_role.it on sts:AssumeRole']);
    expect(outside(role({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }))).toEqual([
      'the organization o-1 → aws_iam_role.it on sts:AssumeRole if of the organization o-1',
    ]);
    expect(outside(role({ AWS: '222222222222' }, { StringEquals: { 'sts:ExternalId': 'x' } }))).toEqual([
      'account 222222222222 → aws_iam_role.it on sts:AssumeRole if an external id',
    ]);
    expect(outside(role(github))).toEqual(['any GitHub workflow → aws_iam_role.it on sts:AssumeRole']);
    expect(outside(role(github, { StringLike: { [sub]: 'repo:*' } }))).toEqual([
      'any GitHub workflow → aws_iam_role.it on sts:AssumeRole',
    ]);
    expect(outside(role(github, { StringEquals: { [sub]: 'repo:a/b:environment:prod' } }))).toEqual([
      'any GitHub workflow matching repo:a/b:environment:prod → aws_iam_role.it on sts:AssumeRole',
    ]);
  });

  test('functions are called over their URLs and by those whom permissions name', () => {
    const called = (more: Stack): Stack => ({ 'aws_lambda_function.f': { function_name: 'f' }, ...more });
    const url = (type: string) =>
      called({ 'aws_lambda_function_url.u': { function_name: 'f', authorization_type: type } });
    expect(outside(url('AWS_IAM'))).toEqual([]);
    expect(outside(url('NONE'))).toEqual([
      'the internet → aws_lambda_function.f on 443 over aws_lambda_function_url.u if TLS 1.2 or newer',
    ]);
    const permission = (more: object) =>
      called({ 'aws_lambda_permission.p': { function_name: 'f', action: 'lambda:InvokeFunction', ...more } });
    expect(outside(permission({ principal: '*' }))).toEqual([
      'any AWS account → aws_lambda_function.f on lambda:InvokeFunction',
    ]);
    expect(outside(permission({ principal: 's3.amazonaws.com' }))).toEqual([
      'any AWS account through s3.amazonaws.com → aws_lambda_function.f on lambda:InvokeFunction',
    ]);
    expect(
      outside(
        permission({
          principal: 'events.amazonaws.com',
          source_arn: 'arn:aws:events:eu-west-1:${data.aws_caller_identity.me.account_id}:rule/r',
        }),
      ),
    ).toEqual([]);
  });

  test('an API’s routes ask for what their authorizers do', () => {
    const api = (route: object): Stack => ({
      'aws_apigatewayv2_api.a': { name: 'a', protocol_type: 'HTTP' },
      'aws_lambda_function.f': { function_name: 'f' },
      'aws_apigatewayv2_integration.i': {
        api_id: '${aws_apigatewayv2_api.a.id}',
        integration_uri: '${aws_lambda_function.f.arn}',
      },
      'aws_apigatewayv2_route.r': {
        api_id: '${aws_apigatewayv2_api.a.id}',
        route_key: '$default',
        target: 'integrations/${aws_apigatewayv2_integration.i.id}',
        ...route,
      },
    });
    expect(outside(api({}))).toEqual([
      'the internet → aws_lambda_function.f on 443 over aws_apigatewayv2_api.a if TLS 1.2 or newer',
    ]);
    expect(outside(api({ authorization_type: 'JWT' }))).toEqual([
      'the internet → aws_lambda_function.f on 443 over aws_apigatewayv2_api.a if TLS 1.2 or newer; a token (JWT)',
    ]);
  });

  test('identity pools hand roles to guests, and user pools take in who comes', () => {
    const pool = (guests: boolean): Stack => ({
      'aws_cognito_identity_pool.p': { identity_pool_name: 'p', allow_unauthenticated_identities: guests },
      'aws_iam_role.guest': { name: 'guest' },
      'aws_cognito_identity_pool_roles_attachment.a': {
        identity_pool_id: '${aws_cognito_identity_pool.p.id}',
        roles: { unauthenticated: '${aws_iam_role.guest.arn}' },
      },
    });
    expect(outside(pool(false))).toEqual([]);
    expect(outside(pool(true))).toEqual([
      'the internet → aws_iam_role.guest on cognito-identity:GetCredentialsForIdentity over aws_cognito_identity_pool.p',
    ]);
    const users = (only: boolean): Stack => ({
      'aws_cognito_user_pool.u': { name: 'u', admin_create_user_config: [{ allow_admin_create_user_only: only }] },
    });
    expect(outside(users(true))).toEqual([]);
    expect(outside(users(false))).toEqual(['the internet → aws_cognito_user_pool.u on cognito-idp:SignUp']);
  });

  test('what is handed to all accounts is told', () => {
    expect(outside({ 'aws_ami_launch_permission.p': { image_id: 'ami-1', group: 'all' } })).toEqual([
      'any AWS account → aws_ami_launch_permission.p on ec2:RunInstances',
    ]);
    expect(outside({ 'aws_db_snapshot.s': { shared_accounts: ['222222222222'] } })).toEqual([
      'account 222222222222 → aws_db_snapshot.s on rds:RestoreDBInstanceFromDBSnapshot',
    ]);
  });
});

test('what only the apply tells is named, and not guessed', () => {
  const graph = graphAfter({
    format_version: '1.2',
    planned_values: {
      root_module: {
        resources: [
          {
            address: 'aws_security_group.db',
            mode: 'managed',
            type: 'aws_security_group',
            name: 'db',
            values: { id: 'sg-1' },
          },
          {
            address: 'aws_vpc_security_group_ingress_rule.in',
            mode: 'managed',
            type: 'aws_vpc_security_group_ingress_rule',
            name: 'in',
            values: { security_group_id: 'sg-1', ip_protocol: '-1' },
          },
          {
            address: 'aws_db_instance.main',
            mode: 'managed',
            type: 'aws_db_instance',
            name: 'main',
            values: { port: 5432, vpc_security_group_ids: ['sg-1'] },
          },
        ],
      },
    },
    resource_changes: [
      {
        address: 'aws_vpc_security_group_ingress_rule.in',
        mode: 'managed',
        type: 'aws_vpc_security_group_ingress_rule',
        name: 'in',
        change: { actions: ['create'], after_unknown: { cidr_ipv4: true } },
      },
    ],
  });
  const [path, ...others] = pathsOf(graph);
  expect(others).toEqual([]);
  expect(path).toMatchObject({
    to: 'aws_db_instance.main',
    from: { kind: 'unknown' },
    unknown: ['cidr_ipv4 of aws_vpc_security_group_ingress_rule.in'],
  });
});

test('2,000 resources take well under a second', () => {
  const many: Record<string, Stack[string]> = { ...NETWORK };
  for (let index = 0; index < 330; index++) {
    const group = `\${aws_security_group.g${index}.id}`;
    many[`aws_security_group.g${index}`] = { name: `g${index}` };
    many[`aws_vpc_security_group_ingress_rule.i${index}`] = {
      security_group_id: group,
      cidr_ipv4: '0.0.0.0/0',
      ip_protocol: '-1',
    };
    many[`aws_vpc_security_group_egress_rule.e${index}`] = {
      security_group_id: group,
      cidr_ipv4: '0.0.0.0/0',
      ip_protocol: '-1',
    };
    many[`aws_instance.n${index}`] = {
      vpc_security_group_ids: [group],
      subnet_id: '${aws_subnet.public.id}',
      associate_public_ip_address: true,
    };
    many[`aws_sqs_queue.q${index}`] = { name: `q${index}` };
    many[`aws_sqs_queue_policy.p${index}`] = {
      queue_url: `\${aws_sqs_queue.q${index}.id}`,
      policy: policy({ Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' }),
    };
  }
  const graph: ResourceGraph = planned(many);
  const start = performance.now();
  expect(pathsOf(graph)).toHaveLength(660);
  expect(performance.now() - start).toBeLessThan(2000); // 0.1 s on a machine that does nothing else
});

function publicDatabase(rule: object): Stack {
  return {
    ...NETWORK,
    'aws_security_group.db': { name: 'db' },
    'aws_vpc_security_group_ingress_rule.in': {
      security_group_id: '${aws_security_group.db.id}',
      cidr_ipv4: '0.0.0.0/0',
      ip_protocol: 'tcp',
      from_port: 5432,
      to_port: 5432,
      ...rule,
    },
    'aws_db_subnet_group.main': { subnet_ids: ['${aws_subnet.public.id}'], name: 'main' },
    'aws_db_instance.main': {
      engine: 'postgres',
      publicly_accessible: true,
      db_subnet_group_name: 'main',
      vpc_security_group_ids: ['${aws_security_group.db.id}'],
    },
  };
}

function balanced(listener: object): Stack {
  return {
    ...NETWORK,
    'aws_security_group.lb': {
      name: 'lb',
      ingress: [{ protocol: 'tcp', from_port: 443, to_port: 443, cidr_blocks: ['0.0.0.0/0'] }],
      egress: [{ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] }],
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
      ...listener,
    },
    'aws_ecs_service.app': {
      name: 'app',
      load_balancer: [{ target_group_arn: '${aws_lb_target_group.app.arn}', container_port: 8080 }],
    },
  };
}

function texts(paths: readonly Path[]): string[] {
  return paths
    .map(({ from, to, through, conditions, ...access }) => {
      const over = through.length > 0 ? ` over ${through.join(' > ')}` : '';
      const conditioned = conditions.length > 0 ? ` if ${conditions.map(({ text }) => text).join('; ')}` : '';
      return `${from.name} → ${to} on ${accessText(access)}${over}${conditioned}`;
    })
    .sort();
}
