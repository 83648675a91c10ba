import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Wafv2WebAcl } from '@cdktf/provider-aws/lib/wafv2-web-acl';
import { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association';
import { Construct } from 'constructs';
import type { RateLimitSpec } from '../../spec/sections/waf';

export interface WebAclProps {
  readonly name: string;
  readonly scope: 'REGIONAL' | 'CLOUDFRONT';
  readonly rateLimits: readonly RateLimitSpec[];

  /** What tells clients apart: the address that connects, or, behind a CDN, the one in X-Forwarded-For. */
  readonly client: 'connection' | 'forwarded';
  readonly provider?: AwsProvider | undefined;
}

/** A web ACL that limits how often one client may ask. https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html */
export class WebAcl extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    const visibility = (metricName: string) => ({ cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName });
    const client =
      props.client === 'connection'
        ? { aggregateKeyType: 'IP' }
        : { aggregateKeyType: 'FORWARDED_IP', forwardedIpConfig: { headerName: 'X-Forwarded-For', fallbackBehavior: 'MATCH' } };

    const acl = new Wafv2WebAcl(this, 'Default', {
      name: props.name,
      description: 'Limits requests by client address',
      scope: props.scope,
      provider: props.provider,
      defaultAction: { allow: {} },
      visibilityConfig: visibility(props.name),
      rule: props.rateLimits.map((limit, index) => ({
        name: limit.name,
        priority: index + 1,
        action: { block: { customResponse: { responseCode: 429 } } },
        visibilityConfig: visibility(`${props.name}-${limit.name}`),
        statement: {
          rateBasedStatement: {
            limit: limit.requests,
            evaluationWindowSec: limit.windowSeconds,
            ...client,
            scopeDownStatement: {
              byteMatchStatement: {
                fieldToMatch: { uriPath: {} },
                positionalConstraint: 'STARTS_WITH',
                searchString: limit.path,
                textTransformation: [{ priority: 0, type: 'NORMALIZE_PATH' }],
              },
            },
          },
        },
      })),
    });
    this.arn = acl.arn;
  }

  /** Puts the limits in front of a load balancer. */
  protect(balancer: { readonly arn: string }): void {
    new Wafv2WebAclAssociation(this, 'association', { resourceArn: balancer.arn, webAclArn: this.arn });
  }
}
