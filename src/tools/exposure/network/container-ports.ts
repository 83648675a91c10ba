import type { Resource, ResourceGraph } from '../../graph/resource-graph';
import { isMap, valuesAt } from '../../graph/values';
import type { Ports } from '../path';
import { ALL_PORTS, numberOf, portsOf } from './ports';

/** The ports that a service's containers listen on; a container may listen without saying so, so of nothing said it is any. */
export function containerPorts(service: Resource, graph: ResourceGraph): readonly Ports[] {
  const balanced = valuesAt(service.values, 'load_balancer.container_port');
  const registered = ['container_port', 'port'].flatMap((key) => valuesAt(service.values, `service_registries.${key}`));
  const mapped = graph.linked(service, 'task_definition', 'aws_ecs_task_definition').flatMap(mappings);
  const said = [...balanced, ...registered].flatMap((port) => (numberOf(port) ? portsOf('tcp', port, port) : []));
  const all = distinct([...said, ...mapped]);
  return all.length > 0 ? all : [ALL_PORTS];
}

function mappings({ values }: Resource): readonly Ports[] {
  const containers = parsed(values['container_definitions']);
  return valuesAt({ containers }, 'containers.portMappings')
    .filter(isMap)
    .flatMap(({ containerPort, protocol }) =>
      numberOf(containerPort) ? portsOf(protocol ?? 'tcp', containerPort, containerPort) : [],
    );
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function distinct(ports: readonly Ports[]): readonly Ports[] {
  return [...new Map(ports.map((one) => [JSON.stringify(one), one])).values()];
}
