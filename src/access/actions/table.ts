import type { Scope } from './scope';

/** What the AWS provider calls for one type of resource or data source. */
export interface TypeActions {
  /** For a plan: what describes and lists, and gives no secret away. AWS limits most of it to no resource. */
  readonly read: readonly string[];

  /** For a plan as well, but it shows a value: only of what the stack has. */
  readonly open: readonly string[];

  /** Makes it, changes it and removes it. Empty for a data source. */
  readonly manage: readonly string[];

  /** What `open` and `manage` are limited to. */
  readonly on: Scope | undefined;

  /** Manages it too, and AWS limits it to no resource. */
  readonly anywhere: readonly string[];

  /** AWS services that are given a role of the stack with it. */
  readonly passes: readonly string[];

  /** AWS services whose own role the first one in an account makes. */
  readonly linked: readonly string[];
}

/** As the tables write it: actions in one text each, a service's name once before its actions. */
interface WrittenActions {
  readonly read?: string;
  readonly open?: string;
  readonly manage?: string;
  readonly on?: Scope;
  readonly anywhere?: string;
  readonly passes?: readonly string[];
  readonly linked?: string;
}

/** Actions by Terraform type; data sources as `data.aws_vpc`, ephemerals as `ephemeral.aws_ssm_parameter`. */
export type ActionTable = Readonly<Record<string, TypeActions>>;

export function actionTable(written: Readonly<Record<string, WrittenActions>>): ActionTable {
  return Object.fromEntries(
    Object.entries(written).map(([type, { read, open, manage, on, anywhere, passes = [], linked }]) => [
      type,
      {
        read: spelledOut(read),
        open: spelledOut(open),
        manage: spelledOut(manage),
        on,
        anywhere: spelledOut(anywhere),
        passes,
        linked: linked === undefined ? [] : [linked],
      },
    ]),
  );
}

/** `"sqs: GetQueueUrl ListQueueTags"` → `["sqs:GetQueueUrl", "sqs:ListQueueTags"]` */
function spelledOut(text = ''): string[] {
  let service = '';
  const actions: string[] = [];
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    if (word.endsWith(':')) service = word;
    else actions.push(`${service}${word}`);
  }
  return actions;
}
