import { textsAt } from '../../../graph/values';
import type { Change, Comparison } from '../../change';
import type { Finding } from '../../finding';
import { thing } from '../../things';
import { why } from '../why';

/** Records by which AWS sees that a domain is yours: nobody who visits it asks for them. */
export function provesOwnership({ type, before }: Change): boolean {
  return (
    type === 'aws_route53_record' && textsAt(before, 'records').some((one) => /\.acm-validations\.aws\.?$/.test(one))
  );
}

/** ACM looks for its record again each time: https://docs.aws.amazon.com/acm/latest/userguide/dns-renewal-validation.html */
export function* certificateRenewals(comparison: Comparison): Iterable<Finding> {
  for (const change of comparison.changes) {
    if (change.action !== 'delete' || !provesOwnership(change)) continue;
    const proven = certificatesOf(change, comparison);
    if (proven.length > 0 && proven.every(({ address }) => isGone(address, comparison))) continue;
    yield {
      verdict: 'outage',
      address: change.address,
      reason: `${thing(change)} is destroyed${why(change)}`,
      effect:
        'the certificate that it is for can no longer be renewed: ACM looks for this record from 60 days before it expires, and once it has expired, TLS with it fails',
      advice: 'keep the record for as long as the certificate is in use',
    };
  }
}

function certificatesOf({ before }: Change, comparison: Comparison) {
  const name = normal(before?.['fqdn'] ?? before?.['name']);
  return comparison.before
    .ofType('aws_acm_certificate')
    .filter(({ values }) =>
      textsAt(values, 'domain_validation_options.resource_record_name').some((one) => normal(one) === name),
    );
}

function isGone(address: string, { changes }: Comparison): boolean {
  return changes.some((one) => one.address === address && (one.action === 'delete' || one.action === 'replace'));
}

function normal(name: unknown): string {
  return String(name).replace(/\.$/, '').toLowerCase();
}
