import { stringify } from 'yaml';
import { type EnvironmentSpec, needsHttpApi } from '../spec/environment';
import { environmentFile } from '../spec/environment-file';
import { toSnakeCase } from '../spec/load/casing';

/** The Spec as YAML: a file that means the same with nothing left to defaults. */
export function specYaml(spec: EnvironmentSpec): string {
  return stringify(toSnakeCase(environmentFile, withoutUndefined({ ...spec, ...switchedOff(spec) })), { lineWidth: 0 });
}

/** What a file has unless it says no. */
function switchedOff(spec: EnvironmentSpec) {
  return {
    httpApi: spec.httpApi ?? (needsHttpApi(spec) ? { enabled: false } : undefined),
    workload: spec.workload && { ...spec.workload, scaling: spec.workload.scaling ?? { enabled: false } },
  };
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutUndefined(inner)]));
}
