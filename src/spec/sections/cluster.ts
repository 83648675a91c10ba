import * as z from 'zod';
import type { Context } from '../context';
import { importByName } from '../values/adoption';
import { awsName, flag, text } from '../values/fields';

/** The `cluster` section: the ECS cluster that every service and task of the environment runs in. */
export const clusterSection = z.strictObject({
  name: awsName('an ECS cluster', /^[A-Za-z0-9_-]{1,255}$/, '1 to 255 letters, digits, dashes and underscores')
    .optional()
    .describe('By default <project>_cluster_<env>.'),
  import: importByName('name'),
  serviceDiscovery: flag()
    .optional()
    .describe(
      'A private DNS namespace in which the workload and services find each other by name, such as backend.shop-dev.internal. By default where there are services, or no load balancer: the HTTP API reaches containers by it.',
    ),
  namespace: text(
    'a private domain name such as "shop-dev.internal"',
    /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/,
  )
    .optional()
    .describe('Name of the namespace; by default <project>-<env>.internal.'),
  containerInsights: flag()
    .default(false)
    .describe('Task counts and other metrics by service. Charged as custom metrics; alarms on task counts need it.'),
});

export type ClusterSpec = ReturnType<typeof completeCluster>;

/** Fills in names; `discoverable` says whether something wants to be found. */
export function completeCluster(
  section: z.output<typeof clusterSection>,
  { project, env, prefix }: Context,
  discoverable: boolean,
) {
  return {
    ...section,
    name: section.name ?? `${project}_cluster_${env}`,
    serviceDiscovery: section.serviceDiscovery ?? discoverable,
    namespace: section.namespace ?? `${prefix}.internal`,
  };
}
