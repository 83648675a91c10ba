import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all } from '../reading';

const ACM = 'arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';
const IAM = 'arn:aws:iam::123456789012:server-certificate/shop-prod';

test('answers HTTPS without a domain, with a server certificate that it finds in IAM by name', () => {
  const terraform = balancer('{ certificate: { iam: shop-prod } }');

  expect(JSON.parse(terraform).data.aws_iam_server_certificate.alb_certificate).toEqual({
    name: 'shop-prod',
    latest: true,
  });
  expect(resource(terraform, 'aws_lb_listener.alb_https')).toMatchObject({
    port: 443,
    protocol: 'HTTPS',
    ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    certificate_arn: '${data.aws_iam_server_certificate.alb_certificate.arn}',
    default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.workload_target_group.arn}' }],
  });
  expect(resource(terraform, 'aws_lb_listener.alb_http')).toMatchObject({ default_action: [{ type: 'redirect' }] });
  expect(
    Object.keys(all(terraform, 'aws_vpc_security_group_ingress_rule')).filter((name) => /^alb/.test(name)),
  ).toEqual(['alb_connections_from_internet_443', 'alb_connections_from_internet_80']);
});

test.each([
  ['IAM', `{ iam: "${IAM}" }`, IAM],
  ['ACM', `{ acm: "${ACM}" }`, ACM],
])('takes a certificate of %s by its ARN', (_, certificate, arn) => {
  const terraform = balancer(`{ certificate: ${certificate} }`);

  expect(resource(terraform, 'aws_lb_listener.alb_https')).toMatchObject({ certificate_arn: arn });
  expect(terraform).not.toContain('aws_iam_server_certificate');
});

test('forwards HTTP beside HTTPS where the file says so', () => {
  const terraform = balancer('{ certificate: { iam: shop-prod }, http: forward }');

  const forward = [{ type: 'forward', target_group_arn: '${aws_lb_target_group.workload_target_group.arn}' }];
  expect(resource(terraform, 'aws_lb_listener.alb_http')).toMatchObject({ default_action: forward });
  expect(resource(terraform, 'aws_lb_listener.alb_https')).toMatchObject({ default_action: forward });
});

test('has no HTTPS without a certificate', () => {
  expect(Object.keys(all(balancer('{ http: forward }'), 'aws_lb_listener'))).toEqual(['alb_http']);
});

test('requests none for a domain when it has one, and need not wait for the delegation', () => {
  const terraform = balancer(
    '{ certificate: { iam: shop-prod } }',
    'domain: { domain_name: example.com, delegated: false, certificates: [] }',
  );

  expect(all(terraform, 'aws_acm_certificate')).toEqual({});
  expect(all(terraform, 'aws_lb_listener')).toHaveProperty('alb_https');
});

test('is found by its own name over HTTPS until a domain leads to it', () => {
  const url = (...args: Parameters<typeof balancer>) => JSON.parse(balancer(...args)).output.url.value;
  const certificate = '{ certificate: { iam: shop-prod } }';

  expect(url(certificate)).toBe('https://${aws_lb.alb.dns_name}');
  expect(url(certificate, 'domain: { domain_name: example.com, delegated: false }')).toBe(
    'https://${aws_lb.alb.dns_name}',
  );
  expect(url(certificate, 'domain: { domain_name: example.com, delegated: true }')).toBe('https://dev.example.com');
});

test('reminds that nobody renews a certificate in IAM', () => {
  const steps = (alb: string) => JSON.parse(balancer(alb)).output.next_steps.value as string[];

  expect(steps('{ certificate: { iam: shop-prod } }')).toContain(
    'Before the certificate shop-prod runs out, upload its successor under another name, write that in alb.certificate and apply: aws iam upload-server-certificate --server-certificate-name <name> --certificate-body file://cert.pem --private-key file://private-key.pem --certificate-chain file://chain.pem',
  );
  expect(steps(`{ certificate: { acm: "${ACM}" } }`).join()).not.toContain('runs out');
});

function balancer(alb: string, more = ''): string {
  return synth(`
region: eu-central-1
state: local
alb: ${alb}
workload: {}
${more}
`);
}
