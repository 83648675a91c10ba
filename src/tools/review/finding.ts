import type { Position } from '../../spec/load/problem';
import type { Verdict } from './verdict';

/** One thing that a reviewer should know of a change. Texts are for people, and hold nothing sensitive. */
export interface Finding {
  readonly verdict: Verdict;

  /** The Terraform address; of a moved resource the new one. */
  readonly address: string;

  /** What changes, or what forces the replacement: `engine_version`, `ingress[0].cidr_blocks`; none where all of it comes or goes. */
  readonly attribute?: string;

  /** What happens, in one sentence that names the thing in plain words: `the database "main" is destroyed`. */
  readonly reason: string;

  /** The values of the attribute, masked; none where they would say nothing. */
  readonly before?: string;
  readonly after?: string;

  /** What AWS will do, and for how long. */
  readonly effect?: string;

  /** What to do instead: `was:`, `protect`, a snapshot first, two steps. */
  readonly advice?: string;

  /** The line of YAML that caused it. */
  readonly yaml?: YamlLine;

  /** Why no line did, where that is known: the code, a default of the provider, a change outside of Terraform. */
  readonly notYaml?: string;

  /** The fingerprint that an acceptance of this very change names. */
  readonly change?: string;

  /** The acceptance in the environment file that covers this finding. */
  readonly accepted?: { readonly reason: string; readonly until: string; readonly at: Position };
}

export interface YamlLine extends Position {
  /** In the YAML's spelling: `services[api].cpu`. */
  readonly path: string;

  /** The line as it is written. */
  readonly text: string;

  /** The beginning of the section that makes the thing: none of its lines says the value. */
  readonly section?: boolean;

  /** The line is there in the older revision only. */
  readonly removed?: boolean;
}
