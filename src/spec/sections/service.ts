import * as z from 'zod';
import type { Context } from '../context';
import { envVariables, movable, text, wholeNumber } from '../values/fields';
import { completeService, serviceShape } from './container';
import { urlPath, type workloadAsService } from './workload';

/** One of `services`: a further container service, which uses only what it names. */
export const serviceSection = z.strictObject({
  ...movable,
  ...serviceShape,
  containerPort: wholeNumber(1, 65_535).default(3000).describe('TCP port the container listens on.'),
  healthEndpoint: urlPath.default('/health').describe('Path the load balancer asks for.'),
  envVariables: envVariables.describe('Environment variables, nothing secret among them.'),
  route: z
    .strictObject({
      path: text('a path pattern such as "/reports/*"', /^\/[A-Za-z0-9_\-.*$/~"'@:+?&]{0,127}$/),
      priority: wholeNumber(1, 50_000).describe('Lower numbers are tried first; each may be used once.'),
    })
    .optional()
    .describe('Requests of the load balancer that go to this service; without it, it has no target group.'),
});

/** What any container service is made from, the workload included. */
export type ServiceSpec = ReturnType<typeof workloadAsService>;

/** Fills in names; a renamed service keeps those it has in AWS. */
export function completeNamedService(
  section: z.output<typeof serviceSection>,
  context: Context,
  defaults: { readonly uses: readonly string[]; readonly discovery: boolean },
) {
  return completeService(section, section.was ?? section.name, context, defaults);
}
