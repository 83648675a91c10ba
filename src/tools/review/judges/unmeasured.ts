import type { Comparison } from '../change';
import type { Finding } from '../finding';
import { isMeasured, unmeasuredOf } from '../synthesized/replacing';
import { thing } from '../things';

/** Of synthesized files: what nobody knows whether it replaces. */
export function* judgeUnmeasured({ source, changes }: Comparison): Iterable<Finding> {
  if (source === 'plan') return;
  for (const change of changes) {
    const { type, action, attributes, address } = change;
    if (action !== 'update' || !type.includes('_')) continue;
    const [first] = isMeasured(type) ? unmeasuredOf(type, attributes) : attributes;
    if (!first) continue;
    yield {
      verdict: 'unknown',
      address,
      attribute: first.path,
      reason: `${thing(change)} changes, and it is not known whether Terraform changes it in place or makes it anew`,
      advice: 'make a plan, and review that',
    };
  }
}
