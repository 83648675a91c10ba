import { CloudfrontResponseHeadersPolicy } from '@cdktf/provider-aws/lib/cloudfront-response-headers-policy';
import { Construct } from 'constructs';
import type { CdnSpec } from '../../spec/sections/cdn';

const SECONDS_A_DAY = 86_400;

export type SecurityHeadersProps = CdnSpec['securityHeaders'] & { readonly name: string };

/** Headers that tell browsers to be strict; all but the content policy win over the origin's own. */
export class SecurityHeaders extends Construct {
  readonly id: string;

  constructor(scope: Construct, id: string, props: SecurityHeadersProps) {
    super(scope, id);
    const hsts = {
      accessControlMaxAgeSec: props.hstsMaxAgeDays * SECONDS_A_DAY,
      includeSubdomains: true,
      override: true,
    };
    const policy = new CloudfrontResponseHeadersPolicy(this, 'Default', {
      name: props.name,
      comment: 'Strict transport, content policy, framing, sniffing and referrer',
      securityHeadersConfig: {
        ...(props.hstsMaxAgeDays > 0 && { strictTransportSecurity: hsts }),
        // An application that sends a policy with its own nonces knows better.
        contentSecurityPolicy: { contentSecurityPolicy: props.contentSecurityPolicy, override: false },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: props.frameOptions, override: true },
        referrerPolicy: { referrerPolicy: props.referrerPolicy, override: true },
      },
    });
    this.id = policy.id;
  }
}
