import { expect, test } from 'vitest';
import { problemsOf } from '../support/problems';

test('accepts every rule of the edge kept', () => {
  const yaml = `domain: { domain_name: example.com }
alb: { ingress: cdn }
workload: {}
buckets: [{ name: assets }]
cdn: { behaviors: [{ path: /assets/*, origin: buckets.assets }] }
waf: { rate_limits: [{ name: api, path: /api/, requests: 100 }] }
ses: { domain_name: mail.dev.example.com, senders: [a@mail.dev.example.com, b@eu.mail.dev.example.com] }`;
  expect(problems(yaml)).toBe('');
});

test('fails on HTTPS without a domain', () => {
  expect(problems('alb: {}\nworkload: {}')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 alb.http: expected a domain section or alb.certificate, because HTTPS needs a certificate, got nothing: add "domain:" or "certificate:", or write "http: forward" to serve plain HTTP"`,
  );
});

test('fails on a load balancer for CloudFront alone where there is none', () => {
  expect(problems('alb: { http: forward, ingress: cdn }\nworkload: {}')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:32 alb.ingress: expected "internet", because there is no cdn section, got "cdn": nobody could connect"`,
  );
});

test('fails on a load balancer for CloudFront alone that CloudFront sends nothing to', () => {
  const yaml = `alb: { ingress: cdn }
workload: {}
domain: { domain_name: example.com }
buckets: [{ name: site }]
cdn: { origin: buckets.site }`;
  expect(problems(yaml)).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:17 alb.ingress: expected "internet", because the cdn sends nothing to the load balancer, got "cdn": nobody could connect"`,
  );
});

test('fails on a CDN of buckets without a domain', () => {
  expect(problems('cdn: { origin: buckets.site }\nbuckets: [{ name: site }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 cdn: expected a domain section, because CloudFront answers for a name on its certificate, got nothing: add "domain:" or take "cdn:" out"`,
  );
});

test('fails on an HTTP API as an origin where there is none', () => {
  expect(
    problems('cdn: { origin: http_api }\ndomain: { domain_name: example.com }\nbuckets: [{ name: site }]'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:16 cdn.origin: expected "buckets.site", which this environment has, got "http_api""`,
  );
});

test('fails on another way of proving who CloudFront is', () => {
  expect(problems('cdn: { origin_access: oai }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:23 cdn.origin_access: expected "oac" or "identity", got "oai""`,
  );
});

test('fails on a root object with a slash in front', () => {
  expect(problems('cdn: { default_root_object: /index.html }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:29 cdn.default_root_object: expected the key of an object such as "index.html", no slash in front, got "/index.html""`,
  );
});

test('fails on a load balancer without a workload', () => {
  expect(problems('alb: { http: forward }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 alb: expected a workload section, which the load balancer sends requests to, got nothing"`,
  );
});

test('fails on request limits in front of nothing', () => {
  expect(problems('waf: { rate_limits: [{ name: api, path: /api/, requests: 100 }] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 waf: expected an alb or a cdn section, which the limits are put in front of, got nothing"`,
  );
});

test('fails on a CDN without a domain', () => {
  expect(problems('cdn: {}\nalb: { http: forward }\nworkload: {}')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 cdn: expected a domain section, because CloudFront reaches the load balancer over HTTPS by a name on its certificate, got nothing: add "domain:" or take "cdn:" out"`,
  );
});

test('fails on a CDN in front of nothing', () => {
  expect(problems('cdn: {}\ndomain: { domain_name: example.com }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 cdn.origin: expected an alb section or a bucket to serve from, got "alb""`,
  );
});

test('fails on a behavior of a bucket that is not there', () => {
  const yaml = `cdn: { behaviors: [{ path: /a/*, origin: buckets.assets }] }
domain: { domain_name: example.com }
alb: {}
workload: {}
buckets: [{ name: media }]`;
  expect(problems(yaml)).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:42 cdn.behaviors[0].origin: expected "alb" or "buckets.media", which this environment has, got "buckets.assets""`,
  );
});

test('fails on a CDN whose default origin is a load balancer that is not there', () => {
  expect(problems('cdn: {}\ndomain: { domain_name: example.com }\nbuckets: [{ name: media }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 cdn.origin: expected "buckets.media", which this environment has, got "alb""`,
  );
});

test('fails on an origin that is no name of one', () => {
  expect(problems('cdn: { origin: media }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:16 cdn.origin: expected "alb", "http_api" or a bucket such as "buckets.assets", got "media""`,
  );
});

test('fails on a path pattern without its slash', () => {
  expect(problems('cdn: { behaviors: [{ path: assets/* }] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:28 cdn.behaviors[0].path: expected a path pattern such as "/assets/*", got "assets/*""`,
  );
});

test('fails on email without a domain', () => {
  expect(problems('ses: {}')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 ses: expected domain_name or a domain section, in whose zone the records for DKIM, SPF and DMARC go, got nothing"`,
  );
});

test('sends email from a domain whose zone is another one, which has to be there', () => {
  expect(problems('ses: { domain_name: example.org }\ndomain: { domain_name: example.com }')).toBe('');
  expect(problems('ses: { domain_name: mail.example.org }')).toBe('');
});

test('fails on a name of the load balancer without one, and behind a cdn', () => {
  expect(problems('workload: { backend_alb_domain_name: api.example.com }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:38 workload.backend_alb_domain_name: expected an alb section, which answers for the name, got "api.example.com""`,
  );
  expect(
    problems(
      'domain: { domain_name: example.com }\nalb: {}\ncdn: {}\nworkload: { backend_alb_domain_name: api.example.com }',
    ),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:38 workload.backend_alb_domain_name: expected none behind a cdn, which answers for the environment’s domain, got "api.example.com""`,
  );
});

test('fails on a sender of another domain', () => {
  expect(
    problems('ses: { senders: [a@dev.example.com, a@example.com] }\ndomain: { domain_name: example.com }'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:37 ses.senders[1]: expected an address at dev.example.com, got "a@example.com""`,
  );
});

test('fails on a sender that is no address', () => {
  expect(problems('ses: { senders: [noreply] }\ndomain: { domain_name: example.com }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:18 ses.senders[0]: expected an email address such as "team@example.com", got "noreply""`,
  );
});

test('fails on a domain with its protocol', () => {
  expect(problems('domain: { domain_name: "https://example.com" }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:24 domain.domain_name: expected a domain name in small letters such as "example.com", got "https://example.com""`,
  );
});

test('fails on a domain in capitals', () => {
  expect(problems('domain: { domain_name: Example.com }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:24 domain.domain_name: expected a domain name in small letters such as "example.com", got "Example.com""`,
  );
});

test('fails on a prefix of more than one label', () => {
  expect(problems('domain: { domain_name: example.com, api_domain_prefix: api.v1 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:56 domain.api_domain_prefix: expected one label of a domain name, such as "api", got "api.v1""`,
  );
});

test('fails on a zone that is neither to be created nor there', () => {
  expect(problems('domain: { domain_name: example.com, zone: existing }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:43 domain.zone: expected "create", "existing: <hosted zone id or name>" or "import: <hosted zone id>", got "existing""`,
  );
});

test('fails on a zone that is given by neither id nor name', () => {
  expect(problems('domain: { domain_name: example.com, zone: { existing: zone1 } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:55 domain.zone.existing: expected the id of a hosted zone such as "Z0123456789ABC", or its name such as "example.com", got "zone1""`,
  );
});

test('fails on a key that a zone does not have', () => {
  expect(problems('domain: { domain_name: example.com, zone: { exists: Z0123456789ABC } }')).toMatchInlineSnapshot(`
    "demo/dev.yaml:1:37 domain.zone: expected "create", "existing: <hosted zone id or name>" or "import: <hosted zone id>", got a map (exists)
    demo/dev.yaml:1:45 domain.zone.exists: unknown key: known here: existing, import"
  `);
});

test('fails on a delegation to a single name server', () => {
  expect(
    problems('domain: { domain_name: example.com, delegations: [{ name: dev, name_servers: [ns1.example.net] }] }'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:64 domain.delegations[0].name_servers: expected at least two name servers, got ["ns1.example.net"]"`,
  );
});

test('fails on a rate limit in a window that WAF does not count', () => {
  expect(
    problems('waf: { rate_limits: [{ name: api, path: /api/, requests: 100, window_seconds: 30 }] }'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:79 waf.rate_limits[0].window_seconds: expected one of 60, 120, 300, 600, got 30"`,
  );
});

test('fails on a rate limit below the least that WAF takes', () => {
  expect(problems('waf: { rate_limits: [{ name: api, path: /api/, requests: 5 }] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:58 waf.rate_limits[0].requests: expected a whole number from 10 to 2000000000, got 5"`,
  );
});

test('fails on a security policy that is none', () => {
  expect(problems('alb: { ssl_policy: TLS13 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:20 alb.ssl_policy: expected a security policy of TLS 1.2 or later such as "ELBSecurityPolicy-TLS13-1-2-2021-06", got "TLS13""`,
  );
});

test('fails on another answer of port 80', () => {
  expect(problems('alb: { http: https }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:14 alb.http: expected "redirect" or "forward", got "https""`,
  );
});

function problems(yaml: string): string {
  return problemsOf(`${yaml}\nregion: us-east-1\n`);
}
