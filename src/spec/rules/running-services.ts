import type { EnvironmentSpec } from '../environment';
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

/** Everything that keeps running: the workload first, then `services`. */
export function runningServices({ alb, workload, services }: EnvironmentSpec): RunningService[] {
  return [
    ...(workload
      ? [{ name: 'workload', path: ['workload'], service: workloadAsService(workload), routed: alb !== undefined }]
      : []),
    ...services.map((service) => ({
      name: `services.${service.name}`,
      path: ['services', service.name],
      service,
      routed: alb !== undefined && service.route !== undefined,
    })),
  ];
}
