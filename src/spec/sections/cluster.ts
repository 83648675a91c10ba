import * as z from 'zod';
import type { Context } from '../context';
import { importByName } from '../values/adoption';
import { awsName, flag } from '../values/fields';

/** The `cluster` section: the ECS cluster that every service and task of the environment runs in. */
export const clusterSection = z.strictObject({
  name: awsName('an ECS cluster', /^[A-Za-z0-9_-]{1,255}$/, '1 to 255 letters, digits, dashes and underscores')
    .optional()
    .describe('By default <project>_cluster_<env>.'),
  import: importByName('name'),
  containerInsights: flag()
    .default(false)
    .describe('Task counts and other metrics by service. Charged as custom metrics; alarms on task counts need it.'),
});

export type ClusterSpec = ReturnType<typeof completeCluster>;

/** Fills in the name. */
export function completeCluster(section: z.output<typeof clusterSection>, { project, env }: Context) {
  return { ...section, name: section.name ?? `${project}_cluster_${env}` };
}
