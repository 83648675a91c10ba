import { expect, test } from 'vitest';
import { findingsOf, planned, verdictsOf } from '../../support/plan';

const replaced = (address: string, before: object, after: object, path: string) =>
  findingsOf(
    planned(address, 'delete,create', { ...before }, { ...after }, { change: { replace_paths: [[path]] } }),
  ).find(({ verdict }) => verdict === 'outage');

const acl = { network_acl_id: 'acl-1', rule_number: 100, egress: false, protocol: '6', from_port: 443, to_port: 443 };
const https = { ...acl, cidr_block: '0.0.0.0/0', rule_action: 'allow' };

test('a rule of a network ACL that denies from now on does so for as long as it is there', () => {
  expect(replaced('aws_network_acl_rule.https', https, { ...https, rule_action: 'deny' }, 'rule_action')).toEqual({
    verdict: 'outage',
    address: 'aws_network_acl_rule.https',
    attribute: 'rule_action',
    before: 'allow',
    after: 'deny',
    reason: 'the network ACL rule "https" is replaced',
    effect:
      'what only the old one let through is refused, in open connections too, for as long as the new one is there',
    advice:
      'leave rule_action as it was, or: add the new one beside it under another number, and remove the old one in a second step',
  });
});

test('a rule that lets through as much is missed for seconds only', () => {
  const wider = { ...https, from_port: 0, to_port: 65535 };
  expect(replaced('aws_network_acl_rule.https', https, wider, 'from_port')?.effect).toBe(
    'between the old one and the new one, what it lets through is refused for seconds, in open connections too',
  );
  const group = { type: 'ingress', cidr_blocks: ['10.0.0.0/8'], from_port: 443, to_port: 443, protocol: 'tcp' };
  const rule = (cidr_blocks: readonly string[]) =>
    replaced('aws_security_group_rule.https', group, { ...group, cidr_blocks }, 'cidr_blocks')?.effect;
  expect(rule(['0.0.0.0/0'])).toBe('between the old one and the new one, new connections are refused for seconds');
  expect(rule(['10.1.0.0/16'])).toBe(
    'what only the old one let through is refused for as long as the new one is there; between the two, all that it lets through is refused for seconds',
  );
  // Members of a group come from somewhere.
  const member = { from_port: 80, to_port: 80, ip_protocol: 'tcp', referenced_security_group_id: 'sg-1' };
  const open = { ...member, referenced_security_group_id: null, cidr_ipv4: '0.0.0.0/0' };
  expect(replaced('aws_vpc_security_group_ingress_rule.a', member, open, 'cidr_ipv4')?.effect).toBe(
    'between the old one and the new one, new connections are refused for seconds',
  );
});

test('a new rule of a network ACL that denies what a later one allows is an outage, one that comes after it is not', () => {
  const allowed = planned('aws_network_acl_rule.https', 'no-op', https, https);
  const denying = (rule_number: number, cidr_block: string, more: object = {}) =>
    findingsOf(
      allowed,
      planned('aws_network_acl_rule.no', 'create', null, {
        ...acl,
        rule_number,
        cidr_block,
        rule_action: 'deny',
        protocol: '-1',
        ...more,
      }),
    )[0];
  expect(denying(50, '0.0.0.0/0')).toEqual({
    verdict: 'outage',
    address: 'aws_network_acl_rule.no',
    attribute: 'rule_action',
    after: 'deny',
    reason: 'the network ACL rule "no" refuses what a later rule lets through',
    effect:
      'it comes before aws_network_acl_rule.https: what they let through is refused, in open connections too, for as long as it is there',
    advice: 'give it a higher number, or a narrower range',
  });
  expect(denying(150, '0.0.0.0/0')?.verdict).toBe('behaviour');
  expect(denying(50, '203.0.113.0/24')?.verdict).toBe('behaviour');
  expect(denying(50, '0.0.0.0/0', { egress: true })?.verdict).toBe('behaviour');
  expect(denying(50, '0.0.0.0/0', { protocol: '6', from_port: 22, to_port: 22 })?.verdict).toBe('behaviour');
});

test.each([
  [
    'aws_lb_target_group.api',
    'port',
    'AWS refuses to delete it while a listener leads to it, and the apply stops half-way; where none does, requests get 503 until the new one has healthy targets, usually about 1 to 3 minutes',
    'leave port as it was, or: lifecycle { create_before_destroy = true } and another name: then listeners move to the new one first',
  ],
  [
    'aws_nat_gateway.a',
    'subnet_id',
    'nothing gets out through it until the new one is up, usually about 2 to 5 minutes; open connections break, and its public address may be another one',
    'leave subnet_id as it was, or: make a second one beside it, move the routes there, and let go of the old one in a second step',
  ],
  [
    'aws_route_table_association.a',
    'subnet_id',
    'the subnet takes the main route table for seconds',
    'leave subnet_id as it was, or: apply it in a quiet hour',
  ],
  [
    'aws_eip.a',
    'domain',
    "the address is another one: whoever allows only the old one refuses the new one, and the old one usually can't be had back",
    'leave domain as it was, or: keep it, and take it over to what uses it now',
  ],
  [
    'aws_lambda_function.a',
    'function_name',
    'calls fail for seconds, usually about 5 to 30',
    'leave function_name as it was, or: create it under another name beside the old one, move the traffic, and let go of the old one in a second step',
  ],
  [
    'aws_volume_attachment.a',
    'device_name',
    'the disk is taken off while the server runs, for seconds to minutes: what is written meanwhile fails',
    'leave device_name as it was, or: stop what uses it, and unmount it first',
  ],
])('%s is replaced with an advice of its own', (address, attribute, effect, advice) => {
  const change = replaced(address, { [attribute]: 'a' }, { [attribute]: 'b' }, attribute);
  expect(change).toMatchObject({ attribute, effect, advice });
});

test('the record by which a certificate renews is missed, unless the certificate goes too', () => {
  const record = { name: '_ab.example.com', type: 'CNAME', records: ['_cd.acm-validations.aws.'] };
  const proof = planned('aws_route53_record.proof', 'delete', record);
  const certificate = {
    domain_name: 'example.com',
    domain_validation_options: [{ resource_record_name: '_ab.example.com.' }],
  };
  const stays = planned('aws_acm_certificate.web', 'no-op', certificate, certificate);
  expect(findingsOf(proof, stays)).toEqual([
    {
      verdict: 'outage',
      address: 'aws_route53_record.proof',
      reason: 'the DNS record "_ab.example.com" is destroyed',
      effect:
        'the certificate that it is for can no longer be renewed: ACM looks for this record from 60 days before it expires, and once it has expired, TLS with it fails',
      advice: 'keep the record for as long as the certificate is in use',
    },
  ]);
  const kept = planned('aws_vpc.network', 'no-op', { id: 'vpc-1' }, { id: 'vpc-1' });
  expect(verdictsOf(proof, planned('aws_acm_certificate.web', 'delete', certificate), kept)).toEqual([
    'outage aws_acm_certificate.web',
    'behaviour aws_route53_record.proof',
  ]);
  expect(verdictsOf(planned('aws_route53_record.proof', 'delete,create', record, record))).toEqual([
    'behaviour aws_route53_record.proof',
  ]);
});

test('what is replaced because what it names is made anew is kept by keeping that', () => {
  const [group, both] = [['vpc_id'], ['vpc_id', 'port']].map((paths) =>
    findingsOf(
      planned(
        'aws_lb_target_group.api',
        'delete,create',
        { vpc_id: 'vpc-1', port: 80 },
        { port: paths.length === 1 ? 80 : 81 },
        { change: { after_unknown: { vpc_id: true }, replace_paths: paths.map((path) => [path]) } },
      ),
    ).find(({ verdict }) => verdict === 'outage'),
  );
  expect(group?.advice).toBe(
    'keep what its vpc_id names: then it stays, or: lifecycle { create_before_destroy = true } and another name: then listeners move to the new one first',
  );
  expect(both?.advice).toMatch(/^leave port as it was, or: /);
});
