/**
 * The most characters that AWS allows in the name of something, and what a message calls it.
 *
 * Sources are the API references of the services; IAM: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html,
 * RDS: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html,
 * SQS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html (".fifo" included),
 * EventBridge: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html,
 * CloudFront: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html.
 */
const limits = {
  alarm: [255, 'an alarm'],
  API: [128, 'an API'],
  bucket: [63, 'a bucket'],
  budget: [100, 'a budget'],
  'cache user': [40, 'a Redis user'],
  cluster: [255, 'a cluster'],
  'configuration set': [64, 'a configuration set'],
  dashboard: [255, 'a dashboard'],
  database: [63, 'a database instance'],
  'display name': [100, 'the display name of a topic'],
  'DNS label': [63, 'a label of a domain name'],
  'email template': [64, 'an email template'],
  'event bus': [256, 'an event bus'],
  'event rule': [64, 'an event rule'],
  function: [64, 'a function'],
  'headers policy': [128, 'a response headers policy'],
  'IAM role': [64, 'an IAM role'],
  'key alias': [256, 'the alias of a key'],
  'load balancer': [32, 'a load balancer'],
  'log group': [512, 'a log group'],
  'origin access control': [64, 'an origin access control'],
  'parameter group': [255, 'a parameter group'],
  'platform application': [256, 'a platform application'],
  proxy: [63, 'a proxy'],
  queue: [80, 'a queue'],
  'replication group': [40, 'a replication group'],
  repository: [256, 'a repository'],
  'saved query': [255, 'a saved query'],
  'scaling policy': [256, 'a scaling policy'],
  schedule: [64, 'a schedule'],
  'schedule group': [64, 'a schedule group'],
  secret: [512, 'a secret'],
  'security group': [255, 'a security group'],
  service: [255, 'a service'],
  snapshot: [255, 'a snapshot'],
  'SSM parameter': [1011, 'an SSM parameter'],
  'target group': [32, 'a target group'],
  'task family': [255, 'a task family'],
  topic: [256, 'a topic'],
  'user pool': [128, 'a user pool'],
  'user pool client': [128, 'a user pool client'],
  'user pool domain': [63, 'a user pool domain'],
  'web ACL': [128, 'a web ACL'],
} as const satisfies Readonly<Record<string, readonly [most: number, inWords: string]>>;

/** What has a name in AWS. */
export type NamedKind = keyof typeof limits;

/** How long a name may be, and of what it is the name. */
export function nameLimit(kind: NamedKind): { readonly most: number; readonly inWords: string } {
  const [most, inWords] = limits[kind];
  return { most, inWords };
}
