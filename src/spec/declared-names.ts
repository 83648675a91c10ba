import type { CognitoSpec } from './sections/cognito';

/** What `uses` may name: everything that the file declares. */
export function declaredNames(spec: {
  readonly postgres: object | undefined;
  readonly mysql: object | undefined;
  readonly oracle: object | undefined;
  readonly redis: object | undefined;
  readonly cognito: object | undefined;
  readonly ses: object | undefined;
  readonly push: object | undefined;
  readonly buckets: readonly { readonly name: string }[];
  readonly secrets: readonly { readonly name: string }[];
  readonly sqs: readonly { readonly name: string }[];
  readonly topics: readonly { readonly name: string }[];
  readonly cluster: { readonly serviceDiscovery: boolean };
  readonly workload: object | undefined;
  readonly services: readonly { readonly name: string }[];
}): string[] {
  const peers = [...(spec.workload ? ['workload'] : []), ...spec.services.map(({ name }) => `services.${name}`)];
  return [
    ...((spec.postgres ?? spec.mysql ?? spec.oracle) ? ['database'] : []),
    ...(spec.redis ? ['redis'] : []),
    ...(spec.cognito ? ['cognito'] : []),
    ...(spec.ses ? ['ses'] : []),
    ...(spec.push ? ['push'] : []),
    ...spec.buckets.map((bucket) => `buckets.${bucket.name}`),
    ...spec.secrets.map((secret) => `secrets.${secret.name}`),
    ...spec.sqs.map((queue) => `sqs.${queue.name}`),
    ...spec.topics.map((topic) => `topics.${topic.name}`),
    ...(spec.cluster.serviceDiscovery ? peers : []),
  ];
}

/**
 * What a workload uses that names nothing: all but buckets of access logs, which nobody should be able to change, and files of
 * its own variables for reading alone. It manages the users of a pool that is made for it.
 */
export function usedByDefault(
  spec: Omit<Parameters<typeof declaredNames>[0], 'buckets'> & {
    readonly buckets: readonly {
      readonly name: string;
      readonly bucketName: string;
      readonly accessLogTarget: boolean;
    }[];
    readonly envFilesS3: readonly { readonly bucket: string }[];
    readonly cognito: CognitoSpec | undefined;
  },
): string[] {
  const buckets = spec.buckets.filter(({ accessLogTarget }) => !accessLogTarget);
  const configured = spec.envFilesS3.map(({ bucket }) => bucket);
  const readOnly = buckets
    .filter(({ bucketName }) => configured.includes(bucketName))
    .map(({ name }) => `buckets.${name}`);
  const manages = spec.cognito && !spec.cognito.existing && spec.cognito.workloadManagesUsers;
  const declared = declaredNames({ ...spec, buckets }).map((name) => (readOnly.includes(name) ? `${name}.read` : name));
  return [...declared, ...(manages ? ['cognito.admin'] : [])];
}
