import type { Usage } from '../spec/sections/cost';
import type { Arguments, Part, Terraform } from './cost';

/** A month as AWS's own calculator counts it. */
export const HOURS = 730;

/** gp3 volumes of a database from 400 GiB on have these without extra charge. */
const GP3_IOPS = 12_000;

/** GiB of disk that a Fargate task has without extra charge. */
const FARGATE_DISK = 20;

/** The resource in hand, and what is around it. */
export interface Place {
  readonly usage: Usage;
  readonly terraform: Terraform;
  readonly type: string;
  readonly name: string;
}

/** One thing that is charged. */
export function part(what: string, price: string, quantity: number): Part {
  return { what, price, quantity };
}

/** Charged by the hour, all month. */
export function hours(what: string, price: string, count = 1): Part {
  return part(what, price, count * HOURS);
}

/** An environment's usage, divided over its resources of this type, or over those of them that take part. */
export function share({ terraform, type }: Place, amount: number, takesPart = all): number {
  const named = terraform.resource?.[type] ?? {};
  const counted = counts.get(named) ?? new Map<typeof all, number>();
  const count = counted.get(takesPart) ?? Object.values(named).filter(takesPart).length;
  counts.set(named, counted.set(takesPart, count));
  return amount / count;
}

const all = (_: Arguments): boolean => true;

/** Counted once for each type of a stack, and not once for each of thousands of resources. */
const counts = new WeakMap<object, Map<typeof all, number>>();

/** A function of ours that handles pushes and deployments, a few a day; those of the file have no such queue. */
export function handlesEvents(args: Arguments): boolean {
  return args.dead_letter_config !== undefined;
}

/** Tasks of a service: their number, size, architecture and whether they run on Spot. */
export function serviceParts(args: Arguments, place: Place): Part[] {
  const [, definition = ''] = /^\$\{aws_ecs_task_definition\.(\w+)\./.exec(String(args.task_definition)) ?? [];
  const task = place.terraform.resource?.aws_ecs_task_definition?.[definition] ?? {};
  const platform = String(one(task.runtime_platform)?.cpu_architecture ?? 'X86_64').toLowerCase();
  const spot = list(args.capacity_provider_strategy).some((provider) => provider.capacity_provider === 'FARGATE_SPOT');
  const tasks = averageTasks(place) ?? Number(args.desired_count ?? 0);
  const price = `fargate.${spot ? 'spot.' : ''}${platform}`;
  const extraDisk = Number(one(task.ephemeral_storage)?.size_in_gib ?? FARGATE_DISK) - FARGATE_DISK;
  const volume = one(one(args.volume_configuration)?.managed_ebs_volume);
  return [
    hours(`vCPU of ${tasks} tasks`, `${price}.vcpu-hour`, (tasks * Number(task.cpu)) / 1024),
    hours(`memory of ${tasks} tasks`, `${price}.gb-hour`, (tasks * Number(task.memory)) / 1024),
    ...(extraDisk > 0 ? [hours(`disk of ${tasks} tasks`, 'fargate.disk.gb-hour', tasks * extraDisk)] : []),
    ...(volume
      ? [part(`EBS volumes of ${tasks} tasks`, `ebs.${volume.volume_type}.gb-month`, tasks * Number(volume.size_in_gb))]
      : []),
  ];
}

/** `usage` has the YAML's names; the address of a named service begins with its section. */
function averageTasks({ usage, name }: Place): number | undefined {
  const found = Object.entries(usage.averageTasks).find(([service]) =>
    [service, `service_${service}`].some((id) => id.replaceAll('-', '_') === name),
  );
  return found?.[1];
}

/** A database: instance, storage and what goes beyond the part that is included. */
export function databaseParts(args: Arguments, place: Place): Part[] {
  const zones = args.multi_az === true ? 'multi-az' : 'single-az';
  const storage = String(args.storage_type ?? 'gp2');
  const extraIops = Number(args.iops ?? 0) - (storage === 'gp3' ? GP3_IOPS : 0);
  const extraInsights = Number(args.performance_insights_retention_period ?? 7) > 7;
  return [
    hours(`${args.instance_class}, ${zones}`, `rds.${args.engine}.${args.instance_class}.${zones}.hour`),
    part(`${storage} storage`, `rds.${storage}.${zones}.gb-month`, Number(args.allocated_storage ?? 0)),
    part('backup beyond its size', 'rds.backup.gb-month', share(place, place.usage.backupGb)),
    ...(args.publicly_accessible === true ? [hours('public IPv4 address', 'ipv4.hour')] : []),
    ...(extraIops > 0 ? [part('IOPS', `rds.${storage}.${zones}.iops-month`, extraIops)] : []),
    ...(extraInsights ? [part('Performance Insights beyond 7 days', 'rds.insights.vcpu-month', 1)] : []),
  ];
}

/** A proxy is charged by the vCPUs of the instance behind it, two at least. */
export function proxyParts(_: Arguments, { terraform }: Place): Part[] {
  const [database] = Object.values(terraform.resource?.aws_db_instance ?? {});
  const size =
    String(database?.instance_class ?? '')
      .split('.')
      .at(-1) ?? '';
  const [, times = '1'] = /^(\d*)xlarge$/.exec(size) ?? [];
  const vcpus = size.endsWith('xlarge') ? 4 * Number(times || 1) : 2;
  return [hours('proxy, each vCPU of the database', 'rds.proxy.vcpu-hour', vcpus)];
}

/** A shared file system: what lies where, and what is moved where throughput is charged. */
export function fileSystemParts(args: Arguments, place: Place): Part[] {
  const { usage } = place;
  const moves = list(args.lifecycle_policy).flatMap((policy) => Object.keys(policy));
  return [
    part('stored', 'efs.standard.gb-month', share(place, usage.filesGb)),
    ...(moves.includes('transition_to_ia')
      ? [part('in Infrequent Access', 'efs.infrequent.gb-month', share(place, usage.filesInfrequentGb))]
      : []),
    ...(moves.includes('transition_to_archive')
      ? [part('in Archive', 'efs.archive.gb-month', share(place, usage.filesArchivedGb))]
      : []),
    ...(args.throughput_mode === 'elastic'
      ? [
          part('read', 'efs.elastic.read.gb', share(place, usage.filesReadGb)),
          part('written', 'efs.elastic.write.gb', share(place, usage.filesWrittenGb)),
        ]
      : []),
    ...(args.throughput_mode === 'provisioned'
      ? [part('provisioned throughput', 'efs.provisioned.mibps-month', Number(args.provisioned_throughput_in_mibps))]
      : []),
  ];
}

/** A table: by the request, or by the capacity that is set aside for it and its indexes. */
export function tableParts(args: Arguments, place: Place): Part[] {
  const gigabytes = share(place, place.usage.tablesGb);
  const infrequent = args.table_class === 'STANDARD_INFREQUENT_ACCESS' ? 'infrequent.' : '';
  const units = (key: string) =>
    [args, ...list(args.global_secondary_index)].reduce((sum, one) => sum + Number(one[key] ?? 0), 0);
  return [
    ...(args.billing_mode === 'PAY_PER_REQUEST'
      ? [
          part('writes', 'dynamodb.write.million', share(place, place.usage.tableWritesMillions)),
          part('reads', 'dynamodb.read.million', share(place, place.usage.tableReadsMillions)),
        ]
      : [
          hours('write capacity', `dynamodb.${infrequent}write.unit-hour`, units('write_capacity')),
          hours('read capacity', `dynamodb.${infrequent}read.unit-hour`, units('read_capacity')),
        ]),
    part('stored', 'dynamodb.gb-month', gigabytes),
    ...(isEnabled(args.point_in_time_recovery) ? [part('backup', 'dynamodb.backup.gb-month', gigabytes)] : []),
  ];
}

/** A stream: its shards, or the stream itself where AWS adds shards as it likes. */
export function streamParts(args: Arguments): Part[] {
  if (one(args.stream_mode_details)?.stream_mode === 'ON_DEMAND')
    return [hours('stream on demand', 'kinesis.on-demand.stream-hour')];
  const shards = Number(args.shard_count ?? 1);
  return [
    hours('shards', 'kinesis.shard-hour', shards),
    ...(Number(args.retention_period ?? 24) > 24
      ? [hours('records kept beyond a day', 'kinesis.extended.shard-hour', shards)]
      : []),
  ];
}

/** What a backup of the shared file systems holds. */
export function allFilesGb({ filesGb, filesInfrequentGb, filesArchivedGb }: Usage): number {
  return filesGb + filesInfrequentGb + filesArchivedGb;
}

/** Nodes of a cache, in shards with replicas or without. */
export function nodes(args: Arguments): number {
  if (args.num_node_groups === undefined) return Number(args.num_cache_clusters ?? 1);
  return Number(args.num_node_groups) * (1 + Number(args.replicas_per_node_group ?? 0));
}

/** Metrics that an alarm reads. */
export function alarmMetrics(args: Arguments): number {
  return list(args.metric_query).filter(({ metric }) => metric !== undefined).length || 1;
}

/** Container Insights, where it is on. */
export function clusterParts(args: Arguments, { usage, terraform }: Place): Part[] | string {
  const insights = list(args.setting).find(({ name }) => name === 'containerInsights')?.value ?? 'disabled';
  if (insights === 'disabled') return 'a cluster costs what runs in it';
  if (insights === 'enhanced') return [part('Container Insights, enhanced', 'insights.enhanced.metric-month', 1)];
  const services = Object.keys(terraform.resource?.aws_ecs_service ?? {}).length;
  return [part('Container Insights metrics', 'metric.month', usage.insightsMetrics ?? 12 + 24 * services)];
}

/** How many interface endpoints share the data. */
export function interfaceEndpoints({ terraform, type }: Place): number {
  const endpoints = Object.values(terraform.resource?.[type] ?? {});
  return endpoints.filter((endpoint) => endpoint.vpc_endpoint_type === 'Interface').length || 1;
}

/** A block or list of the JSON: one thing may stand there without its brackets. */
export function list(value: unknown): Arguments[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]) as Arguments[];
}

/** The one block of its kind. */
export function one(value: unknown): Arguments | undefined {
  return list(value)[0];
}

/** `{ enabled: true }` */
function isEnabled(block: unknown): boolean {
  return one(block)?.enabled === true;
}
