import { QUIET_HOUR } from '../timing';
import {
  aclRule,
  BESIDE,
  certificate,
  gateway,
  ground,
  instance,
  link,
  name,
  route,
  rule,
  type Serving,
} from './serving';

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec-disable.html */
const DS_FIRST = 'remove the DS record from the parent zone first, and wait until its TTL is over';

const signing: Serving = {
  replaced: 'resolvers that check signatures refuse the whole domain until the parent zone names the new key',
  destroyed: 'resolvers that check signatures refuse the whole domain for as long as the parent zone has its DS record',
  instead: DS_FIRST,
  before: DS_FIRST,
};

/** What traffic passes on its way: networks, names and what guards them. */
export const networkTraffic: Readonly<Record<string, Serving>> = {
  aws_rds_cluster_instance: {
    ...instance,
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
    replaced:
      'a cluster of one instance is down until the new one is up, usually about 10 to 15 minutes; otherwise a reader takes over, typically within 60 seconds',
    destroyed:
      'connections to it end at once; where it is the writer, a reader takes over, typically within 60 seconds; without one, nothing answers',
    instead: 'add another instance first, and remove this one in a second step',
  },
  aws_docdb_cluster_instance: instance,
  aws_neptune_cluster_instance: instance,
  aws_db_proxy: {
    replaced: 'connections through it end, and a new one usually takes about 5 to 10 minutes',
    destroyed: 'connections through it end',
  },
  aws_db_proxy_target: {
    replaced: 'the proxy has no database, usually for a minute or two',
    destroyed: 'the proxy has no database',
    instead: QUIET_HOUR,
  },
  aws_db_proxy_default_target_group: {
    replaced: 'the proxy has no database, usually for a minute or two',
    destroyed: 'the proxy has no database',
    instead: QUIET_HOUR,
  },
  aws_db_subnet_group: ground,
  aws_elasticache_subnet_group: ground,
  aws_redshift_subnet_group: ground,
  aws_docdb_subnet_group: ground,
  aws_neptune_subnet_group: ground,
  aws_efs_mount_target: {
    replaced: "tasks in its zone can't reach their files, usually for about 1 to 3 minutes",
    destroyed: "tasks in its zone can't reach their files",
    instead: QUIET_HOUR,
  },
  aws_efs_access_point: {
    replaced: 'tasks that mount it have to be started anew',
    destroyed: "tasks that mount it don't start",
    instead: BESIDE,
  },
  aws_vpc: ground,
  aws_subnet: ground,
  aws_internet_gateway: {
    replaced: 'nothing is reached from the internet, and nothing gets out, usually for about a minute',
    destroyed: 'nothing is reached from the internet, and nothing gets out',
    instead: QUIET_HOUR,
  },
  aws_internet_gateway_attachment: {
    replaced: 'nothing is reached from the internet, and nothing gets out, for seconds',
    destroyed: 'nothing is reached from the internet, and nothing gets out',
    instead: QUIET_HOUR,
  },
  aws_egress_only_internet_gateway: gateway,
  aws_networkfirewall_firewall: link,
  aws_vpc_endpoint_service: link,
  aws_vpc_endpoint_service_allowed_principal: link,
  aws_nat_gateway: gateway,
  aws_eip: {
    replaced:
      "the address is another one: whoever allows only the old one refuses the new one, and the old one usually can't be had back",
    destroyed: "the address is gone, and usually can't be had back",
    instead: 'keep it, and take it over to what uses it now',
  },
  aws_eip_association: {
    replaced: 'the address answers nobody for seconds, and open connections break',
    destroyed: 'the address is taken off: nothing is reached by it, and connections over it break',
    instead: QUIET_HOUR,
  },
  aws_route: route,
  aws_route_table: {
    replaced: 'its subnets have no routes of their own for seconds',
    destroyed: 'its subnets fall back to the main route table',
    instead: BESIDE,
  },
  aws_route_table_association: {
    replaced: 'the subnet takes the main route table for seconds',
    destroyed: 'the subnet falls back to the main route table: usually it has no way out then',
    instead: QUIET_HOUR,
  },
  aws_main_route_table_association: route,
  aws_vpc_endpoint: {
    replaced: 'the service behind it is not reached, or by way of the NAT gateway, usually for about 1 to 3 minutes',
    destroyed: 'the service behind it is not reached, or by way of the NAT gateway',
    instead: QUIET_HOUR,
  },
  aws_vpc_endpoint_route_table_association: route,
  aws_vpc_endpoint_subnet_association: route,
  aws_vpc_peering_connection: link,
  aws_vpc_peering_connection_accepter: link,
  aws_ec2_transit_gateway: link,
  aws_ec2_transit_gateway_vpc_attachment: link,
  aws_ec2_transit_gateway_peering_attachment: link,
  aws_ec2_transit_gateway_route: route,
  aws_ec2_transit_gateway_route_table: route,
  aws_ec2_transit_gateway_route_table_association: route,
  aws_ec2_transit_gateway_route_table_propagation: route,
  aws_vpn_connection_route: route,
  aws_vpn_gateway_attachment: link,
  aws_vpn_gateway_route_propagation: route,
  aws_dx_connection: link,
  aws_dx_gateway_association: link,
  aws_dx_private_virtual_interface: link,
  aws_ec2_client_vpn_endpoint: link,
  aws_vpn_connection: link,
  aws_vpn_gateway: link,
  aws_customer_gateway: link,
  aws_dx_gateway: link,
  aws_network_acl: {
    replaced: 'AWS refuses to delete it while subnets have it; between the two they have the default one of the VPC',
    destroyed: 'its subnets fall back to the default one of the VPC',
    instead: BESIDE,
  },
  aws_network_acl_rule: aclRule,
  aws_network_acl_association: {
    replaced: 'the subnet has the default network ACL of the VPC for seconds',
    destroyed: 'the subnet falls back to the default network ACL of the VPC',
    instead: QUIET_HOUR,
  },
  aws_network_interface: {
    replaced: 'its addresses are others, and what it is attached to is cut off meanwhile',
    destroyed: 'what it is attached to is cut off, and its addresses are gone',
    instead: BESIDE,
  },
  aws_network_interface_attachment: {
    replaced: 'what it is attached to is cut off for seconds',
    destroyed: 'what it is attached to is cut off',
    instead: QUIET_HOUR,
  },
  aws_network_interface_sg_attachment: rule,
  aws_ec2_managed_prefix_list: rule,
  aws_ec2_managed_prefix_list_entry: rule,
  aws_vpc_ipv4_cidr_block_association: ground,
  aws_vpc_dhcp_options_association: {
    replaced: 'what starts meanwhile gets the DHCP options of AWS: names of your own do not resolve there',
    destroyed: 'what renews its lease gets the DHCP options of AWS: names of your own do not resolve there',
    instead: QUIET_HOUR,
  },
  aws_security_group: {
    // The provider tries for 15 minutes: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group
    replaced:
      'AWS refuses to delete it while something has it: the apply waits for up to 15 minutes, and stops half-way',
    destroyed: 'AWS refuses while something has it; what it allowed is refused',
    gapless: true,
    instead: 'lifecycle { create_before_destroy = true } and another name: then what has it moves to the new one first',
  },
  aws_security_group_rule: rule,
  aws_vpc_security_group_ingress_rule: rule,
  aws_vpc_security_group_egress_rule: rule,
  aws_route53_record: name,
  aws_route53_zone_association: name,
  aws_route53_resolver_rule: name,
  aws_route53_resolver_rule_association: name,
  aws_route53_resolver_endpoint: name,
  aws_route53_hosted_zone_dnssec: signing,
  aws_route53_key_signing_key: signing,
  aws_service_discovery_service: name,
  aws_service_discovery_private_dns_namespace: name,
  aws_service_discovery_http_namespace: name,
  aws_service_discovery_instance: name,
  aws_acm_certificate: certificate,
  aws_iam_server_certificate: certificate,
};
