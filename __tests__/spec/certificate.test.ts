import { expect, test } from 'vitest';
import { problemsOf } from '../support/problems';

const ACM = 'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';
const IAM = 'arn:aws:iam::123456789012:server-certificate/shop/prod';

test('accepts a certificate made elsewhere, by name or ARN, with a domain or without', () => {
  expect(problems('{ iam: shop-prod }')).toBe('');
  expect(problems(`{ iam: "${IAM}" }`, 'account_id: "123456789012"')).toBe('');
  expect(problems(`{ acm: "${ACM}" }`, 'domain: { domain_name: example.com }')).toBe('');
});

test('fails on a certificate that is neither in IAM nor in ACM', () => {
  expect(problems('{}')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:8 alb.certificate: expected either iam or acm, got nothing"`,
  );
});

test('fails on two certificates', () => {
  expect(problems(`{ iam: shop-prod, acm: "${ACM}" }`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:8 alb.certificate: expected either iam or acm, got "both""`,
  );
});

test('fails on a certificate from another place', () => {
  expect(problems('{ vault: shop-prod }')).toMatchInlineSnapshot(`
    "demo/dev.yaml:2:8 alb.certificate: expected either iam or acm, got nothing
    demo/dev.yaml:2:23 alb.certificate.vault: unknown key: known here: iam, acm"
  `);
});

test('fails on an ARN of IAM that is no server certificate', () => {
  expect(problems('{ iam: "arn:aws:iam::123456789012:role/shop" }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:28 alb.certificate.iam: expected the name or the ARN of a server certificate in IAM, such as "shop-prod", got "arn:aws:iam::123456789012:role/shop""`,
  );
});

test('fails on an ACM certificate by its name', () => {
  expect(problems('{ acm: shop-prod }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:28 alb.certificate.acm: expected the ARN of a certificate in ACM, such as "arn:aws:acm:us-east-1:123456789012:certificate/…", got "shop-prod""`,
  );
});

test('fails on an ACM certificate of another region', () => {
  expect(problems(`{ acm: "${ACM.replace('us-east-1', 'eu-west-1')}" }`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:28 alb.certificate.acm: expected a certificate in us-east-1, where the load balancer is, got "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012": it lies in eu-west-1; ACM has its certificates by region, so request one in us-east-1"`,
  );
});

test('fails on a certificate of another account', () => {
  expect(problems(`{ acm: "${ACM}" }`, 'account_id: "210987654321"')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:28 alb.certificate.acm: expected a certificate of account 210987654321 (account_id), got "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012": a load balancer shows none of another account"`,
  );
  expect(problems(`{ iam: "${IAM}" }`, 'account_id: "210987654321"')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:28 alb.certificate.iam: expected a certificate of account 210987654321 (account_id), got "arn:aws:iam::123456789012:server-certificate/shop/prod": a load balancer shows none of another account"`,
  );
});

test('fails on a certificate of its own behind a CDN, which need not cover the name that CloudFront asks for', () => {
  expect(problems('{ iam: shop-prod }', 'domain: { domain_name: example.com }', 'cdn: {}')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:8 alb.certificate: expected none behind a cdn, because CloudFront reaches the load balancer by a name of the domain, got a map (iam): take it out: the certificate that comes with the domain covers that name, and ACM renews it for nothing"`,
  );
});

test('accepts a certificate of its own beside a CDN that serves a bucket', () => {
  const more = ['domain: { domain_name: example.com }', 'buckets: [{ name: site }]', 'cdn: { origin: buckets.site }'];
  expect(problems('{ iam: shop-prod }', ...more)).toBe('');
});

test('fails on an HTTP API that has no name to verify the certificate by', () => {
  const api = 'http_api: { routes: [{ route: "ANY /{proxy+}", to: workload }] }';
  expect(problems('{ iam: shop-prod }', api)).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:8 alb.certificate: expected a domain section beside it, by whose name the http_api verifies the certificate, got a map (iam): every request of the API to the workload would fail"`,
  );
  expect(problems('{ iam: shop-prod }', api, 'domain: { domain_name: example.com }')).toBe('');
});

function problems(certificate: string, ...more: readonly string[]): string {
  return problemsOf(
    ['region: us-east-1', `alb: { certificate: ${certificate} }`, 'workload: {}', ...more, ''].join('\n'),
  );
}
