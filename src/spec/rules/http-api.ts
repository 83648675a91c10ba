import type { EnvironmentSpec } from '../environment';
import { either, type Finding } from './report';

/** Routes lead to what there is. */
export function* httpApiRules({ httpApi, alb, domain, functions, workload }: EnvironmentSpec): Iterable<Finding> {
  if (!httpApi) return;
  const known = [...(workload && alb ? ['workload'] : []), ...functions.map(({ name }) => `functions.${name}`)];
  const routes = httpApi.routes.map(({ route }) => route);
  for (const [index, { route, to }] of httpApi.routes.entries()) {
    const path = ['http_api', 'routes', String(index)];
    if (to === 'workload' && workload && !alb) {
      yield {
        path: [...path, 'to'],
        expected: 'expected an alb section, through which the API reaches the workload',
        got: to,
      };
    } else if (!known.includes(to)) {
      yield {
        path: [...path, 'to'],
        expected:
          known.length > 0
            ? `expected ${either(known)}, which this environment has`
            : 'expected a function or a workload behind an alb',
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
