import * as z from 'zod';
import type { Context } from '../context';
import { email, flag } from '../values/fields';
import { containerShape, image } from './container';
import { completeNamedService, serviceSection } from './service';

/** Where it listens: a port that its user may take, who is not root. */
const PORT = 5050;

/** `postgres.pgadmin`: pgAdmin in the private subnets, behind no load balancer. */
export const pgadminSection = z
  .strictObject({
    enabled: flag().default(true),
    email: email.describe('Whom it knows. The password is generated, into /<env>/<project>/pgadmin_password.'),
    image: image.default('dpage/pgadmin4:9.17').describe('A pinned release: https://www.pgadmin.org/docs/'),
    cpu: containerShape.cpu,
    memory: containerShape.memory,
  })
  .describe(
    'A web interface for the database. Nothing leads to it but a session of AWS Systems Manager, whose command the output "next_steps" tells. Its settings are gone with its task.',
  );

export type PgadminSpec = ReturnType<typeof completePgadmin>;

/** Fills in what it takes to run: a service like any other, whose shell can be reached. */
export function completePgadmin(section: z.output<typeof pgadminSection>, context: Context) {
  const { project, env } = context;
  const written = serviceSection.parse({
    name: 'pgadmin',
    image: section.image,
    cpu: section.cpu,
    memory: section.memory,
    containerPort: PORT,
    ecsExec: true,
    envVariables: [
      { name: 'PGADMIN_DEFAULT_EMAIL', value: section.email },
      { name: 'PGADMIN_LISTEN_PORT', value: String(PORT) },
      { name: 'PGADMIN_DISABLE_POSTFIX', value: 'true' }, // it sends no mail, and starting it takes root
    ],
  });
  return {
    ...section,
    passwordParameter: `/${env}/${project}/pgadmin_password`,
    service: completeNamedService(written, context, { uses: [], discovery: false }),
  };
}
