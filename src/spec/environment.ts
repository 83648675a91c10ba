import * as z from 'zod';
import type { Context } from './context';
import { accountSection } from './sections/account';
import { alarmsSection, completeAlarms } from './sections/alarms';
import { albSection, completeAlb } from './sections/alb';
import { bucketSection, completeBucket } from './sections/bucket';
import { budgetSection } from './sections/budget';
import { cdnSection, completeCdn, reaches } from './sections/cdn';
import { clusterSection, completeCluster } from './sections/cluster';
import { cognitoSection, completeCognito } from './sections/cognito';
import { costSection } from './sections/cost';
import { completeDashboard, dashboardSection } from './sections/dashboard';
import { completeDelivery, deliverySection, ecrTrustedAccounts } from './sections/delivery';
import { completeDomain, domainSection } from './sections/domain';
import { completeEfs, efsSection } from './sections/efs';
import { completeFunction, functionSection } from './sections/function';
import { completeHttpApi, httpApiSection } from './sections/http-api';
import { logsSection } from './sections/logs';
import { completeMysql, mysqlSection } from './sections/mysql';
import { completeNetwork, networkSection } from './sections/network';
import { completeOracle, oracleSection } from './sections/oracle';
import { completePostgres, postgresSection } from './sections/postgres';
import { completeRedis, redisSection } from './sections/redis';
import { completeSecret, secretSection } from './sections/secret';
import { completeNamedService, serviceSection } from './sections/service';
import { sesSection } from './sections/ses';
import { completeSqs, sqsSection } from './sections/sqs';
import { completeState, stateSection } from './sections/state';
import { completeTask, taskSection } from './sections/task';
import { completeTopic, topicSection } from './sections/topic';
import { wafSection } from './sections/waf';
import { completeWorkload, workloadSection } from './sections/workload';
import { accountId, flag, name, namedList, text, textList, textMap } from './values/fields';
import { awsRegion } from './values/regions';

const address = text('a Terraform address such as "aws_db_instance.database"', /^[a-z0-9_]+\.[a-z0-9_]+$/);

/** Everything an environment file may say, base.yaml and the environment's own file laid over each other. */
export const environmentFile = z.strictObject({
  project: name.optional().describe('The system; the name of the folder.'),
  env: name.optional().describe('The environment; the name of the file.'),
  nameDiffersBecause: text('the reason in words')
    .optional()
    .describe('Why `project` or `env` is not what folder and file are called.'),
  region: awsRegion('eu-central-1').describe('Where everything is made.'),
  accountId: accountId.optional().describe('The only account that Terraform may touch with this file.'),
  tags: textMap('a map of tag and value')
    .default({})
    .describe('Tags of every resource, beside project, env, stack and managed_by.'),
  requiredTags: textList(
    text(
      'a tag such as "cost_center", which does not begin with "aws:"',
      /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu,
    ),
    'a tag',
    'a list of tags',
  )
    .default([])
    .describe('Tags that every environment must give a value, such as those that cost reports are added up by.'),
  ecrAccountId: accountId
    .optional()
    .describe('Images come from the repositories of this other account, and none is made here.'),
  ecrAccountRegion: awsRegion('eu-central-1')
    .optional()
    .describe('Where those repositories are; by default the environment’s own region.'),
  ecrTrustedAccounts,
  protect: flag()
    .default(true)
    .describe('Deletion protection, and a refusal in the plan, for what holds data or serves traffic.'),
  state: stateSection,
  account: accountSection.prefault({}),
  network: networkSection.prefault({}),
  domain: domainSection.optional(),
  waf: wafSection.optional(),
  cdn: cdnSection.optional(),
  alb: albSection.optional(),
  cluster: clusterSection.prefault({}),
  workload: workloadSection.optional(),
  services: namedList(serviceSection, 'service'),
  tasks: namedList(taskSection, 'task'),
  functions: namedList(functionSection, 'function'),
  httpApi: httpApiSection.optional(),
  delivery: deliverySection.optional(),
  postgres: postgresSection.optional(),
  mysql: mysqlSection.optional(),
  oracle: oracleSection.optional(),
  redis: redisSection.optional(),
  cognito: cognitoSection.optional(),
  buckets: namedList(bucketSection, 'bucket'),
  efs: namedList(efsSection, 'file system'),
  secrets: namedList(secretSection, 'secret'),
  sqs: sqsSection,
  topics: namedList(topicSection, 'topic'),
  ses: sesSection.optional(),
  logs: logsSection.prefault({}),
  alarms: alarmsSection.optional(),
  dashboard: dashboardSection.optional(),
  budget: budgetSection.optional(),
  cost: costSection.prefault({}),
  imports: z
    .record(address, text('the id that Terraform imports it by', /^[^\s](?:[^\r\n]{0,2046}[^\s])?$/), {
      error: 'expected a map of address and id',
    })
    .default({})
    .describe('What is there already and has no "import" of its own: ids by resource address.'),
  overrides: z
    .record(
      address,
      z.record(text('a Terraform argument', /^[a-z0-9_.]+$/), z.json(), {
        error: 'expected a map of Terraform arguments',
      }),
      { error: 'expected a map of address and arguments' },
    )
    .default({})
    .describe('Raw Terraform arguments by resource address, for what this language does not cover.'),
});

export type EnvironmentFile = z.output<typeof environmentFile>;

/** The canonical Spec: what an environment is, every default and name filled in. */
export type EnvironmentSpec = ReturnType<typeof completeEnvironment>;

/** Fills in what one section takes from another. `home` is what folder and file are called. */
export function completeEnvironment(
  written: EnvironmentFile,
  home: { readonly project: string; readonly env: string },
) {
  const { tags, imports, overrides, ...sections } = written;
  const file = { ...withoutDisabled(sections), tags, imports, overrides };
  const project = file.project ?? home.project;
  const env = file.env ?? home.env;
  const context: Context = { project, env, region: file.region, prefix: `${project}-${env}`, protect: file.protect };
  const domain = file.domain && completeDomain(file.domain, context);
  const shared = {
    postgres: file.postgres && completePostgres(file.postgres, context),
    mysql: file.mysql && completeMysql(file.mysql, context),
    oracle: file.oracle && completeOracle(file.oracle, context),
    redis: file.redis && completeRedis(file.redis, context),
    cognito: file.cognito && completeCognito(file.cognito, context),
    ses: file.ses && { ...file.ses, domainName: file.ses.domainName ?? domain?.name ?? '' },
    buckets: file.buckets.map((bucket) => completeBucket(bucket, context)),
    secrets: file.secrets.map((secret) => completeSecret(secret, context)),
    sqs: completeSqs(file.sqs, context),
    topics: file.topics.map((topic) => completeTopic(topic, context)),
  };
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
    cluster: completeCluster(file.cluster, context),
    workload: file.workload && completeWorkload(file.workload, context, usedByDefault(shared)),
    services: file.services.map((service) => completeNamedService(service, context)),
    tasks: file.tasks.map((task) => completeTask(task, context)),
    httpApi: file.httpApi && completeHttpApi(file.httpApi, context, domain?.name),
    functions: file.functions.map((each) => completeFunction(each, context)),
    delivery: file.delivery && completeDelivery(file.delivery, context),
    alarms: file.alarms && completeAlarms(file.alarms, context),
    dashboard: file.dashboard && completeDashboard(file.dashboard, context),
  };
}

/** What `uses` may name: everything that the file declares. */
export function declaredNames(spec: {
  readonly postgres: object | undefined;
  readonly mysql: object | undefined;
  readonly oracle: object | undefined;
  readonly redis: object | undefined;
  readonly cognito: object | undefined;
  readonly ses: object | undefined;
  readonly buckets: readonly { readonly name: string }[];
  readonly secrets: readonly { readonly name: string }[];
  readonly sqs: readonly { readonly name: string }[];
  readonly topics: readonly { readonly name: string }[];
}): string[] {
  return [
    ...((spec.postgres ?? spec.mysql ?? spec.oracle) ? ['database'] : []),
    ...(spec.redis ? ['redis'] : []),
    ...(spec.cognito ? ['cognito'] : []),
    ...(spec.ses ? ['ses'] : []),
    ...spec.buckets.map((bucket) => `buckets.${bucket.name}`),
    ...spec.secrets.map((secret) => `secrets.${secret.name}`),
    ...spec.sqs.map((queue) => `sqs.${queue.name}`),
    ...spec.topics.map((topic) => `topics.${topic.name}`),
  ];
}

/** What a workload uses that names nothing: all but buckets of access logs, which nobody should be able to change. */
function usedByDefault(
  spec: Omit<Parameters<typeof declaredNames>[0], 'buckets'> & Pick<EnvironmentFile, 'buckets'>,
): string[] {
  return declaredNames({ ...spec, buckets: spec.buckets.filter(({ accessLogTarget }) => !accessLogTarget) });
}

/** The file without the sections and listed things that say `enabled: false`. */
function withoutDisabled<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.filter((item) => !isDisabled(item)).map(withoutDisabled) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, inner]) => key !== 'added' && !isDisabled(inner));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutDisabled(inner)])) as Value;
}

function isDisabled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'enabled' in value && value.enabled === false;
}
