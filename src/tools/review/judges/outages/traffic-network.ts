import { certificate, gateway, ground, instance, name, route, rule, type Serving } from './serving';

/** What traffic passes on its way: networks, names and what guards them. */
export const networkTraffic: Readonly<Record<string, Serving>> = {
  aws_rds_cluster_instance: {
    ...instance,
    replaced:
      'a cluster of one instance is down until it is up, 10 to 15 minutes; otherwise a reader takes over in about 30 seconds',
  },
  aws_docdb_cluster_instance: instance,
  aws_neptune_cluster_instance: instance,
  aws_db_proxy: {
    replaced: 'connections through it end, and a new one takes 5 to 10 minutes',
    destroyed: 'connections through it end',
  },
  aws_db_proxy_target: {
    replaced: 'the proxy has no database for a minute or two',
    destroyed: 'the proxy has no database',
  },
  aws_db_proxy_default_target_group: {
    replaced: 'the proxy has no database for a minute or two',
    destroyed: 'the proxy has no database',
  },
  aws_db_subnet_group: ground,
  aws_elasticache_subnet_group: ground,
  aws_redshift_subnet_group: ground,
  aws_docdb_subnet_group: ground,
  aws_neptune_subnet_group: ground,
  aws_efs_mount_target: {
    replaced: "tasks in its zone can't reach their files for 1 to 3 minutes",
    destroyed: "tasks in its zone can't reach their files",
  },
  aws_efs_access_point: {
    replaced: 'tasks that mount it have to be started anew',
    destroyed: "tasks that mount it don't start",
  },
  aws_vpc: ground,
  aws_subnet: ground,
  aws_internet_gateway: {
    replaced: 'nothing is reached from the internet for about a minute',
    destroyed: 'nothing is reached from the internet, and nothing gets out',
  },
  aws_egress_only_internet_gateway: gateway,
  aws_nat_gateway: gateway,
  aws_eip: {
    replaced:
      "the address is another one: whoever allows the old one refuses the new one, and the old one can't be had back",
    destroyed: "the address is gone, and can't be had back",
  },
  aws_eip_association: gateway,
  aws_route: route,
  aws_route_table: {
    replaced: 'its subnets have no routes of their own for seconds',
    destroyed: 'its subnets fall back to the main route table',
  },
  aws_route_table_association: {
    replaced: 'the subnet takes the main route table for seconds',
    destroyed: 'the subnet falls back to the main route table: mostly it has no way out',
  },
  aws_main_route_table_association: route,
  aws_vpc_endpoint: {
    replaced: 'the service behind it is not reached, or takes the way over NAT, for 1 to 3 minutes',
    destroyed: 'the service behind it is not reached, or takes the way over NAT',
  },
  aws_vpc_endpoint_route_table_association: route,
  aws_vpc_endpoint_subnet_association: route,
  aws_vpc_peering_connection: route,
  aws_vpc_peering_connection_accepter: route,
  aws_ec2_transit_gateway: route,
  aws_ec2_transit_gateway_vpc_attachment: route,
  aws_ec2_transit_gateway_route: route,
  aws_vpn_connection: route,
  aws_vpn_gateway: route,
  aws_customer_gateway: route,
  aws_dx_gateway: route,
  aws_network_acl: route,
  aws_network_acl_rule: rule,
  aws_network_acl_association: route,
  aws_security_group: {
    replaced: 'all that has it changes groups; AWS refuses to delete one that is in use, for up to 15 minutes',
    destroyed: 'AWS refuses while something has it; what it allowed is refused',
    gapless: true,
  },
  aws_security_group_rule: rule,
  aws_vpc_security_group_ingress_rule: rule,
  aws_vpc_security_group_egress_rule: rule,
  aws_route53_record: name,
  aws_route53_zone_association: name,
  aws_route53_resolver_rule: name,
  aws_service_discovery_service: name,
  aws_service_discovery_private_dns_namespace: name,
  aws_service_discovery_http_namespace: name,
  aws_service_discovery_instance: name,
  aws_acm_certificate: certificate,
  aws_iam_server_certificate: certificate,
};
