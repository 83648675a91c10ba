import type { Resource, ResourceGraph } from '../../graph/resource-graph';
import { isMap, textsAt, type Values, valueAt, valuesAt } from '../../graph/values';
import { portsOf, tcp } from '../network/ports';
import { sourceOfCidr } from '../network/source';
import { API_KEY, type Condition, INTERNET, type Path, type Ports, path } from '../path';
import { authOf } from './http-apis';
import { tlsOfVersion } from './tls';

/** A service of AWS's that has an address on the internet unless somebody says otherwise. */
interface Endpoint {
  readonly isOpen: (values: Values) => boolean;
  readonly ports: readonly Ports[];
  readonly asks: (resource: Resource) => readonly Condition[];
}

const TLS: Condition = tlsOfVersion('TLS_1_2');

const asks =
  (text: string): Endpoint['asks'] =>
  () => [TLS, { kind: 'auth', text }];

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  aws_transfer_server: {
    isOpen: (values) => (values['endpoint_type'] ?? 'PUBLIC') === 'PUBLIC',
    ports: [tcp(22)],
    asks: () => [{ kind: 'auth', text: 'a key or password of its users' }],
  },
  aws_apprunner_service: {
    isOpen: (values) => valueAt(values, 'network_configuration.ingress_configuration.is_publicly_accessible') !== false,
    ports: [tcp(443)],
    asks: () => [TLS],
  },
  aws_appsync_graphql_api: {
    isOpen: (values) => values['visibility'] !== 'PRIVATE',
    ports: [tcp(443)],
    asks: ({ values }) => [TLS, ...graphQlAuth(values)],
  },
  aws_mwaa_environment: {
    isOpen: (values) => values['webserver_access_mode'] === 'PUBLIC_ONLY',
    ports: [tcp(443)],
    asks: asks('a signature of AWS'),
  },
  aws_grafana_workspace: {
    isOpen: (values) => valuesAt(values, 'network_access_control').length === 0,
    ports: [tcp(443)],
    asks: asks('sign-in'),
  },
  aws_msk_cluster: {
    isOpen: (values) =>
      valueAt(values, 'broker_node_group_info.connectivity_info.public_access.type') === 'SERVICE_PROVIDED_EIPS',
    ports: [{ protocol: 'tcp', from: 9194, to: 9198 }],
    asks: asks('a sign-in of its clients'),
  },
};

/** Whoever calls it chooses one of its ways to say who he is. */
function graphQlAuth(values: Values): readonly Condition[] {
  const types = ['authentication_type', 'additional_authentication_provider.authentication_type'].flatMap((key) =>
    textsAt(values, key),
  );
  if (types.includes('API_KEY')) return [API_KEY];
  return authOf({ values: { authorization_type: types[0] }, unknown: {} }) ?? [];
}

export function managedEndpointPaths(graph: ResourceGraph): readonly Path[] {
  const managed = Object.entries(ENDPOINTS).flatMap(([type, { isOpen, ports, asks: conditionsOf }]) =>
    graph
      .ofType(type)
      .filter(({ mode, values }) => mode === 'managed' && isOpen(values))
      .map((one) =>
        path({ from: INTERNET, to: one.address, ports, conditions: conditionsOf(one), because: [one.address] }),
      ),
  );
  return [...managed, ...graph.ofType('aws_lightsail_instance_public_ports').flatMap(lightsailPaths)];
}

/** A rule without ranges is for everybody. */
function lightsailPaths({ address, values }: Resource): readonly Path[] {
  return valuesAt(values, 'port_info')
    .filter(isMap)
    .flatMap((block) => {
      const ranges = [...textsAt(block, 'cidrs'), ...textsAt(block, 'ipv6_cidrs')];
      const sources = ranges.length === 0 ? [INTERNET] : ranges.map(sourceOfCidr);
      const ports = [portsOf(block['protocol'], block['from_port'], block['to_port'])];
      return sources.map((from) => path({ from, to: address, ports, because: [address] }));
    });
}
