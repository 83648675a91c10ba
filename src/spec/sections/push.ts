import type { Context } from '../context';

export type PushSpec = ReturnType<typeof completePush>;

/** Names of what `workload.setup_fcnsns` makes. */
export function completePush({ project, env, prefix }: Context) {
  const path = `/${env}/${project}/backend/fcm`;
  return { name: `${prefix}-fcm`, parameterPath: path, parameterName: `${path}/server_key` };
}
