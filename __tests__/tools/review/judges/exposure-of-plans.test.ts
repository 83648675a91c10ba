import { expect, test } from 'vitest';
import type { ResourceChange } from '../../../../src/tools/graph/plan-json';
import type { Values } from '../../../../src/tools/graph/values';
import { judges } from '../../../../src/tools/review/judges/all';
import { comparisonOfPlan } from '../../../../src/tools/review/plan-comparison';
import { review } from '../../../../src/tools/review/review';
import { planned, planOf } from '../../../support/plan';
import { policy } from '../../exposure/stack';

// What only a plan has: values beside a configuration that does not tell all that is written.

type Written = Readonly<Record<string, Values>>;

/** Of a configuration that tells no more than this of each resource. */
function told(changes: readonly ResourceChange[], written: Written = {}) {
  const resources = changes.map(({ address }) => ({ address, expressions: written[address] ?? {} }));
  const plan = { ...planOf(...changes), configuration: { root_module: { resources } } };
  return review(comparisonOfPlan(plan), judges)
    .findings.filter(({ verdict }) => verdict !== 'harmless')
    .map(({ verdict, address, attribute, reason }) => `${verdict} ${address} ${attribute ?? '-'}: ${reason}`);
}

const kept = (address: string, values: Values) => planned(address, 'no-op', values, values);

const network = [
  kept('aws_vpc.v', { id: 'vpc-1', cidr_block: '10.0.0.0/16' }),
  kept('aws_subnet.public', { id: 'subnet-1', vpc_id: 'vpc-1', cidr_block: '10.0.1.0/24' }),
  kept('aws_route_table.public', { id: 'rtb-1', vpc_id: 'vpc-1', route: [] }),
  kept('aws_route.out', { route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' }),
  kept('aws_route_table_association.a', { subnet_id: 'subnet-1', route_table_id: 'rtb-1' }),
];
const server = {
  id: 'i-1',
  tags: { Name: 'web' },
  subnet_id: 'subnet-1',
  vpc_security_group_ids: ['sg-1'],
  associate_public_ip_address: true,
};
const web = kept('aws_instance.web', server);
const group = { id: 'sg-1', name: 'web', ingress: [], egress: [] };
const ssh = (...ranges: readonly string[]) => ({
  protocol: 'tcp',
  from_port: 22,
  to_port: 22,
  cidr_blocks: ranges,
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  security_groups: [],
  self: false,
});

test('rules inside of a group count where the configuration names none, as of dynamic blocks', () => {
  const opened = (...ingress: readonly object[]) =>
    told([...network, web, planned('aws_security_group.web', 'update', group, { ...group, ingress })]);
  expect(opened(ssh('0.0.0.0/0'))).toEqual([
    'exposure aws_security_group.web ingress[0]: anybody on the internet can reach the server "web" on 22',
  ]);
  expect(opened(ssh('203.0.113.0/24'))).toEqual([
    'exposure aws_security_group.web ingress[0]: 203.0.113.0/24 can reach the server "web" on 22',
  ]);
  expect(opened(ssh('10.0.0.0/16'))).toEqual([
    'behaviour aws_security_group.web ingress[0]: the security group "web" changes',
  ]);
});

test('rules of dynamic blocks that stay open what else changes; those that repeat rules of their own do not', () => {
  const open = { ...group, ingress: [ssh('0.0.0.0/0')] };
  const addressed = planned('aws_eip.web', 'create', null, { id: 'eip-1', instance: 'i-1' });
  const hidden = kept('aws_instance.web', { ...server, associate_public_ip_address: false });
  expect(told([...network, hidden, kept('aws_security_group.web', open), addressed])).toEqual([
    'exposure aws_eip.web -: anybody on the internet can reach the server "web" on 22',
  ]);
  const rule = { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: '0.0.0.0/0' };
  const gone = planned('aws_vpc_security_group_ingress_rule.ssh', 'delete', rule);
  expect(told([...network, hidden, kept('aws_security_group.web', open), addressed, gone])).toEqual([
    'outage aws_vpc_security_group_ingress_rule.ssh -: the incoming security group rule "ssh" is destroyed',
    'behaviour aws_eip.web -: the public address "web" is made',
  ]);
});

test('a policy that the configuration tells in JSON is read, though Terraform does not know all of it yet', () => {
  const bucket = kept('aws_s3_bucket.b', { id: 'files', bucket: 'files', arn: 'arn:aws:s3:::files' });
  const role = planned(
    'aws_iam_role.reader',
    'create',
    null,
    { name: 'reader' },
    { change: { after_unknown: { arn: true, inline_policy: true } } },
  );
  const before = { bucket: 'files', policy: policy() };
  const named = (principal: string) =>
    told(
      [
        bucket,
        role,
        planned(
          'aws_s3_bucket_policy.b',
          'update',
          before,
          { bucket: 'files' },
          { change: { after_unknown: { policy: true } } },
        ),
      ],
      {
        'aws_s3_bucket_policy.b': {
          policy: {
            constant_value: `\${jsonencode({"Statement" = [{"Effect" = "Allow", "Principal" = {"AWS" = ${principal}}, "Action" = ["s3:GetObject"], "Resource" = ["\${aws_s3_bucket.b.arn}/*", aws_iam_role.reader.arn]}]})}`,
            references: ['aws_iam_role.reader.arn', 'aws_iam_role.reader', 'aws_s3_bucket.b.arn', 'aws_s3_bucket.b'],
          },
        },
      },
    );
  const unknown =
    'unknown aws_s3_bucket_policy.b policy: the policy of the bucket "files": its policy is known only after the apply, and decides who may do what';
  expect(named('aws_iam_role.reader.arn')).toEqual([
    'behaviour aws_iam_role.reader -: the IAM role "reader" is made',
    unknown,
  ]);
  expect(named('"*"')).toEqual([
    'exposure aws_s3_bucket_policy.b policy: anybody on the internet can use the bucket "files" (s3:GetObject)',
    'behaviour aws_iam_role.reader -: the IAM role "reader" is made',
  ]);
});

test('a policy with something in it that nobody tells stays unknown; the variables of IAM are no such thing', () => {
  const role = planned('aws_iam_role.r', 'create', null, { name: 'r' }, { change: { after_unknown: { arn: true } } });
  const made = (resource: string) =>
    told(
      [
        role,
        planned(
          'aws_iam_role_policy.p',
          'create',
          null,
          { name: 'p' },
          { change: { after_unknown: { policy: true, id: true } } },
        ),
      ],
      {
        'aws_iam_role_policy.p': {
          policy: {
            constant_value: `\${jsonencode({"Statement" = [{"Effect" = "Allow", "Action" = ["sts:TagSession"], "Resource" = ${resource}}]})}`,
            references: ['aws_iam_role.r.arn', 'aws_iam_role.r'],
          },
        },
      },
    ).filter((one) => one.includes('aws_iam_role_policy.p'));
  const place = 'aws_iam_role_policy.p policy: the policy of the IAM role "p"';
  expect(made('[aws_iam_role.r.arn]')).toEqual([
    `behaviour ${place} is made, and lets its holder call sts:TagSession on aws_iam_role.r`,
  ]);
  expect(made('["arn:aws:iam::1:role/$${aws:username}", aws_iam_role.r.arn]')).toEqual([
    `behaviour ${place} is made, and lets its holder call sts:TagSession on role/\${aws:username}, aws_iam_role.r`,
  ]);
  expect(made('[local.all, aws_iam_role.r.arn]')).toEqual([
    `unknown ${place}: its policy is known only after the apply, and decides who may do what`,
  ]);
});

test('a denial on what is made anew in the same plan is not called less', () => {
  const files = planned(
    'aws_efs_file_system.f',
    'delete,create',
    { arn: 'arn:aws:elasticfilesystem:eu-west-1:111111111111:file-system/fs-1', encrypted: true },
    { encrypted: true },
    { change: { after_unknown: { arn: true } } },
  );
  const deny = (resource: string) => ({
    Effect: 'Deny',
    Principal: '*',
    Action: 'elasticfilesystem:*',
    Resource: resource,
  });
  const guard = planned(
    'aws_efs_file_system_policy.f',
    'update',
    { policy: policy(deny('arn:aws:elasticfilesystem:eu-west-1:111111111111:file-system/fs-1')) },
    {},
    { change: { after_unknown: { policy: true } } },
  );
  const template =
    '${jsonencode({"Statement" = [{"Effect" = "Deny", "Principal" = "*", "Action" = "elasticfilesystem:*", "Resource" = aws_efs_file_system.f.arn}]})}';
  const said = told([files, guard], {
    'aws_efs_file_system_policy.f': { policy: { constant_value: template, references: ['aws_efs_file_system.f.arn'] } },
  });
  expect(said.filter((one) => one.startsWith('exposure'))).toEqual([]);
});

test('whoever is named by the revision of a task definition is the same with the next one', () => {
  const definition = (family: string) =>
    planned(
      'aws_ecs_task_definition.api',
      'delete,create',
      { family: 'api', arn: 'arn:aws:ecs:eu-west-1:111111111111:task-definition/api:1', arn_without_revision: 'x' },
      { family },
      { change: { after_unknown: { arn: true, arn_without_revision: true } } },
    );
  const deploys = planned(
    'aws_iam_role_policy.deploy',
    'update',
    { name: 'deploy', policy: policy() },
    { name: 'deploy' },
    { change: { after_unknown: { policy: true } } },
  );
  const role = planned(
    'aws_iam_role.new',
    'create',
    null,
    { name: 'new' },
    { change: { after_unknown: { arn: true } } },
  );
  const said = (family: string, ...references: readonly string[]) =>
    told([definition(family), role, deploys], { 'aws_iam_role_policy.deploy': { policy: { references } } }).filter(
      (one) => one.includes('aws_iam_role_policy.deploy'),
    );
  const unknown =
    'unknown aws_iam_role_policy.deploy policy: the policy of the IAM role "deploy": its policy is known only after the apply, and decides who may do what';
  const known = 'behaviour aws_iam_role_policy.deploy policy: the policy of the IAM role "deploy" changes';
  const revision = 'aws_ecs_task_definition.api.arn';
  expect(said('api', revision, 'aws_ecs_task_definition.api')).toEqual([known]);
  expect(said('api', 'aws_ecs_task_definition.api.arn_without_revision')).toEqual([known]);
  expect(said('web', revision)).toEqual([unknown]);
  expect(said('api', revision, 'aws_iam_role.new.arn')).toEqual([unknown]);
  expect(said('api')).toEqual([unknown]);
});

test('an unknown says what it is taken from', () => {
  const role = planned(
    'aws_iam_role.new',
    'create',
    null,
    { name: 'new' },
    { change: { after_unknown: { arn: true } } },
  );
  const change = { change: { after_unknown: { policy: true } } };
  const queue = planned('aws_sqs_queue_policy.q', 'update', { policy: policy() }, {}, change);
  const effects = (references: readonly string[]) => {
    const resources = [{ address: 'aws_sqs_queue_policy.q', expressions: { policy: { references } } }];
    const plan = { ...planOf(role, queue), configuration: { root_module: { resources } } };
    return review(comparisonOfPlan(plan), judges)
      .findings.filter(({ verdict }) => verdict === 'unknown')
      .map(({ effect }) => effect);
  };
  expect(effects(['aws_iam_role.new.arn', 'aws_iam_role.new'])).toEqual([
    'it names what is not there yet: aws_iam_role.new',
  ]);
  expect(effects(['data.aws_iam_policy_document.q.json'])).toEqual(['it is not judged here']);
});

const rule = (more: Values) => ({
  security_group_id: 'sg-1',
  ip_protocol: 'tcp',
  from_port: 22,
  to_port: 22,
  ...more,
});

test('a rule for everybody is told of a group whose users are not in the plan', () => {
  const one = (before: Values | null, after: Values, ...others: readonly ResourceChange[]) =>
    told([...others, planned('aws_vpc_security_group_ingress_rule.in', before ? 'update' : 'create', before, after)]);
  const group_ = kept('aws_security_group.web', group);
  const place = 'exposure aws_vpc_security_group_ingress_rule.in';
  expect(one(rule({ cidr_ipv4: '10.0.0.0/8' }), rule({ cidr_ipv4: '0.0.0.0/0' }), group_)).toEqual([
    `${place} cidr_ipv4: whoever has the security group "web" is open to the internet (0.0.0.0/0) on 22`,
  ]);
  expect(one(null, rule({ cidr_ipv6: '::/0' }))).toEqual([
    `${place} cidr_ipv6: whoever has the security group sg-1 is open to the internet (::/0) on 22`,
  ]);
  expect(one(null, rule({ cidr_ipv4: '0.0.0.0/0', from_port: 443, to_port: 443 }), group_)).toEqual([
    `${place} cidr_ipv4: whoever has the security group "web" is open to the internet (0.0.0.0/0) on 443`,
  ]);
  expect(one(rule({ cidr_ipv4: '0.0.0.0/0' }), rule({ cidr_ipv4: '0.0.0.0/0', description: 'ssh' }), group_)).toEqual(
    [],
  );
  expect(one(null, rule({ cidr_ipv4: '10.0.0.0/8' }), group_)).toEqual([
    'behaviour aws_vpc_security_group_ingress_rule.in -: the incoming security group rule "in" is made, and lets 10.0.0.0/8 reach the security group "web" on 22',
  ]);
  // Another rule has opened as much before.
  const other = kept('aws_vpc_security_group_ingress_rule.all', rule({ cidr_ipv4: '0.0.0.0/0', to_port: 80 }));
  expect(one(null, rule({ cidr_ipv4: '0.0.0.0/1' }), group_, other)).toEqual([
    'behaviour aws_vpc_security_group_ingress_rule.in -: the incoming security group rule "in" is made, and lets 0.0.0.0/1 reach the security group "web" on 22',
  ]);
});

test('a new group for everybody is told, and is no danger on the ports of websites', () => {
  const made = (port: number, protocol = 'tcp') =>
    told([
      planned('aws_security_group.new', 'create', null, {
        name: 'new',
        ingress: [{ protocol, from_port: port, to_port: port, cidr_blocks: ['0.0.0.0/0'] }],
        egress: [{ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] }],
      }),
    ]);
  const said = (port: string) =>
    `aws_security_group.new ingress: whoever has the security group "new" is open to the internet (0.0.0.0/0) on ${port}`;
  expect(made(3389)).toEqual([`exposure ${said('3389')}`]);
  expect(made(443)).toEqual([`behaviour ${said('443')}`]);
  expect(made(80)).toEqual([`behaviour ${said('80')}`]);
  expect(made(80, 'udp')).toEqual([`exposure ${said('80/udp')}`]);
});

test('a group that let less out before is told, as data can leave by it', () => {
  const out = (more: Values) => ({ ...rule({ cidr_ipv4: '0.0.0.0/0', ...more }) });
  const https = out({ from_port: 443, to_port: 443 });
  const all = out({ ip_protocol: '-1', from_port: null, to_port: null });
  const one = (before: Values | null, after: Values) =>
    told([
      kept('aws_security_group.web', group),
      planned('aws_vpc_security_group_egress_rule.out', before ? 'update' : 'create', before, after),
    ]);
  const place = 'exposure aws_vpc_security_group_egress_rule.out';
  const rest = (key: string) =>
    `behaviour aws_vpc_security_group_egress_rule.out ${key}: the outgoing security group rule "out" changes`;
  const says = 'whatever has the security group "web" may now send to the whole internet (0.0.0.0/0) on';
  expect(one(https, all)).toEqual([`${place} from_port: ${says} every port`, rest('ip_protocol'), rest('to_port')]);
  expect(one(null, https)).toEqual([`${place} cidr_ipv4: ${says} 443`]);
  expect(one(all, { ...all, description: 'out' })).toEqual([]);
});

test('rules inside of a group that let more through than they did stop nothing', () => {
  const https = { protocol: 'tcp', from_port: 443, to_port: 443, cidr_blocks: ['0.0.0.0/0'] };
  const all = { protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'], ipv6_cidr_blocks: ['::/0'] };
  const changed = (from: Values, to: Values) =>
    told([
      planned('aws_security_group.web', 'update', { ...group, egress: [from] }, { ...group, egress: [to] }),
    ]).filter((one) => !one.startsWith('behaviour'));
  const says = 'the security group "web"';
  expect(changed(https, all)).toEqual([
    `exposure aws_security_group.web egress[0].from_port: whatever has ${says} may now send to the whole internet (0.0.0.0/0) on every port`,
    `exposure aws_security_group.web egress[0].from_port: whatever has ${says} may now send to the whole internet (::/0) on every port`,
  ]);
  expect(changed(all, https)).toContain(`outage aws_security_group.web egress[0].protocol: ${says} lets less through`);
  expect(changed(https, { ...https, cidr_blocks: ['10.0.0.0/8'] })).toEqual([
    `outage aws_security_group.web egress[0].cidr_blocks: ${says} lets less through`,
  ]);
});

test('a distribution that its bucket knows by its ARN is one way to it, and loses its firewall', () => {
  const id = 'arn:aws:cloudfront::111111111111:distribution/E1';
  const distribution = (acl: string | null) => ({
    id: 'E1',
    arn: id,
    enabled: true,
    domain_name: 'd1.cloudfront.net',
    web_acl_id: acl,
    origin: [{ origin_id: 's3', domain_name: 'files.s3.eu-west-1.amazonaws.com' }],
    default_cache_behavior: [{ target_origin_id: 's3', viewer_protocol_policy: 'redirect-to-https' }],
    viewer_certificate: [{ minimum_protocol_version: 'TLSv1.2_2021' }],
  });
  const bucket = kept('aws_s3_bucket.b', {
    id: 'files',
    bucket: 'files',
    arn: 'arn:aws:s3:::files',
    bucket_regional_domain_name: 'files.s3.eu-west-1.amazonaws.com',
  });
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action: 's3:GetObject',
    Resource: '*',
    Condition: { StringEquals: { 'aws:SourceArn': id } },
  };
  const allowed = { bucket: 'files', policy: policy(statement) };
  const acl = 'arn:aws:wafv2:us-east-1:111111111111:global/webacl/a/1';
  const cdn = planned('aws_cloudfront_distribution.cdn', 'update', distribution(acl), distribution(null));
  expect(told([bucket, kept('aws_s3_bucket_policy.b', allowed), cdn])).toEqual([
    `exposure aws_cloudfront_distribution.cdn web_acl_id: anybody on the internet can reach the bucket "files" on 443 without WAF ${acl}, through aws_cloudfront_distribution.cdn`,
  ]);
  const hidden = planned(
    'aws_s3_bucket_policy.b',
    'update',
    { bucket: 'files', policy: policy() },
    { bucket: 'files' },
    { change: { after_unknown: { policy: true } } },
  );
  const still = kept('aws_cloudfront_distribution.cdn', distribution(acl));
  expect(told([bucket, hidden, still], { 'aws_s3_bucket_policy.b': { policy: {} } })).toEqual([
    'unknown aws_s3_bucket_policy.b policy: whether anybody on the internet can reach the bucket "files" on 443 depends on policy of aws_s3_bucket_policy.b',
    'unknown aws_s3_bucket_policy.b policy: the policy of the bucket "files": its policy is known only after the apply, and decides who may do what',
  ]);
});

test('of a policy that nobody may see, what it allows is not told', () => {
  const may = (Action: string) => ({
    name: 'p',
    policy: policy({ Effect: 'Allow', Action, Resource: 'arn:aws:s3:::x' }),
  });
  const changed = (change: object) =>
    told([planned('aws_iam_role_policy.p', 'update', may('s3:ListBucket'), may('s3:GetBucketAcl'), { change })]);
  const place = 'behaviour aws_iam_role_policy.p policy';
  expect(changed({})).toEqual([
    `${place}.Statement[0].Action: the policy of the IAM role "p" also lets its holder call s3:GetBucketAcl on x`,
  ]);
  const hidden = { before_sensitive: { policy: true }, after_sensitive: { policy: true } };
  expect(changed(hidden)).toEqual([`${place}.Statement[0].Action: the policy of the IAM role "p" changes`]);
});

test('what a policy is taken from and is known, or stays as it was, is read as that', () => {
  const arn = 'arn:aws:ecs:eu-west-1:111111111111:task-definition/api';
  const definition = (family: string) =>
    planned(
      'aws_ecs_task_definition.api',
      'delete,create',
      { family: 'api', arn: `${arn}:1`, arn_without_revision: arn },
      { family },
      { change: { after_unknown: { arn: true, arn_without_revision: true } } },
    );
  const bucket = kept('aws_s3_bucket.b', { id: 'files', bucket: 'files', arn: 'arn:aws:s3:::files' });
  const before = policy({ Effect: 'Allow', Action: ['x:Do'], Resource: ['arn:aws:s3:::files', `${arn}:*`] });
  const deploys = planned(
    'aws_iam_role_policy.deploy',
    'update',
    { name: 'deploy', policy: before },
    { name: 'deploy' },
    { change: { after_unknown: { policy: true } } },
  );
  const template =
    '${jsonencode({"Statement" = [{"Effect" = "Allow", "Action" = ["x:Do"], "Resource" = [aws_s3_bucket.b.arn, "${aws_ecs_task_definition.api.arn_without_revision}:*"]}]})}';
  const said = (family: string) =>
    told([definition(family), bucket, deploys], {
      'aws_iam_role_policy.deploy': { policy: { constant_value: template, references: ['aws_s3_bucket.b.arn'] } },
    }).filter((one) => one.includes('aws_iam_role_policy.deploy'));
  const place = 'behaviour aws_iam_role_policy.deploy policy: the policy of the IAM role "deploy"';
  expect(said('api')).toEqual([`${place} changes`]);
  expect(said('web')).toEqual([`${place} also lets its holder call x:Do on aws_ecs_task_definition.api:*`]);
});
