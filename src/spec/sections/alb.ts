import * as z from 'zod';
import type { Context } from '../context';
import { securityGroupName } from '../values/aws-names';
import { awsName, flag, name, oneOf, text, wholeNumber } from '../values/fields';

const balancerName = awsName(
  'a load balancer',
  /^(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/,
  '1 to 32 letters, digits and dashes, not "internal-" in front and no dash at an end',
);

const serverCertificate = text(
  'the name or the ARN of a server certificate in IAM, such as "shop-prod"',
  /^(?:[\w+=,.@-]{1,128}|arn:aws:iam::\d{12}:server-certificate\/[\w+=,.@/-]{1,512})$/,
);
const acmCertificate = text(
  'the ARN of a certificate in ACM, such as "arn:aws:acm:us-east-1:123456789012:certificate/…"',
  /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/,
);

/** A certificate that is there already; where its ARN says so, region and account are checked. */
const certificate = z
  .strictObject({
    iam: serverCertificate
      .optional()
      .describe('One that was uploaded to IAM. By name, Terraform looks it up: a plan before the upload fails.'),
    acm: acmCertificate.optional().describe('One of ACM, in the region of the environment.'),
  })
  .check(({ value, issues }) => {
    if ((value.iam === undefined) !== (value.acm === undefined)) return;
    issues.push({
      code: 'custom',
      path: [],
      input: value,
      message: 'expected either iam or acm',
      params: { got: value.iam === undefined ? undefined : 'both' },
    });
  });

/** The `alb` section: an internet-facing Application Load Balancer. */
export const albSection = z.strictObject({
  enabled: flag().default(true),
  name: balancerName.optional().describe('Its exact name, at most 32 characters; by default <project>-<env>-alb.'),
  http: oneOf('redirect', 'forward')
    .default('redirect')
    .describe(
      'What port 80 does: redirect to HTTPS (301), which needs a domain or a certificate, or forward to the containers in plain text. HTTPS forwards beside it where there is either.',
    ),
  certificate: certificate
    .optional()
    .describe(
      'What it shows on port 443: a certificate made elsewhere, with a domain or without one. By default a domain’s own, which ACM issues and renews.',
    ),
  sslPolicy: text(
    'a security policy of TLS 1.2 or later such as "ELBSecurityPolicy-TLS13-1-2-2021-06"',
    /^ELBSecurityPolicy-(?:TLS13-1-[23]|TLS-1-2|FS-1-2)-[A-Za-z0-9-]+$/,
  )
    .default('ELBSecurityPolicy-TLS13-1-2-2021-06')
    .describe('TLS versions and ciphers of port 443. The default allows TLS 1.2 and 1.3.'),
  idleTimeout: wholeNumber(1, 4000, 'seconds').default(60).describe('Seconds before an idle connection is closed.'),
  dropInvalidHeaderFields: flag().default(true),
  deletionProtection: flag().optional().describe('By default the value of `protect`.'),
  egress: oneOf('targets', 'all')
    .default('targets')
    .describe('Where the load balancer may connect to: its targets alone, or anywhere.'),
  ingress: oneOf('internet', 'cdn')
    .optional()
    .describe('Who may connect: anybody, or CloudFront alone. By default CloudFront where there is a cdn.'),
  accessLogs: name
    .optional()
    .describe(
      'The bucket under `buckets` that gets a log of every request, under alb/; with `access_log_target: true`.',
    ),
  securityGroupName: securityGroupName.optional(),
});

export type AlbSpec = ReturnType<typeof completeAlb>;

/** Fills in names, protection and who may connect. */
export function completeAlb(section: z.output<typeof albSection>, { prefix, protect }: Context, behindCdn: boolean) {
  return {
    ...section,
    name: section.name ?? `${prefix}-alb`,
    securityGroupName: section.securityGroupName ?? `${prefix}-alb`,
    deletionProtection: section.deletionProtection ?? protect,
    ingress: section.ingress ?? (behindCdn ? ('cdn' as const) : ('internet' as const)),
  };
}
