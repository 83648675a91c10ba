import { TerraformOutput } from 'cdktf';
import type { Cluster } from '../blocks/containers/cluster';
import { registryHost } from '../blocks/containers/image-source';
import type { Cdn } from '../blocks/edge/cdn';
import type { Domain } from '../blocks/edge/domain';
import type { HttpApi } from '../blocks/edge/http-api';
import type { LoadBalancer } from '../blocks/edge/load-balancer';
import type { Alarms } from '../blocks/monitoring/alarms';
import type { Network } from '../blocks/network/network';
import type { EnvironmentSpec } from '../spec/environment';
import { jsonText } from '../terraform/json-text';
import type { RootStack } from '../terraform/root-stack';
import { type Containers, registryOf } from './containers';
import type { Data } from './data';
import type { Delivery } from './delivery';
import { publicName } from './edge';
import { nextSteps } from './next-steps';

/** What outputs tell about. */
export interface Parts {
  readonly network: Network;
  readonly domain: Domain | undefined;

  /** The zone of names, also of those that are written out without a domain. */
  readonly dns: Domain | undefined;
  readonly data: Data;
  readonly alb: LoadBalancer | undefined;
  readonly httpApi: HttpApi | undefined;
  readonly cluster: Cluster;
  readonly containers: Containers;
  readonly cdn: Cdn | undefined;
  readonly alarms: Alarms | undefined;
  readonly delivery: Delivery;
}

/** Everything that a person or a pipeline needs to know after an apply. */
export function addOutputs(stack: RootStack, spec: EnvironmentSpec, parts: Parts): void {
  const { network, domain, data, alb, cluster, containers, cdn, alarms, delivery } = parts;
  const output = (name: string, description: string, value: unknown) => {
    if (value === undefined || isEmpty(value)) return;
    new TerraformOutput(stack, name, { description, value });
  };
  const services = [...containers.services];
  output('url', 'Where the environment answers', url(spec, parts));
  const startedTasks = [...containers.startedTasks];
  output('http_api_url', 'Where the HTTP API answers', parts.httpApi?.url);
  output(
    'function_names',
    'Lambda functions, by the name in the YAML',
    fromEntries([...containers.functions].map(([name, each]) => [short(name), each.functionName])),
  );
  output('name_servers', 'Name servers to enter as NS records at the parent domain', domain?.nameServers);
  output('load_balancer_dns_name', 'AWS name of the load balancer', alb?.target.dnsName);
  output('cdn_dns_name', 'AWS name of the CDN', cdn?.target.dnsName);
  output('cdn_id', 'The CDN, for aws cloudfront create-invalidation', cdn?.distributionId);
  output('vpc_id', 'The VPC', network.vpcId);
  output('cluster_name', 'The ECS cluster', cluster.clusterName);
  output(
    'service_names',
    'ECS services, by the name in the YAML',
    fromEntries(services.map(([name, service]) => [name, service.serviceName])),
  );
  output(
    'repository_urls',
    'Where images are pushed to, by the name in the YAML',
    fromEntries(
      [...services, ...startedTasks].flatMap(([name, { repository }]) => (repository ? [[name, repository.url]] : [])),
    ),
  );
  output(
    'task_families',
    'Task definitions of what the time or an event starts, by the name in the YAML',
    fromEntries(startedTasks.map(([name, { family }]) => [name, family])),
  );
  output(
    'dead_letter_queue_urls',
    'Where their starts end up that failed for good, by the name in the YAML',
    fromEntries(startedTasks.flatMap(([name, { deadLetters }]) => (deadLetters ? [[name, deadLetters.url]] : []))),
  );
  output(
    'deploy_role_arn',
    'Role of GitHub Actions, for role-to-assume of aws-actions/configure-aws-credentials',
    delivery.deployRoleArn,
  );
  output(
    'database_endpoint',
    'Address and port of the database, or of the proxy in front of it',
    data.database?.endpoint,
  );
  output('redis_endpoint', 'Address and port of Redis, over TLS', data.redis?.endpoint);
  output('secret_arns', 'Secrets in Secrets Manager', secretArns(data));
  output(
    'bucket_names',
    'Buckets, by the name in the YAML',
    fromEntries([...data.buckets].map(([name, bucket]) => [short(name), bucket.bucketName])),
  );
  output(
    'file_system_ids',
    'Shared file systems, by the name in the YAML',
    fromEntries([...data.fileSystems].map(([name, each]) => [short(name), each.fileSystemId])),
  );
  output(
    'queue_urls',
    'Queues, by the name in the YAML',
    fromEntries([...data.queues].map(([name, queue]) => [short(name), queue.url])),
  );
  output(
    'topic_arns',
    'Topics of the application, by the name in the YAML',
    fromEntries([...data.topics].map(([name, topic]) => [short(name), topic.arn])),
  );
  output('user_pool_id', 'The Cognito user pool', data.users?.poolId);
  output('hosted_ui_url', 'Where the hosted UI of the user pool answers', hostedUi(spec));
  output('alarm_topic_arns', 'Topics that alarms tell', alarms?.topicArns);
  if (containers.tasks.length > 0)
    output('task_network', 'Network of one-off tasks, for aws ecs run-task', taskNetwork(network, containers));
  const workload = containers.services.get('workload');
  output('account_id', 'The AWS account', stack.accountId);
  output('region', 'The AWS region', spec.region);
  output('backend_ecr_repo_url', 'Where images of the workload are pushed to', backendRepositoryUrl(spec, containers));
  output('backend_task_role_name', 'The role of the workload’s code', workload?.role.roleName);
  output('backend_cloud_map_arn', 'The namespace of service discovery', containers.discovery?.arn);
  output('next_steps', 'What to do after this apply', nextSteps(spec));
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

/** Where the workload's images lie: in a repository made here, or in another account's. */
function backendRepositoryUrl(spec: EnvironmentSpec, { services }: Containers): string | undefined {
  const elsewhere = registryOf(spec);
  const here = services.get('workload')?.repository?.url;
  if (here !== undefined || !elsewhere || !spec.workload || spec.workload.image !== undefined) return here;
  return `${registryHost(elsewhere)}/${spec.workload.repository.name}`;
}
