import {
  balancer,
  certificate,
  discovery,
  distribution,
  firewall,
  httpApi,
  record,
  viewerSettings,
  zone,
} from './scopes';
import { actionTable } from './table';

// GET would show keys of other APIs as well.
const api = { open: 'apigateway: GET', manage: 'apigateway: POST PATCH PUT DELETE', on: httpApi };
const tags = 'DescribeTags';
const tagged = 'AddTags RemoveTags';

/** What the world meets. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html */
export const edgeActions = actionTable({
  aws_lb: {
    read: `elasticloadbalancing: DescribeLoadBalancers DescribeLoadBalancerAttributes DescribeCapacityReservation ${tags} ec2: DescribeNetworkInterfaces`,
    manage: `elasticloadbalancing: CreateLoadBalancer ModifyLoadBalancerAttributes SetIpAddressType SetSecurityGroups SetSubnets DeleteLoadBalancer ${tagged}`,
    on: balancer,
    linked: 'elasticloadbalancing.amazonaws.com',
  },
  aws_lb_listener: {
    read: `elasticloadbalancing: DescribeListeners DescribeListenerAttributes ${tags}`,
    manage: `elasticloadbalancing: CreateListener ModifyListener ModifyListenerAttributes DeleteListener ${tagged}`,
    on: balancer,
  },
  aws_lb_listener_rule: {
    read: `elasticloadbalancing: DescribeRules ${tags}`,
    manage: `elasticloadbalancing: CreateRule ModifyRule SetRulePriorities DeleteRule ${tagged}`,
    on: balancer,
  },
  aws_lb_target_group: {
    read: `elasticloadbalancing: DescribeTargetGroups DescribeTargetGroupAttributes ${tags}`,
    manage: `elasticloadbalancing: CreateTargetGroup ModifyTargetGroup ModifyTargetGroupAttributes DeleteTargetGroup ${tagged}`,
    on: balancer,
  },
  aws_acm_certificate: {
    read: 'acm: DescribeCertificate ListTagsForCertificate',
    manage:
      'acm: RequestCertificate UpdateCertificateOptions DeleteCertificate AddTagsToCertificate RemoveTagsFromCertificate',
    on: certificate,
  },
  aws_acm_certificate_validation: { read: 'acm: DescribeCertificate', manage: '', on: certificate },
  aws_route53_zone: {
    read: 'route53: GetHostedZone ListTagsForResource GetChange',
    manage: 'route53: ChangeTagsForResource DeleteHostedZone UpdateHostedZoneComment',
    on: zone,
    anywhere: 'route53: CreateHostedZone',
  },
  aws_route53_record: {
    read: 'route53: GetHostedZone ListResourceRecordSets GetChange',
    manage: 'route53: ChangeResourceRecordSets',
    on: record,
  },
  aws_cloudfront_distribution: {
    read: 'cloudfront: GetDistribution ListTagsForResource',
    manage: 'cloudfront: CreateDistribution UpdateDistribution DeleteDistribution TagResource UntagResource',
    on: distribution,
  },
  aws_cloudfront_origin_access_control: {
    read: 'cloudfront: GetOriginAccessControl',
    manage: 'cloudfront: UpdateOriginAccessControl DeleteOriginAccessControl',
    on: viewerSettings,
    anywhere: 'cloudfront: CreateOriginAccessControl',
  },
  aws_cloudfront_origin_access_identity: {
    read: 'cloudfront: GetCloudFrontOriginAccessIdentity',
    manage: 'cloudfront: UpdateCloudFrontOriginAccessIdentity DeleteCloudFrontOriginAccessIdentity',
    on: viewerSettings,
    anywhere: 'cloudfront: CreateCloudFrontOriginAccessIdentity',
  },
  aws_cloudfront_response_headers_policy: {
    read: 'cloudfront: GetResponseHeadersPolicy',
    manage: 'cloudfront: UpdateResponseHeadersPolicy DeleteResponseHeadersPolicy',
    on: viewerSettings,
    anywhere: 'cloudfront: CreateResponseHeadersPolicy',
  },
  aws_wafv2_web_acl: {
    read: 'wafv2: GetWebACL ListTagsForResource',
    manage: 'wafv2: CreateWebACL UpdateWebACL DeleteWebACL TagResource UntagResource',
    on: firewall,
  },
  aws_wafv2_web_acl_association: {
    read: 'wafv2: GetWebACLForResource GetWebACL',
    manage: 'wafv2: AssociateWebACL DisassociateWebACL elasticloadbalancing: SetWebACL',
    on: firewall,
  },
  aws_apigatewayv2_api: api,
  aws_apigatewayv2_api_mapping: api,
  aws_apigatewayv2_domain_name: api,
  aws_apigatewayv2_integration: api,
  aws_apigatewayv2_route: api,
  // Its access log is a delivery of CloudWatch Logs, made in the name of the caller.
  aws_apigatewayv2_stage: {
    ...api,
    anywhere:
      'logs: CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries PutResourcePolicy DescribeResourcePolicies',
  },
  aws_apigatewayv2_vpc_link: { ...api, linked: 'ops.apigateway.amazonaws.com' },
  aws_service_discovery_private_dns_namespace: {
    read: 'servicediscovery: GetNamespace GetOperation ListTagsForResource',
    manage:
      'servicediscovery: CreatePrivateDnsNamespace UpdatePrivateDnsNamespace DeleteNamespace TagResource UntagResource',
    on: discovery,
    // Cloud Map makes the zone in the name of the caller.
    anywhere:
      'route53: CreateHostedZone GetHostedZone ListHostedZonesByName DeleteHostedZone ec2: DescribeVpcs DescribeRegions',
  },
  aws_service_discovery_service: {
    read: 'servicediscovery: GetService ListInstances ListTagsForResource',
    manage: 'servicediscovery: CreateService UpdateService DeleteService DeregisterInstance TagResource UntagResource',
    on: discovery,
  },
  'data.aws_route53_zone': { read: 'route53: GetHostedZone ListHostedZones ListHostedZonesByName ListTagsForResource' },
  'data.aws_iam_server_certificate': { read: 'iam: ListServerCertificates GetServerCertificate' },
});
