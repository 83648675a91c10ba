import { CloudwatchEventBus } from '@cdktf/provider-aws/lib/cloudwatch-event-bus';
import { CloudwatchEventBusPolicy } from '@cdktf/provider-aws/lib/cloudwatch-event-bus-policy';
import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { Construct } from 'constructs';
import { Role } from '../../access/role';
import { jsonText } from '../../terraform/json-text';
import { constructId } from '../../terraform/logical-ids';
import { DeadLetters } from '../messaging/dead-letters';
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

/** Another account's bus, and the rule that reports to it. */
export interface ForeignBus {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly ruleName: string;
}

export interface ImageForwardingProps {
  readonly roleName: string;
  readonly repositories: readonly string[];

  /** By a name of one's own. */
  readonly buses: ReadonlyMap<string, ForeignBus>;
}

/** Reports pushes to the buses of other accounts; what a bus did not take, because it is not there yet, is kept. */
export class ImageForwarding extends Construct {
  constructor(scope: Construct, id: string, { roleName, repositories, buses }: ImageForwardingProps) {
    super(scope, id);
    const role = new Role(this, 'role', {
      name: roleName,
      description: 'Reports pushed images to other accounts',
      service: 'events.amazonaws.com',
    });
    role.allow('put_events', { actions: ['events:PutEvents'], resources: [...buses.values()].map(arnOf) });
    const failed = new DeadLetters(this, 'dead_letters', { name: `${roleName}-dlq` });
    const ruleArns: string[] = [];
    for (const [whose, bus] of buses) {
      const scope = new Construct(this, constructId(whose));
      const rule = new CloudwatchEventRule(scope, 'Default', {
        name: bus.ruleName,
        description: `Pushed images, for ${whose}`,
        eventPattern: jsonText(imagePushes(repositories)),
      });
      ruleArns.push(rule.arn);
      new CloudwatchEventTarget(scope, 'target', {
        rule: rule.name,
        targetId: 'bus',
        arn: arnOf(bus),
        roleArn: role.arn,
        deadLetterConfig: { arn: failed.arn },
        dependsOn: [...role.policies, failed.policy],
      });
    }
    failed.allowRules(ruleArns);
  }
}

function arnOf({ accountId, name, region }: ForeignBus): string {
  return `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
}
