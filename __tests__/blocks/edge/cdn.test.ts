import { Testing } from 'cdktf';
import { expect, test } from 'vitest';
import { Cdn } from '../../../src/blocks/edge/cdn';
import { Domain } from '../../../src/blocks/edge/domain';
import { cdnSection, completeCdn } from '../../../src/spec/sections/cdn';
import { completeDomain, domainSection } from '../../../src/spec/sections/domain';
import { RootStack } from '../../../src/terraform/root-stack';
import { resource, synth } from '../../support/stacks';
import { all, statements } from '../reading';

const READ = ['GET', 'HEAD', 'OPTIONS'];
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';
const HEADERS = '${aws_cloudfront_response_headers_policy.cdn_security_headers.id}';

test('refuses plain HTTP where the file says so', () => {
  expect(resource(cdn('{ http: refuse }'), 'aws_cloudfront_distribution.cdn')).toMatchObject({
    default_cache_behavior: { viewer_protocol_policy: 'https-only' },
  });
});

test('answers for the domain over HTTPS alone, with TLS 1.2 at least', () => {
  expect(resource(cdn('{}'), 'aws_cloudfront_distribution.cdn')).toMatchObject({
    enabled: true,
    aliases: ['dev.example.com'],
    http_version: 'http2and3',
    is_ipv6_enabled: true,
    price_class: 'PriceClass_100',
    default_cache_behavior: { viewer_protocol_policy: 'redirect-to-https' },
    viewer_certificate: {
      acm_certificate_arn: '${aws_acm_certificate_validation.cdn_certificate_validation.certificate_arn}',
      ssl_support_method: 'sni-only',
      minimum_protocol_version: 'TLSv1.2_2021',
    },
  });
});

test('reaches the load balancer over HTTPS by a name that its certificate covers', () => {
  const terraform = cdn('{}');

  expect(resource(terraform, 'aws_cloudfront_distribution.cdn')['origin']).toEqual([
    {
      origin_id: 'alb',
      domain_name: 'origin.dev.example.com',
      custom_origin_config: {
        http_port: 80,
        https_port: 443,
        origin_protocol_policy: 'https-only',
        origin_ssl_protocols: ['TLSv1.2'],
      },
    },
  ]);
  expect(resource(terraform, 'aws_acm_certificate.alb_certificate')['subject_alternative_names']).toEqual([
    'origin.dev.example.com',
  ]);
});

test('passes every request on to the application and caches nothing by itself', () => {
  expect(resource(cdn('{}'), 'aws_cloudfront_distribution.cdn')['default_cache_behavior']).toEqual({
    target_origin_id: 'alb',
    viewer_protocol_policy: 'redirect-to-https',
    compress: true,
    allowed_methods: [...READ, 'PUT', 'POST', 'PATCH', 'DELETE'],
    cached_methods: ['GET', 'HEAD'],
    cache_policy_id: CACHING_DISABLED,
    origin_request_policy_id: ALL_VIEWER,
    response_headers_policy_id: HEADERS,
  });
});

test('caches the paths it is told to and lets them only be read', () => {
  const terraform = cdn(
    '{ behaviors: [{ path: /static/* }, { path: /assets/*, origin: buckets.assets, cache: none }] }',
  );

  const read = {
    viewer_protocol_policy: 'redirect-to-https',
    compress: true,
    allowed_methods: READ,
    cached_methods: ['GET', 'HEAD'],
    response_headers_policy_id: HEADERS,
  };
  expect(resource(terraform, 'aws_cloudfront_distribution.cdn')['ordered_cache_behavior']).toEqual([
    { ...read, path_pattern: '/static/*', target_origin_id: 'alb', cache_policy_id: CACHING_OPTIMIZED },
    { ...read, path_pattern: '/assets/*', target_origin_id: 'buckets.assets', cache_policy_id: CACHING_DISABLED },
  ]);
});

test('signs its requests to a bucket, which lets this distribution alone read, and only what it serves, and only what it serves', () => {
  const terraform = cdn(
    '{ behaviors: [{ path: /a/*, origin: buckets.assets }, { path: /b/*, origin: buckets.assets }] }',
  );

  expect(resource(terraform, 'aws_cloudfront_origin_access_control.cdn_assets_access')).toEqual({
    name: 'demo-dev-assets',
    description: 'Signs requests to buckets.assets',
    origin_access_control_origin_type: 's3',
    signing_behavior: 'always',
    signing_protocol: 'sigv4',
  });
  expect(resource(terraform, 'aws_cloudfront_distribution.cdn')['origin']).toMatchObject([
    { origin_id: 'alb' },
    {
      origin_id: 'buckets.assets',
      domain_name: '${aws_s3_bucket.bucket_assets.bucket_regional_domain_name}',
      origin_access_control_id: '${aws_cloudfront_origin_access_control.cdn_assets_access.id}',
    },
  ]);
  expect(statements(resource(terraform, 'aws_s3_bucket_policy.bucket_assets_policy')['policy'])).toMatchObject([
    { Sid: 'TlsOnly' },
    {
      Sid: 'Distribution',
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: ['s3:GetObject'],
      Resource: ['${aws_s3_bucket.bucket_assets.arn}/a/*', '${aws_s3_bucket.bucket_assets.arn}/b/*'],
      Condition: { StringEquals: { 'aws:SourceArn': 'aws_cloudfront_distribution.cdn.arn' } },
    },
  ]);
});

test('leaves a bucket that it does not serve closed', () => {
  expect(statements(resource(cdn('{}'), 'aws_s3_bucket_policy.bucket_assets_policy')['policy'])).toMatchObject([
    { Sid: 'TlsOnly' },
  ]);
});

test('tells browsers to be strict on every answer, and leaves a content policy of the application’s own alone, and leaves a content policy of the application’s own alone', () => {
  expect(resource(cdn('{}'), 'aws_cloudfront_response_headers_policy.cdn_security_headers')).toMatchObject({
    name: 'demo-dev-security-headers',
    security_headers_config: {
      strict_transport_security: { access_control_max_age_sec: 31_536_000, include_subdomains: true, override: true },
      content_security_policy: {
        content_security_policy: "default-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'self'",
        override: false,
      },
      content_type_options: { override: true },
      frame_options: { frame_option: 'DENY', override: true },
      referrer_policy: { referrer_policy: 'strict-origin-when-cross-origin', override: true },
    },
  });
});

test('takes its headers from the file and leaves strict transport out at 0 days', () => {
  const terraform = cdn(
    '{ security_headers: { hsts_max_age_days: 0, content_security_policy: "default-src \'none\'", frame_options: SAMEORIGIN, referrer_policy: no-referrer } }',
  );

  expect(
    resource(terraform, 'aws_cloudfront_response_headers_policy.cdn_security_headers')['security_headers_config'],
  ).toEqual({
    content_security_policy: { content_security_policy: "default-src 'none'", override: false },
    content_type_options: { override: true },
    frame_options: { frame_option: 'SAMEORIGIN', override: true },
    referrer_policy: { referrer_policy: 'no-referrer', override: true },
  });
});

test('has its certificate and its web ACL in us-east-1 when the environment is elsewhere', () => {
  const terraform = cdn('{}', 'waf: { rate_limits: [{ name: api, path: /api/, requests: 100 }] }');

  const provider = 'aws.us_east_1';
  expect(JSON.parse(terraform).provider.aws).toMatchObject([
    { region: 'eu-central-1' },
    { region: 'us-east-1', alias: 'us_east_1' },
  ]);
  expect(JSON.parse(terraform).provider.aws[1].default_tags).toEqual(
    JSON.parse(terraform).provider.aws[0].default_tags,
  );
  expect(resource(terraform, 'aws_acm_certificate.cdn_certificate')).toMatchObject({
    domain_name: 'dev.example.com',
    provider,
  });
  expect(resource(terraform, 'aws_acm_certificate_validation.cdn_certificate_validation')).toMatchObject({ provider });
  expect(resource(terraform, 'aws_wafv2_web_acl.cdn_waf')).toMatchObject({ provider });
  expect(resource(terraform, 'aws_acm_certificate.alb_certificate')).not.toHaveProperty('provider');
});

test('needs no second provider in us-east-1', () => {
  const terraform = synth(environment('us-east-1', '{}', ''));

  expect(JSON.parse(terraform).provider.aws).toHaveLength(1);
  expect(resource(terraform, 'aws_acm_certificate.cdn_certificate')).not.toHaveProperty('provider');
});

test('serves a site from a bucket alone, and says where', () => {
  const terraform = synth(`
region: us-east-1
state: local
domain: { domain_name: example.com, delegated: true }
buckets: [{ name: site }]
cdn: { origin: buckets.site }
`);

  expect(resource(terraform, 'aws_cloudfront_distribution.cdn')).toMatchObject({
    origin: [{ origin_id: 'buckets.site' }],
    default_cache_behavior: {
      target_origin_id: 'buckets.site',
      allowed_methods: READ,
      cache_policy_id: CACHING_OPTIMIZED,
    },
  });
  expect(all(terraform, 'aws_lb')).toEqual({});
  expect(JSON.parse(terraform).output.url.value).toBe('https://dev.example.com');
});

test('reads buckets under an identity of its own where the file says so', () => {
  const terraform = cdn(
    '{ origin_access: identity, behaviors: [{ path: /a/*, origin: buckets.assets }, { path: /b/*, origin: buckets.assets }] }',
  );

  expect(all(terraform, 'aws_cloudfront_origin_access_identity')).toEqual({
    cdn_assets_identity: { comment: 'demo-dev reads buckets.assets' },
  });
  expect(all(terraform, 'aws_cloudfront_origin_access_control')).toEqual({});
  expect(resource(terraform, 'aws_cloudfront_distribution.cdn')['origin']).toMatchObject([
    { origin_id: 'alb' },
    {
      origin_id: 'buckets.assets',
      domain_name: '${aws_s3_bucket.bucket_assets.bucket_regional_domain_name}',
      s3_origin_config: {
        origin_access_identity:
          '${aws_cloudfront_origin_access_identity.cdn_assets_identity.cloudfront_access_identity_path}',
      },
    },
  ]);
  expect(statements(resource(terraform, 'aws_s3_bucket_policy.bucket_assets_policy')['policy'])).toEqual([
    expect.objectContaining({ Sid: 'TlsOnly' }),
    {
      Sid: 'OriginAccessIdentity',
      Effect: 'Allow',
      Principal: { AWS: 'aws_cloudfront_origin_access_identity.cdn_assets_identity.iam_arn' },
      Action: ['s3:GetObject'],
      Resource: ['${aws_s3_bucket.bucket_assets.arn}/a/*', '${aws_s3_bucket.bucket_assets.arn}/b/*'],
    },
  ]);
});

test('answers / with index.html of a bucket, with another object, or with whatever the application says', () => {
  const root = (section: string) => resource(cdn(section), 'aws_cloudfront_distribution.cdn')['default_root_object'];

  expect(root('{ origin: buckets.assets }')).toBe('index.html');
  expect(root('{ origin: buckets.assets, default_root_object: home.html }')).toBe('home.html');
  expect(root('{}')).toBeUndefined();
});

test('logs every request without cookies to its bucket, once that takes ACLs', () => {
  const terraform = synth(`
region: eu-central-1
state: local
domain: { domain_name: example.com, delegated: true }
buckets: [{ name: site }, { name: logs, access_log_target: true }]
cdn: { origin: buckets.site, access_logs: logs }
`);

  expect(resource(terraform, 'aws_cloudfront_distribution.cdn')).toMatchObject({
    logging_config: {
      bucket: '${aws_s3_bucket.bucket_logs.bucket_domain_name}',
      prefix: 'cdn/',
      include_cookies: false,
    },
    depends_on: ['aws_s3_bucket_ownership_controls.bucket_logs_ownership'],
  });
});

test('passes everything but the host on to an HTTP API, which answers to its own name alone', () => {
  const distribution = resource(
    withApi([
      { path: '/api/*', origin: 'http_api' },
      { path: '/c/*', origin: 'http_api', cache: 'static' },
    ]),
    'aws_cloudfront_distribution.cdn',
  );

  expect(distribution['origin']).toMatchObject([
    { origin_id: 'alb' },
    {
      origin_id: 'http_api',
      domain_name: 'abc.execute-api.eu-central-1.amazonaws.com',
      custom_origin_config: { origin_protocol_policy: 'https-only', origin_ssl_protocols: ['TLSv1.2'] },
    },
  ]);
  expect(distribution['ordered_cache_behavior']).toMatchObject([
    {
      path_pattern: '/api/*',
      target_origin_id: 'http_api',
      allowed_methods: [...READ, 'PUT', 'POST', 'PATCH', 'DELETE'],
      cache_policy_id: CACHING_DISABLED,
      origin_request_policy_id: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    },
    { path_pattern: '/c/*', allowed_methods: READ, cache_policy_id: CACHING_OPTIMIZED },
  ]);
});

/** A distribution in front of the load balancer and an HTTP API. */
function withApi(behaviors: readonly object[]): string {
  const stack = new RootStack(Testing.app({ stackTraces: false }), 'demo-dev');
  const context = { project: 'demo', env: 'dev', prefix: 'demo-dev', region: 'eu-central-1', protect: true };
  const section = domainSection.parse({ domainName: 'example.com', delegated: true });
  new Cdn(stack, 'cdn', {
    ...completeCdn(cdnSection.parse({ behaviors })),
    name: 'demo-dev',
    domain: new Domain(stack, 'domain', completeDomain(section, context)),
    albName: 'origin.dev.example.com',
    apiDomainName: 'abc.execute-api.eu-central-1.amazonaws.com',
    buckets: new Map(),
    logBucket: undefined,
    webAclArn: undefined,
    usEast1: undefined,
  });
  return Testing.synth(stack);
}

function cdn(section: string, more = ''): string {
  return synth(environment('eu-central-1', section, more));
}

function environment(region: string, section: string, more: string): string {
  return `
region: ${region}
state: local
domain: { domain_name: example.com, delegated: true }
alb: {}
workload: {}
buckets: [{ name: assets }]
cdn: ${section}
${more}
`;
}
