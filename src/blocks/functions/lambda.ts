import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { LambdaEventSourceMapping } from '@cdktf/provider-aws/lib/lambda-event-source-mapping';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { Construct } from 'constructs';
import { Connections, type Outbound } from '../../access/connections';
import { Role, writingLogs } from '../../access/role';
import type { Consumer, Usable } from '../../access/usable';
import type { FunctionSpec } from '../../spec/sections/function';
import { Import } from '../../terraform/import';
import { RootStack } from '../../terraform/root-stack';
import type { ExistingQueue } from '../messaging/existing-queue';
import type { Queue } from '../messaging/queue';
import type { Network } from '../network/network';

/** A zip file and its SHA-256 in base64, by which Terraform notices other code. */
export interface FunctionCode {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** Props of {@link Lambda}: an item of `functions`, its code and what it is wired to. */
export interface LambdaProps extends Omit<FunctionSpec, 'code' | 'queues' | 'uses'> {
  readonly code: FunctionCode | undefined;
  readonly network: Network;
  readonly logRetentionDays: number;
  readonly uses: readonly Usable[];
  readonly sources: readonly {
    readonly queue: Queue | ExistingQueue;
    readonly source: FunctionSpec['queues'][number];
  }[];

  /** Keeps events that failed too often, where nobody waits for the answer. */
  readonly deadLetterQueueArn?: string | undefined;
}

/** A Lambda function with a role, a log group and, in the VPC, a security group of its own. */
export class Lambda extends Construct implements Consumer {
  readonly role: Role;
  readonly uses: readonly Usable[];
  readonly egress: readonly Outbound[];
  readonly logGroupArn: string;
  readonly logGroupName: string;
  readonly arn: string;
  readonly invokeArn: string;
  readonly functionName: string;

  /** CloudWatch dimensions of its metrics. */
  readonly metricDimensions: Readonly<Record<string, string>>;

  private readonly group: Connections | undefined;

  constructor(scope: Construct, id: string, props: LambdaProps) {
    super(scope, id);
    this.uses = props.uses;
    this.egress = props.vpc && props.egress !== 'all' ? props.egress : [];
    const logs = new CloudwatchLogGroup(this, 'logs', {
      name: props.logGroupName,
      retentionInDays: props.logRetentionDays,
    });
    if (props.logGroupImport) new Import(logs, props.logGroupName);
    this.logGroupArn = logs.arn;
    this.logGroupName = logs.name;
    this.group = props.vpc
      ? new Connections(this, 'connections', {
          vpcId: props.network.vpcId,
          name: props.securityGroupName,
          egress: props.egress === 'all' ? 'all' : 'named',
        })
      : undefined;
    this.role = new Role(this, 'role', {
      name: props.roleName,
      description: `What ${props.functionName} may do`,
      service: 'lambda.amazonaws.com',
    });
    this.role.allow('write_logs', writingLogs(logs.arn));
    if (props.vpc) this.allowNetworkInterfaces();
    if (props.deadLetterQueueArn !== undefined)
      this.role.allow('send_dead_letters', { actions: ['sqs:SendMessage'], resources: [props.deadLetterQueueArn] });

    const lambda = new LambdaFunction(this, 'Default', {
      functionName: props.functionName,
      role: this.role.arn,
      ...this.package(props),
      architectures: [props.architecture],
      memorySize: props.memory,
      timeout: props.timeoutSeconds,
      reservedConcurrentExecutions: props.reservedConcurrency,
      environment: { variables: variables(props) },
      deadLetterConfig: props.deadLetterQueueArn === undefined ? undefined : { targetArn: props.deadLetterQueueArn },
      loggingConfig: { logFormat: 'JSON', logGroup: logs.name },
      vpcConfig: this.group && {
        subnetIds: [...props.network.workloadSubnetIds],
        securityGroupIds: [this.group.securityGroupId],
      },
      dependsOn: [...this.role.policies],
    });
    if (props.import) new Import(lambda, props.functionName);
    this.arn = lambda.arn;
    this.invokeArn = lambda.invokeArn;
    this.functionName = lambda.functionName;
    this.metricDimensions = { FunctionName: lambda.functionName };
    for (const { queue, source } of props.sources) this.handle(queue, source, lambda);
  }

  get connections(): Connections {
    if (!this.group) throw new Error(`${this.node.id} is outside the VPC, where it has no security group`);
    return this.group;
  }

  /** Lambda has one role for starting code and for the code. */
  get executionRole(): Role {
    return this.role;
  }

  private package({ code, image, name, runtime, handler }: LambdaProps) {
    if (!code) return { packageType: 'Image', imageUri: image };
    const file = `assets/${name}-${Buffer.from(code.sha256, 'base64').toString('hex').slice(0, 16)}.zip`;
    RootStack.of(this).assets.set(file, code.bytes);
    return { filename: `\${path.module}/${file}`, sourceCodeHash: code.sha256, runtime, handler };
  }

  private handle(queue: Queue | ExistingQueue, source: FunctionSpec['queues'][number], lambda: LambdaFunction): void {
    this.role.allow(`handle_queue_${queue.id}`, {
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [queue.arn],
    });
    new LambdaEventSourceMapping(this, `queue_${queue.id}`, {
      functionName: lambda.arn,
      eventSourceArn: queue.arn,
      batchSize: source.batchSize,
      maximumBatchingWindowInSeconds: source.batchWindowSeconds,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: source.maxConcurrency === undefined ? undefined : { maximumConcurrency: source.maxConcurrency },
      dependsOn: [...this.role.policies],
    });
  }

  /** None of these actions takes a resource that is known before. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions */
  private allowNetworkInterfaces(): void {
    const actions = [
      'CreateNetworkInterface',
      'DescribeNetworkInterfaces',
      'DescribeSubnets',
      'DeleteNetworkInterface',
      'AssignPrivateIpAddresses',
      'UnassignPrivateIpAddresses',
    ];
    this.role.allow('network_interfaces', { actions: actions.map((action) => `ec2:${action}`), resources: ['*'] });
  }
}

/** A function gets no secret injected: it is told where each is (`<NAME>_FROM`) and reads it under its own role. */
function variables({ uses, envVariables }: LambdaProps): Record<string, string> {
  const injected = uses.map(({ injection }) => injection);
  const from = injected.flatMap(({ secrets }) =>
    Object.entries(secrets).map(([name, valueFrom]) => [`${name}_FROM`, valueFrom]),
  );
  return {
    ...Object.assign({}, ...injected.map(({ environment }) => environment)),
    ...Object.fromEntries(from),
    ...Object.fromEntries(envVariables.map(({ name, value }) => [name, value])),
  };
}
