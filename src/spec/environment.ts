import type { Context } from './context';
import { usedByDefault } from './declared-names';
import type { EnvironmentFile } from './environment-file';
import { completeAlarms } from './sections/alarms';
import { completeAlb } from './sections/alb';
import { withBackendBucket } from './sections/backend-bucket';
import { completeBucket } from './sections/bucket';
import { completeCdn, reaches } from './sections/cdn';
import { completeCluster } from './sections/cluster';
import { completeCognito } from './sections/cognito';
import { completeDashboard } from './sections/dashboard';
import { completeDelivery } from './sections/delivery';
import { completeDomain } from './sections/domain';
import { completeEfs } from './sections/efs';
import { completeEventTask } from './sections/event-task';
import { completeFunction } from './sections/function';
import { completeHttpApi, httpApiSection } from './sections/http-api';
import { completeMysql } from './sections/mysql';
import { completeNetwork } from './sections/network';
import { completeOracle } from './sections/oracle';
import { completePipeline } from './sections/pipeline';
import { completePostgres } from './sections/postgres';
import { completePush } from './sections/push';
import { completeRedis } from './sections/redis';
import { completeScheduledTask } from './sections/scheduled-task';
import { completeSecret } from './sections/secret';
import { completeNamedService } from './sections/service';
import { completeSqs, usedByServices } from './sections/sqs';
import { completeState } from './sections/state';
import { completeTask } from './sections/task';
import { completeTopic } from './sections/topic';
import { completeWorkload } from './sections/workload';

/** The canonical Spec: what an environment is, every default and name filled in. */
export type EnvironmentSpec = ReturnType<typeof completeEnvironment>;

/** Fills in what one section takes from another. `home` is what folder and file are called. */
export function completeEnvironment(
  written: EnvironmentFile,
  home: { readonly project: string; readonly env: string },
) {
  const { tags, imports, overrides, ...sections } = written;
  const enabled = { ...withoutDisabled(sections), tags, imports, overrides };
  const { region, protect, project = home.project, env = home.env } = enabled;
  const context: Context = { project, env, region, prefix: `${project}-${env}`, protect };
  const domain = enabled.domain && completeDomain(enabled.domain, context);
  const file = withBackendBucket(enabled, context, domain?.name);
  const httpApi = file.httpApi ?? (written.httpApi || !needsHttpApi(file) ? undefined : httpApiSection.parse({}));
  const shared = {
    postgres: file.postgres && completePostgres(file.postgres, context),
    mysql: file.mysql && completeMysql(file.mysql, context),
    oracle: file.oracle && completeOracle(file.oracle, context),
    redis: file.redis && completeRedis(file.redis, context),
    cognito: file.cognito && completeCognito(file.cognito, context, domain?.name),
    ses: file.ses && { ...file.ses, domainName: file.ses.domainName ?? domain?.name ?? '' },
    buckets: file.buckets.map((bucket) => completeBucket(bucket, context)),
    secrets: file.secrets.map((secret) => completeSecret(secret, context)),
    sqs: completeSqs(file.sqs, context),
    topics: file.topics.map((topic) => completeTopic(topic, context)),
    push: file.workload?.setupFcnsns ? completePush(context) : undefined,
  };
  const cluster = completeCluster(file.cluster, context, wantsDiscovery(file));
  const discovery = cluster.serviceDiscovery;
  const peers = { cluster, workload: undefined, services: file.services };
  const workload =
    file.workload &&
    completeWorkload(file.workload, context, {
      uses: usedByDefault({ ...shared, ...peers, envFilesS3: file.workload.envFilesS3 }),
      discovery,
      scales: written.workload?.scaling === undefined,
      alb: file.alb !== undefined,
    });
  return {
    ...file,
    ...shared,
    project,
    env,
    state: completeState(file.state, context),
    network: completeNetwork(file.network, context),
    ecrAccountRegion: file.ecrAccountId === undefined ? file.ecrAccountRegion : (file.ecrAccountRegion ?? file.region),
    ecrTrustedAccounts: file.ecrTrustedAccounts.map((each) => ({ ...each, region: each.region ?? file.region })),
    efs: file.efs.map((each) => completeEfs(each, context)),
    domain,
    alb: file.alb && completeAlb(file.alb, context, reaches(file.cdn, 'alb')),
    cdn: file.cdn && completeCdn(file.cdn),
    cluster,
    workload,
    services: file.services.map((service) =>
      completeNamedService(service, context, { uses: usedByServices(file.sqs), discovery }),
    ),
    tasks: file.tasks.map((task) => completeTask(task, context)),
    scheduledTasks: file.scheduledTasks.map((task) => completeScheduledTask(task, context, workload)),
    eventProcessorTasks: file.eventProcessorTasks.map((task) => completeEventTask(task, context, workload)),
    httpApi:
      httpApi &&
      completeHttpApi(httpApi, context, {
        domainName: domain?.name,
        alb: file.alb !== undefined,
        workload: file.workload !== undefined,
        services: file.services.map(({ name }) => name),
      }),
    functions: file.functions.map((each) => completeFunction(each, context)),
    delivery: file.delivery && completeDelivery(file.delivery, context),
    pipeline: file.pipeline && completePipeline(file.pipeline, context),
    alarms: file.alarms && completeAlarms(file.alarms, context),
    dashboard: file.dashboard && completeDashboard(file.dashboard, context),
  };
}

interface Entrances {
  readonly alb?: object | undefined;
  readonly workload?: object | undefined;
  readonly services: readonly object[];
}

/** Whether containers are reached by an HTTP API that the file does not write out: the way in without a load balancer. */
export function needsHttpApi({ alb, workload, services }: Entrances): boolean {
  return !alb && (workload !== undefined || services.length > 0);
}

function wantsDiscovery(file: Entrances): boolean {
  return needsHttpApi(file) || file.services.length > 0;
}

/** The file without the sections and listed things that say `enabled: false`. */
function withoutDisabled<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.filter((item) => !isDisabled(item)).map(withoutDisabled) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, inner]) => key !== 'added' && !isDisabled(inner));
  // An event's detail may have keys of any name, "added" among them.
  return Object.fromEntries(
    kept.map(([key, inner]) => [key, key === 'detail' ? inner : withoutDisabled(inner)]),
  ) as Value;
}

function isDisabled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'enabled' in value && value.enabled === false;
}
