import { CloudfrontDistribution } from '@cdktf/provider-aws/lib/cloudfront-distribution';
import { CloudfrontOriginAccessControl } from '@cdktf/provider-aws/lib/cloudfront-origin-access-control';
import { CloudfrontOriginAccessIdentity } from '@cdktf/provider-aws/lib/cloudfront-origin-access-identity';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { type CdnSpec, reaches } from '../../spec/sections/cdn';
import type { Bucket } from '../data/bucket';
import type { AliasTarget, Domain } from './domain';
import { SecurityHeaders } from './security-headers';

/**
 * CloudFront's managed policies.
 *
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html,
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 */
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';
const ALL_VIEWER_EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

const READ = ['GET', 'HEAD', 'OPTIONS'];
const ALL = [...READ, 'PUT', 'POST', 'PATCH', 'DELETE'];

/** Props of {@link Cdn}: the `cdn` section, and what it serves from. */
export interface CdnProps extends CdnSpec {
  readonly name: string;
  readonly domain: Domain;

  /** A name of the load balancer that its certificate covers, so that CloudFront accepts its HTTPS. */
  readonly albName: string;
  readonly buckets: ReadonlyMap<string, Bucket>;

  /** Name of the HTTP API in AWS, which answers to no other. */
  readonly apiDomainName?: string | undefined;

  /** Gets a log of every request. */
  readonly logBucket: Bucket | undefined;
  readonly webAclArn: string | undefined;

  /** CloudFront takes its certificate from us-east-1 only. */
  readonly usEast1: AwsProvider | undefined;
}

/** A CloudFront distribution: HTTPS only, compressed, with security headers on every answer. */
export class Cdn extends Construct {
  readonly arn: string;
  readonly distributionId: string;
  readonly target: AliasTarget;

  /** Origin Access Identities, by the bucket that they read. */
  private readonly identities = new Map<string, string>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: CdnProps,
  ) {
    super(scope, id);
    const headers = new SecurityHeaders(this, 'security_headers', {
      ...props.securityHeaders,
      name: `${props.name}-security-headers`,
    });
    const certificateArn = props.domain.addCertificate(this, 'certificate', {
      names: [props.domain.name],
      provider: props.usEast1,
    });
    const origins = [...new Set([props.origin, ...props.behaviors.map(({ origin }) => origin)])];

    const distribution = new CloudfrontDistribution(this, 'Default', {
      enabled: true,
      comment: props.name,
      defaultRootObject: props.defaultRootObject,
      aliases: [props.domain.name],
      httpVersion: 'http2and3',
      isIpv6Enabled: true,
      priceClass: props.priceClass,
      webAclId: props.webAclArn,
      origin: origins.map((origin) => this.origin(origin)),
      // Files change rarely and are compressed only where they may be cached; answers of servers are their own affair.
      defaultCacheBehavior: this.behavior(
        props.origin,
        props.origin.startsWith('buckets.') ? 'static' : 'none',
        headers.id,
      ),
      orderedCacheBehavior: props.behaviors.map(({ path, origin, cache }) => ({
        pathPattern: path,
        ...this.behavior(origin, cache, headers.id),
      })),
      viewerCertificate: {
        acmCertificateArn: certificateArn,
        sslSupportMethod: 'sni-only',
        minimumProtocolVersion: 'TLSv1.2_2021',
      },
      restrictions: { geoRestriction: { restrictionType: 'none' } },
      tags: { Name: props.name },
      ...logging(props.logBucket),
    });
    this.arn = distribution.arn;
    this.distributionId = distribution.id;
    this.target = { dnsName: distribution.domainName, zoneId: distribution.hostedZoneId };
  }

  /** Whether it passes any requests on to an origin. */
  reaches(origin: string): boolean {
    return reaches(this.props, origin);
  }

  /** Lets it read what it serves of each bucket, and nothing else. */
  openBuckets(): void {
    const routes = [{ path: '/*', origin: this.props.origin }, ...this.props.behaviors];
    for (const [name, bucket] of this.props.buckets) {
      const patterns = routes.filter(({ origin }) => origin === name).map(({ path }) => path.replace(/^\//, ''));
      const identity = this.identities.get(name);
      if (identity !== undefined) bucket.letIdentityRead(identity, patterns);
      else if (patterns.length > 0) bucket.letDistributionRead(this.arn, patterns);
    }
  }

  private behavior(origin: string, cache: 'static' | 'none', headersId: string) {
    const dynamic = cache === 'none' && !origin.startsWith('buckets.');
    const everything = origin === 'http_api' ? ALL_VIEWER_EXCEPT_HOST : ALL_VIEWER;
    return {
      targetOriginId: origin,
      viewerProtocolPolicy: this.props.http === 'refuse' ? 'https-only' : 'redirect-to-https',
      compress: true,
      allowedMethods: dynamic ? ALL : READ,
      cachedMethods: ['GET', 'HEAD'],
      cachePolicyId: cache === 'static' ? CACHING_OPTIMIZED : CACHING_DISABLED,
      originRequestPolicyId: dynamic ? everything : undefined,
      responseHeadersPolicyId: headersId,
    };
  }

  private origin(origin: string) {
    if (origin === 'alb') return this.serverOrigin(origin, this.props.albName);
    if (origin !== 'http_api') return this.bucketOrigin(origin);
    const { apiDomainName } = this.props;
    if (apiDomainName === undefined) throw new Error('the CDN has no HTTP API to pass requests on to');
    return this.serverOrigin(origin, apiDomainName);
  }

  private serverOrigin(originId: string, domainName: string) {
    return {
      originId,
      domainName,
      customOriginConfig: {
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: 'https-only',
        originSslProtocols: ['TLSv1.2'],
      },
    };
  }

  private bucketOrigin(origin: string) {
    const bucket = this.props.buckets.get(origin);
    if (!bucket) throw new Error(`the CDN has no bucket "${origin}" to serve from`);
    if (this.props.originAccess === 'identity') {
      const identity = new CloudfrontOriginAccessIdentity(this, `${bucket.node.id}_identity`, {
        comment: `${this.props.name} reads ${origin}`,
      });
      this.identities.set(origin, identity.iamArn);
      return {
        originId: origin,
        domainName: bucket.domainName,
        s3OriginConfig: { originAccessIdentity: identity.cloudfrontAccessIdentityPath },
      };
    }
    const access = new CloudfrontOriginAccessControl(this, `${bucket.node.id}_access`, {
      name: `${this.props.name}-${bucket.node.id}`,
      description: `Signs requests to ${origin}`,
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    });
    return { originId: origin, domainName: bucket.domainName, originAccessControlId: access.id };
  }
}

/** CloudFront puts itself on the bucket's ACL when logging begins, so the bucket has to take ACLs before. */
function logging(bucket: Bucket | undefined) {
  if (!bucket) return {};
  return {
    loggingConfig: { bucket: bucket.globalDomainName, prefix: 'cdn/', includeCookies: false },
    dependsOn: [bucket.ownership],
  };
}
