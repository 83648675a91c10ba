import type { EnvironmentSpec } from '../environment';
import type { HttpApiSpec } from '../sections/http-api';
import { either, type Finding } from './report';

/** Routes lead to what there is. */
export function* httpApiRules(spec: EnvironmentSpec): Iterable<Finding> {
  const { httpApi, domain } = spec;
  if (!httpApi) return;
  yield* routeRules(httpApi.routes, spec);
  if (httpApi.cors?.origins.length === 0) {
    yield {
      path: ['http_api', 'cors', 'origins'],
      expected: 'expected at least one origin, because there is no domain whose pages may call the API',
    };
  }
  if (httpApi.customDomain && !domain) {
    yield {
      path: ['http_api', 'custom_domain'],
      expected: 'expected a domain section, whose certificate and record it needs',
    };
  }
}

function* routeRules(
  written: HttpApiSpec['routes'],
  { alb, cluster, functions, services, workload }: EnvironmentSpec,
): Iterable<Finding> {
  const { serviceDiscovery } = cluster;
  const containers = [...(workload ? ['workload'] : []), ...services.map(({ name }) => `services.${name}`)];
  const known = [
    ...containers.filter((name) => serviceDiscovery || (alb && name === 'workload')),
    ...functions.map(({ name }) => `functions.${name}`),
  ];
  if (written.length === 0) {
    yield {
      path: ['http_api'],
      expected: 'expected a workload, a service or a function, which its routes lead to',
      got: undefined,
    };
  }
  const routes = written.map(({ route }) => route);
  for (const [index, { route, to }] of written.entries()) {
    const path = ['http_api', 'routes', String(index)];
    if (!known.includes(to) && containers.includes(to)) {
      yield {
        path: [...path, 'to'],
        expected: 'expected "cluster: { service_discovery: true }", by which the API reaches containers',
        got: to,
      };
    } else if (!known.includes(to)) {
      yield {
        path: [...path, 'to'],
        expected:
          known.length > 0
            ? `expected ${either(known)}, which this environment has`
            : 'expected a workload, a service or a function',
        got: to,
      };
    }
    if (routes.indexOf(route) !== index) {
      yield {
        path: [...path, 'route'],
        expected: 'expected each route once',
        got: route,
        advice: 'API Gateway refuses a second one',
      };
    }
  }
}
