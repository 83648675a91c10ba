import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all } from '../reading';

const LIMITS = `
    - { name: api, path: /api/, requests: 1000 }
    - { name: login, path: /login, requests: 20, window_seconds: 60 }
`;

test('answers 429 to a client that asks too often under a path', () => {
  const terraform = synth(environment(''));

  const rule = (name: string, priority: number, limit: object, path: string) => ({
    name,
    priority,
    action: { block: { custom_response: { response_code: 429 } } },
    visibility_config: {
      cloudwatch_metrics_enabled: true,
      sampled_requests_enabled: true,
      metric_name: `demo-dev-${name}`,
    },
    statement: {
      rate_based_statement: {
        ...limit,
        aggregate_key_type: 'IP',
        scope_down_statement: {
          byte_match_statement: {
            field_to_match: { uri_path: {} },
            positional_constraint: 'STARTS_WITH',
            search_string: path,
            text_transformation: [
              { priority: 0, type: 'URL_DECODE' },
              { priority: 1, type: 'NORMALIZE_PATH' },
            ],
          },
        },
      },
    },
  });
  expect(resource(terraform, 'aws_wafv2_web_acl.waf')['rule']).toEqual([
    rule('api', 1, { limit: 1000, evaluation_window_sec: 300 }, '/api/'),
    rule('login', 2, { limit: 20, evaluation_window_sec: 60 }, '/login'),
  ]);
});

test('lets everything else pass and stands in front of the load balancer', () => {
  const terraform = synth(environment(''));

  expect(resource(terraform, 'aws_wafv2_web_acl.waf')).toMatchObject({
    name: 'demo-dev',
    scope: 'REGIONAL',
    default_action: { allow: {} },
    visibility_config: { cloudwatch_metrics_enabled: true, sampled_requests_enabled: true, metric_name: 'demo-dev' },
  });
  expect(all(terraform, 'aws_wafv2_web_acl_association')).toEqual({
    waf_association: { resource_arn: '${aws_lb.alb.arn}', web_acl_arn: '${aws_wafv2_web_acl.waf.arn}' },
  });
});

test('counts behind the CDN only what does not come through it', () => {
  const [api] = resource(synth(environment('cdn: {}')), 'aws_wafv2_web_acl.waf')['rule'] as object[];

  expect(api).toMatchObject({
    statement: {
      rate_based_statement: {
        aggregate_key_type: 'IP',
        scope_down_statement: {
          and_statement: {
            statement: [
              { byte_match_statement: { search_string: '/api/' } },
              {
                not_statement: {
                  statement: {
                    size_constraint_statement: {
                      field_to_match: { single_header: { name: 'x-amz-cf-id' } },
                      comparison_operator: 'GT',
                      size: 0,
                      text_transformation: [{ priority: 0, type: 'NONE' }],
                    },
                  },
                },
              },
            ],
          },
        },
      },
    },
  });
});

test('limits at the CDN too, by the address that connects', () => {
  const terraform = synth(environment('cdn: {}'));

  const acl = resource(terraform, 'aws_wafv2_web_acl.cdn_waf');
  expect(acl).toMatchObject({ name: 'demo-dev-cdn', scope: 'CLOUDFRONT' });
  expect(acl['rule']).toMatchObject([
    { name: 'api', statement: { rate_based_statement: { aggregate_key_type: 'IP' } } },
    { name: 'login', statement: { rate_based_statement: { aggregate_key_type: 'IP' } } },
  ]);
  expect(resource(terraform, 'aws_cloudfront_distribution.cdn')).toMatchObject({
    web_acl_id: '${aws_wafv2_web_acl.cdn_waf.arn}',
  });
});

function environment(more: string): string {
  return `
region: us-east-1
state: local
domain: { domain_name: example.com, delegated: true }
alb: {}
workload: {}
waf:
  rate_limits:${LIMITS}
${more}
`;
}
