import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all } from '../reading';

test('makes a hosted zone for the environment and shows its name servers', () => {
  const terraform = synth(site('{ domain_name: example.com }'));

  expect(resource(terraform, 'aws_route53_zone.domain')).toEqual({
    name: 'dev.example.com',
    comment: 'Records of dev.example.com',
  });
  expect(JSON.parse(terraform).output.name_servers.value).toBe('${join(", ", aws_route53_zone.domain.name_servers)}');
});

test('writes into a hosted zone that is already there', () => {
  const terraform = synth(site('{ domain_name: example.com, zone: { existing: Z0123456789 } }'));

  expect(JSON.parse(terraform).data.aws_route53_zone.domain).toEqual({ zone_id: 'Z0123456789' });
  expect(all(terraform, 'aws_route53_zone')).toEqual({});
  expect(JSON.parse(terraform).output.name_servers).toBeUndefined();
  expect(resource(terraform, 'aws_route53_record.domain_dev_example_com_a')).toMatchObject({
    zone_id: '${data.aws_route53_zone.domain.zone_id}',
  });
});

test('points a subdomain at the name servers of its own zone', () => {
  const terraform = synth(
    site(
      '{ domain_name: example.com, delegations: [{ name: staging, name_servers: [ns-1.example.org, ns-2.example.org] }] }',
    ),
  );

  expect(resource(terraform, 'aws_route53_record.domain_delegation_staging')).toEqual({
    zone_id: '${aws_route53_zone.domain.zone_id}',
    name: 'staging.dev.example.com',
    type: 'NS',
    ttl: 3600,
    records: ['ns-1.example.org.', 'ns-2.example.org.'],
  });
});

test('validates a certificate by a record under the name that it is for', () => {
  const terraform = synth(site('{ domain_name: example.com, delegated: true }'));

  const option = (attribute: string) =>
    `\${one([for option in aws_acm_certificate.alb_certificate.domain_validation_options : option.${attribute} if option.domain_name == "dev.example.com"])}`;
  expect(resource(terraform, 'aws_route53_record.domain_validation_dev_example_com')).toEqual({
    zone_id: '${aws_route53_zone.domain.zone_id}',
    name: option('resource_record_name'),
    type: option('resource_record_type'),
    records: [option('resource_record_value')],
    ttl: 300,
    allow_overwrite: true,
  });
  expect(resource(terraform, 'aws_acm_certificate.alb_certificate')).toEqual({
    domain_name: 'dev.example.com',
    subject_alternative_names: [],
    validation_method: 'DNS',
    lifecycle: { create_before_destroy: true },
    tags: { Name: 'dev.example.com' },
  });
});

test('serves with a certificate only after its validation', () => {
  const terraform = synth(site('{ domain_name: example.com, delegated: true }'));

  expect(resource(terraform, 'aws_acm_certificate_validation.alb_certificate_validation')).toEqual({
    certificate_arn: '${aws_acm_certificate.alb_certificate.arn}',
    validation_record_fqdns: ['${aws_route53_record.domain_validation_dev_example_com.fqdn}'],
  });
  expect(resource(terraform, 'aws_lb_listener.alb_https')).toMatchObject({
    certificate_arn: '${aws_acm_certificate_validation.alb_certificate_validation.certificate_arn}',
  });
});

test('writes one record for a name that is in two certificates', () => {
  const terraform = synth(`${site('{ domain_name: example.com, delegated: true }')}cdn: {}\n`);

  expect(Object.keys(all(terraform, 'aws_route53_record')).filter((name) => name.includes('validation'))).toEqual([
    'domain_validation_dev_example_com',
    'domain_validation_origin_dev_example_com',
  ]);
  expect(resource(terraform, 'aws_acm_certificate_validation.cdn_certificate_validation')).toMatchObject({
    validation_record_fqdns: ['${aws_route53_record.domain_validation_dev_example_com.fqdn}'],
  });
});

test('asks for certificates of an undelegated domain but waits for none, and answers on HTTP alone', () => {
  const terraform = synth(`${site('{ domain_name: example.com }')}cdn: {}\n`);

  expect(Object.keys(all(terraform, 'aws_acm_certificate'))).toEqual(['alb_certificate']);
  expect(all(terraform, 'aws_acm_certificate_validation')).toEqual({});
  expect(all(terraform, 'aws_cloudfront_distribution')).toEqual({});
  expect(Object.keys(all(terraform, 'aws_lb_listener'))).toEqual(['alb_http']);
  expect(resource(terraform, 'aws_lb_listener.alb_http')).toMatchObject({ default_action: [{ type: 'forward' }] });
  expect(JSON.parse(terraform).output.url.value).toBe('http://${aws_lb.alb.dns_name}');
});

test('points the domain at the load balancer and follows its health', () => {
  const terraform = synth(site('{ domain_name: example.com, add_domain_prefix: false, delegated: true }'));

  expect(resource(terraform, 'aws_route53_record.domain_example_com_a')).toEqual({
    zone_id: '${aws_route53_zone.domain.zone_id}',
    name: 'example.com',
    type: 'A',
    alias: { name: '${aws_lb.alb.dns_name}', zone_id: '${aws_lb.alb.zone_id}', evaluate_target_health: true },
  });
});

test('points the domain at the CDN by IPv4 and IPv6, and the origin’s name at the load balancer', () => {
  const terraform = synth(`${site('{ domain_name: example.com, delegated: true }')}cdn: {}\n`);

  const cdn = {
    name: '${aws_cloudfront_distribution.cdn.domain_name}',
    zone_id: '${aws_cloudfront_distribution.cdn.hosted_zone_id}',
    evaluate_target_health: false,
  };
  expect(all(terraform, 'aws_route53_record')).toMatchObject({
    domain_dev_example_com_a: { name: 'dev.example.com', type: 'A', alias: cdn },
    domain_dev_example_com_aaaa: { name: 'dev.example.com', type: 'AAAA', alias: cdn },
    domain_origin_dev_example_com_a: {
      name: 'origin.dev.example.com',
      type: 'A',
      alias: { name: '${aws_lb.alb.dns_name}' },
    },
  });
});

function site(domain: string): string {
  return `
region: us-east-1
state: local
domain: ${domain.replace(/ }$/, ', certificates: [] }')}
alb: {}
workload: {}
`;
}

test('looks the zone of a name outside up once, for its certificate and its record', () => {
  const terraform = synth(`region: eu-central-1
domain: { domain_name: example.com, delegated: true }
alb: {}
workload: { backend_alb_domain_name: api.example.org }
`);
  expect(JSON.parse(terraform).data.aws_route53_zone).toEqual({ domain_zone_example_org: { name: 'example.org' } });
  const zone_id = '${data.aws_route53_zone.domain_zone_example_org.zone_id}';
  const names = Object.values(all(terraform, 'aws_route53_record')).filter((record) => record['zone_id'] === zone_id);
  expect(names).toHaveLength(2);
  expect(names).toContainEqual(expect.objectContaining({ name: 'api.example.org', type: 'A' }));
});
