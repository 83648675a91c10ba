import { Cdn } from '../blocks/edge/cdn';
import { Domain } from '../blocks/edge/domain';
import { HttpApi } from '../blocks/edge/http-api';
import { LoadBalancer } from '../blocks/edge/load-balancer';
import { WebAcl } from '../blocks/edge/web-acl';
import type { EnvironmentSpec } from '../spec/environment';
import { reaches } from '../spec/sections/cdn';
import { existingDomain, parentDomain } from '../spec/sections/domain';
import type { RootStack } from '../terraform/root-stack';
import { findLogBucket, managedBuckets } from './access-logs';
import type { Parts } from './parts';
import type { Providers } from './providers';

const CDN_REGION = 'us-east-1'; // where CloudFront looks for its certificate and its web ACL

/**
 * The hosted zone, with what it hands over to other zones.
 *
 * Without a domain section, names that the file writes out belong into the zone of their parent, which is there already.
 */
export function makeDns(stack: RootStack, spec: EnvironmentSpec): Domain | undefined {
  if (!spec.domain) {
    const name = publicName(spec) ?? spec.ses?.domainName;
    return name ? new Domain(stack, 'domain', existingDomain(parentDomain(name))) : undefined;
  }
  const domain = new Domain(stack, 'domain', spec.domain);
  for (const { name, nameServers } of spec.domain.delegations) domain.addDelegation(name, nameServers);
  return domain;
}

/** The load balancer. Its certificate covers the name it answers for, behind a CDN also that by which CloudFront reaches it. */
export function makeLoadBalancer(
  stack: RootStack,
  spec: EnvironmentSpec,
  { network, dns, data }: Pick<Parts, 'network' | 'dns' | 'data'>,
): LoadBalancer | undefined {
  if (!spec.alb) return undefined;
  const name = publicName(spec);
  const behindCdn = name !== undefined && reaches(spec.cdn, 'alb');
  return new LoadBalancer(stack, 'alb', {
    ...spec.alb,
    network,
    domain: name === undefined ? undefined : dns,
    certificateNames: name === undefined ? [] : [name, ...(behindCdn ? [originName(name)] : [])],
    logBucket: findLogBucket(data, spec.alb.accessLogs),
  });
}

/** The HTTP API in front of functions and the workload. */
export function makeHttpApi(
  stack: RootStack,
  spec: EnvironmentSpec,
  { network, domain, alb, containers }: Pick<Parts, 'network' | 'domain' | 'alb' | 'containers'>,
): HttpApi | undefined {
  if (!spec.httpApi) return undefined;
  return new HttpApi(stack, 'http_api', {
    ...spec.httpApi,
    network,
    domain,
    alb,
    albName: publicName(spec),
    region: spec.region,
    logRetentionDays: spec.logs.retentionDays,
    apiDomainName: spec.domain?.apiName,
    functions: containers.functions,
    services: containers.services,
  });
}

/** The CDN, once the domain is delegated: before that, its certificate can't be had. */
export function makeCdn(
  stack: RootStack,
  spec: EnvironmentSpec,
  { domain, data, providers, httpApi }: Pick<Parts, 'domain' | 'data' | 'httpApi'> & { readonly providers: Providers },
): Cdn | undefined {
  if (!spec.cdn || !domain?.delegated) return undefined;
  const name = stack.node.id;
  const provider = providers.in(CDN_REGION);
  const limits =
    spec.waf &&
    new WebAcl(stack, 'cdn_waf', {
      name: `${name}-cdn`,
      scope: 'CLOUDFRONT',
      rateLimits: spec.waf.rateLimits,
      provider,
    });
  return new Cdn(stack, 'cdn', {
    ...spec.cdn,
    name,
    domain,
    albName: originName(domain.name),
    buckets: managedBuckets(data),
    logBucket: managedBuckets(data).get(`buckets.${spec.cdn.accessLogs}`),
    apiDomainName: httpApi?.hostName,
    webAclArn: limits?.arn,
    usEast1: provider,
  });
}

/** Limits requests at the load balancer: all of them, or those that get past the CDN and its limits. */
export function limitRequests(stack: RootStack, spec: EnvironmentSpec, { alb, cdn }: Pick<Parts, 'alb' | 'cdn'>): void {
  if (!spec.waf || !alb) return;
  const acl = new WebAcl(stack, 'waf', {
    name: stack.node.id,
    scope: 'REGIONAL',
    rateLimits: spec.waf.rateLimits,
    pastCdnOnly: cdn !== undefined,
  });
  acl.protect(alb);
}

/** Points names at what answers for them. */
export function pointNames(
  spec: EnvironmentSpec,
  dns: Domain | undefined,
  { alb, cdn }: Pick<Parts, 'alb' | 'cdn'>,
): void {
  if (cdn) dns?.addAlias(dns.name, cdn.target, { ipv6: true });
  const name = publicName(spec);
  if (name === undefined || !alb) return;
  if (!cdn) dns?.addAlias(name, alb.target);
  else if (cdn.reaches('alb')) dns?.addAlias(originName(name), alb.target);
}

/** The name that the environment's load balancer answers for. */
export function publicName({ alb, domain, workload }: EnvironmentSpec): string | undefined {
  return (alb && workload?.backendAlbDomainName) ?? domain?.name;
}

function originName(name: string): string {
  return `origin.${name}`;
}
