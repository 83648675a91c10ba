import * as z from 'zod';
import type { Context } from '../context';
import { domainName, envVariables, flag, text, wholeNumber } from '../values/fields';
import { backendBucket } from './backend-bucket';
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
  ...backendBucket,
  setupFcnsns: flag()
    .default(false)
    .describe(
      'Push notifications by Firebase Cloud Messaging over SNS, `push` in `uses`. A person writes its credential into the SSM parameter /<env>/<project>/backend/fcm/server_key; the next apply makes the platform application. The credential then stands in the Terraform state: there is no write-only form.',
    ),
});

export type WorkloadSpec = ReturnType<typeof completeWorkload>;

/** Fills in names and, where it names none, what it uses. */
export function completeWorkload(
  section: z.output<typeof workloadSection>,
  context: Context,
  defaults: {
    readonly uses: readonly string[];
    readonly discovery: boolean;
    readonly scales: boolean;
    readonly alb: boolean;
  },
) {
  const scaling = section.scaling ?? (defaults.scales ? defaultScaling(section.desiredCount) : undefined);
  const healthCheck = { ...section.healthCheck, container: section.healthCheck.container ?? !defaults.alb };
  return completeService({ ...section, scaling, healthCheck }, 'backend', context, defaults);
}

/** The workload in the words of a service: the dialect names three of its keys differently, and some are its own. */
export function workloadAsService(workload: WorkloadSpec) {
  const { backendImagePort, backendHealthEndpoint, backendEnvVariables, backendAlbDomainName, ...others } = workload;
  const { bucketPostfix, bucketPublic, setupFcnsns, ...shared } = others;
  return {
    ...shared,
    containerPort: backendImagePort,
    healthEndpoint: backendHealthEndpoint,
    envVariables: backendEnvVariables,
  };
}
