import { DataAwsEc2ManagedPrefixList } from '@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list';
import { DataAwsIamServerCertificate } from '@cdktf/provider-aws/lib/data-aws-iam-server-certificate';
import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbListenerRule } from '@cdktf/provider-aws/lib/lb-listener-rule';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { type Connectable, Connections } from '../../access/connections';
import type { AlbSpec } from '../../spec/sections/alb';
import type { LogTarget } from '../data/bucket';
import type { Network } from '../network/network';
import type { AliasTarget, Domain } from './domain';

/** Props of {@link LoadBalancer}: the `alb` section, where it stands, and the domain whose certificate it shows. */
export interface LoadBalancerProps extends AlbSpec {
  readonly network: Network;
  readonly domain: Domain | undefined;

  /** Gets a log of every request. */
  readonly logBucket: LogTarget | undefined;

  /** Names its certificate covers. */
  readonly certificateNames: readonly string[];
}

/** Where its access logs begin in their bucket. */
const LOG_PREFIX = 'alb';

const CLOUDFRONT = 'com.amazonaws.global.cloudfront.origin-facing';

/** Requests that go to another target than the default one. */
export interface RouteProps {
  readonly path: string;
  readonly priority: number;
}

/**
 * An internet-facing Application Load Balancer.
 *
 * HTTPS takes a certificate of its own or a delegated domain; until there is one, port 80 forwards, so that a new environment
 * can be tried out.
 */
export class LoadBalancer extends Construct implements Connectable {
  readonly connections: Connections;
  readonly arn: string;
  readonly target: AliasTarget;

  /** CloudWatch dimensions of its metrics. */
  readonly metricDimensions: Readonly<Record<string, string>>;

  /** True when it answers HTTPS. */
  readonly secure: boolean;

  private readonly certificateArn: string | undefined;
  private readonly listeners: LbListener[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LoadBalancerProps,
  ) {
    super(scope, id);
    this.secure = props.certificate !== undefined || canProve(props);
    this.connections = new Connections(this, 'connections', {
      vpcId: props.network.vpcId,
      name: props.securityGroupName,
      port: this.secure ? 443 : 80,
      egress: props.egress === 'all' ? 'all' : 'named',
    });
    this.certificateArn = props.certificate
      ? this.existingCertificate(props.certificate)
      : props.domain?.addCertificate(this, 'certificate', { names: props.certificateNames });

    const balancer = new Lb(this, 'Default', {
      name: props.name,
      loadBalancerType: 'application',
      internal: false,
      subnets: [...props.network.publicSubnetIds],
      securityGroups: [this.connections.securityGroupId],
      idleTimeout: props.idleTimeout,
      dropInvalidHeaderFields: props.dropInvalidHeaderFields,
      enableDeletionProtection: props.deletionProtection,
      desyncMitigationMode: 'defensive',
      ...logging(props.logBucket),
      tags: { Name: props.name },
    });
    this.arn = balancer.arn;
    this.target = { dnsName: balancer.dnsName, zoneId: balancer.zoneId };
    this.metricDimensions = { LoadBalancer: balancer.arnSuffix };
  }

  /**
   * Lets clients in: the internet on both ports, or CloudFront alone on the one it uses.
   *
   * AWS's list of CloudFront's addresses counts as 55 of the 60 rules that a group may have.
   * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html
   */
  openToClients(): void {
    if (this.props.ingress === 'cdn' && this.secure) {
      const list = new DataAwsEc2ManagedPrefixList(this, 'cdn_addresses', { name: CLOUDFRONT });
      this.connections.allowFromPrefixList(443, { id: list.id, name: 'cdn' });
      return;
    }
    this.connections.allowFromInternet(80, this.redirects ? 'HTTP, redirected to HTTPS' : 'HTTP');
    if (this.secure) this.connections.allowFromInternet(443, 'HTTPS');
  }

  /** Lets its access logs into their bucket. */
  openLogBucket(): void {
    this.props.logBucket?.letBalancersLog(LOG_PREFIX);
  }

  /** Sends what no route takes to `group`; gives what has to exist before a service may register there. */
  addDefaultTarget(group: LbTargetGroup): readonly ITerraformDependable[] {
    const forward = [{ type: 'forward', targetGroupArn: group.arn }];
    const redirect = [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } }];
    this.listeners.push(
      new LbListener(this, 'http', {
        loadBalancerArn: this.arn,
        port: 80,
        protocol: 'HTTP',
        defaultAction: this.redirects ? redirect : forward,
      }),
    );
    if (this.secure) {
      this.listeners.push(
        new LbListener(this, 'https', {
          loadBalancerArn: this.arn,
          port: 443,
          protocol: 'HTTPS',
          sslPolicy: this.props.sslPolicy,
          certificateArn: this.certificateArn,
          defaultAction: forward,
        }),
      );
    }
    return this.listeners;
  }

  /** Sends requests for a path to `group`, on every listener that does not redirect. */
  addRoute(scope: Construct, group: LbTargetGroup, { path, priority }: RouteProps): readonly ITerraformDependable[] {
    return this.listeners
      .filter((listener) => !(this.redirects && listener.node.id === 'http'))
      .map(
        (listener) =>
          new LbListenerRule(scope, `${listener.node.id}_route`, {
            listenerArn: listener.arn,
            priority,
            condition: [{ pathPattern: { values: [path] } }],
            action: [{ type: 'forward', targetGroupArn: group.arn }],
          }),
      );
  }

  /** The listener that forwards, for what reaches the load balancer from inside the VPC. */
  get forwardingListenerArn(): string {
    const forwarding = this.listeners.at(-1);
    if (!forwarding) throw new Error('the load balancer has no target yet');
    return forwarding.arn;
  }

  private existingCertificate({ iam = '', acm }: NonNullable<AlbSpec['certificate']>): string {
    if (acm !== undefined) return acm;
    if (iam.startsWith('arn:')) return iam;
    return new DataAwsIamServerCertificate(this, 'certificate', { name: iam, latest: true }).arn;
  }

  private get redirects(): boolean {
    return this.secure && this.props.http === 'redirect';
  }
}

function canProve({ domain, certificateNames }: LoadBalancerProps): boolean {
  return domain !== undefined && certificateNames.every((name) => domain.canProve(name));
}

/** A load balancer tries its bucket at once, so what lets it write has to be there before. */
function logging(bucket: LogTarget | undefined) {
  if (!bucket) return {};
  return {
    accessLogs: { bucket: bucket.bucketName, prefix: LOG_PREFIX, enabled: true },
    dependsOn: bucket.policy && [bucket.policy],
  };
}
