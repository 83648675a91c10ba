import type { Values } from './values';

/**
 * `terraform show -json` of a plan, as far as it is read. Terraform 1.0 to 1.14 write format 1.0 to 1.2; a newer minor one may
 * only add to it: https://developer.hashicorp.com/terraform/internals/json-format
 */
export interface PlanJson {
  readonly format_version: string;
  readonly terraform_version?: string;
  readonly prior_state?: { readonly values?: StateValues };
  readonly planned_values?: StateValues;
  readonly resource_changes?: readonly ResourceChange[];
  readonly resource_drift?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, ChangeJson>>;
  readonly configuration?: {
    readonly provider_config?: Readonly<Record<string, { readonly expressions?: Values }>>;
    readonly root_module?: ModuleConfiguration;
  };
  readonly errored?: boolean;

  /** False where `-target` or a deferral leaves something out; written from Terraform 1.8 on. */
  readonly complete?: boolean;
  readonly variables?: Readonly<Record<string, { readonly value?: unknown }>>;

  /** What can be planned only after this apply; from Terraform 1.9 on, where deferral is allowed. */
  readonly deferred_changes?: readonly unknown[];

  /** Calls of what providers can do besides resources; from Terraform 1.14 on. */
  readonly action_invocations?: readonly { readonly address: string }[];
}

export interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly change: ChangeJson;
  readonly action_reason?: string;

  /** The key of an object that a replacement has left over. */
  readonly deposed?: string;
}

export interface ChangeJson {
  readonly actions: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: { readonly id?: string };
}

interface StateValues {
  readonly root_module?: ModuleValues;
  readonly outputs?: Readonly<Record<string, { readonly sensitive?: boolean; readonly value?: unknown }>>;
}

export interface ModuleValues {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly ModuleValues[];
}

export interface StateResource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly values?: Values;
  readonly sensitive_values?: unknown;
}

export interface ModuleConfiguration {
  readonly variables?: Readonly<Record<string, { readonly sensitive?: boolean }>>;
  readonly resources?: readonly {
    readonly address: string;
    readonly expressions?: Values;
  }[];
  readonly outputs?: Readonly<Record<string, { readonly expression?: Values }>>;
  readonly module_calls?: Readonly<
    Record<string, { readonly expressions?: Values; readonly module?: ModuleConfiguration }>
  >;
}
