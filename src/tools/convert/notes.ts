import type { Note } from './report';
import { isYes, type Key } from './treatments';

type Read = Key['read'];

interface Difference {
  readonly path: string;
  readonly when: (read: Read) => boolean;
  readonly text: string;
}

const uses = (section: string) => (read: Read) => isYes(read(`${section}.enabled`));
const listed = (section: string) => (read: Read) => has(read(section));

/** Where a file of the same words means another thing here. */
const differences: readonly Difference[] = [
  {
    path: 'state',
    when: () => true,
    text: 'nothing that the other tool made is taken over: the first plan makes everything anew, under names of its own; write import or existing where data has to stay',
  },
  {
    path: 'network',
    when: (read) => !isYes(read('use_default_vpc')),
    text: 'two zones of public subnets; translated to private: containers and data stand in private subnets, behind one NAT gateway at about $33 a month (network.nat_gateways)',
  },
  {
    path: 'workload',
    when: listed('workload'),
    text: 'its security group let in 0.0.0.0/0; translated to private: the load balancer or the API, and what names it, may connect',
  },
  {
    path: 'services',
    when: listed('services'),
    text: 'their security groups let in 0.0.0.0/0; translated to private: their own port, from the VPC or from who names them',
  },
  {
    path: 'postgres.public_access',
    when: isPublic,
    text: 'its security group let in 0.0.0.0/0; translated to private, but for what public_access_from names',
  },
  {
    path: 'postgres',
    when: (read) => (uses('postgres')(read) || isYes(read('setup_postgres'))) && !isPublic(read),
    text: 'stood in public subnets, and its security group let in 0.0.0.0/0; translated to private: private subnets, and who uses it may connect',
  },
  {
    path: 'postgres.deletion_protection',
    when: (read) => uses('postgres')(read) && absent(read('postgres.deletion_protection')),
    text: 'was off by default; here a database is protected, and leaves a final snapshot, unless protect says false',
  },
  {
    path: 'efs',
    when: listed('efs'),
    text: 'its security group let in 0.0.0.0/0; translated to private: only containers that mount it may connect; path is /<name> by default, no longer /',
  },
  {
    path: 'workload.ecs_exec',
    when: (read) =>
      listed('workload')(read) &&
      absent(read('workload.backend_remote_access')) &&
      absent(read('workload.remote_access')),
    text: 'a shell in running containers was on by default and is off here: write true where it is needed',
  },
  {
    path: 'workload.backend_health_endpoint',
    when: (read) => listed('workload')(read) && absent(read('workload.backend_health_endpoint')),
    text: 'was /health/live by default and is /health here',
  },
  {
    path: 'buckets',
    when: (read) =>
      [read('buckets')].flat().some((bucket) => bucket && !has((bucket as { cors_rules?: unknown }).cors_rules)),
    text: 'pages of every origin could read them by default; here none can read a private one, unless cors_rules says so',
  },
  {
    path: 'cognito',
    when: uses('cognito'),
    text: 'a client for mobile applications was always made; here enable_web_client makes the one client',
  },
  {
    path: 'delivery',
    when: () => true,
    text: 'a function that deployed every new image was always made; here the section delivery makes it (delivery.deployer)',
  },
  {
    path: 'workload.bucket_postfix',
    when: (read) => listed('workload')(read) && absent(read('workload.bucket_postfix')),
    text: 'the backend always had a bucket; here bucket_postfix makes it',
  },
  {
    path: 'scheduled_tasks',
    when: (read) => ['scheduled_tasks', 'event_processor_tasks', 'event_tasks'].some((tasks) => has(read(tasks))),
    text: 'each task had a repository of its own; here it runs the image of the backend, unless image or repository says otherwise',
  },
  {
    path: 'sqs',
    when: (read) => uses('sqs')(read) && has(read('extensions.sqs_queues')),
    text: 'stands in a list with the queues of extensions: services that use it say so in uses',
  },
];

/** The differences that concern a file. */
export function notesOn(read: Read): Note[] {
  return differences.filter(({ when }) => when(read)).map(({ path, text }) => ({ path, text }));
}

function isPublic(read: Read): boolean {
  return uses('postgres')(read) && isYes(read('postgres.public_access'));
}

function absent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function has(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
