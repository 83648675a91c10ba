import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log';
import { Construct } from 'constructs';
import { Role } from '../../access/role';

export interface FlowLogsProps {
  readonly vpcId: string;

  /** Name of the VPC, which the log group and the role are named after. */
  readonly name: string;
  readonly retentionDays: number;
}

/** Every accepted and refused connection of a VPC, in CloudWatch Logs. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const logs = new CloudwatchLogGroup(this, 'logs', {
      name: `/vpc/${props.name}/flow-logs`,
      retentionInDays: props.retentionDays,
    });
    const role = new Role(this, 'role', {
      name: `${props.name}-flow-logs`,
      description: `Lets the flow logs of ${props.name} write`,
      service: 'vpc-flow-logs.amazonaws.com',
    });
    role.allow('write', {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
      resources: [logs.arn, `${logs.arn}:*`],
    });
    new FlowLog(this, 'Default', {
      vpcId: props.vpcId,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logDestination: logs.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 600,
    });
  }
}
