import type { ResourceGraph } from '../graph/resource-graph';
import type { Values } from '../graph/values';
import type { Mask } from '../sensitive/mask';
import type { Action } from './actions';

export type { Action } from './actions';

/** What becomes of one resource. */
export interface Change {
  readonly address: string;

  /** Where a `moved` block takes it from. */
  readonly previousAddress: string | undefined;
  readonly type: string;
  readonly name: string;
  readonly action: Action;

  /** Of a replacement: the new one is there before the old one goes. */
  readonly createFirst: boolean;

  /** Whether it is taken over from where Terraform did not know it. */
  readonly imported: boolean;
  readonly before: Values | undefined;
  readonly after: Values | undefined;

  /** Marks in `after` what is known only after the apply. */
  readonly unknown: unknown;

  /** The attributes that differ, in the order of their paths. */
  readonly attributes: readonly AttributeChange[];

  /** Paths of the attributes that force the replacement. */
  readonly forcedBy: readonly string[];

  /** Why Terraform does it where no attribute says so, and how to keep it from that. */
  readonly cause?: Cause;

  /** Attributes that are written differently and mean the same. */
  readonly sameMeaning?: readonly string[];

  /** A copy that an earlier replacement has left over: the thing of this address stays. */
  readonly leftOver?: boolean;

  /** What somebody has changed outside of Terraform since the last apply. */
  readonly drift?: readonly AttributeChange[];
}

/** Why Terraform destroys or replaces something whose arguments stay as they are. */
export interface Cause {
  /** Goes on from what happens and a colon: `its count has become smaller`. */
  readonly why: string;

  /** What to do where that is not meant. */
  readonly instead?: string;
}

export interface AttributeChange {
  /** `container_definitions[0].cpu`: JSON texts are looked into. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;

  /** Its new value is known only after the apply. */
  readonly unknown: boolean;

  /** What that value is taken from, where the configuration says it: `aws_ecs_task_definition.api.arn`. */
  readonly from?: readonly string[];

  /** Nobody may see its values. */
  readonly sensitive: boolean;

  /** What kind of key its new value holds in plain text, where it is a new one: `an access key of AWS`. */
  readonly plainSecret?: string;
}

/** Two moments of a stack, and what leads from one to the other: all that a review looks at. */
export interface Comparison {
  /** `shop-prod`; none of Terraform that isn't ours. */
  readonly stack: string | undefined;

  /** A plan knows what there is; synthesized files only what was written. */
  readonly source: 'plan' | 'synthesized';
  readonly before: ResourceGraph;
  readonly after: ResourceGraph;
  readonly changes: readonly Change[];

  /** Takes sensitive texts out of what is said of the changes. */
  readonly mask?: Mask;

  /** What keeps the comparison from telling all: a plan that failed, or covers a part only. */
  readonly gaps?: readonly string[];

  /** What was changed outside of Terraform, and is left as it is. */
  readonly drifted?: readonly Change[];
}

/** `ingress[0].cidr_blocks` → `ingress.cidr_blocks`. */
export function withoutPlaces(path: string): string {
  return path.replace(/\[[^\]]*\]/g, '');
}
