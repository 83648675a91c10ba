import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { Construct } from 'constructs';
import type { ServiceProps } from './service';

/** Where a load balancer sends a service's requests, and how it knows which tasks are well. */
export function targetGroup(scope: Construct, props: ServiceProps): LbTargetGroup {
  const { healthCheck, targetGroup } = props;
  return new LbTargetGroup(scope, 'target_group', {
    name: targetGroup.name,
    vpcId: props.network.vpcId,
    targetType: 'ip',
    protocol: 'HTTP',
    port: props.containerPort,
    deregistrationDelay: String(targetGroup.deregistrationDelaySeconds),
    stickiness: { type: 'lb_cookie', enabled: targetGroup.stickiness, cookieDuration: targetGroup.stickinessSeconds },
    healthCheck: {
      enabled: true,
      protocol: 'HTTP',
      path: props.healthEndpoint,
      port: String(healthCheck.port ?? props.containerPort),
      interval: healthCheck.intervalSeconds,
      timeout: healthCheck.timeoutSeconds,
      healthyThreshold: healthCheck.healthyThreshold,
      unhealthyThreshold: healthCheck.unhealthyThreshold,
      matcher: healthCheck.successCodes,
    },
    tags: { Name: targetGroup.name },
  });
}
