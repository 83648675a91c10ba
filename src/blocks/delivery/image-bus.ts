import { CloudwatchEventBus } from '@cdktf/provider-aws/lib/cloudwatch-event-bus';
import { CloudwatchEventBusPolicy } from '@cdktf/provider-aws/lib/cloudwatch-event-bus-policy';
import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { Construct } from 'constructs';
import { Role } from '../../access/role';
import { jsonText } from '../../terraform/json-text';
import { constructId } from '../../terraform/logical-ids';
import { imagePushes } from './image-pushes';

/** Where another account's registry reports its pushes: ECR itself does so only in its own account and region. */
export class ImageBus extends Construct {
  readonly busName: string;

  constructor(scope: Construct, id: string, props: { readonly name: string; readonly registryAccountId: string }) {
    super(scope, id);
    const bus = new CloudwatchEventBus(this, 'Default', { name: props.name });
    const policy = new CloudwatchEventBusPolicy(this, 'policy', {
      eventBusName: bus.name,
      policy: jsonText({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Registry',
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${props.registryAccountId}:root` },
            Action: 'events:PutEvents',
            Resource: bus.arn,
          },
        ],
      }),
    });
    this.busName = policy.eventBusName;
  }
}

export interface ImageForwardingProps {
  /** Name of the role and start of the names of the rules. */
  readonly name: string;
  readonly repositories: readonly string[];

  /** By a name of one's own, the bus of each environment that hears of pushes. */
  readonly buses: ReadonlyMap<string, { readonly accountId: string; readonly region: string; readonly name: string }>;
}

/** Reports pushes to the buses of other accounts. */
export class ImageForwarding extends Construct {
  constructor(scope: Construct, id: string, { name, repositories, buses }: ImageForwardingProps) {
    super(scope, id);
    const arns = new Map(
      [...buses].map(([whose, bus]) => [whose, `arn:aws:events:${bus.region}:${bus.accountId}:event-bus/${bus.name}`]),
    );
    const role = new Role(this, 'role', {
      name,
      description: 'Reports pushed images to other accounts',
      service: 'events.amazonaws.com',
    });
    role.allow('put_events', { actions: ['events:PutEvents'], resources: [...arns.values()] });
    for (const [whose, arn] of arns) {
      const scope = new Construct(this, constructId(whose));
      const rule = new CloudwatchEventRule(scope, 'Default', {
        name: `${name}-${whose}`,
        description: `Pushed images, for ${whose}`,
        eventPattern: jsonText(imagePushes(repositories)),
      });
      new CloudwatchEventTarget(scope, 'target', {
        rule: rule.name,
        targetId: 'bus',
        arn,
        roleArn: role.arn,
        dependsOn: [...role.policies],
      });
    }
  }
}
