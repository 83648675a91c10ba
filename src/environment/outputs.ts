import { TerraformOutput } from 'cdktf';
import { registryHost } from '../blocks/containers/image-source';
import type { Network } from '../blocks/network/network';
import type { EnvironmentSpec } from '../spec/environment';
import { jsonText } from '../terraform/json-text';
import type { RootStack } from '../terraform/root-stack';
import { type Containers, registryOf } from './containers';
import type { Data } from './data';
import { publicName } from './edge';
import { nextSteps } from './next-steps';
import type { Parts } from './parts';

/** One output; none is made of a value that is not there. */
type Output = readonly [name: string, description: string, value: unknown];

/** Everything that a person or a pipeline needs to know after an apply. */
export function addOutputs(stack: RootStack, spec: EnvironmentSpec, parts: Parts): void {
  for (const [name, description, value] of outputs(stack, spec, parts)) {
    if (value !== undefined && !isEmpty(value)) new TerraformOutput(stack, name, { description, value });
  }
}

function* outputs(stack: RootStack, spec: EnvironmentSpec, parts: Parts): Iterable<Output> {
  yield* entranceOutputs(spec, parts);
  yield* containerOutputs(parts);
  yield* dataOutputs(spec, parts);
  yield* taskOutputs(parts);
  yield* placeOutputs(stack, spec);
  yield* backendOutputs(spec, parts);
  yield ['next_steps', 'What to do after this apply', nextSteps(spec)];
}

function entranceOutputs(spec: EnvironmentSpec, parts: Parts): Output[] {
  const { alb, cdn, containers, domain, httpApi } = parts;
  return [
    ['url', 'Where the environment answers', url(spec, parts)],
    ['http_api_url', 'Where the HTTP API answers', httpApi?.url],
    [
      'function_names',
      'Lambda functions, by the name in the YAML',
      fromEntries([...containers.functions].map(([name, each]) => [short(name), each.functionName])),
    ],
    ['name_servers', 'Name servers to enter as NS records at the parent domain', domain?.nameServers],
    ['load_balancer_dns_name', 'AWS name of the load balancer', alb?.target.dnsName],
    ['cdn_dns_name', 'AWS name of the CDN', cdn?.target.dnsName],
    ['cdn_id', 'The CDN, for aws cloudfront create-invalidation', cdn?.distributionId],
  ];
}

function containerOutputs({ network, cluster, containers, delivery }: Parts): Output[] {
  const services = [...containers.services];
  const startedTasks = [...containers.startedTasks];
  return [
    ['vpc_id', 'The VPC', network.vpcId],
    ['cluster_name', 'The ECS cluster', cluster.clusterName],
    [
      'service_names',
      'ECS services, by the name in the YAML',
      fromEntries(services.map(([name, service]) => [name, service.serviceName])),
    ],
    [
      'repository_urls',
      'Where images are pushed to, by the name in the YAML',
      fromEntries(
        [...services, ...startedTasks].flatMap(([name, { repository }]) =>
          repository ? [[name, repository.url]] : [],
        ),
      ),
    ],
    [
      'task_families',
      'Task definitions of what the time or an event starts, by the name in the YAML',
      fromEntries(startedTasks.map(([name, { family }]) => [name, family])),
    ],
    [
      'dead_letter_queue_urls',
      'Where their starts end up that failed for good, by the name in the YAML',
      fromEntries(startedTasks.flatMap(([name, { deadLetters }]) => (deadLetters ? [[name, deadLetters.url]] : []))),
    ],
    [
      'deploy_role_arn',
      'Role of GitHub Actions, for role-to-assume of aws-actions/configure-aws-credentials',
      delivery.deployRoleArn,
    ],
  ];
}

function dataOutputs(spec: EnvironmentSpec, { data, alarms }: Parts): Output[] {
  const { database, redis, buckets, fileSystems, queues, topics, users } = data;
  return [
    ['database_endpoint', 'Address and port of the database, or of the proxy in front of it', database?.endpoint],
    ['redis_endpoint', 'Address and port of Redis, over TLS', redis?.endpoint],
    ['secret_arns', 'Secrets in Secrets Manager', secretArns(data)],
    [
      'bucket_names',
      'Buckets, by the name in the YAML',
      fromEntries([...buckets].map(([name, bucket]) => [short(name), bucket.bucketName])),
    ],
    [
      'file_system_ids',
      'Shared file systems, by the name in the YAML',
      fromEntries([...fileSystems].map(([name, each]) => [short(name), each.fileSystemId])),
    ],
    [
      'queue_urls',
      'Queues, by the name in the YAML',
      fromEntries([...queues].map(([name, queue]) => [short(name), queue.url])),
    ],
    [
      'topic_arns',
      'Topics of the application, by the name in the YAML',
      fromEntries([...topics].map(([name, topic]) => [short(name), topic.arn])),
    ],
    ['user_pool_id', 'The Cognito user pool', users?.poolId],
    ['hosted_ui_url', 'Where the hosted UI of the user pool answers', hostedUi(spec)],
    ['alarm_topic_arns', 'Topics that alarms tell', alarms?.topicArns],
  ];
}

function taskOutputs({ network, containers }: Parts): Output[] {
  if (containers.tasks.length === 0) return [];
  return [['task_network', 'Network of one-off tasks, for aws ecs run-task', taskNetwork(network, containers)]];
}

function placeOutputs(stack: RootStack, { region }: EnvironmentSpec): Output[] {
  return [
    ['account_id', 'The AWS account', stack.accountId],
    ['region', 'The AWS region', region],
  ];
}

/** Under the names that the dialect's document has for them. */
function backendOutputs(spec: EnvironmentSpec, { containers }: Parts): Output[] {
  const workload = containers.services.get('workload');
  return [
    ['backend_ecr_repo_url', 'Where images of the workload are pushed to', backendRepositoryUrl(spec, containers)],
    ['backend_task_role_name', 'The role of the workload’s code', workload?.role.roleName],
    ['backend_cloud_map_arn', 'The namespace of service discovery', containers.discovery?.arn],
  ];
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain.html */
function hostedUi({ cognito, region }: EnvironmentSpec): string | undefined {
  if (!cognito?.enableUserPoolDomain) return undefined;
  return `https://${cognito.userPoolDomainPrefix}.auth.${region}.amazoncognito.com`;
}

/** By the domain once it leads here; the load balancer's own name until then. */
function url(spec: EnvironmentSpec, { alb, cdn, dns }: Parts): string | undefined {
  if (!alb && !cdn) return undefined;
  const protocol = alb?.secure || cdn ? 'https' : 'http';
  const name = cdn ? dns?.name : publicName(spec);
  return `${protocol}://${name !== undefined && dns?.canProve(name) ? name : alb?.target.dnsName}`;
}

function secretArns({ database, users, secrets }: Data): Record<string, string> {
  return {
    ...database?.secretArns,
    ...(users?.secretArn !== undefined && { cognito: users.secretArn }),
    ...fromEntries([...secrets].map(([name, secret]) => [short(name), secret.arn])),
  };
}

function taskNetwork(network: Network, { tasks }: Containers): string {
  return jsonText({
    awsvpcConfiguration: {
      subnets: network.workloadSubnetIds,
      securityGroups: [tasks[0]?.connections.securityGroupId],
      assignPublicIp: network.dialsByPublicAddress ? 'ENABLED' : 'DISABLED',
    },
  });
}

/** Where the workload's images lie: in a repository made here, or in another account's. */
function backendRepositoryUrl(spec: EnvironmentSpec, { services }: Containers): string | undefined {
  const elsewhere = registryOf(spec);
  const here = services.get('workload')?.repository?.url;
  if (here !== undefined || !elsewhere || !spec.workload || spec.workload.image !== undefined) return here;
  return `${registryHost(elsewhere)}/${spec.workload.repository.name}`;
}

/** `buckets.media` → `media`. */
function short(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}

function fromEntries(entries: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(entries);
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
