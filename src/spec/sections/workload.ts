import * as z from 'zod';
import type { Context } from '../context';
import { domainName, envVariables, text, wholeNumber } from '../values/fields';
import { completeService, serviceShape } from './container';
import { defaultScaling } from './scaling';

/** The path of a health check or route. */
export const urlPath = text('a path such as "/health"', /^\/[^\s?#]{0,1023}$/);

/** The `workload` section: the backend, which has the load balancer's default route and uses everything declared. */
export const workloadSection = z.strictObject({
  ...serviceShape,
  backendImagePort: wholeNumber(1, 65_535).default(8080).describe('TCP port the container listens on.'),
  backendHealthEndpoint: urlPath.default('/health').describe('Path the load balancer asks for.'),
  backendAlbDomainName: domainName
    .optional()
    .describe(
      'The name that the load balancer answers for, instead of the environment’s domain. Outside of that domain, its record goes into the zone of its parent, which must be there already.',
    ),
  backendEnvVariables: envVariables.describe('Environment variables, nothing secret among them.'),
});

export type WorkloadSpec = ReturnType<typeof completeWorkload>;

/** Fills in names and, where it names none, what it uses. */
export function completeWorkload(
  section: z.output<typeof workloadSection>,
  context: Context,
  defaults: { readonly uses: readonly string[]; readonly discovery: boolean; readonly scales: boolean },
) {
  const scaling = section.scaling ?? (defaults.scales ? defaultScaling(section.desiredCount) : undefined);
  return completeService({ ...section, scaling }, 'backend', context, defaults);
}

/** The workload in the words of a service: the dialect names four of its keys differently. */
export function workloadAsService(workload: WorkloadSpec) {
  const { backendImagePort, backendHealthEndpoint, backendEnvVariables, backendAlbDomainName: _, ...shared } = workload;
  return {
    ...shared,
    containerPort: backendImagePort,
    healthEndpoint: backendHealthEndpoint,
    envVariables: backendEnvVariables,
  };
}
