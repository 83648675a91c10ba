import { textsAt, valueAt, valuesAt } from '../../graph/values';
import { becomes, type Guard, gone, off, on, was } from './guard';

const KEEP = 'leave it as it was';
const READABLE = 'whoever gets at the disk, a copy or a backup reads it';

/** Locks of a whole account or network, and what containers and clusters keep to themselves. */
export const accountGuards: readonly Guard[] = [
  {
    types: /^aws_(?:ebs_snapshot|ec2_image)_block_public_access$/,
    path: 'state',
    weaker: becomes('state', 'unblocked'),
    says: 'no longer keeps copies of disks from being shared with everybody',
    effect: 'the next one that is shared with everybody is readable by any account',
    advice: KEEP,
  },
  {
    types: /^aws_vpc_block_public_access_options$/,
    path: 'internet_gateway_block_mode',
    weaker: becomes('internet_gateway_block_mode', 'off'),
    says: 'no longer keeps the internet out of every network of the region',
    effect: 'internet gateways work again: only addresses, routes and security groups keep the internet out',
    advice: KEEP,
  },
  {
    types: /^aws_emr_block_public_access_configuration$/,
    path: 'block_public_security_group_rules',
    weaker: off('block_public_security_group_rules'),
    says: 'lets clusters start with security groups that are open to everybody',
    effect: 'only the rules of each cluster keep the internet out',
    advice: KEEP,
  },
  {
    types: /^aws_secretsmanager_secret_policy$/,
    path: 'block_public_policy',
    weaker: off('block_public_policy'),
    says: 'may let everybody in',
    effect: 'AWS no longer refuses a policy that makes the secret public',
    advice: KEEP,
  },
  {
    types: /^aws_ram_resource_share$/,
    path: 'allow_external_principals',
    weaker: on('allow_external_principals'),
    says: 'may be for accounts outside of the organization',
    effect: 'what it shares can be given to anybody who has an account',
    advice: KEEP,
  },
  {
    types: /^aws_ssm_parameter$/,
    path: 'type',
    weaker: was('type', 'SecureString'),
    says: 'keeps its value unencrypted',
    effect: 'whoever may read parameters reads it, without leave to use a key',
    advice: KEEP,
  },
  {
    types: /^aws_cloudwatch_log_group$/,
    path: 'kms_key_id',
    weaker: gone('kms_key_id'),
    says: 'is no longer encrypted with a key of its own',
    effect: 'whoever may read logs reads it, without leave to use a key',
    advice: KEEP,
  },
  {
    types: /^aws_eks_cluster$/,
    path: 'encryption_config',
    weaker: gone('encryption_config.provider.key_arn'),
    says: "keeps Kubernetes' secrets without a key of its own",
    effect: READABLE,
    advice: KEEP,
  },
  {
    types: /^aws_eks_node_group$/,
    path: 'remote_access',
    ofNew: true,
    weaker: (before, after) => sshForAll(after) && !sshForAll(before),
    says: 'opens SSH on its servers to the whole internet',
    effect: 'AWS makes a rule for 0.0.0.0/0 where a key is named and no security group beside it',
    advice: 'name source_security_group_ids, or reach the servers by a session of SSM',
  },
  {
    types: /^aws_sagemaker_notebook_instance$/,
    path: 'direct_internet_access',
    weaker: becomes('direct_internet_access', 'Enabled'),
    says: 'reaches the internet past the network that it is in',
    effect: 'data can leave by it, whatever the network forbids',
    advice: KEEP,
  },
  {
    types: /^aws_codebuild_project$/,
    path: 'project_visibility',
    ofNew: true,
    weaker: becomes('project_visibility', 'PUBLIC_READ'),
    says: 'shows its builds, their logs and files to everybody',
    effect: 'what a build prints, secrets too, is read by anybody on the internet',
    advice: 'PRIVATE',
  },
  {
    types: /^aws_ecs_task_definition$/,
    path: 'container_definitions',
    weaker: (before, after) => writable(after) > writable(before) && containers(after) === containers(before),
    says: 'lets a container write to its own files',
    effect: 'who breaks into it can leave a program there',
    advice: 'readonlyRootFilesystem: true, with volumes for what has to be written',
  },
  {
    types: /^aws_ecs_task_definition$/,
    path: 'pid_mode',
    weaker: becomes('pid_mode', 'host'),
    says: 'sees what else runs on its machine',
    effect: 'who breaks into it reads what others on the machine keep',
    advice: KEEP,
  },
  {
    types: /^aws_cloudtrail$/,
    path: 'is_organization_trail',
    weaker: off('is_organization_trail'),
    says: 'records one account only',
    effect: 'nobody can tell afterwards who did what in the others',
    advice: KEEP,
  },
  {
    types: /^aws_cloudtrail$/,
    path: 'event_selector',
    weaker: (before, after) =>
      valueAt(before, 'event_selector.include_management_events') !== false &&
      valueAt(after, 'event_selector.include_management_events') === false,
    says: 'records no calls that change something any more',
    effect: 'nobody can tell afterwards who did what',
    advice: KEEP,
  },
];

/** What locks by being there, and what is so no longer once it is gone. */
export const locks: Readonly<Record<string, string>> = {
  aws_organizations_policy_attachment: 'what only it denied there works from this moment',
  aws_ssoadmin_permissions_boundary_attachment: 'all that the policies of the permission set allow works',
  aws_ebs_snapshot_block_public_access: 'copies of disks can be shared with everybody again',
  aws_ec2_image_block_public_access: 'images can be shared with everybody again',
  aws_vpc_block_public_access_options: 'internet gateways work again in every network of the region',
  aws_ebs_encryption_by_default: 'disks that nobody says so of are made unencrypted again',
  aws_iam_account_password_policy: "users take passwords as short as AWS's own rule allows",
  aws_emr_block_public_access_configuration: 'clusters start with security groups that are open to everybody',
};

type Values = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html */
function sshForAll(values: Values): boolean {
  const key = textsAt(values, 'remote_access.ec2_ssh_key').some((text) => text !== '');
  return key && textsAt(values, 'remote_access.source_security_group_ids').length === 0;
}

function containers(values: Values): number {
  return textOf(values).split(/"image"\s*:/).length;
}

function writable(values: Values): number {
  return containers(values) - textOf(values).split(/"readonlyRootFilesystem"\s*:\s*true/).length;
}

function textOf(values: Values): string {
  return valuesAt(values, 'container_definitions').map(String).join();
}
