import { describe } from 'vitest';
import type { ResourceGraph } from '../../../../src/tools/graph/resource-graph';
import type { Finding } from '../../../../src/tools/review/finding';
import { judgeExposure } from '../../../../src/tools/review/judges/exposure/exposure';
import { comparison, planned, type Stack, synthesized } from '../../exposure/stack';

/** What the judge of exposure finds between two moments of a stack. */
export interface Exposed {
  readonly judge: (before: Stack, after: Stack) => Finding[];

  /** `exposure aws_instance.web ingress: anybody on the internet …` */
  readonly told: (before: Stack, after: Stack) => string[];
}

/** Tests that hold of a stack in both shapes in which a review meets it. */
export function inBothShapes(tests: (exposed: Exposed) => void): void {
  describe.each<[string, (stack: Stack) => ResourceGraph]>([
    ['with references, as synthesized', synthesized],
    ['with ids, as in a plan', planned],
  ])('%s', (_, shape) => {
    const judge = (before: Stack, after: Stack) => [...judgeExposure(comparison(before, after, shape))];
    tests({ judge, told: (before, after) => judge(before, after).map(toldOf) });
  });
}

/** With the ids of queues, which are part of their URLs, as they are called. */
function toldOf({ verdict, address, attribute, reason }: Finding): string {
  return `${verdict} ${address} ${attribute ?? '-'}: ${reason.replace('id-aws_sqs_queue-', '')}`;
}
