import { expect, test } from 'vitest';
import type { Stack } from '../../exposure/stack';
import { inBothShapes } from './exposed';

inBothShapes(({ judge, told }) => {
  const trail = (key: string, ...selectors: readonly object[]): Stack => ({
    'aws_cloudtrail.t': { name: 't', [key]: selectors },
  });
  const plain = (read_write_type: string, ...exclude_management_event_sources: readonly string[]) =>
    trail('event_selector', { read_write_type, exclude_management_event_sources, include_management_events: true });
  const field = (name: string, ...equals: readonly string[]) => ({ field: name, equals });
  const advanced = (...selectors: readonly (readonly object[])[]) =>
    trail('advanced_event_selector', ...selectors.map((field_selector) => ({ field_selector })));

  test('a trail that records fewer calls is told', () => {
    expect(judge(plain('All'), plain('ReadOnly'))).toEqual([
      {
        verdict: 'exposure',
        address: 'aws_cloudtrail.t',
        attribute: 'event_selector',
        before: expect.stringContaining('All'),
        after: expect.stringContaining('ReadOnly'),
        reason: 'the CloudTrail "t" records fewer calls',
        effect: 'nobody can tell afterwards who did what',
        advice: 'leave it on: it costs little, and nothing brings back what was not written',
      },
    ]);
    expect(told(plain('ReadOnly'), plain('All'))).toEqual([]);
  });

  const all = field('eventCategory', 'Management');
  const data = [field('eventCategory', 'Data'), field('resources.type', 'AWS::S3::Object')];
  const fewer = (key: string) => [`exposure aws_cloudtrail.t ${key}: the CloudTrail "t" records fewer calls`];

  test.each<[string, string, Stack, Stack]>([
    ['a service that is left out', 'event_selector', plain('All'), plain('All', 'kms.amazonaws.com')],
    ['reads alone', 'advanced_event_selector', advanced([all]), advanced([all, field('readOnly', 'true')])],
    ['one kind of calls that goes', 'advanced_event_selector', advanced([all], data), advanced([all])],
    [
      'another value',
      'advanced_event_selector',
      advanced([all, field('eventName', 'a', 'b')]),
      advanced([all, field('eventName', 'a')]),
    ],
    [
      'one more that is refused',
      'advanced_event_selector',
      advanced([all, { field: 'eventName', not_equals: ['a'] }]),
      advanced([all, { field: 'eventName', not_equals: ['a', 'b'] }]),
    ],
  ])('a trail records less with %s, and not the other way round', (_, key, before, after) => {
    expect(told(before, after)).toEqual(fewer(key));
    expect(told(after, before)).toEqual([]);
  });

  const distribution = (more: object): Stack => ({ 'aws_cloudfront_distribution.d': { comment: 'd', ...more } });
  const behaviours = (keys: readonly string[], ...ordered: readonly object[]) =>
    distribution({
      default_cache_behavior: [{ target_origin_id: 'o', trusted_key_groups: keys }],
      ordered_cache_behavior: ordered.map((one) => ({ target_origin_id: 'o', ...one })),
    });
  const assets = { path_pattern: '/assets/*' };
  const films = (...trusted_signers: readonly string[]) => ({ path_pattern: '/films/*', trusted_signers });

  test('a path that asks for a signed URL no longer is told, whatever else its origin hands out', () => {
    expect(judge(behaviours(['key'], assets), behaviours([], assets))).toEqual([
      {
        verdict: 'exposure',
        address: 'aws_cloudfront_distribution.d',
        attribute: 'default_cache_behavior',
        before: expect.stringContaining('key'),
        after: expect.stringContaining('[]'),
        reason: 'the CloudFront distribution "d" asks for no signed URL any more',
        effect: 'whoever has or guesses an address gets what is there, for as long as it is there',
        advice: 'keep the key groups; files for everybody are better served by a path of their own',
      },
    ]);
    const ordered =
      'exposure aws_cloudfront_distribution.d ordered_cache_behavior: the CloudFront distribution "d" asks for no signed URL any more';
    expect(told(behaviours([], films('self')), behaviours([], films()))).toEqual([ordered]);
    expect(told(behaviours([], films('self')), behaviours([]))).toEqual([ordered]);
    expect(told(behaviours(['key'], films('self')), behaviours(['key']))).toEqual([]);
    expect(told(behaviours([], films('self')), behaviours([], assets, films('self')))).toEqual([]);
    expect(told(behaviours([], films()), behaviours(['key'], films('self')))).toEqual([]);
  });

  test('an origin that may be asked over older TLS is told', () => {
    const origin = (...origin_ssl_protocols: readonly string[]) =>
      distribution({ origin: [{ origin_id: 'o', custom_origin_config: [{ origin_ssl_protocols }] }] });
    expect(judge(origin('TLSv1.2'), origin('SSLv3', 'TLSv1.2'))).toEqual([
      {
        verdict: 'exposure',
        address: 'aws_cloudfront_distribution.d',
        attribute: 'origin.custom_origin_config.origin_ssl_protocols',
        before: 'TLSv1.2',
        after: 'SSLv3',
        reason: 'the CloudFront distribution "d" takes older TLS of an origin',
        effect: 'it and the origin may agree on a version of TLS that is known to be broken',
        advice: 'TLSv1.2',
      },
    ]);
    expect(told(origin('TLSv1.2', 'SSLv3'), origin('TLSv1.2'))).toEqual([]);
    expect(told(origin('TLSv1', 'TLSv1.2'), origin('TLSv1.1'))).toEqual([]);
  });

  test('a transfer server that speaks FTP is told, and one with an older policy', () => {
    const server = (protocols: readonly string[], date = '2024-01'): Stack => ({
      'aws_transfer_server.s': {
        tags: { Name: 's' },
        endpoint_type: 'VPC',
        protocols,
        security_policy_name: `TransferSecurityPolicy-${date}`,
      },
    });
    expect(judge(server(['SFTP']), server(['SFTP', 'FTP']))).toEqual([
      {
        verdict: 'exposure',
        address: 'aws_transfer_server.s',
        attribute: 'protocols',
        before: '["SFTP"]',
        after: '["SFTP","FTP"]',
        reason: 'the transfer server "s" speaks FTP, which encrypts nothing',
        effect: 'passwords too: whoever sits on the way reads and changes what is sent',
        advice: 'SFTP or FTPS',
      },
    ]);
    expect(told({}, server(['FTP']))).toEqual([
      'exposure aws_transfer_server.s protocols: the transfer server "s" speaks FTP, which encrypts nothing',
    ]);
    expect(told(server(['FTP', 'SFTP']), server(['SFTP', 'FTPS']))).toEqual([]);
    expect(judge(server(['SFTP']), server(['SFTP'], 'FIPS-2020-06'))).toEqual([
      {
        verdict: 'exposure',
        address: 'aws_transfer_server.s',
        attribute: 'security_policy_name',
        before: 'TransferSecurityPolicy-2024-01',
        after: 'TransferSecurityPolicy-FIPS-2020-06',
        reason: 'the transfer server "s" takes older ciphers',
        effect: 'clients may agree on ciphers and key exchanges that AWS has taken out of its newer policies',
        advice: 'leave it as it was',
      },
    ]);
    expect(told(server(['SFTP'], '2020-06'), server(['SFTP'], 'FIPS-2024-01'))).toEqual([]);
  });
});
