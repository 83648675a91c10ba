import { expect, test } from 'vitest';
import { problemsOf } from '../support/problems';

test('accepts every rule of data kept', () => {
  const yaml = `postgres: { allocated_storage: 400, max_allocated_storage: 440, iops: 12000, throughput: 500,
  backup_window: "23:30-00:30", maintenance_window: "sun:23:00-sun:23:30", backup_copy_region: us-west-2 }
buckets: [{ name: media, lifecycle: [
  { name: old, standard_ia_after_days: 30, glacier_after_days: 60, expire_after_days: 61, expire_old_versions_after_days: 1 }] }]
secrets: [{ name: jwt, generate: { key: 48 } }, { name: mail, fill_in: [user] }]
cognito: { enable_user_pool_domain: true, callback_urls: ["http://localhost:3000/"], web_client_secret: true }`;
  expect(problems(yaml)).toBe('');
});

test('accepts the baseline of gp3 written out, and any figures of io2', () => {
  expect(problems('postgres: { iops: 3000, throughput: 125 }')).toBe('');
  expect(problems('postgres: { storage_type: io2, allocated_storage: 100, iops: 4000 }')).toBe('');
});

test('fails on figures of a gp3 volume too small to have them', () => {
  expect(problems('postgres: { allocated_storage: 399, iops: 4000, throughput: 250 }')).toMatchInlineSnapshot(`
    "demo/dev.yaml:1:43 postgres.iops: expected 3000, the baseline of every gp3 volume below 400 GiB, got 4000: RDS refuses any other figure there; leave it out or allocate more storage
    demo/dev.yaml:1:61 postgres.throughput: expected 125, the baseline of every gp3 volume below 400 GiB, got 250: RDS refuses any other figure there; leave it out or allocate more storage"
  `);
});

test('fails on storage that may grow by less than RDS grows it', () => {
  expect(problems('postgres: { allocated_storage: 100, max_allocated_storage: 109 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:60 postgres.max_allocated_storage: expected at least 110 GiB, 10 % above allocated_storage, got 109: RDS refuses a smaller limit; leave it out to switch growth off"`,
  );
});

test('fails on less storage than RDS has', () => {
  expect(problems('postgres: { allocated_storage: 10 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:32 postgres.allocated_storage: expected a whole number of GiB from 20 to 65536, got 10"`,
  );
});

test('fails on a storage type of old', () => {
  expect(problems('postgres: { storage_type: io1 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:27 postgres.storage_type: expected "gp3", "gp2" or "io2", got "io1""`,
  );
});

test('fails on windows shorter than half an hour', () => {
  expect(
    problems('postgres: { backup_window: "03:00-03:29", maintenance_window: "sun:04:00-sun:04:10" }'),
  ).toMatchInlineSnapshot(`
    "demo/dev.yaml:1:28 postgres.backup_window: expected a window of at least 30 minutes, got "03:00-03:29"
    demo/dev.yaml:1:63 postgres.maintenance_window: expected a window of at least 30 minutes, got "sun:04:00-sun:04:10""
  `);
});

test('fails on a backup within the maintenance window', () => {
  expect(problems('postgres: { backup_window: "04:30-05:30" }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:28 postgres.backup_window: expected a window outside the maintenance window sun:04:00-sun:05:00, got "04:30-05:30": RDS refuses windows that overlap"`,
  );
});

test('fails on a backup that runs into a maintenance window after midnight', () => {
  expect(
    problems('postgres: { backup_window: "23:30-00:30", maintenance_window: "mon:00:00-mon:01:00" }'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:28 postgres.backup_window: expected a window outside the maintenance window mon:00:00-mon:01:00, got "23:30-00:30": RDS refuses windows that overlap"`,
  );
});

test('fails on a maintenance window that runs over the end of the week into a backup', () => {
  expect(
    problems('postgres: { backup_window: "00:00-01:00", maintenance_window: "sun:23:30-mon:00:30" }'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:28 postgres.backup_window: expected a window outside the maintenance window sun:23:30-mon:00:30, got "00:00-01:00": RDS refuses windows that overlap"`,
  );
});

test('fails on what is no window', () => {
  expect(
    problems('postgres: { backup_window: "3:00-4:00", maintenance_window: "04:00-05:00" }'),
  ).toMatchInlineSnapshot(`
    "demo/dev.yaml:1:28 postgres.backup_window: expected a daily UTC window such as "03:00-04:00", got "3:00-4:00"
    demo/dev.yaml:1:61 postgres.maintenance_window: expected a weekly UTC window such as "sun:04:00-sun:05:00", got "04:00-05:00""
  `);
});

test('fails on a user name that PostgreSQL reserves', () => {
  expect(problems('postgres: { username: admin }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:23 postgres.username: expected a name that PostgreSQL does not reserve, got "admin": RDS would refuse the instance"`,
  );
});

test('fails on the user name of RDS itself', () => {
  expect(problems('postgres: { username: rdsadmin }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:23 postgres.username: expected a user name of letters, digits and underscores that starts with a letter, at most 63 characters and not "rdsadmin", got "rdsadmin""`,
  );
});

test('fails on an application user that is the master user', () => {
  expect(problems('postgres: { username: app, application_user: app }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:46 postgres.application_user: expected another name than that of the master user, got "app""`,
  );
});

test('fails on copies of backups in the same region', () => {
  expect(problems('postgres: { backup_copy_region: us-east-1 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:33 postgres.backup_copy_region: expected another region than us-east-1, got "us-east-1": a copy in the same place survives nothing more"`,
  );
});

test('fails on the parameter that force_ssl stands for', () => {
  expect(problems('postgres: { parameters: { rds.force_ssl: "0" } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:42 postgres.parameters.rds.force_ssl: expected force_ssl in the section instead of the parameter, got "0""`,
  );
});

test('fails on a parameter that is a number', () => {
  expect(problems('postgres: { parameters: { max_connections: 100 } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:44 postgres.parameters.max_connections: expected text (numbers and true in quotes), got 100"`,
  );
});

test('fails on a version that is a number', () => {
  expect(problems('postgres: { engine_version: 16 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:29 postgres.engine_version: expected a PostgreSQL version from 11 to 18 in quotes, such as "16" or "16.4", got 16"`,
  );
});

test('fails on an instance class of EC2', () => {
  expect(problems('postgres: { instance_class: t4g.micro }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:29 postgres.instance_class: expected an RDS instance class such as "db.t4g.micro", got "t4g.micro""`,
  );
});

test('fails on backups kept longer than RDS keeps them, or not at all', () => {
  expect(problems('postgres: { backup_retention_days: 36 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:36 postgres.backup_retention_days: expected a whole number from 1 to 35, got 36"`,
  );
  expect(problems('postgres: { backup_retention_days: 0 }')).not.toBe('');
});

test('fails on a lifecycle rule that does nothing', () => {
  expect(problems('buckets: [{ name: media, lifecycle: [{ name: old }] }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:38 buckets.media.lifecycle.old: expected at least one of standard_ia_after_days, glacier_after_days, expire_after_days, expire_old_versions_after_days, got nothing"`,
  );
});

test('fails on a move to Glacier sooner than S3 allows after the move to Standard-IA', () => {
  expect(problems(lifecycle('standard_ia_after_days: 40, glacier_after_days: 69'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:99 buckets.media.lifecycle.old.glacier_after_days: expected at least 70, 30 days after the move to Standard-IA, got 69: S3 refuses the rule"`,
  );
});

test('fails on a move to Standard-IA sooner than S3 allows', () => {
  expect(problems(lifecycle('standard_ia_after_days: 29'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:75 buckets[0].lifecycle[0].standard_ia_after_days: expected a whole number from 30 to 36500, got 29"`,
  );
});

test('fails on objects that expire before they move', () => {
  expect(problems(lifecycle('glacier_after_days: 90, expire_after_days: 90'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:94 buckets.media.lifecycle.old.expire_after_days: expected more than 90, the day of the last move, got 90: S3 refuses the rule"`,
  );
});

test('fails on old versions where none are kept', () => {
  const yaml =
    'buckets: [{ name: media, versioning: false, lifecycle: [{ name: old, expire_old_versions_after_days: 9 }] }]';
  expect(problems(yaml)).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:102 buckets.media.lifecycle.old.expire_old_versions_after_days: expected versioning to be on, because there are no old versions otherwise, got 9"`,
  );
});

test('fails on a prefix that begins with a slash', () => {
  expect(problems(lifecycle('prefix: /backups, expire_after_days: 9'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:59 buckets[0].lifecycle[0].prefix: expected the start of object keys such as "backups/", got "/backups""`,
  );
});

test('fails on a secret whose keys nobody sets', () => {
  expect(problems('secrets: [{ name: mail }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:11 secrets.mail: expected either generate or fill_in, got nothing: say who sets its keys"`,
  );
});

test('fails on a secret whose keys both Terraform and a person set', () => {
  expect(problems('secrets: [{ name: mail, generate: { key: 48 }, fill_in: [user] }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:11 secrets.mail: expected either generate or fill_in, got "both": make two secrets of it: Terraform writes the one, a person the other"`,
  );
});

test('fails on a generated value too short to be a secret', () => {
  expect(problems('secrets: [{ name: jwt, generate: { key: 8 } }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:41 secrets[0].generate.key: expected a whole number of characters from 16 to 128, got 8"`,
  );
});

test('fails on a key of a secret that is no plain word', () => {
  expect(problems('secrets: [{ name: jwt, generate: { Session-Key: 48 } }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:36 secrets[0].generate.Session-Key: expected a key of small letters, digits and underscores, got "Session-Key""`,
  );
});

test('fails on a list of no keys to fill in', () => {
  expect(problems('secrets: [{ name: mail, fill_in: [] }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:25 secrets[0].fill_in: expected at least one key, got []"`,
  );
});

test('fails on an address to send users back to without TLS', () => {
  expect(problems('cognito: { callback_urls: ["http://example.com/"] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:28 cognito.callback_urls[0]: expected an address such as "https://example.com/callback", got "http://example.com/""`,
  );
});

test('fails on the secret of a web client that is not there', () => {
  expect(problems('cognito: { enable_web_client: false, web_client_secret: true }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:57 cognito.web_client_secret: expected false, because there is no web client (enable_web_client), got true"`,
  );
});

function lifecycle(rule: string): string {
  return `buckets: [{ name: media, lifecycle: [{ name: old, ${rule} }] }]`;
}

function problems(yaml: string): string {
  return problemsOf(`${yaml}\nregion: us-east-1\n`);
}
