import * as z from 'zod';
import { number, text, wholeNumber } from '../values/fields';

/** What a cost estimate is added up by. */
export const costKinds = [
  'network',
  'loadBalancing',
  'edge',
  'containers',
  'functions',
  'database',
  'cache',
  'storage',
  'messaging',
  'usersAndEmail',
  'secrets',
  'monitoring',
] as const;

export type CostKind = (typeof costKinds)[number];

const gigabytes = (most = 1_000_000) => number(0, most);
const millions = () => number(0, 1_000_000);

/** Assumptions are of the whole environment, in a month; an estimate divides them evenly over what they are metered on. */
const usage = z.strictObject({
  averageTasks: z
    .record(text('"workload" or the name of a service', /^[a-z][a-z0-9-]*$/), number(0, 5000), {
      error: 'expected a map of service and number of tasks',
    })
    .default({})
    .describe('Tasks that run on average, by service; where scaling says nothing better, the desired count.'),
  natGb: gigabytes().default(50).describe('GB through the NAT gateways.'),
  internetGb: gigabytes().default(5).describe('GB that leave for the internet other than through the CDN.'),
  endpointGb: gigabytes().default(5).describe('GB through interface endpoints.'),
  albLcu: number(0, 100_000).default(0.1).describe('Load balancer capacity units (LCU) in use on average.'),
  requestsMillions: millions().default(1).describe('HTTP requests at the CDN, firewalls and API gateways.'),
  cdnGb: gigabytes().default(50).describe('GB that the CDN delivers.'),
  dnsMillions: millions().default(1).describe('DNS queries, without those of aliases to AWS.'),
  storageGb: gigabytes().default(10).describe('GB in buckets.'),
  storageReadsMillions: millions().default(0.1),
  storageWritesMillions: millions().default(0.01),
  filesGb: gigabytes()
    .default(5)
    .describe('GB in shared file systems, without what has moved on to the cheaper classes.'),
  filesInfrequentGb: gigabytes().default(0).describe('GB of files in Infrequent Access.'),
  filesArchivedGb: gigabytes().default(0).describe('GB of files in Archive.'),
  filesReadGb: gigabytes().default(10).describe('GB read from file systems with elastic throughput.'),
  filesWrittenGb: gigabytes().default(5).describe('GB written to them.'),
  imagesGb: gigabytes().default(2).describe('GB of container images.'),
  backupGb: gigabytes().default(0).describe('GB of database backups beyond the size of the database, which is free.'),
  tablesGb: gigabytes().default(0.1).describe('GB in DynamoDB tables.'),
  tableReadsMillions: millions().default(0.1),
  tableWritesMillions: millions().default(0.1),
  logsGb: gigabytes().default(5).describe('GB of logs written, those of Container Insights included.'),
  insightsMetrics: wholeNumber(0, 1_000_000)
    .optional()
    .describe('Metrics of Container Insights; by default 12 for the cluster and 24 for each service.'),
  queueMillions: millions().default(1).describe('Requests to queues.'),
  topicMillions: millions().default(0.1).describe('Messages published to topics.'),
  functionMillions: millions().default(1).describe('Invocations of functions.'),
  functionMilliseconds: number(1, 900_000).default(100).describe('How long an invocation takes on average.'),
  emailsThousands: number(0, 1_000_000).default(1).describe('Mails sent, in thousands.'),
  paidUsers: number(0, 100_000_000).default(0).describe('Monthly active users beyond the 10,000 that are free.'),
  secretReadsMillions: millions().default(0.01),
  keyRequestsMillions: millions().default(0.01).describe('Requests to KMS keys.'),
  configItems: number(0, 100_000_000).default(500).describe('Changes that AWS Config records.'),
});

export type Usage = z.output<typeof usage>;

/** Of a system that nobody uses. */
export function noUsage(): Usage {
  const amounts = Object.keys(usage.shape).filter((key) => !OTHERS.includes(key));
  return usage.parse(Object.fromEntries(amounts.map((key) => [key, 0])));
}

const OTHERS = ['averageTasks', 'functionMilliseconds', 'insightsMetrics'];

/** The `cost` section: what `terrace cost` assumes, and what a document says the environment would cost. */
export const costSection = z.strictObject({
  usage: usage.prefault({}),
  documentedMonthlyUsd: number(0, 10_000_000).optional().describe('A document’s own figure, US dollars a month.'),
  documentedUsdByKind: z
    .strictObject(
      Object.fromEntries(costKinds.map((kind) => [kind, number(0, 10_000_000).optional()])) as Record<
        CostKind,
        z.ZodOptional<z.ZodNumber>
      >,
    )
    .default({})
    .describe('The document’s parts of it.'),
  documentedNote: text('the reason in words').optional().describe('Why the estimate differs from the document.'),
});

export type CostSpec = z.output<typeof costSection>;
