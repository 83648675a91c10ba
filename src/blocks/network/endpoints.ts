import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { Construct } from 'constructs';
import { Connections } from '../../access/connections';
import { type EndpointService, isGateway } from '../../spec/values/endpoints';
import { constructId } from '../../terraform/logical-ids';
import type { Network } from './network';

const HTTPS = 443;

/** What endpoints are made from, and what they are for. */
export interface EndpointsProps {
  readonly services: readonly EndpointService[];
  readonly region: string;

  /** Their Name tags begin with it. */
  readonly name: string;
  readonly securityGroupName: string;
  readonly network: Pick<Network, 'vpcId' | 'ranges' | 'workloadSubnetIds'>;

  /** Where the routes of gateway endpoints go. */
  readonly routeTableIds: readonly string[];
}

/**
 * AWS services inside a VPC, each under its own name in `scope`.
 *
 * An interface endpoint answers to the service's name for the whole VPC, so the whole VPC may connect to it.
 */
export function addEndpoints(scope: Construct, props: EndpointsProps): void {
  const { services, region, name, network } = props;
  const connections = services.every(isGateway) ? undefined : openToVpc(scope, props);
  for (const service of services) {
    new VpcEndpoint(scope, constructId(service), {
      vpcId: network.vpcId,
      serviceName: `com.amazonaws.${region}.${service}`,
      ...(isGateway(service)
        ? { vpcEndpointType: 'Gateway', routeTableIds: [...props.routeTableIds] }
        : {
            vpcEndpointType: 'Interface',
            privateDnsEnabled: true,
            subnetIds: [...network.workloadSubnetIds],
            securityGroupIds: connections && [connections.securityGroupId],
          }),
      tags: { Name: `${name}-${service}` },
    });
  }
}

function openToVpc(scope: Construct, { network, securityGroupName }: EndpointsProps): Connections {
  const connections = new Connections(new Construct(scope, 'endpoints'), 'connections', {
    vpcId: network.vpcId,
    name: securityGroupName,
    port: HTTPS,
  });
  connections.allowFromVpc(network.ranges);
  return connections;
}
