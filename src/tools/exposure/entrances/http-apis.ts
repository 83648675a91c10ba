import type { Resource, ResourceGraph } from '../../graph/resource-graph';
import { isMarked, textsAt, valueAt } from '../../graph/values';
import type { Network } from '../network/network';
import { ALL_PORTS, tcp } from '../network/ports';
import { API_KEY, type Condition, INTERNET, type Path, path } from '../path';
import { functionNamed } from './functions';
import type { LoadBalancers } from './load-balancers';
import { tlsOfVersion } from './tls';

/** HTTP and WebSocket APIs: routes, who may use them, and what answers. */
export class HttpApis {
  constructor(
    private readonly network: Network,
    private readonly balancers: LoadBalancers,
  ) {}

  paths(): readonly Path[] {
    const { graph } = this.network;
    return graph.ofType('aws_apigatewayv2_api').flatMap((api) => {
      if (api.mode === 'data') return [];
      const routes = graph.linking(api, 'aws_apigatewayv2_route', 'api_id');
      const quick = functionNamed(graph, api, 'target');
      const start = this.start(api);
      if (!start) return [];
      return [
        ...routes.flatMap((route) => this.ofRoute(api, route, start)),
        ...(quick ? [path({ ...start, to: quick.address, through: [api.address], because: [api.address] })] : []),
      ];
    });
  }

  /** An API is public unless its own address is off and no domain leads to it. */
  private start(api: Resource): Pick<Path, 'from' | 'ports' | 'conditions'> | undefined {
    const { graph } = this.network;
    const mappings = graph.linking(api, 'aws_apigatewayv2_api_mapping', 'api_id');
    const domains = mappings.flatMap((one) => graph.linked(one, 'domain_name', 'aws_apigatewayv2_domain_name'));
    const closed = api.values['disable_execute_api_endpoint'] === true;
    if (closed && mappings.length === 0) return undefined;
    const mutual =
      closed &&
      domains.length > 0 &&
      domains.every(({ values }) => valueAt(values, 'mutual_tls_authentication.truststore_uri'));
    const versions = domains.flatMap(({ values }) => textsAt(values, 'domain_name_configuration.security_policy'));
    const weakest = versions.map(tlsOfVersion).sort((one, other) => (one.strength ?? 0) - (other.strength ?? 0))[0];
    const auth: readonly Condition[] = mutual ? [{ kind: 'auth', text: "a client's certificate" }] : [];
    return { from: INTERNET, ports: [tcp(443)], conditions: [weakest ?? tlsOfVersion('TLS_1_2'), ...auth] };
  }

  private ofRoute(api: Resource, route: Resource, start: Pick<Path, 'from' | 'ports' | 'conditions'>): readonly Path[] {
    const key = String(route.values['route_key'] ?? '');
    const request: readonly Condition[] =
      key === '' || key === '$default' ? [] : [{ kind: 'request', text: `route ${key}` }];
    const auth = authOf(route);
    const unknown = auth === undefined ? [`authorization_type of ${route.address}`] : [];
    const conditions = [...start.conditions, ...(auth ?? []), ...request];
    return this.integrationsOf(route).flatMap((integration) =>
      this.behind(integration).map(({ to, through, by }) =>
        path({
          ...start,
          conditions,
          unknown,
          to,
          through: [api.address, ...through],
          because: [route.address, integration.address, api.address, ...by],
        }),
      ),
    );
  }

  private integrationsOf(route: Resource): readonly Resource[] {
    const { graph } = this.network;
    const [id = ''] = textsAt(route.values, 'target').map((text) => text.replace(/^integrations\//, ''));
    const said = graph.named('aws_apigatewayv2_integration', id);
    return said.length > 0 ? said : graph.linked(route, 'target', 'aws_apigatewayv2_integration');
  }

  private behind(integration: Resource): readonly Behind[] {
    const { graph } = this.network;
    const called = functionNamed(graph, integration, 'integration_uri');
    if (called) return [{ to: called.address, through: [], by: [] }];
    const links = graph.linked(integration, 'connection_id', 'aws_apigatewayv2_vpc_link');
    return links.length > 0
      ? links.flatMap((link) => this.overLink(integration, link))
      : [{ to: integration.address, through: [], by: [] }];
  }

  /** Through a link into the VPC: to a listener, or to what a registry of services knows. */
  private overLink(integration: Resource, link: Resource): readonly Behind[] {
    const { graph } = this.network;
    const listeners = ['aws_lb_listener', 'aws_alb_listener'].flatMap((type) =>
      graph.linked(integration, 'integration_uri', type),
    );
    const registries = graph.linked(integration, 'integration_uri', 'aws_service_discovery_service');
    return [
      ...listeners.flatMap((listener) => this.toListener(listener, link)),
      ...registries
        .flatMap((registry) => graph.linking(registry, 'aws_ecs_service', 'service_registries.registry_arn'))
        .filter((service) => this.reaches(link, service))
        .map((service) => ({ to: service.address, through: [link.address], by: [] })),
    ];
  }

  private toListener(listener: Resource, link: Resource): readonly Behind[] {
    const balancer = this.balancers.balancerOf(listener);
    if (!balancer || !this.reaches(link, balancer, [this.balancers.portsOf(listener)])) return [];
    return this.balancers.behind(listener, balancer).map(({ to, through, by }) => ({
      to,
      through: [link.address, balancer.address, listener.address, ...through],
      by,
    }));
  }

  private reaches(link: Resource, target: Resource, ports = [ALL_PORTS]): boolean {
    const [client, server] = [this.network.hostOf(link), this.network.hostOf(target)];
    if (!client || !server) return true;
    const listens = server.listens.length > 0 ? server.listens : ports;
    return this.network.callers(server, listens).some(({ host, from }) => host === client || from.kind !== 'inside');
  }
}

interface Behind {
  readonly to: string;
  readonly through: readonly string[];
  readonly by: readonly string[];
}

/** What a route or method asks of those who call it; `undefined` where that is known only after the apply. */
export function authOf({ values, unknown }: Pick<Resource, 'values' | 'unknown'>): readonly Condition[] | undefined {
  for (const key of ['authorization_type', 'authorization']) {
    const said = values[key];
    if (said === undefined && isMarked(unknown, key)) return undefined;
    if (typeof said === 'string' && said !== '' && said !== 'NONE') return [{ kind: 'auth', text: AUTH[said] ?? said }];
  }
  return values['api_key_required'] === true ? [API_KEY] : [];
}

const AUTH: Readonly<Record<string, string>> = {
  OPENID_CONNECT: 'a token (OpenID Connect)',
  AMAZON_COGNITO_USER_POOLS: 'a token of Cognito',
  AWS_LAMBDA: "a function's consent",
  JWT: 'a token (JWT)',
  AWS_IAM: 'a signature of AWS',
  CUSTOM: "a function's consent",
  COGNITO_USER_POOLS: 'a token of Cognito',
};

/** REST APIs: methods, their authorizers, and the API's own policy. */
export function restApiPaths(graph: ResourceGraph): readonly Path[] {
  return graph.ofType('aws_api_gateway_rest_api').flatMap((api) => {
    const types = textsAt(api.values, 'endpoint_configuration.types');
    if (api.mode === 'data' || types.includes('PRIVATE')) return [];
    const start = { from: INTERNET, ports: [tcp(443)], through: [api.address] };
    const tls = tlsOfVersion('TLS_1_0');
    const methods = graph.linking(api, 'aws_api_gateway_method', 'rest_api_id');
    const described = methods.length === 0 && (api.values['body'] !== undefined || isMarked(api.unknown, 'body'));
    const whole = path({
      ...start,
      through: [],
      to: api.address,
      conditions: [tls, { kind: 'request', text: 'as its body says' }],
      because: [api.address],
    });
    return [
      ...(described ? [whole] : []),
      ...methods
        .filter(({ values }) => values['http_method'] !== 'OPTIONS')
        .map((method) => {
          const auth = authOf(method);
          const to = integrationOf(graph, method) ?? api;
          const unknown = auth === undefined ? [`authorization of ${method.address}`] : [];
          const because = [method.address, api.address];
          return path({
            ...start,
            through: to === api ? [] : start.through,
            to: to.address,
            conditions: [tls, ...(auth ?? [])],
            unknown,
            because,
          });
        }),
    ];
  });
}

function integrationOf(graph: ResourceGraph, method: Resource): Resource | undefined {
  const [resource] = graph.linked(method, 'resource_id', 'aws_api_gateway_resource');
  const said = method.values['resource_id'];
  const found = (resource ? graph.linking(resource, 'aws_api_gateway_integration', 'resource_id') : []).find(
    ({ values }) => values['http_method'] === method.values['http_method'],
  );
  const direct =
    found ??
    graph
      .ofType('aws_api_gateway_integration')
      .find(
        ({ values }) =>
          said !== undefined &&
          values['resource_id'] === said &&
          values['http_method'] === method.values['http_method'],
      );
  return direct === undefined ? undefined : functionNamed(graph, direct, 'uri');
}
