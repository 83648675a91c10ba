import { graphOfSynthesized, type Synthesized } from '../../src/tools/graph/graph-of-synthesized';
import type { Change, Comparison } from '../../src/tools/review/change';
import type { Finding } from '../../src/tools/review/finding';
import type { Review } from '../../src/tools/review/review';
import { byVerdict, verdicts, worstOf } from '../../src/tools/review/verdict';

/** What a hostile tag, name or value may hold. */
export const HOSTILE =
  '</style></title><script>document.title="owned"</script><img src=x onerror=alert(1)>"\'`|@all #1 \u202Egnp.exe';

const group = (vpc: string) => ({ vpc_id: vpc });
const network = {
  aws_vpc: { network: { cidr_block: '10.0.0.0/16' } },
  aws_subnet: {
    network_private_a: { vpc_id: '${aws_vpc.network.id}', availability_zone: 'eu-west-1a' },
    network_private_b: { vpc_id: '${aws_vpc.network.id}', availability_zone: 'eu-west-1b' },
  },
};
const subnets = ['${aws_subnet.network_private_a.id}', '${aws_subnet.network_private_b.id}'];
const service = {
  aws_ecs_service: {
    workload: {
      task_definition: '${aws_ecs_task_definition.workload_task.arn}',
      network_configuration: { subnets, security_groups: ['${aws_security_group.workload_connections.id}'] },
    },
  },
  aws_ecs_task_definition: { workload_task: { task_role_arn: '${aws_iam_role.workload_task_role.arn}' } },
  aws_iam_role: { workload_task_role: { name: 'shop-prod-workload' } },
};
const database = {
  aws_db_instance: {
    database: { engine: 'postgres', vpc_security_group_ids: ['${aws_security_group.database_connections.id}'] },
  },
  aws_vpc_security_group_ingress_rule: {
    database_connections_from_workload: {
      security_group_id: '${aws_security_group.database_connections.id}',
      referenced_security_group_id: '${aws_security_group.workload_connections.id}',
      from_port: 5432,
      to_port: 5432,
    },
  },
};

const before: Synthesized = {
  resource: {
    ...network,
    ...service,
    ...database,
    aws_security_group: {
      workload_connections: group('${aws_vpc.network.id}'),
      database_connections: group('${aws_vpc.network.id}'),
    },
    aws_route53_zone: { domain: { name: `example.com${HOSTILE}` } },
  },
};

const after: Synthesized = {
  resource: {
    ...network,
    ...service,
    aws_security_group: { workload_connections: group('${aws_vpc.network.id}') },
    aws_sqs_queue: { queue_jobs: { name: 'shop-prod-jobs' } },
    aws_iam_role_policy: {
      workload_task_role_use_queue_jobs: {
        role: '${aws_iam_role.workload_task_role.name}',
        policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Resource: '${aws_sqs_queue.queue_jobs.arn}' }] }),
      },
    },
    aws_route53_zone: { domain: { name: `example.com${HOSTILE}` } },
  },
};

function change(address: string, action: Change['action'], more: Partial<Change> = {}): Change {
  const [type = '', name = ''] = address.split('.');
  return {
    address,
    previousAddress: undefined,
    type,
    name,
    action,
    createFirst: false,
    imported: false,
    before: {},
    after: {},
    unknown: {},
    attributes: [],
    forcedBy: [],
    ...more,
  };
}

const attribute = { before: undefined, after: undefined, unknown: false, sensitive: false };

/** A database goes, a queue comes, a service is replaced, a tag is hostile. */
export const sampleComparison: Comparison = {
  stack: 'shop-prod',
  source: 'synthesized',
  before: graphOfSynthesized(before),
  after: graphOfSynthesized(after),
  changes: [
    change('aws_db_instance.database', 'delete'),
    change('aws_security_group.database_connections', 'delete'),
    change('aws_vpc_security_group_ingress_rule.database_connections_from_workload', 'delete'),
    change('aws_sqs_queue.queue_jobs', 'create'),
    change('aws_iam_role_policy.workload_task_role_use_queue_jobs', 'create'),
    change('aws_ecs_service.workload', 'replace', {
      forcedBy: ['launch_type'],
      attributes: [
        { ...attribute, path: 'launch_type', before: 'EC2', after: 'FARGATE' },
        { ...attribute, path: 'id', before: 'workload', unknown: true },
        { ...attribute, path: 'token', before: 'old-secret', after: 'new-secret', sensitive: true },
      ],
    }),
    change('aws_route53_zone.domain', 'update', {
      attributes: [{ ...attribute, path: 'tags.Owner', before: 'me', after: HOSTILE }],
    }),
  ],
};

const at = { file: 'environments/shop/prod.yaml', line: 12, column: 3 };

const findings: readonly Finding[] = [
  {
    verdict: 'loses-data',
    address: 'aws_db_instance.database',
    reason: 'the database "shop-prod" is destroyed',
    effect: 'RDS deletes the instance and its automated backups within minutes.',
    advice: 'take it out with "protect: false" in a change of its own, after a snapshot',
    yaml: { ...at, path: 'postgres', text: 'postgres:' },
  },
  {
    verdict: 'outage',
    address: 'aws_ecs_service.workload',
    attribute: 'launch_type',
    reason: 'the service "workload" is replaced',
    before: 'EC2',
    after: 'FARGATE',
    effect: 'No task runs until those of the new service are healthy: some minutes.',
  },
  {
    verdict: 'behaviour',
    address: 'aws_route53_zone.domain',
    attribute: 'tags.Owner',
    reason: `a tag of ${HOSTILE} changes`,
    before: 'me',
    after: HOSTILE,
    advice: HOSTILE,
    yaml: { ...at, path: 'tags.owner', text: `owner: ${HOSTILE}` },
  },
  { verdict: 'harmless', address: 'aws_sqs_queue.queue_jobs', reason: 'the queue "shop-prod-jobs" comes' },
  {
    verdict: 'exposure',
    address: 'aws_sqs_queue.queue_jobs',
    reason: 'the queue can be read by everybody',
    accepted: { reason: 'asked for', until: '2026-12-31', at },
  },
];

export const sampleReview: Review = reviewOf('shop-prod', findings);

/** What the machinery would make of findings, sorted as it does. */
export function reviewOf(stack: string | undefined, all: readonly Finding[]): Review {
  const sorted = [...all].sort((one, other) => byVerdict(one.verdict, other.verdict));
  return {
    stack,
    verdict: worstOf(sorted.filter(({ accepted }) => !accepted).map(({ verdict }) => verdict)),
    findings: sorted,
  };
}

/** A finding of each verdict in turn, as many as wanted. */
export function manyFindings(count: number): Finding[] {
  return Array.from({ length: count }, (_, index) => ({
    verdict: verdicts[index % verdicts.length] ?? 'harmless',
    address: `module.part["${index}"].aws_s3_bucket.bucket_of_number_${index}`,
    attribute: 'bucket',
    reason: `the bucket "number-${index}" is replaced because its name changes`,
    before: `name-${index}-${'x'.repeat(200)}`,
    after: `name-${index}-${'y'.repeat(200)}`,
    effect: 'S3 deletes the bucket, which fails while there are objects in it; the new one is empty.',
    advice: 'write "was:" beside the new name',
  }));
}
