import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition';
import { Construct } from 'constructs';
import { Role, type Statement, writingLogs } from '../../access/role';
import type { Usable } from '../../access/usable';
import { Import } from '../../terraform/import';
import { jsonText } from '../../terraform/json-text';
import { RootStack } from '../../terraform/root-stack';
import { containerDefinition, xrayDaemon } from './container-definition';
import { type ImageRepository, pulling } from './repository';
import type { Volume } from './volume';

const tracing = [
  'PutTraceSegments',
  'PutTelemetryRecords',
  'GetSamplingRules',
  'GetSamplingTargets',
  'GetSamplingStatisticSummaries',
];

export interface TaskDefinitionProps {
  readonly family: string;
  readonly containerName: string;
  readonly cpu: number;

  /** MiB. */
  readonly memory: number;
  readonly architecture: 'x86_64' | 'arm64';

  /** A repository made here with a tag of it, or the name of an image elsewhere. */
  readonly image: string | { readonly repository: ImageRepository; readonly tag: string };
  readonly command?: readonly string[] | undefined;
  readonly readonlyRootFilesystem: boolean;

  /** GiB of disk for the image and what the task writes; without it, what Fargate gives. */
  readonly ephemeralStorage?: number | undefined;

  /** @default none */
  readonly volumes?: readonly Volume[];

  /** The main one first. */
  readonly ports?: readonly number[];
  readonly environment: Readonly<Record<string, string>>;

  /** Name and `valueFrom`, beside those of what is used. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly uses: readonly Usable[];
  readonly region: string;
  readonly logGroupName: string;

  /** Whether the log group is there already, to be taken over. */
  readonly logGroupImport?: boolean | undefined;
  readonly logStreamPrefix: string;
  readonly logRetentionDays: number;
  readonly taskRoleName: string;
  readonly executionRoleName: string;

  /** What ECS asks inside the container to know whether it is well. */
  readonly check?:
    | {
        readonly url: string;
        readonly intervalSeconds: number;
        readonly timeoutSeconds: number;
        readonly unhealthyThreshold: number;
        readonly gracePeriodSeconds: number;
      }
    | undefined;
  readonly xrayEnabled?: boolean | undefined;

  /** What the code may do beside what it uses. */
  readonly policy?: readonly Statement[] | undefined;

  /** Files of variables in S3, each by bucket and key. */
  readonly envFilesS3?: readonly { readonly bucket: string; readonly key: string }[] | undefined;

  /** SSM parameters that become variables, by their names under `ssmPath`. */
  readonly ssmParameters?: readonly string[] | undefined;
  readonly ssmPath?: string | undefined;

  /**
   * Registers a new revision before the old one is withdrawn, for what may be started at any moment.
   *
   * @default false
   */
  readonly createBeforeDestroy?: boolean;
}

/** What ECS starts: one container with its size, image, variables, secrets, logs and the two roles. */
export class TaskDefinition extends Construct {
  readonly arn: string;

  /** The ARN without a revision, by which ECS takes the newest one. */
  readonly familyArn: string;

  /** What the code in the container may do. */
  readonly role: Role;

  /** What ECS may do to start it. */
  readonly executionRole: Role;
  readonly logGroupArn: string;
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: TaskDefinitionProps) {
    super(scope, id);
    const logs = new CloudwatchLogGroup(this, 'logs', {
      name: props.logGroupName,
      retentionInDays: props.logRetentionDays,
    });
    if (props.logGroupImport) new Import(logs, props.logGroupName);
    this.logGroupArn = logs.arn;
    this.logGroupName = logs.name;

    const service = 'ecs-tasks.amazonaws.com';
    this.role = new Role(this, 'role', {
      name: props.taskRoleName,
      description: `What ${props.family} may do`,
      service,
    });
    this.executionRole = new Role(this, 'execution_role', {
      name: props.executionRoleName,
      description: `What ECS may do to start ${props.family}`,
      service,
    });
    this.executionRole.allow('write_logs', writingLogs(logs.arn));
    this.allowPull(props.image);
    this.allowEnvironment(props);
    if (props.policy?.length) this.role.allow('policy', ...props.policy);
    // None of these has a resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
    if (props.xrayEnabled)
      this.role.allow('trace', { actions: tracing.map((action) => `xray:${action}`), resources: ['*'] });

    const task = new EcsTaskDefinition(this, 'Default', {
      family: props.family,
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: String(props.cpu),
      memory: String(props.memory),
      runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: props.architecture.toUpperCase() },
      ephemeralStorage: props.ephemeralStorage === undefined ? undefined : { sizeInGib: props.ephemeralStorage },
      volume: props.volumes?.length ? props.volumes.map(({ definition }) => definition) : undefined,
      taskRoleArn: this.role.arn,
      executionRoleArn: this.executionRole.arn,
      containerDefinitions: jsonText([
        containerDefinition(props, logs.name),
        ...(props.xrayEnabled ? [xrayDaemon(props, logs.name)] : []),
      ]),
      lifecycle: props.createBeforeDestroy ? { createBeforeDestroy: true } : undefined,
    });
    this.arn = task.arn;
    this.familyArn = task.arnWithoutRevision;
  }

  /** What ECS fetches before it starts the container: parameters and files of variables. */
  private allowEnvironment({ envFilesS3 = [], ssmParameters = [], ssmPath = '', region }: TaskDefinitionProps): void {
    if (ssmParameters.length > 0) {
      const { accountId } = RootStack.of(this);
      this.executionRole.allow('read_parameters', {
        actions: ['ssm:GetParameters'],
        resources: [`arn:aws:ssm:${region}:${accountId}:parameter${ssmPath}/*`],
      });
    }
    if (envFilesS3.length > 0) {
      const buckets = [...new Set(envFilesS3.map(({ bucket }) => `arn:aws:s3:::${bucket}`))];
      this.executionRole.allow(
        'read_env_files',
        { actions: ['s3:GetObject'], resources: envFilesS3.map(({ bucket, key }) => `arn:aws:s3:::${bucket}/${key}`) },
        { actions: ['s3:GetBucketLocation'], resources: buckets },
      );
    }
  }

  private allowPull(image: TaskDefinitionProps['image']): void {
    const arn = typeof image === 'string' ? ecrArn(image) : image.repository.arn;
    if (arn === undefined) return;
    this.executionRole.allow(
      'pull_image',
      {
        actions: pulling,
        resources: [arn],
      },
      // Has no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
      { actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
    );
  }
}

/** The ARN of the repository in an image's name, when it is an ECR one. */
function ecrArn(image: string): string | undefined {
  const found = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^:@]+)/.exec(image);
  return found ? `arn:aws:ecr:${found[2]}:${found[1]}:repository/${found[3]}` : undefined;
}
