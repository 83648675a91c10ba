import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition';
import { Construct } from 'constructs';
import { Role } from '../../access/role';
import type { Usable } from '../../access/usable';
import { Import } from '../../terraform/import';
import { jsonText } from '../../terraform/json-text';
import { type ImageRepository, pulling } from './repository';
import type { Volume } from './volume';

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
}

/** What ECS starts: one container with its size, image, variables, secrets, logs and the two roles. */
export class TaskDefinition extends Construct {
  readonly arn: string;

  /** Of all its revisions: the ARN without a number. */
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
    this.executionRole.allow('write_logs', {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [`${logs.arn}:*`],
    });
    this.allowPull(props.image);

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
      containerDefinitions: jsonText([containerDefinition(props, logs.name)]),
    });
    this.arn = task.arn;
    this.familyArn = task.arnWithoutRevision;
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

function containerDefinition(props: TaskDefinitionProps, logGroup: string): object {
  const injected = props.uses.map(({ injection }) => injection);
  // A variable of the user's own wins over an injected one: ECS refuses a name twice.
  const own = new Set(Object.keys(props.environment));
  const environment = { ...Object.assign({}, ...injected.map((each) => each.environment)), ...props.environment };
  const secrets: Record<string, string> = Object.assign({}, ...injected.map((each) => each.secrets), props.secrets);
  return {
    name: props.containerName,
    image: typeof props.image === 'string' ? props.image : `${props.image.repository.url}:${props.image.tag}`,
    essential: true,
    ...(props.command && { command: props.command }),
    ...(props.ports && {
      portMappings: props.ports.map((port, index) => ({
        name: index === 0 ? 'http' : `tcp-${port}`,
        containerPort: port,
        hostPort: port,
        protocol: 'tcp',
      })),
    }),
    environment: Object.entries(environment).map(([name, value]) => ({ name, value })),
    secrets: Object.entries(secrets)
      .filter(([name]) => !own.has(name))
      .map(([name, valueFrom]) => ({ name, valueFrom })),
    ...(props.volumes?.length && { mountPoints: props.volumes.map(mountPoint) }),
    readonlyRootFilesystem: props.readonlyRootFilesystem,
    linuxParameters: { initProcessEnabled: true },
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': logGroup,
        'awslogs-region': props.region,
        'awslogs-stream-prefix': props.logStreamPrefix,
      },
    },
  };
}

function mountPoint({ definition, mountPoint, readOnly }: Volume): object {
  return { sourceVolume: definition.name, containerPath: mountPoint, readOnly };
}

/** The ARN of the repository in an image's name, when it is an ECR one. */
function ecrArn(image: string): string | undefined {
  const found = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^:@]+)/.exec(image);
  return found ? `arn:aws:ecr:${found[2]}:${found[1]}:repository/${found[3]}` : undefined;
}
