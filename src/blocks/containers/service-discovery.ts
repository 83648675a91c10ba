import { ServiceDiscoveryPrivateDnsNamespace } from '@cdktf/provider-aws/lib/service-discovery-private-dns-namespace';
import { ServiceDiscoveryService } from '@cdktf/provider-aws/lib/service-discovery-service';
import { Construct } from 'constructs';

export interface ServiceDiscoveryProps {
  /** Name of the private domain. */
  readonly namespace: string;
  readonly vpcId: string;
}

/** How long a caller may go on asking a task that is gone. */
const TTL_SECONDS = 10;

/** A private DNS namespace in Cloud Map: containers find each other by name, and the HTTP API finds them. */
export class ServiceDiscovery extends Construct {
  readonly arn: string;
  readonly namespace: string;
  private readonly namespaceId: string;

  constructor(scope: Construct, id: string, { namespace, vpcId }: ServiceDiscoveryProps) {
    super(scope, id);
    const made = new ServiceDiscoveryPrivateDnsNamespace(this, 'Default', {
      name: namespace,
      description: 'Names of containers inside the VPC',
      vpc: vpcId,
    });
    this.arn = made.arn;
    this.namespaceId = made.id;
    this.namespace = namespace;
  }

  /**
   * A name that tasks register under. Gives its ARN.
   *
   * A records for callers inside, SRV records for the HTTP API, which wants the port too.
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
   */
  register(scope: Construct, id: string, name: string): string {
    return new ServiceDiscoveryService(scope, id, {
      name,
      dnsConfig: {
        namespaceId: this.namespaceId,
        routingPolicy: 'MULTIVALUE',
        dnsRecords: ['A', 'SRV'].map((type) => ({ type, ttl: TTL_SECONDS })),
      },
      healthCheckCustomConfig: { failureThreshold: 1 },
      forceDestroy: true, // tasks that are stopping may still stand in it
    }).arn;
  }
}
