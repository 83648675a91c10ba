import { Cdn } from '../blocks/edge/cdn';
import { Domain } from '../blocks/edge/domain';
import { HttpApi } from '../blocks/edge/http-api';
import { LoadBalancer } from '../blocks/edge/load-balancer';
import { WebAcl } from '../blocks/edge/web-acl';
import type { Network } from '../blocks/network/network';
import type { EnvironmentSpec } from '../spec/environment';
import { reaches } from '../spec/sections/cdn';
import type { RootStack } from '../terraform/root-stack';
import { findLogBucket, managedBuckets } from './access-logs';
import type { Containers } from './containers';
import type { Data } from './data';
import type { Providers } from './providers';

const CDN_REGION = 'us-east-1'; // where CloudFront looks for its certificate and its web ACL

/** The load balancer. Behind a CDN its certificate also covers the name that CloudFront reaches it by. */
export function makeLoadBalancer(
  stack: RootStack,
  spec: EnvironmentSpec,
  { network, domain, data }: { network: Network; domain: Domain | undefined; data: Data },
): LoadBalancer | undefined {
  if (!spec.alb) return undefined;
  const certificateNames = domain ? [domain.name, ...(reaches(spec.cdn, 'alb') ? [originName(domain)] : [])] : [];
  return new LoadBalancer(stack, 'alb', {
    ...spec.alb,
    network,
    domain,
    certificateNames,
    logBucket: findLogBucket(data, spec.alb.accessLogs),
  });
}

/** The CDN, once the domain is delegated: before that, its certificate can't be had. */
export function makeCdn(
  stack: RootStack,
  spec: EnvironmentSpec,
  {
    domain,
    data,
    providers,
    httpApi,
  }: { domain: Domain | undefined; data: Data; providers: Providers; httpApi: HttpApi | undefined },
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
    albName: originName(domain),
    buckets: managedBuckets(data),
    logBucket: managedBuckets(data).get(`buckets.${spec.cdn.accessLogs}`),
    apiDomainName: httpApi?.hostName,
    webAclArn: limits?.arn,
    usEast1: provider,
  });
}

/** The HTTP API in front of functions and the workload. */
export function makeHttpApi(
  stack: RootStack,
  spec: EnvironmentSpec,
  {
    network,
    domain,
    alb,
    containers,
  }: { network: Network; domain: Domain | undefined; alb: LoadBalancer | undefined; containers: Containers },
): HttpApi | undefined {
  if (!spec.httpApi) return undefined;
  return new HttpApi(stack, 'http_api', {
    ...spec.httpApi,
    network,
    domain,
    alb,
    region: spec.region,
    logRetentionDays: spec.logs.retentionDays,
    apiDomainName: spec.domain?.apiName,
    functions: containers.functions,
  });
}

/** Limits requests at the load balancer: all of them, or those that get past the CDN and its limits. */
export function limitRequests(
  stack: RootStack,
  spec: EnvironmentSpec,
  { alb, cdn }: { alb: LoadBalancer | undefined; cdn: Cdn | undefined },
): void {
  if (!spec.waf || !alb) return;
  const acl = new WebAcl(stack, 'waf', {
    name: stack.node.id,
    scope: 'REGIONAL',
    rateLimits: spec.waf.rateLimits,
    pastCdnOnly: cdn !== undefined,
  });
  acl.protect(alb);
}

/** The hosted zone, with what it hands over to other zones. */
export function makeDomain(stack: RootStack, spec: EnvironmentSpec): Domain | undefined {
  if (!spec.domain) return undefined;
  const domain = new Domain(stack, 'domain', spec.domain);
  for (const { name, nameServers } of spec.domain.delegations) domain.addDelegation(name, nameServers);
  return domain;
}

/** Points the domain at what answers for it. */
export function pointDomain(
  domain: Domain | undefined,
  { alb, cdn }: { alb: LoadBalancer | undefined; cdn: Cdn | undefined },
): void {
  if (cdn) domain?.addAlias(domain.name, cdn.target, { ipv6: true });
  if (alb && (!cdn || cdn.reaches('alb'))) domain?.addAlias(cdn ? originName(domain) : domain.name, alb.target);
}

function originName(domain: Domain): string {
  return `origin.${domain.name}`;
}
