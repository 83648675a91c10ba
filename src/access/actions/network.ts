import { ec2 } from './scopes';
import { actionTable } from './table';

const groupRules = {
  read: 'ec2: DescribeSecurityGroupRules',
  on: ec2('security-group-rule'),
};
const acl = 'ec2: DescribeNetworkAcls';

/** Networks. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const networkActions = actionTable({
  aws_vpc: {
    read: 'ec2: DescribeVpcs DescribeVpcAttribute DescribeRouteTables DescribeNetworkAcls DescribeSecurityGroups',
    manage: 'ec2: CreateVpc DeleteVpc ModifyVpcAttribute CreateTags DeleteTags',
    on: ec2('vpc'),
  },
  aws_subnet: {
    read: 'ec2: DescribeSubnets DescribeNetworkInterfaces',
    manage: 'ec2: CreateSubnet DeleteSubnet ModifySubnetAttribute CreateTags DeleteTags',
    on: ec2('subnet'),
  },
  aws_internet_gateway: {
    read: 'ec2: DescribeInternetGateways',
    manage: 'ec2: CreateInternetGateway DeleteInternetGateway AttachInternetGateway DetachInternetGateway CreateTags',
    on: ec2('internet-gateway'),
  },
  aws_eip: {
    read: 'ec2: DescribeAddresses DescribeAddressesAttribute',
    manage: 'ec2: AllocateAddress ReleaseAddress DisassociateAddress CreateTags DeleteTags',
    on: ec2('elastic-ip'),
  },
  aws_nat_gateway: {
    read: 'ec2: DescribeNatGateways',
    manage: 'ec2: CreateNatGateway DeleteNatGateway CreateTags DeleteTags',
    on: ec2('natgateway'),
  },
  aws_route_table: {
    read: 'ec2: DescribeRouteTables',
    manage: 'ec2: CreateRouteTable DeleteRouteTable CreateTags DeleteTags',
    on: ec2('route-table'),
  },
  aws_route: {
    read: 'ec2: DescribeRouteTables',
    manage: 'ec2: CreateRoute ReplaceRoute DeleteRoute',
    on: ec2(),
  },
  aws_route_table_association: {
    read: 'ec2: DescribeRouteTables',
    manage: 'ec2: AssociateRouteTable ReplaceRouteTableAssociation DisassociateRouteTable',
    on: ec2(),
  },
  aws_network_acl: {
    read: acl,
    manage:
      'ec2: CreateNetworkAcl DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclAssociation CreateTags DeleteTags',
    on: ec2('network-acl'),
  },
  aws_network_acl_association: { read: acl, manage: 'ec2: ReplaceNetworkAclAssociation', on: ec2() },
  aws_network_acl_rule: {
    read: acl,
    manage: 'ec2: CreateNetworkAclEntry ReplaceNetworkAclEntry DeleteNetworkAclEntry',
    on: ec2(),
  },
  aws_security_group: {
    read: 'ec2: DescribeSecurityGroups DescribeNetworkInterfaces',
    manage: 'ec2: CreateSecurityGroup DeleteSecurityGroup RevokeSecurityGroupEgress CreateTags DeleteTags',
    on: ec2('security-group'),
  },
  // AWS makes it without tags: the apply role may tag one that has none, see situations.ts.
  aws_default_security_group: {
    read: 'ec2: DescribeSecurityGroups',
    manage: 'ec2: RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateTags DeleteTags',
    on: ec2('security-group'),
  },
  aws_vpc_security_group_ingress_rule: {
    ...groupRules,
    manage:
      'ec2: AuthorizeSecurityGroupIngress ModifySecurityGroupRules RevokeSecurityGroupIngress CreateTags DeleteTags',
  },
  aws_vpc_security_group_egress_rule: {
    ...groupRules,
    manage:
      'ec2: AuthorizeSecurityGroupEgress ModifySecurityGroupRules RevokeSecurityGroupEgress CreateTags DeleteTags',
  },
  aws_vpc_endpoint: {
    read: 'ec2: DescribeVpcEndpoints DescribePrefixLists',
    manage: 'ec2: CreateVpcEndpoint DeleteVpcEndpoints ModifyVpcEndpoint CreateTags DeleteTags',
    on: ec2('vpc-endpoint'),
  },
  aws_flow_log: {
    read: 'ec2: DescribeFlowLogs',
    manage: 'ec2: CreateFlowLogs DeleteFlowLogs CreateTags DeleteTags',
    on: ec2('vpc-flow-log'),
    passes: ['vpc-flow-logs.amazonaws.com'],
  },
  'data.aws_vpc': { read: 'ec2: DescribeVpcs DescribeVpcAttribute DescribeRouteTables' },
  'data.aws_subnet': { read: 'ec2: DescribeSubnets' },
  'data.aws_route_table': { read: 'ec2: DescribeRouteTables' },
  'data.aws_route_tables': { read: 'ec2: DescribeRouteTables' },
  'data.aws_ec2_managed_prefix_list': { read: 'ec2: DescribeManagedPrefixLists GetManagedPrefixListEntries' },
  'data.aws_caller_identity': {}, // sts:GetCallerIdentity needs no permission
});
