import type { ITerraformDependable } from 'cdktf';
import type { Connectable } from './connections';
import type { Grantee, Role } from './role';

/** What a container, function or task learns about something it uses. */
export interface Injection {
  /** Plain environment variables. */
  readonly environment: Readonly<Record<string, string>>;

  /** Variables whose value is read from a secret when the task starts: name and `valueFrom`. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Something that runs code and uses things by name. */
export interface Consumer extends Connectable, Grantee {
  /** Reads injected secrets before the code starts. */
  readonly executionRole: Role;

  /** Where its output goes. */
  readonly logGroupArn: string;
}

/** Something that the YAML's `uses` can name. */
export interface Usable {
  readonly injection: Injection;

  /** What has to be there before something starts that it is injected into. */
  readonly ready?: readonly ITerraformDependable[];

  /** Opens the network path and grants the actions that using it takes. */
  letUse(consumer: Consumer): void;
}
