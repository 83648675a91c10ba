import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, container, statements } from '../reading';

const FILES = 'aws_efs_file_system.efs_uploads';
const ARN = `${FILES}.arn`;
const CLIENT_ACTIONS = ['ClientMount', 'ClientWrite', 'ClientRootAccess'].map(
  (action) => `elasticfilesystem:${action}`,
);

/** The dialect of the platform document, word for word. */
const DIALECT = `
efs:
  - name: uploads
    path: /uploads
workload:
  efs:
    - name: uploads
      mount_point: /app/uploads
`;

test('is encrypted, keeps everything in Standard and may not be destroyed', () => {
  expect(resource(files(DIALECT), FILES)).toEqual({
    encrypted: true,
    throughput_mode: 'elastic',
    lifecycle_policy: [],
    tags: { Name: 'demo-uploads-dev' },
    lifecycle: { prevent_destroy: true },
  });
});

test('may be destroyed in an unprotected environment', () => {
  expect(resource(files(`protect: false${DIALECT}`), FILES)).toMatchObject({ lifecycle: { prevent_destroy: false } });
});

test('moves files to cheaper classes and back by one block each', () => {
  const terraform = files(`
efs:
  - name: uploads
    file_system_name: shared files
    infrequent_access_after_days: 1
    archive_after_days: 90
    standard_on_access: true
  - { name: cache, throughput: bursting, infrequent_access_after_days: 30 }
`);
  expect(resource(terraform, FILES)).toMatchObject({
    tags: { Name: 'shared files' },
    lifecycle_policy: [
      { transition_to_ia: 'AFTER_1_DAY' },
      { transition_to_archive: 'AFTER_90_DAYS' },
      { transition_to_primary_storage_class: 'AFTER_1_ACCESS' },
    ],
  });
  expect(resource(terraform, 'aws_efs_file_system.efs_cache')).toMatchObject({
    throughput_mode: 'bursting',
    lifecycle_policy: [{ transition_to_ia: 'AFTER_30_DAYS' }],
  });
});

test('is backed up unless the file says otherwise', () => {
  expect(resource(files(DIALECT), 'aws_efs_backup_policy.efs_uploads_backups')).toEqual({
    file_system_id: `\${${FILES}.id}`,
    backup_policy: { status: 'ENABLED' },
  });
  expect(
    resource(files('efs: [{ name: uploads, backups: false }]'), 'aws_efs_backup_policy.efs_uploads_backups'),
  ).toMatchObject({ backup_policy: { status: 'DISABLED' } });
});

test('has an address in each private subnet, called after its zone, and none before its policy', () => {
  expect(all(files(DIALECT), 'aws_efs_mount_target')).toEqual(
    Object.fromEntries(
      ['a', 'b'].map((zone) => [
        `efs_uploads_mount_${zone}`,
        {
          file_system_id: `\${${FILES}.id}`,
          subnet_id: `\${aws_subnet.network_private_${zone}.id}`,
          security_groups: ['${aws_security_group.efs_uploads_connections.id}'],
          depends_on: ['aws_efs_file_system_policy.efs_uploads_policy'],
        },
      ]),
    ),
  );
});

test('shows one folder of it, as one user, and replaces that view before it goes', () => {
  expect(resource(files(DIALECT), 'aws_efs_access_point.efs_uploads_access_point')).toEqual({
    file_system_id: `\${${FILES}.id}`,
    posix_user: { uid: 1000, gid: 1000 },
    root_directory: { path: '/uploads', creation_info: { owner_uid: 1000, owner_gid: 1000, permissions: '0755' } },
    tags: { Name: 'demo-uploads-dev' },
    lifecycle: { create_before_destroy: true },
  });
  const own = files('efs: [{ name: uploads, path: /a/b, uid: 33, gid: 34, permissions: "0770" }]');
  expect(resource(own, 'aws_efs_access_point.efs_uploads_access_point')).toMatchObject({
    posix_user: { uid: 33, gid: 34 },
    root_directory: { path: '/a/b', creation_info: { owner_uid: 33, owner_gid: 34, permissions: '0770' } },
  });
});

test('its policy refuses plain connections and other ways in, and allows nobody anything', () => {
  const { policy } = resource(files(DIALECT), 'aws_efs_file_system_policy.efs_uploads_policy');
  const refused = { Effect: 'Deny', Principal: { AWS: '*' }, Action: CLIENT_ACTIONS, Resource: ARN };
  expect(statements(policy)).toEqual([
    { Sid: 'TlsOnly', ...refused, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    {
      Sid: 'MountTargetsOnly',
      ...refused,
      Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'false' } },
    },
  ]);
});

test('lets nobody near it who does not mount it', () => {
  const terraform = files('efs: [{ name: uploads }]\nworkload: {}\nservices: [{ name: mail, image: busybox }]');
  expect(grants(terraform)).toEqual([]);
  expect(rules(terraform)).toEqual([]);
  expect(resource(terraform, 'aws_ecs_task_definition.workload_task')).not.toHaveProperty('volume');
  expect(container(resource(terraform, 'aws_ecs_task_definition.workload_task'))).not.toHaveProperty('mountPoints');
});

test('is mounted over TLS, by role, through the access point', () => {
  const definition = resource(files(DIALECT), 'aws_ecs_task_definition.workload_task');
  expect(definition['volume']).toEqual([
    {
      name: 'efs-uploads',
      efs_volume_configuration: {
        file_system_id: `\${${FILES}.id}`,
        transit_encryption: 'ENABLED',
        authorization_config: {
          access_point_id: '${aws_efs_access_point.efs_uploads_access_point.id}',
          iam: 'ENABLED',
        },
      },
    },
  ]);
  expect(container(definition)['mountPoints']).toEqual([
    { sourceVolume: 'efs-uploads', containerPath: '/app/uploads', readOnly: false },
  ]);
});

test('opens the NFS port to those who mount it, and grants them the access point', () => {
  const terraform = files(DIALECT);
  expect(rules(terraform)).toEqual(['efs_uploads_connections_from_workload', 'workload_connections_to_efs_uploads']);
  expect(
    resource(terraform, 'aws_vpc_security_group_ingress_rule.efs_uploads_connections_from_workload'),
  ).toMatchObject({
    ip_protocol: 'tcp',
    from_port: 2049,
    to_port: 2049,
    referenced_security_group_id: '${aws_security_group.workload_connections.id}',
  });
  expect(grants(terraform)).toEqual(['workload_task_role_mount_efs_uploads']);
  const { policy } = resource(terraform, 'aws_iam_role_policy.workload_task_role_mount_efs_uploads');
  expect(statements(policy)).toEqual([mayMount('elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite')]);
});

test('grants reading alone to who mounts it read-only', () => {
  const terraform = files(`
efs: [{ name: uploads }]
services: [{ name: mail, image: busybox, efs: [{ name: uploads, mount_point: /in, read_only: true }] }]
`);
  const { policy } = resource(terraform, 'aws_iam_role_policy.service_mail_task_role_mount_efs_uploads');
  expect(statements(policy)).toEqual([mayMount('elasticfilesystem:ClientMount')]);
  expect(container(resource(terraform, 'aws_ecs_task_definition.service_mail_task'))['mountPoints']).toEqual([
    { sourceVolume: 'efs-uploads', containerPath: '/in', readOnly: true },
  ]);
});

test('grants root access where everybody is to be root, who may have the whole file system', () => {
  const terraform = files(`
efs: [{ name: uploads, uid: 0, gid: 0, path: / }]
workload: { efs: [{ name: uploads, mount_point: /in }] }
`);
  const { policy } = resource(terraform, 'aws_iam_role_policy.workload_task_role_mount_efs_uploads');
  expect(statements(policy)).toEqual([mayMount(...CLIENT_ACTIONS)]);
  expect(resource(terraform, 'aws_efs_access_point.efs_uploads_access_point')['root_directory']).toEqual({ path: '/' });
});

test('is there before a service starts', () => {
  expect(resource(files(DIALECT), 'aws_ecs_service.workload')).toMatchObject({
    depends_on: expect.arrayContaining([
      'aws_efs_mount_target.efs_uploads_mount_a',
      'aws_efs_mount_target.efs_uploads_mount_b',
    ]),
  });
});

test('is mounted by one-off tasks too, in the security group that they run in', () => {
  const terraform = files(`
efs: [{ name: uploads }]
workload: {}
tasks: [{ name: clean, efs: [{ name: uploads, mount_point: /up }] }]
`);
  expect(container(resource(terraform, 'aws_ecs_task_definition.task_clean_task'))['mountPoints']).toEqual([
    { sourceVolume: 'efs-uploads', containerPath: '/up', readOnly: false },
  ]);
  expect(grants(terraform)).toEqual(['task_clean_task_role_mount_efs_uploads']);
  expect(rules(terraform)).toEqual(['efs_uploads_connections_from_workload', 'workload_connections_to_efs_uploads']);
});

test('its security group lets nothing out, or what a template says for nothing', () => {
  const terraform = files(
    'efs: [{ name: uploads }, { name: cache, outbound: icmp, security_group_name: cache-files }]',
  );
  expect(all(terraform, 'aws_vpc_security_group_egress_rule')).toMatchObject({
    efs_cache_connections_to_nowhere: { ip_protocol: 'icmp', cidr_ipv4: '255.255.255.255/32' },
  });
  expect(rules(terraform)).toEqual(['efs_cache_connections_to_nowhere']);
  expect(resource(terraform, 'aws_security_group.efs_uploads_connections')).toMatchObject({
    name: 'demo-dev-uploads-efs',
  });
  expect(resource(terraform, 'aws_security_group.efs_cache_connections')).toMatchObject({ name: 'cache-files' });
});

test('takes everything along when it is renamed, its folder included', () => {
  const terraform = files(`
efs: [{ name: media, was: uploads }]
workload: { efs: [{ name: media, mount_point: /in }] }
`);
  const moved = (type: string, of: (name: string) => string) => ({
    from: `${type}.${of('efs_uploads')}`,
    to: `${type}.${of('efs_media')}`,
  });
  const { moved: moves } = JSON.parse(terraform);
  expect(moves).toEqual(
    expect.arrayContaining([
      moved('aws_efs_file_system', (name) => name),
      moved('aws_efs_access_point', (name) => `${name}_access_point`),
      moved('aws_efs_mount_target', (name) => `${name}_mount_a`),
      moved('aws_vpc_security_group_egress_rule', (name) => `workload_connections_to_${name}`),
    ]),
  );
  expect(resource(terraform, 'aws_efs_access_point.efs_media_access_point')).toMatchObject({
    root_directory: { path: '/uploads' },
    tags: { Name: 'demo-uploads-dev' },
  });
});

test('its id is an output', () => {
  expect(JSON.parse(files(DIALECT)).output.file_system_ids.value).toEqual({ uploads: `\${${FILES}.id}` });
});

function mayMount(...actions: string[]) {
  return {
    Effect: 'Allow',
    Action: actions,
    Resource: [ARN],
    Condition: {
      StringEquals: { 'elasticfilesystem:AccessPointArn': 'aws_efs_access_point.efs_uploads_access_point.arn' },
    },
  };
}

/** Names of grants and of rules that have to do with file systems. */
function grants(terraform: string): string[] {
  return Object.keys(all(terraform, 'aws_iam_role_policy')).filter((name) => name.includes('efs'));
}

function rules(terraform: string): string[] {
  return ['ingress', 'egress']
    .flatMap((side) => Object.keys(all(terraform, `aws_vpc_security_group_${side}_rule`)))
    .filter((name) => name.includes('efs'));
}

function files(yaml: string): string {
  return synth(`region: us-east-1\nstate: local\n${yaml}`);
}
