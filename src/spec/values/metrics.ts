import type { Metric, MetricSource } from './metric';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/**
 * The metrics by what reports them, under the names the YAML uses.
 *
 * Sources: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-metrics.html,
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html (seconds),
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html (bytes and seconds),
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html (by node),
 * https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html (by gateway),
 * https://docs.aws.amazon.com/efs/latest/ug/efs-metrics.html (the size every 15 minutes).
 */
export const metrics: Readonly<Record<MetricSource, Readonly<Record<string, Metric>>>> = {
  service: {
    cpu: { namespace: 'AWS/ECS', metricName: 'CPUUtilization', statistic: 'Average', unit: '%', factor: 1 },
    memory: { namespace: 'AWS/ECS', metricName: 'MemoryUtilization', statistic: 'Average', unit: '%', factor: 1 },
    running_count: insight('RunningTaskCount'),
    desired_count: insight('DesiredTaskCount'),
    missing_count: {
      ...insight('RunningTaskCount'),
      formula: {
        expression: 'desired - running',
        metricNames: { desired: 'DesiredTaskCount', running: 'RunningTaskCount' },
      },
    },
    /** Tasks by the load balancer's health checks, as the node of it that counts worst sees them. */
    healthy_targets: targets('HealthyHostCount', 'Minimum'),
    unhealthy_targets: targets('UnHealthyHostCount', 'Maximum'),
  },
  alb: {
    response_time: {
      namespace: 'AWS/ApplicationELB',
      metricName: 'TargetResponseTime',
      statistic: 'Average',
      unit: 'ms',
      factor: 0.001,
    },
    requests: balancer('RequestCount'),
    target_5xx: balancer('HTTPCode_Target_5XX_Count'),
    target_4xx: balancer('HTTPCode_Target_4XX_Count'),
    elb_5xx: balancer('HTTPCode_ELB_5XX_Count'),
    /** What clients see: errors of the targets, and of the load balancer when no target answers. */
    all_5xx: {
      ...balancer('HTTPCode_Target_5XX_Count'),
      formula: {
        expression: 'FILL(targets, 0) + FILL(balancer, 0)',
        metricNames: { targets: 'HTTPCode_Target_5XX_Count', balancer: 'HTTPCode_ELB_5XX_Count' },
      },
    },
    /** Share of requests that end so. Those that reach no target are in no RequestCount, so the balancer's errors are added. */
    error_rate: {
      ...balancer('RequestCount'),
      unit: '%',
      formula: {
        expression: '100 * (FILL(targets, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(balancer, 0))',
        metricNames: {
          requests: 'RequestCount',
          targets: 'HTTPCode_Target_5XX_Count',
          balancer: 'HTTPCode_ELB_5XX_Count',
        },
      },
    },
  },
  httpApi: {
    requests: httpApi('Count', 'Sum', 'per minute'),
    errors_5xx: httpApi('5xx', 'Sum', 'per minute'),
    errors_4xx: httpApi('4xx', 'Sum', 'per minute'),
    latency: httpApi('Latency', 'Average', 'ms'),
  },
  function: {
    invocations: lambda('Invocations', 'Sum', 'per minute'),
    errors: lambda('Errors', 'Sum', 'per minute'),
    throttles: lambda('Throttles', 'Sum', 'per minute'),
    duration: lambda('Duration', 'Average', 'ms'),
    concurrency: lambda('ConcurrentExecutions', 'Maximum', 'count'),
  },
  queue: {
    visible_messages: queue('ApproximateNumberOfMessagesVisible', 'Maximum', 'count'),
    oldest_message: queue('ApproximateAgeOfOldestMessage', 'Maximum', 's'),
    failed_messages: queue('ApproximateNumberOfMessagesVisible', 'Maximum', 'count'),
  },
  /** Starts that failed for good. How a task ends that has started, only its logs tell. */
  startedTask: { failed_starts: queue('ApproximateNumberOfMessagesVisible', 'Maximum', 'count') },
  /** Events that a function of ours has failed at three times. */
  delivery: { failed: queue('ApproximateNumberOfMessagesVisible', 'Maximum', 'count') },
  database: {
    cpu: database('CPUUtilization', '%', 1),
    connections: database('DatabaseConnections', 'count', 1),
    /** Share of the `max_connections` parameter, on which its factor depends. */
    connections_used: database('DatabaseConnections', '%', 1),
    free_storage: database('FreeStorageSpace', 'GiB', GIB),
    /** Share of the allocated storage, on which its factor depends. */
    free_storage_share: database('FreeStorageSpace', '%', GIB / 100),
    free_memory: database('FreeableMemory', 'GiB', GIB),
    /** Sessions that wait for or do something, as Performance Insights counts them: above the vCPUs, queries queue. */
    load: { ...database('DBLoad', 'count', 1), needsPerformanceInsights: true },
    read_latency: database('ReadLatency', 'ms', 0.001),
    write_latency: database('WriteLatency', 'ms', 0.001),
  },
  redis: {
    cpu: redis('EngineCPUUtilization', '%'),
    memory_used: redis('DatabaseMemoryUsagePercentage', '%'),
    connections: redis('CurrConnections', 'count'),
    evictions: redis('Evictions', 'per minute'),
    hits: redis('CacheHits', 'per minute'),
    misses: redis('CacheMisses', 'per minute'),
    hit_rate: {
      ...redis('CacheHits', 'per minute'),
      unit: '%',
      formula: {
        expression: '100 * hits / (hits + misses)',
        metricNames: { hits: 'CacheHits', misses: 'CacheMisses' },
      },
    },
  },
  /** Of the whole account in the region, whatever runs in it. */
  account: {
    /** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 1000 at once unless raised, less in new accounts. */
    lambda_concurrency: lambda('ConcurrentExecutions', 'Maximum', 'count'),
  },
  network: {
    nat_out: nat('BytesOutToDestination'),
    nat_in: nat('BytesInFromDestination'),
    /** Connections that found no free port: too many at once to one address. */
    nat_port_errors: { ...nat('ErrorPortAllocation'), unit: 'per minute', factor: 1 },
  },
  fileSystem: {
    io_limit_used: fileSystem('PercentIOLimit', 'Maximum', '%'),
    /** Each client says once a minute that it is there. */
    connections: fileSystem('ClientConnections', 'Sum', 'count'),
    size: { ...fileSystem('StorageBytes', 'Average', 'GiB', GIB), everyMinutes: 15 },
    /** As EFS meters it: a read counts less than a write. */
    throughput: fileSystem('MeteredIOBytes', 'Sum', 'MiB per minute', MIB),
  },
};

function httpApi(metricName: string, statistic: Metric['statistic'], unit: Metric['unit']): Metric {
  return { namespace: 'AWS/ApiGateway', metricName, statistic, unit, factor: 1 };
}

function lambda(metricName: string, statistic: Metric['statistic'], unit: Metric['unit']): Metric {
  return { namespace: 'AWS/Lambda', metricName, statistic, unit, factor: 1 };
}

function queue(metricName: string, statistic: Metric['statistic'], unit: Metric['unit']): Metric {
  return { namespace: 'AWS/SQS', metricName, statistic, unit, factor: 1 };
}

function fileSystem(metricName: string, statistic: Metric['statistic'], unit: Metric['unit'], factor = 1): Metric {
  return { namespace: 'AWS/EFS', metricName, statistic, unit, factor };
}

function insight(metricName: string): Metric {
  return {
    namespace: 'ECS/ContainerInsights',
    metricName,
    statistic: 'Average',
    unit: 'count',
    factor: 1,
    needsContainerInsights: true,
  };
}

/** What all NAT gateways carry together, to the internet or from it. */
function nat(metricName: string): Metric {
  return {
    namespace: 'AWS/NATGateway',
    metricName,
    statistic: 'Sum',
    unit: 'MiB per minute',
    factor: MIB,
    acrossNodes: 'SUM',
  };
}

function targets(metricName: string, statistic: Metric['statistic']): Metric {
  return { namespace: 'AWS/ApplicationELB', metricName, statistic, unit: 'count', factor: 1, ofTargets: true };
}

function balancer(metricName: string): Metric {
  return { namespace: 'AWS/ApplicationELB', metricName, statistic: 'Sum', unit: 'per minute', factor: 1 };
}

/** What is counted a minute adds up over the nodes; of what fills up, the fullest node matters. */
function redis(metricName: string, unit: '%' | 'count' | 'per minute'): Metric {
  const counted = unit === 'per minute';
  return {
    namespace: 'AWS/ElastiCache',
    metricName,
    statistic: counted ? 'Sum' : 'Average',
    unit,
    factor: 1,
    acrossNodes: counted ? 'SUM' : 'MAX',
  };
}

function database(metricName: string, unit: Metric['unit'], factor: number): Metric {
  return { namespace: 'AWS/RDS', metricName, statistic: 'Average', unit, factor };
}
