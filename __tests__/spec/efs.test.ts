import { expect, test } from 'vitest';
import { loadEnvironments } from '../../src/spec/load/load';
import { folder } from '../support/files';
import { problemsOf } from '../support/problems';

test('accepts everything a file system can say', () => {
  expect(
    problems(`efs:
  - { name: uploads, path: /a/b/c/d, file_system_name: Shared files, uid: 0, gid: 4294967295, permissions: "1777",
      throughput: elastic, infrequent_access_after_days: 30, archive_after_days: 90, standard_on_access: true,
      backups: false, outbound: icmp, security_group_name: files }
  - { name: cache, was: old, throughput: bursting, infrequent_access_after_days: 365, outbound: none }
  - { name: all, path: /, uid: 0 }`),
  ).toBe('');
});

test('names the folder and everything else after the file system', () => {
  const [environment] = loadEnvironments([
    folder({ 'demo/dev.yaml': 'region: us-east-1\nefs: [{ name: uploads }, { name: media, was: old }]' }),
  ]);
  expect(environment?.spec.efs).toMatchObject([
    { path: '/uploads', fileSystemName: 'demo-uploads-dev', securityGroupName: 'demo-dev-uploads-efs' },
    { path: '/old', fileSystemName: 'demo-old-dev', securityGroupName: 'demo-dev-old-efs' },
  ]);
});

test('fails on a path that EFS refuses', () => {
  const refused = (path: string, got = path) =>
    expect(problems(`efs: [{ name: uploads, path: ${path} }]`)).toBe(
      `demo/dev.yaml:1:30 efs[0].path: expected an absolute path of at most four folders and 100 characters such as "/uploads", got "${got}"`,
    );
  refused('uploads');
  refused('/a/b/c/d/e');
  refused('/uploads/');
  refused('/../etc');
  refused('"/a b"', '/a b');
  refused(`/${'a'.repeat(100)}`);
});

test('fails on "/" as the folder of a user who may not write there', () => {
  expect(problems('efs: [{ name: uploads, path: / }]')).toBe(
    'demo/dev.yaml:1:30 efs.uploads.path: expected a folder below "/", or "uid: 0", got "/": EFS makes folders for user 1000, but "/" is there already and only user 0 may write to it',
  );
});

test('fails on users and permissions that there are not', () => {
  expect(problems('efs: [{ name: uploads, uid: -1, gid: 4294967296, permissions: 0755 }]')).toBe(
    [
      'demo/dev.yaml:1:29 efs[0].uid: expected a whole number from 0 to 4294967295, got -1',
      'demo/dev.yaml:1:38 efs[0].gid: expected a whole number from 0 to 4294967295, got 4294967296',
      'demo/dev.yaml:1:63 efs[0].permissions: expected octal permissions in quotes such as "0755", got 755',
    ].join('\n'),
  );
  expect(problems('efs: [{ name: uploads, permissions: "0789" }]')).toBe(
    'demo/dev.yaml:1:37 efs[0].permissions: expected octal permissions in quotes such as "0755", got "0789"',
  );
});

test('fails on throughput and outbound rules that it does not know', () => {
  expect(problems('efs: [{ name: uploads, throughput: provisioned, outbound: all }]')).toBe(
    [
      'demo/dev.yaml:1:36 efs[0].throughput: expected "elastic" or "bursting", got "provisioned"',
      'demo/dev.yaml:1:59 efs[0].outbound: expected "none" or "icmp", got "all"',
    ].join('\n'),
  );
});

test('fails on days that EFS does not count', () => {
  expect(problems('efs: [{ name: uploads, infrequent_access_after_days: 15 }]')).toBe(
    'demo/dev.yaml:1:54 efs[0].infrequent_access_after_days: expected one of 1, 7, 14, 30, 60, 90, 180, 270, 365, got 15',
  );
});

test('fails on an archive that nothing reaches', () => {
  expect(problems('efs: [{ name: uploads, archive_after_days: 90 }]')).toBe(
    'demo/dev.yaml:1:44 efs.uploads.archive_after_days: expected infrequent_access_after_days beside it, got 90: EFS archives only what is in Infrequent Access already',
  );
  expect(problems('efs: [{ name: uploads, infrequent_access_after_days: 90, archive_after_days: 90 }]')).toBe(
    'demo/dev.yaml:1:78 efs.uploads.archive_after_days: expected more than the 90 days of infrequent_access_after_days, got 90: EFS archives only what is in Infrequent Access already',
  );
});

test('fails on an archive with bursting throughput', () => {
  expect(
    problems('efs: [{ name: a, throughput: bursting, infrequent_access_after_days: 30, archive_after_days: 90 }]'),
  ).toBe(
    'demo/dev.yaml:1:94 efs.a.archive_after_days: expected "throughput: elastic" with it, got 90: EFS has an archive for no other',
  );
});

test('fails on a way back where there is no way out', () => {
  expect(problems('efs: [{ name: uploads, standard_on_access: true }]')).toBe(
    'demo/dev.yaml:1:44 efs.uploads.standard_on_access: expected infrequent_access_after_days beside it, because files never leave Standard otherwise, got true',
  );
});

test('fails on two file systems of one name and on a security group that something else has', () => {
  expect(problems('efs: [{ name: a }, { name: a }]')).toBe(
    'demo/dev.yaml:1:28 efs[1].name: expected a file system name that is not taken, got "a": each name may stand in the list once',
  );
  expect(problems('redis: {}\nefs: [{ name: a, security_group_name: demo-dev-redis }]')).toBe(
    'demo/dev.yaml:2:39 efs.a.security_group_name: expected another security group name than redis.security_group_name, got "demo-dev-redis": in AWS they would be one and the same; write another one here',
  );
});

test('fails on a file system among what is used, with the way to mount it', () => {
  expect(problems('efs: [{ name: uploads }]\nworkload: { uses: [efs.uploads] }')).toBe(
    'demo/dev.yaml:2:20 workload.uses[0]: expected the name of something that this environment declares, got "efs.uploads": a file system is mounted, with its mount_point under "efs:" beside "uses:"',
  );
});

test('fails on a metric that a file system does not report', () => {
  const alarm = 'alarms: { rules: [{ name: a, severity: warning, metric: efs.uploads.cpu, above: 80 }] }';
  expect(problems(`efs: [{ name: uploads }]\n${alarm}`)).toBe(
    'demo/dev.yaml:2:57 alarms.rules.a.metric: expected a metric of "efs.uploads", got "efs.uploads.cpu": there is "efs.uploads.io_limit_used", "efs.uploads.connections", "efs.uploads.size" or "efs.uploads.throughput"',
  );
});

function problems(yaml: string): string {
  return problemsOf(`${yaml}\nregion: us-east-1\n`);
}
