import { Apigatewayv2Api } from '@cdktf/provider-aws/lib/apigatewayv2-api';
import { Apigatewayv2ApiMapping } from '@cdktf/provider-aws/lib/apigatewayv2-api-mapping';
import { Apigatewayv2DomainName } from '@cdktf/provider-aws/lib/apigatewayv2-domain-name';
import { Apigatewayv2Integration } from '@cdktf/provider-aws/lib/apigatewayv2-integration';
import { Apigatewayv2Route } from '@cdktf/provider-aws/lib/apigatewayv2-route';
import { Apigatewayv2Stage } from '@cdktf/provider-aws/lib/apigatewayv2-stage';
import { Apigatewayv2VpcLink } from '@cdktf/provider-aws/lib/apigatewayv2-vpc-link';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { Construct } from 'constructs';
import { type Connectable, Connections } from '../../access/connections';
import type { HttpApiSpec } from '../../spec/sections/http-api';
import { jsonText } from '../../terraform/json-text';
import { constructId } from '../../terraform/logical-ids';
import type { Service } from '../containers/service';
import type { Lambda } from '../functions/lambda';
import type { Network } from '../network/network';
import type { Domain } from './domain';
import type { LoadBalancer } from './load-balancer';

/** Props of {@link HttpApi}: the `http_api` section, and what its routes lead to. */
export interface HttpApiProps extends HttpApiSpec {
  readonly network: Network;
  readonly region: string;
  readonly logRetentionDays: number;
  readonly domain: Domain | undefined;
  readonly apiDomainName: string | undefined;
  readonly alb: LoadBalancer | undefined;

  /** A name on the certificate of the load balancer. */
  readonly albName: string | undefined;
  readonly functions: ReadonlyMap<string, Lambda>;
  readonly services: ReadonlyMap<string, Service>;
}

/** What dials into the VPC for the API. */
interface VpcLink extends Connectable {
  readonly id: string;
}

/** What each request leaves in the access log. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
const logged = {
  time: '$context.requestTime',
  requestId: '$context.requestId',
  ip: '$context.identity.sourceIp',
  route: '$context.routeKey',
  status: '$context.status',
  latency: '$context.responseLatency',
  error: '$context.error.message',
};

/**
 * An API Gateway HTTP API whose requests go to functions, or over a VPC link to containers: to the load balancer where they
 * stand behind one, otherwise to themselves, as service discovery knows them.
 *
 * A link of HTTP APIs costs nothing by the hour. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
 */
export class HttpApi extends Construct {
  readonly url: string;

  /** The name AWS gives it, by which a CDN reaches it. */
  readonly hostName: string;

  /** CloudWatch dimensions of its metrics. */
  readonly metricDimensions: Readonly<Record<string, string>>;

  /** What dials into the VPC, where a route leads there. */
  private readonly link: VpcLink | undefined;

  /** Whom it dials. */
  private readonly dialed: readonly Connectable[];

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const { cors, throttle } = props;
    const api = new Apigatewayv2Api(this, 'Default', {
      name: props.name,
      protocolType: 'HTTP',
      corsConfiguration: cors && {
        allowOrigins: [...cors.origins],
        allowMethods: [...cors.methods],
        allowHeaders: [...cors.headers],
        maxAge: cors.maxAgeSeconds,
      },
    });
    const logs = new CloudwatchLogGroup(this, 'logs', {
      name: props.logGroupName,
      retentionInDays: props.logRetentionDays,
    });
    const stage = new Apigatewayv2Stage(this, 'stage', {
      apiId: api.id,
      name: '$default',
      autoDeploy: true,
      accessLogSettings: { destinationArn: logs.arn, format: jsonText(logged) },
      defaultRouteSettings: {
        throttlingRateLimit: throttle.rate,
        throttlingBurstLimit: throttle.burst,
        detailedMetricsEnabled: true,
      },
    });
    this.metricDimensions = { ApiId: api.id };
    this.hostName = `${api.id}.execute-api.${props.region}.amazonaws.com`;

    const targets = [...new Set(props.routes.map(({ to }) => to))];
    const containers = targets.flatMap((to) => props.services.get(to) ?? []);
    this.link = containers.length > 0 ? this.vpcLink(props) : undefined;
    this.dialed = containers.map((each) => each.defaultTargetOf ?? each);
    const integrations = new Map(targets.map((to) => [to, this.integration(api, to, props)]));
    const routes = new Construct(this, 'route');
    for (const { route, to } of props.routes) {
      new Apigatewayv2Route(routes, constructId(route.replace(/^\$/, '')), {
        apiId: api.id,
        routeKey: route,
        target: `integrations/${integrations.get(to)?.id}`,
      });
    }
    this.url = this.customDomain(api, stage, props) ?? api.apiEndpoint;
  }

  /** Lets the link reach whom it dials. */
  openTargets(): void {
    if (!this.link) return;
    for (const { connections } of this.dialed) connections.allowFrom(this.link);
  }

  private integration(api: Apigatewayv2Api, to: string, props: HttpApiProps): Apigatewayv2Integration {
    const place = new Construct(this, constructId(to));
    const target = props.functions.get(to);
    if (!target) return this.containerIntegration(place, api, to, props);
    new LambdaPermission(place, 'permission', {
      action: 'lambda:InvokeFunction',
      functionName: target.functionName,
      principal: 'apigateway.amazonaws.com',
      sourceArn: `${api.executionArn}/*/*`,
    });
    return new Apigatewayv2Integration(place, 'Default', {
      apiId: api.id,
      integrationType: 'AWS_PROXY',
      integrationUri: target.invokeArn,
      payloadFormatVersion: '2.0',
    });
  }

  private containerIntegration(
    place: Construct,
    api: Apigatewayv2Api,
    to: string,
    { alb, albName, services }: HttpApiProps,
  ): Apigatewayv2Integration {
    const container = services.get(to);
    const discoveryArn = container?.defaultTargetOf ? undefined : container?.discoveryArn;
    return new Apigatewayv2Integration(place, 'Default', {
      apiId: api.id,
      integrationType: 'HTTP_PROXY',
      integrationMethod: 'ANY',
      integrationUri: discoveryArn ?? alb?.forwardingListenerArn,
      connectionType: 'VPC_LINK',
      connectionId: this.link?.id,
      payloadFormatVersion: '1.0',
      tlsConfig: discoveryArn === undefined && alb?.secure ? { serverNameToVerify: albName } : undefined,
    });
  }

  private vpcLink({ name, network }: HttpApiProps): VpcLink {
    const place = new Construct(this, 'link');
    const connections = new Connections(place, 'connections', { vpcId: network.vpcId, name: `${name}-http-api` });
    const { id } = new Apigatewayv2VpcLink(place, 'Default', {
      name,
      subnetIds: [...network.workloadSubnetIds],
      securityGroupIds: [connections.securityGroupId],
    });
    return { id, connections };
  }

  private customDomain(api: Apigatewayv2Api, stage: Apigatewayv2Stage, props: HttpApiProps): string | undefined {
    const { customDomain, domain, apiDomainName } = props;
    if (!customDomain || !domain?.delegated || apiDomainName === undefined) return undefined;
    const place = new Construct(this, 'domain');
    const certificateArn = domain.addCertificate(place, 'certificate', { names: [apiDomainName] });
    const name = new Apigatewayv2DomainName(place, 'Default', {
      domainName: apiDomainName,
      domainNameConfiguration: { certificateArn, endpointType: 'REGIONAL', securityPolicy: 'TLS_1_2' },
    });
    new Apigatewayv2ApiMapping(place, 'mapping', { apiId: api.id, domainName: name.id, stage: stage.id });
    const target = name.domainNameConfiguration;
    domain.addAlias(apiDomainName, { dnsName: target.targetDomainName, zoneId: target.hostedZoneId });
    return `https://${apiDomainName}`;
  }
}
