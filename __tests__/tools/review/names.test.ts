import { expect, test } from 'vitest';
import { inWords } from '../../../src/tools/review/things';

const words = (address: string, values: object = {}) => {
  const [type = '', name = ''] = address
    .replace(/^(?:module\.[^.]+\.)*/, '')
    .replace(/\[.*$/, '')
    .split('.');
  return inWords({ address, type, name, values: { ...values } });
};

test.each([
  ['aws_db_instance.main', { identifier: 'shop' }, 'the database "shop"'],
  // Several of one name are told apart by their keys.
  ['aws_instance.web[0]', {}, 'the server "web[0]"'],
  ['aws_instance.web["blue"]', {}, 'the server "web[blue]"'],
  ['aws_instance.web[1]', { tags: { Name: 'shop' } }, 'the server "shop[1]"'],
  ['aws_instance.web["blue"]', { tags: { Name: 'shop-blue' } }, 'the server "shop-blue"'],
  ['module.orders["eu"].aws_route.out[0]', {}, 'the route "orders[eu].out[0]"'],
  [
    'aws_vpc_security_group_ingress_rule.a["b"]',
    { description: 'from alb' },
    'the incoming security group rule "from alb[b]"',
  ],
  // What AWS knows by a name that is unique needs no key.
  ['aws_db_instance.main[1]', { identifier: 'shop-1' }, 'the database "shop-1"'],
  // The name tells more than the kind of address.
  ['aws_eip.nat', { domain: 'vpc', tags: { Name: 'shop-nat' } }, 'the public address "shop-nat"'],
  ['aws_eip.nat', { domain: 'vpc' }, 'the public address "nat"'],
  [
    'aws_cloudfront_distribution.cdn',
    { domain_name: 'd1.cloudfront.net', aliases: ['shop.example'] },
    'the CloudFront distribution "shop.example"',
  ],
  [
    'aws_cloudfront_distribution.cdn',
    { domain_name: 'd1.cloudfront.net', aliases: [] },
    'the CloudFront distribution "d1.cloudfront.net"',
  ],
  ['aws_s3_object.logo', { bucket: 'shop', key: 'logo.png' }, 'the object "logo.png"'],
  [
    'aws_lambda_permission.any',
    { function_name: 'arn:aws:lambda:eu-west-1:1:function:api' },
    'the permission to call the function "api"',
  ],
  // What belongs to something is told with it.
  ['aws_iam_role_policy.work', { name: 'work', role: 'api' }, 'the policy "work" of the IAM role "api"'],
  ['aws_iam_role_policy.work', { name: 'work', role: '${aws_iam_role.api.name}' }, 'the policy of the IAM role "work"'],
  [
    'aws_iam_role_policy_attachment.a',
    { role: 'api', policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    'the policy "ReadOnlyAccess" attached to the IAM role "api"',
  ],
  [
    'aws_lambda_event_source_mapping.a',
    { function_name: 'arn:aws:lambda:eu-west-1:1:function:worker', event_source_arn: 'arn:aws:sqs:eu-west-1:1:jobs' },
    'the event source "jobs" of the function "worker"',
  ],
  [
    'aws_volume_attachment.a',
    { volume_id: 'vol-1', instance_id: 'i-1' },
    'the attachment of the volume "vol-1" to the server "i-1"',
  ],
  // Of a type without a word of its own, the words of the type as people write them.
  ['aws_fsx_lustre_file_system.a', {}, 'the FSx lustre file system "a"'],
  ['acme_note.pinned', {}, 'the acme note "pinned"'],
])('%s with %j is %s', (address, values, expected) => {
  expect(words(address, values)).toBe(expected);
});
