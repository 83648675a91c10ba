import { XRAY_DAEMON } from '../../spec/sections/task-environment';
import { variableName } from '../../spec/values/variable-name';
import type { TaskDefinitionProps } from './task-definition';
import type { Volume } from './volume';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
const MOST_SECONDS = 60;
const LONGEST_START = 300;

const XRAY_PORT = 2000; // where X-Ray's SDKs send traces to

/** What ECS is told about the main container. */
export function containerDefinition(props: TaskDefinitionProps, logGroup: string): object {
  const injected = props.uses.map(({ injection }) => injection);
  // A variable of the user's own wins over an injected one: ECS refuses a name twice.
  const own = new Set(Object.keys(props.environment));
  const environment = {
    ...(props.xrayEnabled && { AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${XRAY_PORT}` }),
    ...Object.assign({}, ...injected.map((each) => each.environment)),
    ...props.environment,
  };
  const secrets: Record<string, string> = Object.assign(
    parameters(props),
    ...injected.map((each) => each.secrets),
    props.secrets,
  );
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
    ...(props.envFilesS3?.length && {
      environmentFiles: props.envFilesS3.map(({ bucket, key }) => ({
        type: 's3',
        value: `arn:aws:s3:::${bucket}/${key}`,
      })),
    }),
    ...(props.volumes?.length && { mountPoints: props.volumes.map(mountPoint) }),
    ...(props.check && { healthCheck: healthCheck(props.check) }),
    readonlyRootFilesystem: props.readonlyRootFilesystem,
    linuxParameters: { initProcessEnabled: true },
    logConfiguration: logConfiguration(props, logGroup),
  };
}

function mountPoint({ definition, mountPoint, readOnly }: Volume): object {
  return { sourceVolume: definition.name, containerPath: mountPoint, readOnly };
}

/** The sidecar that passes traces on; the task lives on without it. https://docs.aws.amazon.com/xray/latest/devguide/xray-daemon-ecs.html */
export function xrayDaemon(props: TaskDefinitionProps, logGroup: string): object {
  return {
    name: 'xray-daemon',
    image: XRAY_DAEMON,
    essential: false,
    cpu: 32, // units, of those that the task has
    memoryReservation: 256, // MiB
    portMappings: [{ containerPort: XRAY_PORT, hostPort: XRAY_PORT, protocol: 'udp' }],
    environment: [],
    mountPoints: [],
    volumesFrom: [],
    logConfiguration: logConfiguration(props, logGroup),
  };
}

/** Without either program nobody could tell, and the task counts as healthy. */
function healthCheck({ url, ...check }: NonNullable<TaskDefinitionProps['check']>): object {
  const asked = `if command -v curl >/dev/null; then curl -fsS -o /dev/null ${url}; elif command -v wget >/dev/null; then wget -q -O /dev/null ${url}; fi`;
  return {
    command: ['CMD-SHELL', `${asked} || exit 1`],
    interval: check.intervalSeconds,
    timeout: Math.min(check.timeoutSeconds, MOST_SECONDS),
    retries: check.unhealthyThreshold,
    startPeriod: Math.min(check.gracePeriodSeconds, LONGEST_START),
  };
}

/** Parameters by the variable that each becomes; ECS takes a name for one of its own region. */
function parameters({ ssmParameters = [], ssmPath = '' }: TaskDefinitionProps): Record<string, string> {
  return Object.fromEntries(ssmParameters.map((name) => [variableName(name), `${ssmPath}/${name}`]));
}

function logConfiguration({ region, logStreamPrefix }: TaskDefinitionProps, logGroup: string): object {
  return {
    logDriver: 'awslogs',
    options: {
      'awslogs-group': logGroup,
      'awslogs-region': region,
      'awslogs-stream-prefix': logStreamPrefix,
    },
  };
}
