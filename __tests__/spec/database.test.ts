import { expect, test } from 'vitest';
import { problemsOf, warningsOf as warningsIn } from '../support/problems';

test('fails on a second database', () => {
  expect(problems('postgres: {}\nmysql: {}')).toBe(
    'demo/dev.yaml:2:1 mysql: expected one database, and "postgres" is there already, got "a second one": "uses: [database]" would not say which; a second database is a second environment',
  );
});

test('fails on an Oracle edition that AWS sells no licence for', () => {
  expect(problems('oracle: { edition: ee }')).toBe(
    'demo/dev.yaml:1:1 oracle.license: expected "bring-your-own-license", because AWS sells no licence for Enterprise Edition (edition "ee"), got "license-included": RDS refuses the instance; "license-included" goes with edition "se2"',
  );
  expect(problems('oracle: { edition: ee, license: bring-your-own-license }')).toBe('');
});

test('fails on Oracle 21 without the container architecture', () => {
  expect(problems('oracle: { engine_version: "21" }')).toBe(
    'demo/dev.yaml:1:1 oracle.edition: expected "se2-cdb", because Oracle 21 has the container architecture alone, got "se2": RDS refuses the instance',
  );
  expect(problems('oracle: { engine_version: "21", edition: se2-cdb }')).toBe('');
});

test('fails on a class that AWS sells no licence for', () => {
  expect(problems('oracle: { instance_class: db.m6i.large }')).toBe(
    'demo/dev.yaml:1:27 oracle.instance_class: expected a class of the families t3, m5, m7i, r5, r6i or r7i, for which AWS sells the licence, got "db.m6i.large": RDS refuses the instance; others go with "bring-your-own-license"',
  );
  expect(problems('oracle: { instance_class: db.m5.large }')).toBe('');
});

test('fails on a class larger than the edition may use', () => {
  expect(problems('oracle: { instance_class: db.m5.8xlarge }')).toBe(
    'demo/dev.yaml:1:27 oracle.instance_class: expected at most 16 vCPU (4xlarge), all that Standard Edition Two may use, got "db.m5.8xlarge": RDS refuses the instance; Enterprise Edition has larger ones',
  );
  expect(problems('oracle: { instance_class: db.m5.4xlarge }')).toBe('');
});

test('fails on a class that RDS has no Oracle on', () => {
  const refusal = (instanceClass: string) =>
    `demo/dev.yaml:1:60 oracle.instance_class: expected a class with Intel or AMD processors and at least 2 GiB, such as "db.t3.small" or "db.m6i.large", got "${instanceClass}": RDS has Oracle on no other`;
  for (const instanceClass of ['db.t4g.medium', 'db.m6g.large', 'db.r6gd.large', 'db.t3.micro']) {
    const yaml = `oracle: { license: bring-your-own-license, instance_class: ${instanceClass} }`;
    expect(problems(yaml)).toBe(refusal(instanceClass));
  }
  expect(problems('oracle: { license: bring-your-own-license, instance_class: db.m6i.large }')).toBe('');
});

test('counts gp3 for Oracle from 200 GiB on', () => {
  expect(problems('oracle: { allocated_storage: 200, iops: 12000 }')).toBe('');
  expect(problems('oracle: { allocated_storage: 199, iops: 12000 }')).toBe(
    'demo/dev.yaml:1:41 oracle.iops: expected 3000, the baseline of every gp3 volume below 200 GiB, got 12000: RDS refuses any other figure there; leave it out or allocate more storage',
  );
});

test('fails on Performance Insights where RDS has none', () => {
  expect(problems('mysql: { instance_class: db.t3.micro, performance_insights: true }')).toBe(
    'demo/dev.yaml:1:61 mysql.performance_insights: expected false, because RDS has no Performance Insights for MySQL on db.t3.micro, got true: it refuses the instance; db.t4g.medium has them',
  );
  expect(problems('mysql: { instance_class: db.t3.micro }')).toBe('');
  expect(problems('postgres: { instance_class: db.t3.micro, performance_insights: true }')).toBe('');
});

test('fails on a zone that the network does not have, and on one beside a standby', () => {
  expect(problems('postgres: { availability_zone: us-east-1f }')).toBe(
    'demo/dev.yaml:1:32 postgres.availability_zone: expected a zone of the network (us-east-1a, us-east-1b), got "us-east-1f": RDS finds no subnet in any other',
  );
  expect(problems('postgres: { availability_zone: eu-west-1a }')).toBe(
    'demo/dev.yaml:1:32 postgres.availability_zone: expected a zone of us-east-1, got "eu-west-1a": RDS finds no subnet in any other region',
  );
  expect(problems('postgres: { multi_az: true, availability_zone: us-east-1a }')).toBe(
    'demo/dev.yaml:1:48 postgres.availability_zone: expected none, because an instance with a standby stands in two zones, got "us-east-1a": RDS refuses the two together',
  );
});

test('fails on parameters that other keys stand for', () => {
  expect(problems('mysql: { parameters: { require_secure_transport: "0", log_output: TABLE } }')).toBe(
    [
      'demo/dev.yaml:1:50 mysql.parameters.require_secure_transport: expected force_ssl in the section instead of the parameter, got "0"',
      'demo/dev.yaml:1:67 mysql.parameters.log_output: expected log_exports in the section instead of the parameter, got "TABLE"',
    ].join('\n'),
  );
  expect(problems('mysql: { log_exports: false, parameters: { log_output: TABLE } }')).toBe('');
});

test('fails on names that MySQL keeps for itself', () => {
  expect(problems('mysql: { username: root, dbname: sys }')).toBe(
    [
      'demo/dev.yaml:1:20 mysql.username: expected a name that MySQL does not reserve, got "root": RDS would refuse the instance',
      'demo/dev.yaml:1:34 mysql.dbname: expected a name that no database of the server has yet, got "sys": RDS refuses the instance',
    ].join('\n'),
  );
});

test('fails on a rotation without a function', () => {
  expect(problems('postgres: { rotation: { every_days: 30 } }')).toBe(
    'demo/dev.yaml:1:13 postgres.rotation.function: expected a function such as "functions.rotate-database", which Secrets Manager calls to change the value, got nothing',
  );
  expect(problems('postgres: { rotation: { function: functions.rotate } }')).toBe(
    'demo/dev.yaml:1:35 postgres.rotation.function: expected a function that "functions" declares, got "functions.rotate": Secrets Manager rotates nothing by itself; it calls a function that does',
  );
  expect(
    problems(
      'secrets: [{ name: jwt, generate: { key: 48 }, rotation: { function: functions.other } }]\nfunctions: [{ name: rotate, image: "a:1" }]',
    ),
  ).toBe(
    'demo/dev.yaml:1:69 secrets.jwt.rotation.function: expected "functions.rotate", which "functions" declares, got "functions.other": Secrets Manager rotates nothing by itself; it calls a function that does',
  );
});

test('fails on a rotation that is no way to rotate', () => {
  expect(problems('postgres: { rotation: true }')).toBe(
    'demo/dev.yaml:1:23 postgres.rotation: expected "managed", which lets RDS change the password every seven days, or a map with function and every_days, got true',
  );
});

test('fails on a URL that rotation would make stale', () => {
  expect(problems('postgres: { rotation: managed, url: {} }')).toBe(
    'demo/dev.yaml:1:32 postgres.url: expected none beside rotation, got "a URL": the password in it would be the old one after the first rotation; read the secret instead',
  );
});

test('fails on what a password managed by RDS leaves no room for', () => {
  expect(problems('postgres: { rotation: managed, application_user: app, secret_name: mine }')).toBe(
    [
      'demo/dev.yaml:1:50 postgres.application_user: expected none beside "rotation: managed", which changes the master password alone, got "app": rotate by a function, which may change both, or leave rotation out',
      'demo/dev.yaml:1:68 postgres.secret_name: expected none beside "rotation: managed", got "mine": RDS names its secret itself; the output "secret_arns" says how',
    ].join('\n'),
  );
});

test('fails on a rotation by a function past a proxy or from outside the VPC', () => {
  const rotate = 'functions: [{ name: rotate, image: "a:1", vpc: false }]';
  expect(problems(`mysql: { proxy: {}, rotation: { function: functions.rotate } }\n${rotate}`)).toBe(
    [
      'demo/dev.yaml:1:21 mysql.rotation: expected "managed" beside a proxy, which lets the current password in alone, got a map (function, every_days): the function could never try the new one',
      'demo/dev.yaml:2:48 functions.rotate.vpc: expected true, because the database whose password it changes can be reached from the VPC alone, got false',
    ].join('\n'),
  );
});

test('warns of a minor version that RDS has retired, and passes', () => {
  expect(warningsOf('postgres: { engine_version: "15.4" }')).toBe(
    'demo/dev.yaml:1:29 warning: postgres.engine_version: expected "15", which follows its newest release, got "15.4": RDS has retired 15.0 to 15.12: it makes no new instance of them, so a first apply fails, and upgrades those there are',
  );
  expect(warningsOf('postgres: { engine_version: "15.13" }')).toBe('');
  expect(warningsOf('postgres: { engine_version: "15" }')).toBe('');
});

test('warns of a version that costs Extended Support', () => {
  expect(warningsOf('mysql: { engine_version: "8.0" }')).toBe(
    'demo/dev.yaml:1:26 warning: mysql.engine_version: expected a version with standard support, got "8.0": that of MySQL 8.0 ended on 31 July 2026; RDS charges Extended Support by the vCPU hour',
  );
  expect(warningsOf('mysql: {}')).toBe('');
});

const EXISTING = 'existing: true, name: shop-db, dbname: shop, security_group_id: sg-0a1b2c3d4e5f60718';

test('fails on a proxy without a secret to log in with', () => {
  expect(problems(`mysql: { ${EXISTING}, proxy: {} }`)).toBe(
    'demo/dev.yaml:1:96 mysql.proxy: expected "secret_name" beside it, the secret that the proxy logs in with, got "a proxy without a secret": RDS refuses it; name the secret with username and password of the database',
  );
  expect(problems(`mysql: { ${EXISTING}, secret_name: shop/database, proxy: {} }`)).toBe('');
});

test('fails on keys that would change a database which is left as it is', () => {
  expect(problems(`postgres: { ${EXISTING}, multi_az: true, import: true }`)).toBe(
    [
      'demo/dev.yaml:1:109 postgres.multi_az: expected nothing here beside "existing: true", which leaves the database as it is ("import" would have Terraform manage it), got true',
      'demo/dev.yaml:1:123 postgres.import: expected either "existing" or "import": the one leaves the database as it is, the other has Terraform manage it, got true',
    ].join('\n'),
  );
  expect(problems('postgres: { security_group_id: sg-0a1b2c3d }')).toBe(
    'demo/dev.yaml:1:32 postgres.security_group_id: expected "existing: true" beside it, which says that the database is there already, got "sg-0a1b2c3d"',
  );
});

test('fails on an alarm on the load of a database that does not report it', () => {
  const alarm = 'alarms: { rules: [{ name: a, severity: critical, metric: database.load, above: 2 }] }';
  expect(problems(`mysql: { instance_class: db.t3.micro }\n${alarm}`)).toBe(
    'demo/dev.yaml:2:58 alarms.rules.a.metric: expected a database with "performance_insights: true", which alone reports its load, got "database.load": the alarm would stay without data',
  );
  expect(problems(`postgres: {}\n${alarm}`)).toBe('');
});

test('fails on an alarm on a share of a size that nobody wrote down', () => {
  const alarm = 'alarms: { rules: [{ name: a, severity: critical, metric: database.free_storage_share, below: 10 }] }';
  expect(problems(`postgres: { ${EXISTING} }\n${alarm}`)).toBe(
    'demo/dev.yaml:2:58 alarms.rules.a.metric: expected a figure that is no share, because the size of an existing database is not in the file, got "database.free_storage_share": there is "database.connections" and "database.free_storage"',
  );
});

function problems(yaml: string): string {
  return problemsOf(`${yaml}\nregion: us-east-1\nstate: local\n`);
}

function warningsOf(yaml: string): string {
  expect(problems(yaml)).toBe('');
  return warningsIn(`${yaml}\nregion: us-east-1\nstate: local\n`);
}
