import type { Change, Comparison } from '../../change';

/** Names of what is destroyed, by its type. */
export type NamesOfGone = ReadonlyMap<string, ReadonlySet<unknown>>;

/** Names of everything that is destroyed, by its type. */
export function namesOfGone({ changes }: Comparison): NamesOfGone {
  const names = new Map<string, Set<unknown>>();
  for (const { action, type, before } of changes) {
    if (action !== 'delete') continue;
    const known = names.get(type) ?? new Set();
    for (const key of NAMES) if (typeof before?.[key] === 'string') known.add(before[key]);
    names.set(type, known);
  }
  return names;
}

const NAMES = ['id', 'arn', 'name', 'bucket', 'url', 'function_name'];

/** Rules and permissions of something that is destroyed in the same plan are told with it. */
export function goesWithItsOwner({ type, before }: Change, gone: NamesOfGone): boolean {
  const owner = OWNED[type];
  return owner?.types.some((one) => gone.get(one)?.has(before?.[owner.by])) === true;
}

const groupRule = { by: 'security_group_id', types: ['aws_security_group'] };

const OWNED: Readonly<Record<string, { readonly by: string; readonly types: readonly string[] }>> = {
  aws_security_group_rule: groupRule,
  aws_vpc_security_group_ingress_rule: groupRule,
  aws_vpc_security_group_egress_rule: groupRule,
  aws_network_acl_rule: { by: 'network_acl_id', types: ['aws_network_acl'] },
  aws_iam_role_policy: { by: 'role', types: ['aws_iam_role'] },
  aws_iam_role_policy_attachment: { by: 'role', types: ['aws_iam_role'] },
  aws_lambda_permission: { by: 'function_name', types: ['aws_lambda_function'] },
  aws_sqs_queue_policy: { by: 'queue_url', types: ['aws_sqs_queue'] },
  aws_sns_topic_policy: { by: 'arn', types: ['aws_sns_topic'] },
  aws_s3_bucket_policy: { by: 'bucket', types: ['aws_s3_bucket'] },
  aws_secretsmanager_secret_version: { by: 'secret_id', types: ['aws_secretsmanager_secret'] },
  aws_volume_attachment: { by: 'instance_id', types: ['aws_instance'] },
};
