import type { EnvironmentSpec } from '../environment';
import type { ServiceSpec } from '../sections/service';
import { workloadAsService } from '../sections/workload';
import type { SpecPath } from './report';

/** A container service and where it stands in the file. */
export interface RunningService {
  readonly path: SpecPath;
  readonly service: ServiceSpec;

  /** Whether the load balancer sends it requests. */
  readonly routed: boolean;
}

/** Everything that keeps running: the workload first, then `services`. */
export function runningServices({ alb, workload, services }: EnvironmentSpec): RunningService[] {
  return [
    ...(workload ? [{ path: ['workload'], service: workloadAsService(workload), routed: alb !== undefined }] : []),
    ...services.map((service) => ({
      path: ['services', service.name],
      service,
      routed: alb !== undefined && service.route !== undefined,
    })),
  ];
}

/** Those whose repository is made here. */
export function servicesWithRepository(spec: EnvironmentSpec): RunningService[] {
  if (spec.ecrAccountId !== undefined) return [];
  return runningServices(spec).filter(({ service }) => service.image === undefined && !service.repository.existing);
}

/** Those whose image whoever delivers decides, in a repository here or in another account. */
export function deliveredServices(spec: EnvironmentSpec): RunningService[] {
  return runningServices(spec).filter(
    ({ service }) => service.image === undefined && service.imageOwner === 'pipeline',
  );
}
