import type { Resource, ResourceGraph } from '../../graph/resource-graph';
import { undecided } from '../network/source';
import { type Path, path } from '../path';
import type { Accounts } from './accounts';
import { grantsOf } from './grants';
import { type Policy, policyAt } from './policy';

/** Where a kind of resource has its policy. */
interface Holder {
  readonly type: string;

  /** The argument with the policy's text. */
  readonly policy: string;

  /** The resource that it is about: the argument that names it, its type; none, where it is its own. */
  readonly about?: readonly [argument: string, type: string];

  /** Whether those who are not signed in to AWS are somebody to it. */
  readonly anonymous?: boolean;
}

const holders: readonly Holder[] = [
  { type: 'aws_sqs_queue', policy: 'policy', anonymous: true },
  { type: 'aws_sqs_queue_policy', policy: 'policy', about: ['queue_url', 'aws_sqs_queue'], anonymous: true },
  { type: 'aws_sns_topic', policy: 'policy', anonymous: true },
  { type: 'aws_sns_topic_policy', policy: 'policy', about: ['arn', 'aws_sns_topic'], anonymous: true },
  { type: 'aws_ecr_repository_policy', policy: 'policy', about: ['repository', 'aws_ecr_repository'] },
  { type: 'aws_ecr_registry_policy', policy: 'policy' },
  { type: 'aws_secretsmanager_secret', policy: 'policy' },
  { type: 'aws_secretsmanager_secret_policy', policy: 'policy', about: ['secret_arn', 'aws_secretsmanager_secret'] },
  { type: 'aws_kms_key', policy: 'policy' },
  { type: 'aws_kms_external_key', policy: 'policy' },
  { type: 'aws_kms_replica_key', policy: 'policy' },
  { type: 'aws_kms_key_policy', policy: 'policy', about: ['key_id', 'aws_kms_key'] },
  { type: 'aws_efs_file_system_policy', policy: 'policy', about: ['file_system_id', 'aws_efs_file_system'] },
  { type: 'aws_backup_vault_policy', policy: 'policy', about: ['backup_vault_name', 'aws_backup_vault'] },
  { type: 'aws_cloudwatch_event_bus_policy', policy: 'policy', about: ['event_bus_name', 'aws_cloudwatch_event_bus'] },
  { type: 'aws_cloudwatch_log_resource_policy', policy: 'policy_document' },
  {
    type: 'aws_cloudwatch_log_destination_policy',
    policy: 'access_policy',
    about: ['destination_name', 'aws_cloudwatch_log_destination'],
  },
  { type: 'aws_dynamodb_resource_policy', policy: 'policy', about: ['resource_arn', 'aws_dynamodb_table'] },
  { type: 'aws_kinesis_resource_policy', policy: 'policy', about: ['resource_arn', 'aws_kinesis_stream'] },
  { type: 'aws_glue_resource_policy', policy: 'policy' },
  { type: 'aws_codeartifact_domain_permissions_policy', policy: 'policy_document' },
  { type: 'aws_codeartifact_repository_permissions_policy', policy: 'policy_document' },
  { type: 'aws_codebuild_resource_policy', policy: 'policy' },
  { type: 'aws_acmpca_policy', policy: 'policy' },
  { type: 'aws_schemas_registry_policy', policy: 'policy' },
  { type: 'aws_s3control_access_point_policy', policy: 'policy', anonymous: true },
  { type: 'aws_s3control_bucket_policy', policy: 'policy', anonymous: true },
  { type: 'aws_s3_access_point', policy: 'policy', anonymous: true },
  { type: 'aws_glacier_vault', policy: 'access_policy' },
  { type: 'aws_media_store_container_policy', policy: 'policy', anonymous: true },
  { type: 'aws_ses_identity_policy', policy: 'policy', about: ['identity', 'aws_ses_domain_identity'] },
  { type: 'aws_sesv2_email_identity_policy', policy: 'policy', about: ['email_identity', 'aws_sesv2_email_identity'] },
  { type: 'aws_msk_cluster_policy', policy: 'policy', about: ['cluster_arn', 'aws_msk_cluster'] },
  { type: 'aws_redshift_resource_policy', policy: 'policy' },
  { type: 'aws_networkfirewall_resource_policy', policy: 'policy' },
  { type: 'aws_ecrpublic_repository_policy', policy: 'policy', about: ['repository_name', 'aws_ecrpublic_repository'] },
  { type: 'aws_api_gateway_rest_api', policy: 'policy', anonymous: true },
  {
    type: 'aws_api_gateway_rest_api_policy',
    policy: 'policy',
    about: ['rest_api_id', 'aws_api_gateway_rest_api'],
    anonymous: true,
  },
];

/** Told with what they are about, as more than their policies decides there; without it, they are read like any other. */
const WITH_THEIRS: Readonly<Record<string, readonly [argument: string, type: string]>> = {
  aws_s3_bucket_policy: ['bucket', 'aws_s3_bucket'],
  aws_opensearch_domain_policy: ['domain_name', 'aws_opensearch_domain'],
  aws_elasticsearch_domain_policy: ['domain_name', 'aws_elasticsearch_domain'],
};

/** Read elsewhere, or about who may leave a network and not who may come. */
const ELSEWHERE =
  /^aws_(?:iam_\w+|s3_bucket|(?:opensearch|elasticsearch)_domain|vpc_endpoint(?:_policy)?|lambda_\w+|organizations_\w+)$/;

/** What policies of queues, topics, keys and the like let others do. */
export function policyPaths(graph: ResourceGraph, accounts: Accounts): readonly Path[] {
  return [...holders, ...otherHolders(graph)].flatMap((holder) =>
    graph.ofType(holder.type).flatMap((resource) => {
      if (resource.mode === 'data' || !isItsOwn(resource, holder)) return [];
      const about = holder.about ? graph.linked(resource, holder.about[0], holder.about[1])[0] : undefined;
      return pathsOfPolicy(policyAt(graph, resource, holder.policy), {
        holder: resource,
        argument: holder.policy,
        to: (about ?? resource).address,
        accounts,
        anonymous: holder.anonymous ?? false,
      });
    }),
  );
}

const KNOWN: ReadonlySet<string> = new Set(holders.map(({ type }) => type));

/** Types that nobody has listed, by arguments that hold a policy which names somebody. */
function otherHolders(graph: ResourceGraph): readonly Holder[] {
  const found = new Map<string, Holder>();
  for (const resource of graph.resources) {
    const { type, mode, values } = resource;
    if (mode === 'data' || KNOWN.has(type) || ELSEWHERE.test(type)) continue;
    const theirs = WITH_THEIRS[type];
    if (theirs && graph.linked(resource, ...theirs).length > 0) continue;
    for (const [policy, text] of Object.entries(values))
      if (typeof text === 'string' && namesSomebody(text))
        found.set(`${type} ${policy}`, { type, policy, anonymous: theirs !== undefined });
  }
  return [...found.values()];
}

function namesSomebody(text: string): boolean {
  return text.trimStart().startsWith('{') && text.includes('"Statement"') && /"(?:Not)?Principal"/.test(text);
}

/** An attribute such as a queue's `policy` also tells what a resource of its own has set. */
function isItsOwn(resource: Resource, { policy, about }: Holder): boolean {
  return about !== undefined || resource.written === undefined || resource.written.includes(policy);
}

interface About {
  readonly holder: Resource;
  readonly argument: string;
  readonly to: string;
  readonly accounts: Accounts;
  readonly anonymous: boolean;
}

export function pathsOfPolicy(policy: Policy, { holder, argument, to, accounts, anonymous }: About): readonly Path[] {
  const because = [holder.address];
  if (policy.unknown) {
    const why = `${argument} of ${holder.address}`;
    return [path({ from: undecided(`whoever ${why} names`), to, actions: ['what it says'], unknown: [why], because })];
  }
  return grantsOf(policy, { accounts, anonymous }).map(({ from, actions, conditions }) =>
    path({ from, to, actions: [...actions].sort(), conditions, because }),
  );
}
