import { expect, test } from 'vitest';
import { problemsIn, problemsOf } from '../support/problems';

const EFS = 'efs: [{ name: uploads }, { name: cache }]\n';

test('accepts mounts, a larger disk and a volume wherever they may stand', () => {
  expect(
    problems(`${EFS}workload:
  ephemeral_storage: 21
  ebs_volume: { size: 16384, mount_point: /data, type: sc1, role_name: disks }
  efs: [{ name: uploads, mount_point: /app/uploads }, { name: cache, mount_point: /data/cache, read_only: true }]
services: [{ name: mail, image: busybox, ephemeral_storage: 200, ebs_volume: { size: 1, mount_point: /d }, efs: [{ name: cache, mount_point: /c }] }]
tasks: [{ name: clean, ephemeral_storage: 100, efs: [{ name: cache, mount_point: /cache }] }]`),
  ).toBe('');
});

test('accepts one mount more in an environment that says so', () => {
  const dev = 'workload: { efs: [{ name: uploads, read_only: true }, { name: cache, added: true, mount_point: /c }] }';
  expect(
    problemsIn({
      'demo/base.yaml': `region: us-east-1\n${EFS}workload: { efs: [{ name: uploads, mount_point: /up }] }`,
      'demo/dev.yaml': dev,
    }),
  ).toBe('');
});

test('fails on a mount of what is not declared, with the nearest name', () => {
  expect(problems(`${EFS}workload: { efs: [{ name: uplods, mount_point: /up }] }`)).toBe(
    'demo/dev.yaml:2:27 workload.efs.uplods.name: expected the name of a file system that "efs" declares, got "uplods": did you mean "uploads"?',
  );
  expect(problems(`${EFS}tasks: [{ name: t, image: busybox, efs: [{ name: media, mount_point: /up }] }]`)).toBe(
    'demo/dev.yaml:2:50 tasks.t.efs.media.name: expected the name of a file system that "efs" declares, got "media": there is "uploads" or "cache"',
  );
  expect(problems('services: [{ name: s, image: busybox, efs: [{ name: uploads, mount_point: /up }] }]')).toBe(
    'demo/dev.yaml:1:53 services.s.efs.uploads.name: expected the name of a file system that "efs" declares, got "uploads": declare it under "efs:" at the top of the file',
  );
});

test('fails on a file system that is mounted twice in one container', () => {
  expect(
    problems(`${EFS}workload: { efs: [{ name: cache, mount_point: /a }, { name: cache, mount_point: /b }] }`),
  ).toBe(
    'demo/dev.yaml:2:61 workload.efs[1].name: expected a mount name that is not taken, got "cache": each name may stand in the list once',
  );
});

test('fails on a place that is taken', () => {
  expect(
    problems(`${EFS}workload: { efs: [{ name: uploads, mount_point: /a }, { name: cache, mount_point: /a }] }`),
  ).toBe(
    'demo/dev.yaml:2:83 workload.efs.cache.mount_point: expected a mount point that is not taken, got "/a": file system "uploads" is there already; the container would not start',
  );
  expect(
    problems(`${EFS}workload: { efs: [{ name: uploads, mount_point: /a }], ebs_volume: { size: 9, mount_point: /a } }`),
  ).toBe(
    'demo/dev.yaml:2:92 workload.ebs_volume.mount_point: expected a mount point that is not taken, got "/a": file system "uploads" is there already; the container would not start',
  );
});

test('fails on a place over the image or the kernel', () => {
  expect(problems(`${EFS}workload: { efs: [{ name: cache, mount_point: / }] }`)).toBe(
    'demo/dev.yaml:2:47 workload.efs.cache.mount_point: expected a folder below "/", got "/": it would hide everything in the image',
  );
  expect(problems('workload: { ebs_volume: { size: 9, mount_point: /proc/x } }')).toBe(
    'demo/dev.yaml:1:49 workload.ebs_volume.mount_point: expected a folder outside /proc, /sys and /dev, got "/proc/x": those are the kernel’s; the container would not start',
  );
  expect(problems('workload: { ebs_volume: { size: 9, mount_point: /devices } }')).toBe('');
});

test('fails on a place that is no absolute path', () => {
  const refused = (path: string) =>
    expect(problems(`${EFS}workload: { efs: [{ name: cache, mount_point: ${path} }] }`)).toBe(
      `demo/dev.yaml:2:47 workload.efs[0].mount_point: expected an absolute path in the container such as "/app/uploads", got "${path}"`,
    );
  refused('app/uploads');
  refused('/app/');
  refused('/app//uploads');
  refused('/app/../etc');
  refused('./app');
  refused('/a:b');
});

test('fails on a mount without a place', () => {
  expect(problems(`${EFS}workload: { efs: [{ name: cache }] }`)).toBe(
    'demo/dev.yaml:2:19 workload.efs[0].mount_point: expected an absolute path in the container such as "/app/uploads", got nothing',
  );
});

test('fails on a disk that Fargate does not have', () => {
  expect(problems('workload: { ephemeral_storage: 20 }')).toBe(
    'demo/dev.yaml:1:32 workload.ephemeral_storage: expected a whole number of GiB from 21 to 200, got 20',
  );
  expect(problems('tasks: [{ name: t, image: busybox, ephemeral_storage: 201 }]')).toBe(
    'demo/dev.yaml:1:55 tasks[0].ephemeral_storage: expected a whole number of GiB from 21 to 200, got 201',
  );
});

test('fails on a volume that EBS does not make', () => {
  expect(problems('workload: { ebs_volume: { size: 0, mount_point: /d, type: io1 } }')).toBe(
    [
      'demo/dev.yaml:1:33 workload.ebs_volume.size: expected a whole number of GiB from 1 to 16384, got 0',
      'demo/dev.yaml:1:59 workload.ebs_volume.type: expected "gp3" or "gp2" or "st1" or "sc1", got "io1"',
    ].join('\n'),
  );
  expect(problems('workload: { ebs_volume: { size: 124, mount_point: /d, type: st1 } }')).toBe(
    'demo/dev.yaml:1:33 workload.ebs_volume.size: expected at least 125 GiB, the least of st1, got 124: EBS refuses the volume and no task starts; gp3 begins at 1 GiB',
  );
});

test('fails on a volume for a one-off task, which nothing configures at launch', () => {
  expect(problems('tasks: [{ name: t, image: busybox, ebs_volume: { size: 9, mount_point: /d } }]')).toMatch(
    /^demo\/dev\.yaml:1:36 tasks\[0\]\.ebs_volume: unknown key: /,
  );
});

test('fails on a role of volumes whose name is too long or taken', () => {
  const services = `services: [{ name: ${'s'.repeat(38)}, service_name: s, task_role_name: a, execution_role_name: b, image: busybox,\n  ebs_volume: { size: 9, mount_point: /d } }]`;
  expect(problems(`name_differs_because: x\nproject: ${'p'.repeat(20)}\n${services}`)).toBe(
    `demo/dev.yaml:4:3 services.${'s'.repeat(38)}.ebs_volume.role_name: expected at most 64 characters, all that AWS allows for an IAM role, got "${'p'.repeat(20)}-dev-${'s'.repeat(38)}-volumes": it has 71; write a shorter one here`,
  );
  expect(problems('workload: { task_role_name: app, ebs_volume: { size: 9, mount_point: /d, role_name: app } }')).toBe(
    'demo/dev.yaml:1:85 workload.ebs_volume.role_name: expected another IAM role name than workload.task_role_name, got "app": in AWS they would be one and the same; write another one here',
  );
});

function problems(yaml: string): string {
  return problemsOf(`${yaml}\nregion: us-east-1\n`);
}
