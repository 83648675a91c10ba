import type { Resource, ResourceGraph } from '../../graph/resource-graph';
import { isMarked, textsAt, valueAt } from '../../graph/values';
import type { Ports } from '../path';
import { containerPorts } from './container-ports';
import { ALL_PORTS, numberOf, tcp } from './ports';
import type { SecurityGroups } from './security-groups';

/** Something with a network interface: it listens, dials, or both. */
export interface Host {
  /** What people call it: of a mount target the file system, of a cluster's instance the cluster. */
  readonly resource: Resource;
  readonly groups: readonly Resource[];
  readonly subnets: readonly Resource[];

  /** Whether it has an address on the internet. */
  readonly public: 'yes' | 'no' | 'unknown';

  /** Of what is behind a load balancer or the like: its listeners, which are paths of their own. */
  readonly listens: readonly Ports[];
  readonly by: readonly string[];
}

/** Where a kind of resource says what its interfaces are like. */
interface Shape {
  readonly groups: string;
  readonly subnets?: string;

  /** A group of subnets that it names: the argument, the type. */
  readonly subnetGroup?: readonly [argument: string, type: string];
  readonly public?: string;
  readonly listens?: (resource: Resource, graph: ResourceGraph) => readonly Ports[];
}

const network = (prefix: string): Shape => ({
  groups: `${prefix}.security_groups`,
  subnets: `${prefix}.subnets`,
  public: `${prefix}.assign_public_ip`,
});

const database = (port: (resource: Resource) => number | undefined): Shape => ({
  groups: 'vpc_security_group_ids',
  subnetGroup: ['db_subnet_group_name', 'aws_db_subnet_group'],
  public: 'publicly_accessible',
  listens: (resource) => one(numberOf(resource.values['port']) ?? port(resource)),
});

const cache = (port: number, type: string): Shape => ({
  groups: 'security_group_ids',
  subnetGroup: ['subnet_group_name', type],
  listens: ({ values }) => one(numberOf(values['port']) ?? (values['engine'] === 'memcached' ? 11_211 : port)),
});

const search: Shape = {
  groups: 'vpc_options.security_group_ids',
  subnets: 'vpc_options.subnet_ids',
  listens: () => [tcp(443)],
};

/** Default ports of the engines: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
function enginePort({ values }: Resource): number | undefined {
  const engine = String(values['engine'] ?? values['engine_family'] ?? '').toLowerCase();
  if (/postgres/.test(engine)) return 5432;
  if (/mysql|mariadb|^aurora$/.test(engine)) return 3306;
  if (/oracle/.test(engine)) return 1521;
  if (/sqlserver/.test(engine)) return 1433;
  return /db2/.test(engine) ? 50_000 : undefined;
}

export const SHAPES: Readonly<Record<string, Shape>> = {
  aws_ecs_service: { ...network('network_configuration'), listens: containerPorts },
  aws_cloudwatch_event_target: { ...network('ecs_target.network_configuration'), listens: () => ANYTHING },
  aws_scheduler_schedule: { ...network('target.ecs_parameters.network_configuration'), listens: () => ANYTHING },
  aws_lambda_function: { groups: 'vpc_config.security_group_ids', subnets: 'vpc_config.subnet_ids' },
  aws_lb: { groups: 'security_groups', subnets: 'subnets' },
  aws_alb: { groups: 'security_groups', subnets: 'subnets' },
  aws_elb: { groups: 'security_groups', subnets: 'subnets' },
  aws_apigatewayv2_vpc_link: { groups: 'security_group_ids', subnets: 'subnet_ids' },
  aws_db_instance: database(enginePort),
  aws_rds_cluster: database((resource) => enginePort(resource) ?? 3306),
  aws_docdb_cluster: database(() => 27_017),
  aws_neptune_cluster: {
    ...database(() => 8182),
    subnetGroup: ['neptune_subnet_group_name', 'aws_neptune_subnet_group'],
  },
  aws_db_proxy: {
    groups: 'vpc_security_group_ids',
    subnets: 'vpc_subnet_ids',
    listens: (proxy) => one(enginePort(proxy)),
  },
  aws_redshift_cluster: {
    ...database(() => 5439),
    subnetGroup: ['cluster_subnet_group_name', 'aws_redshift_subnet_group'],
  },
  aws_redshiftserverless_workgroup: {
    groups: 'security_group_ids',
    subnets: 'subnet_ids',
    public: 'publicly_accessible',
    listens: ({ values }) => one(numberOf(values['port']) ?? 5439),
  },
  aws_elasticache_cluster: cache(6379, 'aws_elasticache_subnet_group'),
  aws_elasticache_replication_group: cache(6379, 'aws_elasticache_subnet_group'),
  aws_elasticache_serverless_cache: { ...cache(6379, ''), subnets: 'subnet_ids' },
  aws_memorydb_cluster: cache(6379, 'aws_memorydb_subnet_group'),
  aws_efs_mount_target: { groups: 'security_groups', subnets: 'subnet_id', listens: () => [tcp(2049)] },
  aws_mq_broker: {
    groups: 'security_groups',
    subnets: 'subnet_ids',
    public: 'publicly_accessible',
    listens: ({ values }) =>
      values['engine_type'] === 'RabbitMQ' ? [5671, 443].map(tcp) : [61_617, 5671, 61_614, 8883, 61_619, 8162].map(tcp),
  },
  aws_msk_cluster: {
    groups: 'broker_node_group_info.security_groups',
    subnets: 'broker_node_group_info.client_subnets',
    listens: () => [{ protocol: 'tcp', from: 9092, to: 9198 }],
  },
  aws_opensearch_domain: search,
  aws_elasticsearch_domain: search,
  aws_vpc_endpoint: { groups: 'security_group_ids', subnets: 'subnet_ids', listens: () => [tcp(443)] },
  aws_dms_replication_instance: {
    groups: 'vpc_security_group_ids',
    subnetGroup: ['replication_subnet_group_id', 'aws_dms_replication_subnet_group'],
    public: 'publicly_accessible',
    listens: () => ANYTHING,
  },
  aws_instance: {
    groups: 'vpc_security_group_ids',
    subnets: 'subnet_id',
    public: 'associate_public_ip_address',
    listens: () => ANYTHING,
  },
  aws_network_interface: { groups: 'security_groups', subnets: 'subnet_id', listens: () => ANYTHING },
  aws_launch_template: {
    groups: 'vpc_security_group_ids',
    public: 'network_interfaces.associate_public_ip_address',
    listens: () => ANYTHING,
  },
  aws_launch_configuration: {
    groups: 'security_groups',
    public: 'associate_public_ip_address',
    listens: () => ANYTHING,
  },
};

const ANYTHING: readonly Ports[] = [ALL_PORTS];

/** Every host of a stack. */
export function hostsOf(graph: ResourceGraph, groups: SecurityGroups): readonly Host[] {
  return Object.entries(SHAPES).flatMap(([type, shape]) =>
    graph.ofType(type).flatMap((resource) => {
      const own = [shape.groups, ...(MORE_GROUPS[type] ?? [])].flatMap((path) => groups.groupsNamed(resource, path));
      const subnets = subnetsOf(graph, resource, shape);
      if (type === 'aws_lambda_function' && own.length + subnets.length === 0) return [];
      const { means, by } = meaning(graph, resource);
      return {
        resource: means,
        groups: [...new Set(own)],
        subnets,
        public: publicness(graph, resource, shape, subnets),
        listens: shape.listens?.(resource, graph) ?? [],
        by: [
          ...by,
          ...[...addressedBy(graph, resource), ...publicMembers(graph, resource)].map(({ address }) => address),
        ],
      };
    }),
  );
}

const MORE_GROUPS: Readonly<Record<string, readonly string[]>> = {
  aws_instance: ['security_groups', 'network_interface.security_groups'],
  aws_launch_template: ['network_interfaces.security_groups'],
};

function subnetsOf(graph: ResourceGraph, resource: Resource, { subnets, subnetGroup }: Shape): readonly Resource[] {
  const own = subnets === undefined ? [] : subnetsNamed(graph, resource, subnets);
  const mapped = /^aws_(?:a?lb)$/.test(resource.type) ? subnetsNamed(graph, resource, 'subnet_mapping.subnet_id') : [];
  if (subnetGroup === undefined) return [...own, ...mapped];
  const [argument, type] = subnetGroup;
  return graph.linked(resource, argument, type).flatMap((group) => subnetsNamed(graph, group, 'subnet_ids'));
}

function subnetsNamed(graph: ResourceGraph, from: Resource, path: string): readonly Resource[] {
  return ['aws_subnet', 'aws_default_subnet'].flatMap((type) => graph.linked(from, path, type));
}

/** A mount target is reached for its file system's sake. */
function meaning(
  graph: ResourceGraph,
  resource: Resource,
): { readonly means: Resource; readonly by: readonly string[] } {
  if (resource.type !== 'aws_efs_mount_target') return { means: resource, by: [resource.address] };
  const [system = resource] = graph.linked(resource, 'file_system_id', 'aws_efs_file_system');
  return { means: system, by: [resource.address, system.address] };
}

function publicness(
  graph: ResourceGraph,
  resource: Resource,
  shape: Shape,
  subnets: readonly Resource[],
): Host['public'] {
  if (/^aws_(?:a?lb|elb)$/.test(resource.type)) {
    if (isMarked(resource.unknown, 'internal') && valueAt(resource.values, 'internal') === undefined) return 'yes';
    return valueAt(resource.values, 'internal') === true ? 'no' : 'yes';
  }
  if (MEMBERS[resource.type] !== undefined) return publicMembers(graph, resource).length > 0 ? 'yes' : 'no';
  if (addressedBy(graph, resource).length > 0) return 'yes';
  const said = shape.public === undefined ? undefined : valueAt(resource.values, shape.public);
  if (resource.type === 'aws_instance' && said === undefined && subnets.some(givesAddresses)) return 'yes';
  if (said === true || said === 'true') return 'yes';
  const later = shape.public !== undefined && isMarked(resource.unknown, shape.public);
  return later && (resource.written?.includes(shape.public?.split('.')[0] ?? '') ?? true) ? 'unknown' : 'no';
}

/** What gives something an address on the internet that it keeps. */
function addressedBy(graph: ResourceGraph, resource: Resource): readonly Resource[] {
  if (resource.type === 'aws_network_interface') return graph.linking(resource, 'aws_eip', 'network_interface');
  if (resource.type !== 'aws_instance') return [];
  return [
    ...graph.linking(resource, 'aws_eip', 'instance'),
    ...graph.linking(resource, 'aws_eip_association', 'instance_id'),
  ];
}

function givesAddresses({ values }: Resource): boolean {
  return values['map_public_ip_on_launch'] === true;
}

/** What of a cluster has addresses. */
const MEMBERS: Readonly<Record<string, string>> = {
  aws_rds_cluster: 'aws_rds_cluster_instance',
  aws_neptune_cluster: 'aws_neptune_cluster_instance',
};

function publicMembers(graph: ResourceGraph, cluster: Resource): readonly Resource[] {
  return graph
    .linking(cluster, MEMBERS[cluster.type] ?? '', 'cluster_identifier')
    .filter(({ values }) => values['publicly_accessible'] === true);
}

function one(port: number | undefined): readonly Ports[] {
  return port === undefined ? [] : [tcp(port)];
}

/** What an instance in these subnets would be called by a rule for addresses. */
export function rangesOf({ subnets }: Host): readonly string[] {
  return subnets.flatMap(({ values }) => textsAt(values, 'cidr_block'));
}
