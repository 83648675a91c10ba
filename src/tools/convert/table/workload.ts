import {
  dropped,
  either,
  isYes,
  type Key,
  kept,
  type Outcome,
  refused,
  type Table,
  textOf,
  to,
  unlessItSays,
} from '../treatments';
import { command, named } from '../values';
import { deployer, onFargate, variables } from './containers';

/** The backend. */
export const workloadKeys: Table = {
  'workload.backend_health_endpoint': kept(),
  'workload.backend_image_port': kept(),
  'workload.backend_external_docker_image': to('workload.image'),
  'workload.docker_image': to('workload.image'),
  'workload.backend_container_command': to(
    'workload.command',
    command,
    'it never reached a container in the other tool of 2025, and does here: make sure that it is meant',
  ),
  'workload.backend_remote_access': to('workload.ecs_exec'),
  'workload.remote_access': to('workload.ecs_exec'),
  'workload.backend_cpu': to('workload.cpu'),
  'workload.backend_memory': to('workload.memory'),
  'workload.backend_desired_count': to('workload.desired_count'),
  'workload.backend_autoscaling_enabled': either(
    ({ value }) => isYes(value),
    scalingDefaults,
    to('workload.scaling.enabled'),
  ),
  'workload.backend_autoscaling_min_capacity': scaling('min'),
  'workload.backend_autoscaling_max_capacity': scaling('max'),
  'workload.backend_autoscaling_target_cpu': scaling('target_cpu'),
  'workload.backend_autoscaling_target_memory': scaling('target_memory'),
  ...variables('workload.backend_env_variables', 'workload.backend_env_variables'),
  ...variables('workload.backend_env', 'workload.backend_env_variables'),
  ...variables('workload.env_variables', 'workload.backend_env_variables'),
  'workload.env_files_s3[].bucket': kept(),
  'workload.env_files_s3[].key': kept(),
  'workload.bucket_postfix': kept(),
  'workload.bucket_public': either(
    ({ value, beside }) => textOf(beside('bucket_postfix')) !== '' || isYes(value),
    kept(),
    dropped('there is no bucket of the backend without bucket_postfix'),
  ),
  'workload.backend_alb_domain_name': either(
    ({ read }) => isYes(read('alb.enabled')),
    kept(),
    dropped('has no effect without alb.enabled'),
  ),
  'workload.backend_auto_deploy': deployer,
  'workload.backend_runtime': unlessItSays('fargate', onFargate),
  'workload.backend_compute_pool': onFargate,
  'workload.xray_enabled': kept(),
  'workload.setup_fcnsns': kept(),
  'workload.slack_webhook': refused(
    'a webhook is a secret: put it into the SSM parameter that delivery.notifier names, and make a new one if this file was ever shared',
  ),
  'workload.enable_github_oidc': either(
    ({ value, beside }) => !isYes(value) || hasItems(beside('github_oidc_subjects')),
    dropped('delivery.github alone says it'),
    refused('GitHub is trusted by repository: write delivery.github.subjects'),
  ),
  'workload.github_oidc_subjects': either(
    ({ beside }) => isYes(beside('enable_github_oidc')),
    to('delivery.github.subjects'),
    dropped('has no effect without enable_github_oidc'),
  ),
  'workload.install_pg_admin': either(
    ({ value, read }) => !isYes(value) || !isYes(read('postgres.enabled')) || Boolean(read('workload.pg_admin_email')),
    dropped('postgres.pgadmin alone says it'),
    refused('whoever signs in to it needs an address: write postgres.pgadmin: { email: … }'),
  ),
  'workload.pg_admin_email': either(
    ({ beside, read }) => isYes(beside('install_pg_admin')) && isYes(read('postgres.enabled')),
    to('postgres.pgadmin.email'),
    dropped('has no effect without install_pg_admin and postgres'),
  ),
  'workload.policy[].actions': kept(),
  'workload.policy[].resources': kept(),
  'workload.backend_policies[].actions': to('workload.policy[].actions', undefined, withoutEffect()),
  'workload.backend_policies[].resources': to('workload.policy[].resources', undefined, withoutEffect()),
  'workload.policies.**': refused(
    'policies of other stacks have no place here: write the actions and resources that the backend needs under workload.policy',
  ),
  'workload.efs[].name': kept(named),
  'workload.efs[].mount_point': kept(),
  'workload.efs[].read_only': kept(),
  'workload.github_actions.**': refused(
    'had no effect in the other tool: the workflow stands in its own file, and who may deploy under delivery.github',
  ),
  'workload.mockoon.**': refused('removed from the dialect: write it as one of services'),
};

/** Figures of scaling that a file leaves to the other tool's defaults. */
function scalingDefaults({ beside }: Key): Outcome {
  const figures: [string, string, number][] = [
    ['min', 'backend_autoscaling_min_capacity', 1],
    ['max', 'backend_autoscaling_max_capacity', 10],
    ['target_cpu', 'backend_autoscaling_target_cpu', 70],
    ['target_memory', 'backend_autoscaling_target_memory', 80],
  ];
  const places = figures
    .filter(([, key]) => isAbsent(beside(key)))
    .map(([name, , value]) => ({ at: `workload.scaling.${name}`, value }));
  return places.length > 0
    ? { as: 'written', places, why: 'the figures that the other tool took where the file said none' }
    : { as: 'dropped', why: 'workload.scaling alone says it' };
}

function scaling(name: string) {
  return either(
    ({ beside }) => isYes(beside('backend_autoscaling_enabled')),
    to(`workload.scaling.${name}`),
    dropped('has no effect without backend_autoscaling_enabled'),
  );
}

function withoutEffect(): string {
  return 'it had no effect in the other tool of 2025, and has here: make sure that it is meant';
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function hasItems(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : !isAbsent(value);
}
