import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Wafv2WebAcl } from '@cdktf/provider-aws/lib/wafv2-web-acl';
import { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association';
import { Construct } from 'constructs';
import type { RateLimitSpec } from '../../spec/sections/waf';
import { hclBlockValue } from '../../terraform/hcl';

export interface WebAclProps {
  readonly name: string;
  readonly scope: 'REGIONAL' | 'CLOUDFRONT';
  readonly rateLimits: readonly RateLimitSpec[];

  /** Behind a CDN that has limits of its own: counts only requests that do not come through it, whose address is the client's. */
  readonly pastCdnOnly?: boolean;
  readonly provider?: AwsProvider | undefined;
}

/** A web ACL that limits how often one client may ask. https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html */
export class WebAcl extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    const visibility = (metricName: string) => ({
      cloudwatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
      metricName,
    });
    const acl = new Acl(this, 'Default', {
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
        // cdktf leaves statements untyped: they are in Terraform's spelling.
        statement: {
          rate_based_statement: {
            limit: limit.requests,
            evaluation_window_sec: limit.windowSeconds,
            aggregate_key_type: 'IP',
            scope_down_statement: props.pastCdnOnly
              ? { and_statement: { statement: [startsWith(limit.path), notFromCdn] } }
              : startsWith(limit.path),
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

function startsWith(path: string): object {
  return {
    byte_match_statement: {
      field_to_match: { uri_path: {} },
      positional_constraint: 'STARTS_WITH',
      search_string: path,
      text_transformation: [
        { priority: 0, type: 'URL_DECODE' },
        { priority: 1, type: 'NORMALIZE_PATH' },
      ],
    },
  };
}

/** CloudFront gives every request an X-Amz-Cf-Id. Whoever forges it gets around this limit, not around the load balancer's. */
const notFromCdn = {
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
};

/** Writes the untyped statements of a web ACL as the blocks they are; cdktf's HCL makes attributes of them. */
class Acl extends Wafv2WebAcl {
  protected override synthesizeHclAttributes(): Record<string, unknown> {
    const attributes: Record<string, unknown> = super.synthesizeHclAttributes();
    const rules = attributes.rule as { readonly value: readonly { readonly statement: { readonly value: object } }[] };
    return {
      ...attributes,
      rule: {
        ...rules,
        value: rules.value.map((rule) => ({
          ...rule,
          statement: hclBlockValue(rule.statement.value ?? rule.statement),
        })),
      },
    };
  }
}
