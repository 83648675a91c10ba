import type { Resource } from '../../../graph/resource-graph';
import type { Change, Comparison } from '../../change';
import type { Finding } from '../../finding';
import { thing } from '../../things';
import { numberIn } from '../attribute-rule';
import { isWithin } from './narrowed';

/** New rules of network ACLs that refuse all that a later rule lets through. */
export function* judgeDenials(comparison: Comparison): Iterable<Finding> {
  for (const change of comparison.changes) {
    const { type, action, address, after } = change;
    if (type !== 'aws_network_acl_rule' || action !== 'create' || after?.['rule_action'] !== 'deny') continue;
    const hidden = allowedLater(change, comparison);
    if (hidden.length === 0) continue;
    yield {
      verdict: 'outage',
      address,
      attribute: 'rule_action',
      reason: `${thing(change)} refuses what a later rule lets through`,
      after: 'deny',
      effect: `it comes before ${hidden.map((one) => one.address).join(', ')}: what they let through is refused, in open connections too, for as long as it is there`,
      advice: 'give it a higher number, or a narrower range',
    };
  }
}

/** Rules are tried in the order of their numbers: https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html */
function allowedLater({ address, after = {} }: Change, comparison: Comparison): readonly Resource[] {
  return comparison.after.ofType('aws_network_acl_rule').filter(({ values, address: other }) => {
    const same = ['network_acl_id', 'egress'].every((key) => (values[key] ?? null) === (after[key] ?? null));
    return (
      other !== address &&
      same &&
      values['rule_action'] === 'allow' &&
      numberIn(values['rule_number']) > numberIn(after['rule_number']) &&
      coversAll(after, values)
    );
  });
}

function coversAll(deny: Resource['values'], allow: Resource['values']): boolean {
  const any = deny['protocol'] === '-1' || deny['protocol'] === 'all';
  const ports =
    numberIn(deny['from_port']) <= numberIn(allow['from_port']) &&
    numberIn(deny['to_port']) >= numberIn(allow['to_port']);
  return (
    (any || (deny['protocol'] === allow['protocol'] && ports)) && isWithin(allow['cidr_block'], deny['cidr_block'])
  );
}
