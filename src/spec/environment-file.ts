import * as z from 'zod';
import { acceptSection } from './sections/accept';
import { accountSection } from './sections/account';
import { alarmsSection } from './sections/alarms';
import { albSection } from './sections/alb';
import { checkBackendBucket } from './sections/backend-bucket';
import { bucketSection } from './sections/bucket';
import { budgetSection } from './sections/budget';
import { cdnSection } from './sections/cdn';
import { clusterSection } from './sections/cluster';
import { cognitoSection } from './sections/cognito';
import { costSection } from './sections/cost';
import { dashboardSection } from './sections/dashboard';
import { deliverySection, ecrTrustedAccounts } from './sections/delivery';
import { domainSection } from './sections/domain';
import { efsSection } from './sections/efs';
import { eventTaskSection } from './sections/event-task';
import { functionSection } from './sections/function';
import { httpApiSection } from './sections/http-api';
import { logsSection } from './sections/logs';
import { mysqlSection } from './sections/mysql';
import { networkSection } from './sections/network-section';
import { oracleSection } from './sections/oracle';
import { pipelineSection } from './sections/pipeline';
import { postgresSection } from './sections/postgres';
import { redisSection } from './sections/redis';
import { scheduledTaskSection } from './sections/scheduled-task';
import { secretSection } from './sections/secret';
import { serviceSection } from './sections/service';
import { sesSection } from './sections/ses';
import { sqsSection } from './sections/sqs';
import { stateSection } from './sections/state';
import { taskSection } from './sections/task';
import { topicSection } from './sections/topic';
import { wafSection } from './sections/waf';
import { workloadSection } from './sections/workload';
import { accountId, flag, name, namedList, text, textList, textMap } from './values/fields';
import { awsRegion } from './values/regions';

const address = text('a Terraform address such as "aws_db_instance.database"', /^[a-z0-9_]+\.[A-Za-z0-9_]+$/);

/** Everything an environment file may say, base.yaml and the environment's own file laid over each other. */
export const environmentFile = z
  .strictObject({
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
    accept: acceptSection,
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
    scheduledTasks: namedList(scheduledTaskSection, 'scheduled task'),
    eventProcessorTasks: namedList(eventTaskSection, 'event task'),
    functions: namedList(functionSection, 'function'),
    httpApi: httpApiSection.optional(),
    delivery: deliverySection.optional(),
    pipeline: pipelineSection.optional(),
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
  })
  .check(checkBackendBucket);

export type EnvironmentFile = z.output<typeof environmentFile>;
