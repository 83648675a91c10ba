import type { Synthesized } from '../project';
import type { Applied, Resource } from '../terraform';

/** A Cognito client's secret and the credential of push, for which the provider has no write-only form, as the README says. */
const KNOWN = [
  'aws_cognito_user_pool_client.client_secret',
  'aws_sns_platform_application.platform_credential',
  'aws_ssm_parameters_by_path.values',
];

/** What the provider calls sensitive and the state holds in plain text all the same. */
export function* plainSecrets(synthesized: Synthesized, { resources, outputs }: Applied): Iterable<string> {
  for (const resource of resources) {
    for (const path of sensitivePaths(resource.values, resource.sensitive_values)) {
      if (KNOWN.includes(`${resource.type}.${path}`) || isMadeUp(synthesized, resource, path)) continue;
      yield `${resource.address}: expected no ${path} in the state, got one in plain text: a secret goes into a write-only argument, and others refer to it`;
    }
  }
  for (const [name, { sensitive }] of Object.entries(outputs).filter(([, { sensitive }]) => sensitive))
    yield `output ${name}: expected nothing sensitive, got sensitive ${sensitive}: the state holds outputs in plain text`;
}

/** A provider that stands in makes up what the real one leaves empty beside a write-only argument. */
function isMadeUp({ resource }: Synthesized, { address, type }: Resource, path: string): boolean {
  const written = resource[type]?.[address.slice(type.length + 1)];
  return typeof written === 'object' && written !== null && `${path}_wo` in written && !(path in written);
}

/** Paths of what is marked and not empty. */
function sensitivePaths(value: unknown, marks: unknown): string[] {
  if (marks === true) return isEmpty(value) ? [] : [''];
  if (typeof marks !== 'object' || marks === null) return [];
  return Object.entries(marks).flatMap(([key, mark]) =>
    sensitivePaths((value as Record<string, unknown> | null)?.[key], mark).map((rest) =>
      rest ? `${key}.${rest}` : key,
    ),
  );
}

function isEmpty(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}
