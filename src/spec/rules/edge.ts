import type { EnvironmentSpec } from '../environment';
import { reaches } from '../sections/cdn';
import { cdnOrigins } from './cdn-origins';
import { either, type Finding } from './report';

/** The way in: domain, certificates, load balancer, CDN and rate limits fit together. */
export function* edgeRules(spec: EnvironmentSpec): Iterable<Finding> {
  yield* balancerRules(spec);
  yield* limitRules(spec);
  yield* certificateRules(spec);
  yield* domainRules(spec);
  yield* cdnRules(spec);
  yield* behaviorRules(spec);
  yield* emailRules(spec);
}

function* balancerRules({ alb, cdn, domain, workload }: EnvironmentSpec): Iterable<Finding> {
  const named = workload?.backendAlbDomainName !== undefined;
  if (alb && alb.http === 'redirect' && !domain && !named && !alb.certificate) {
    yield {
      path: ['alb', 'http'],
      expected: 'expected a domain section or alb.certificate, because HTTPS needs a certificate',
      got: undefined,
      advice: 'add "domain:" or "certificate:", or write "http: forward" to serve plain HTTP',
    };
  }
  if (alb?.ingress === 'cdn' && !cdn) {
    yield {
      path: ['alb', 'ingress'],
      expected: 'expected "internet", because there is no cdn section',
      advice: 'nobody could connect',
    };
  }
  if (alb?.ingress === 'cdn' && cdn && !reaches(cdn, 'alb')) {
    yield {
      path: ['alb', 'ingress'],
      expected: 'expected "internet", because the cdn sends nothing to the load balancer',
      advice: 'nobody could connect',
    };
  }
  if (alb && !workload) {
    yield {
      path: ['alb'],
      expected: 'expected a workload section, which the load balancer sends requests to',
      got: undefined,
    };
  }
  if (named && !alb) {
    yield {
      path: ['workload', 'backend_alb_domain_name'],
      expected: 'expected an alb section, which answers for the name',
    };
  }
  if (named && reaches(cdn, 'alb')) {
    yield {
      path: ['workload', 'backend_alb_domain_name'],
      expected: 'expected none behind a cdn, which answers for the environment’s domain',
    };
  }
}

function* limitRules({ alb, cdn, waf }: EnvironmentSpec): Iterable<Finding> {
  if (!waf) return;
  if (!alb && !cdn) {
    yield {
      path: ['waf'],
      expected: 'expected an alb or a cdn section, which the limits are put in front of',
      got: undefined,
    };
  }
  if (waf.rateLimits.length === 0) {
    yield {
      path: ['waf', 'rate_limits'],
      expected: 'expected at least one rate limit',
      got: undefined,
      advice: 'a web ACL without rules costs $5 a month and stops nothing',
    };
  }
}

/** What would keep the load balancer from showing its certificate, or others from trusting it. */
function* certificateRules({ accountId, alb, cdn, domain, httpApi, region }: EnvironmentSpec): Iterable<Finding> {
  if (!alb?.certificate) return;
  const { iam, acm } = alb.certificate;
  const [key, arn] = acm === undefined ? ['iam', iam ?? ''] : ['acm', acm];
  const [, , , itsRegion = '', itsAccount = ''] = arn.split(':');
  const path = ['alb', 'certificate', key];
  if (itsRegion !== '' && itsRegion !== region) {
    yield {
      path,
      expected: `expected a certificate in ${region}, where the load balancer is`,
      advice: `it lies in ${itsRegion}; ACM has its certificates by region, so request one in ${region}`,
    };
  }
  if (itsAccount !== '' && accountId !== undefined && itsAccount !== accountId) {
    yield {
      path,
      expected: `expected a certificate of account ${accountId} (account_id)`,
      advice: 'a load balancer shows none of another account',
    };
  }
  if (reaches(cdn, 'alb')) {
    yield {
      path: ['alb', 'certificate'],
      expected: 'expected none behind a cdn, because CloudFront reaches the load balancer by a name of the domain',
      advice: 'take it out: the certificate that comes with the domain covers that name, and ACM renews it for nothing',
    };
  }
  if (!domain && httpApi?.routes.some(({ to }) => to === 'workload')) {
    yield {
      path: ['alb', 'certificate'],
      expected: 'expected a domain section beside it, by whose name the http_api verifies the certificate',
      advice: 'every request of the API to the workload would fail',
    };
  }
}

function* cdnRules(spec: EnvironmentSpec): Iterable<Finding> {
  const { alb, cdn, domain, buckets } = spec;
  if (!cdn) return;
  if (!domain) {
    yield {
      path: ['cdn'],
      expected: reaches(cdn, 'alb')
        ? 'expected a domain section, because CloudFront reaches the load balancer over HTTPS by a name on its certificate'
        : 'expected a domain section, because CloudFront answers for a name on its certificate',
      got: undefined,
      advice: 'add "domain:" or take "cdn:" out',
    };
  }
  const known = [
    ...(alb ? ['alb'] : []),
    ...(spec.httpApi ? ['http_api'] : []),
    ...buckets.map((bucket) => `buckets.${bucket.name}`),
  ];
  for (const { path, origin } of cdnOrigins(cdn)) {
    if (known.includes(origin)) continue;
    yield {
      path,
      expected:
        known.length > 0
          ? `expected ${either(known)}, which this environment has`
          : 'expected an alb section or a bucket to serve from',
      got: origin,
    };
  }
}

function* behaviorRules({ cdn }: EnvironmentSpec): Iterable<Finding> {
  const paths = cdn?.behaviors.map(({ path }) => path) ?? [];
  for (const [index, path] of paths.entries()) {
    if (paths.indexOf(path) === index) continue;
    yield {
      path: ['cdn', 'behaviors', String(index), 'path'],
      expected: 'expected each path once',
      got: path,
      advice: 'CloudFront refuses a second behavior for it',
    };
  }
}

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
function* domainRules({ domain }: EnvironmentSpec): Iterable<Finding> {
  if (!domain || domain.name.length <= 64) return;
  yield {
    path: ['domain', 'domain_name'],
    expected: 'expected at most 64 characters for the main name of a certificate',
    got: domain.name,
  };
}

function* emailRules({ ses, domain }: EnvironmentSpec): Iterable<Finding> {
  if (!ses) return;
  if (!domain && ses.domainName === '') {
    yield {
      path: ['ses'],
      expected: 'expected domain_name or a domain section, in whose zone the records for DKIM, SPF and DMARC go',
      got: undefined,
    };
    return;
  }
  for (const template of ses.templates) {
    if (template.html !== undefined || template.text !== undefined) continue;
    yield { path: ['ses', 'templates', template.name], expected: 'expected html, text or both', got: undefined };
  }
  for (const [index, sender] of ses.senders.entries()) {
    const host = sender.split('@')[1] ?? '';
    if (host === ses.domainName || host.endsWith(`.${ses.domainName}`)) continue;
    yield {
      path: ['ses', 'senders', String(index)],
      expected: `expected an address at ${ses.domainName}`,
      got: sender,
    };
  }
}
