import * as z from 'zod';
import type { Context } from '../context';
import { envVariables, flag, text, wholeNumber } from '../values/fields';
import { backendBucket } from './backend-bucket';
import { completeService, serviceShape } from './container';

/** The path of a health check or route. */
export const urlPath = text('a path such as "/health"', /^\/[^\s?#]{0,1023}$/);

/** The `workload` section: the backend, which has the load balancer's default route and uses everything declared. */
export const workloadSection = z.strictObject({
  ...serviceShape,
  backendImagePort: wholeNumber(1, 65_535).default(8080).describe('TCP port the container listens on.'),
  backendHealthEndpoint: urlPath.default('/health').describe('Path the load balancer asks for.'),
  backendEnvVariables: envVariables.describe('Environment variables, nothing secret among them.'),
  ...backendBucket,
  setupFcnsns: flag()
    .default(false)
    .describe(
      'Push notifications by Firebase Cloud Messaging over SNS, `push` in `uses`. A person writes its credential into the SSM parameter /<env>/<project>/backend/fcm/server_key; the next apply makes the platform application. The credential then stands in the Terraform state: there is no write-only form.',
    ),
});

export type WorkloadSpec = ReturnType<typeof completeWorkload>;

/** Fills in names; without `uses`, the workload uses all of `declared`. */
export function completeWorkload(
  section: z.output<typeof workloadSection>,
  context: Context,
  declared: readonly string[],
) {
  return completeService(section, 'backend', context, declared);
}

/** The workload in the words of a service: the dialect names four of its keys differently. */
export function workloadAsService(workload: WorkloadSpec) {
  const { backendImagePort, backendHealthEndpoint, backendEnvVariables, ...others } = workload;
  const { bucketPostfix, bucketPublic, setupFcnsns, ...shared } = others;
  return {
    ...shared,
    containerPort: backendImagePort,
    healthEndpoint: backendHealthEndpoint,
    envVariables: backendEnvVariables,
  };
}
