import type { EnvironmentSpec } from '../environment';
import { databaseOf } from '../sections/database';
import type { ServiceSpec } from '../sections/service';
import { workloadAsService } from '../sections/workload';
import type { SpecPath } from './report';

/** A container service and where it stands in the file. */
export interface RunningService {
  /** What `uses` and metrics call it: `workload` or `services.<name>`. */
  readonly name: string;
  readonly path: SpecPath;
  readonly service: ServiceSpec;

  /** Whether the load balancer sends it requests. */
  readonly routed: boolean;
}

/** Everything that keeps running: the workload first, then what a section runs for itself, then `services`. */
export function runningServices(spec: EnvironmentSpec): RunningService[] {
  const { alb, workload, services } = spec;
  const pgadmin = databaseOf(spec)?.pgadmin?.service;
  return [
    ...(workload
      ? [{ name: 'workload', path: ['workload'], service: workloadAsService(workload), routed: alb !== undefined }]
      : []),
    ...(pgadmin ? [{ name: 'postgres.pgadmin', path: ['postgres', 'pgadmin'], service: pgadmin, routed: false }] : []),
    ...services.map((service) => ({
      name: `services.${service.name}`,
      path: ['services', service.name],
      service,
      routed: alb !== undefined && service.route !== undefined,
    })),
  ];
}
