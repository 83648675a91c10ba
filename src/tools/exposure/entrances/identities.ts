import type { Resource, ResourceGraph } from '../../graph/resource-graph';
import { isMarked, textsAt, valueAt, valuesAt } from '../../graph/values';
import { INTERNET, type Path, path } from '../path';

/** Who may make an account for himself, or use an identity pool without one. */
export function identityPaths(graph: ResourceGraph): readonly Path[] {
  const pools = graph.ofType('aws_cognito_user_pool').filter(({ mode }) => mode === 'managed');
  return [
    ...pools
      .filter(letsSignUp)
      .map((pool) =>
        path({ from: INTERNET, to: pool.address, actions: ['cognito-idp:SignUp'], because: [pool.address] }),
      ),
    ...graph.ofType('aws_cognito_identity_pool').flatMap((pool) => guests(graph, pool)),
  ];
}

function letsSignUp({ values }: Resource): boolean {
  return valueAt(values, 'admin_create_user_config.allow_admin_create_user_only') !== true;
}

/** Identities without a sign-in get the pool's role for them. */
function guests(graph: ResourceGraph, pool: Resource): readonly Path[] {
  const said = pool.values['allow_unauthenticated_identities'];
  const later = said === undefined && isMarked(pool.unknown, 'allow_unauthenticated_identities');
  if (said !== true && !later) return [];
  const unknown = later ? [`allow_unauthenticated_identities of ${pool.address}`] : [];
  const attached = graph.linking(pool, 'aws_cognito_identity_pool_roles_attachment', 'identity_pool_id');
  const roles = attached.flatMap((one) => graph.linked(one, 'roles.unauthenticated', 'aws_iam_role'));
  const targets = roles.length > 0 ? roles : [pool];
  return targets.map((to) =>
    path({
      from: INTERNET,
      to: to.address,
      through: to === pool ? [] : [pool.address],
      actions: ['cognito-identity:GetCredentialsForIdentity'],
      unknown,
      because: [pool.address, ...attached.map(({ address }) => address)],
    }),
  );
}

/** Images, snapshots and documents that are handed to other accounts or to everybody. */
export function sharedPaths(graph: ResourceGraph): readonly Path[] {
  const found: Path[] = [];
  const add = (resource: Resource, who: string, action: string, to = resource.address) =>
    found.push(
      path({
        from:
          who === 'all'
            ? { kind: 'any-account', name: 'any AWS account' }
            : { kind: 'account', name: `account ${who}` },
        to,
        actions: [action],
        because: [resource.address],
      }),
    );
  for (const one of graph.ofType('aws_ami_launch_permission')) {
    const who = one.values['group'] === 'all' ? 'all' : textsAt(one.values, 'account_id')[0];
    if (who !== undefined && who !== '') add(one, who, 'ec2:RunInstances');
  }
  for (const one of graph.ofType('aws_snapshot_create_volume_permission'))
    for (const who of textsAt(one.values, 'account_id')) add(one, who, 'ec2:CreateVolume');
  for (const one of graph.ofType('aws_db_snapshot', 'aws_db_cluster_snapshot', 'aws_db_snapshot_copy'))
    for (const who of textsAt(one.values, 'shared_accounts')) add(one, who, 'rds:RestoreDBInstanceFromDBSnapshot');
  for (const one of graph.ofType('aws_ssm_document'))
    for (const who of textsAt(one.values, 'permissions.account_ids').flatMap((text) => text.split(/\s*,\s*/)))
      add(one, who.toLowerCase(), 'ssm:GetDocument');
  for (const one of graph.ofType('aws_cloudwatch_event_permission'))
    if (valuesAt(one.values, 'condition').length === 0)
      add(one, one.values['principal'] === '*' ? 'all' : String(one.values['principal']), 'events:PutEvents');
  for (const one of graph.ofType('aws_ecrpublic_repository'))
    found.push(
      path({ from: INTERNET, to: one.address, actions: ['ecr-public:GetDownloadUrlForLayer'], because: [one.address] }),
    );
  return found;
}
