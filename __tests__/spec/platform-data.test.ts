import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { EnvironmentSpec } from '../../src/spec/environment';
import { loadEnvironments } from '../../src/spec/load/load';
import { specYaml } from '../../src/tools/spec-yaml';
import { all } from '../blocks/reading';
import { folder } from '../support/files';
import { problemsIn, problemsOf, warningsOf } from '../support/problems';
import { resource, synth } from '../support/stacks';

// The blocks of the platform's document as they stand there, each alone in a file.
const BLOCKS = {
  postgres: `
postgres:
  enabled: true
  dbname: myapp
  username: postgres
  engine_version: "16"
  public_access: false
`,
  cognito: `
cognito:
  enabled: true
  enable_web_client: true
  enable_user_pool_domain: true
  user_pool_domain_prefix: myapp-auth
`,
  buckets: `
buckets:
  - name: assets
    public: true
workload:
  bucket_postfix: prod123
  bucket_public: false
`,
  efs: `
efs:
  - name: uploads
    path: /uploads
workload:
  efs:
    - name: uploads
      mount_point: /app/uploads
`,
  sqs: `
sqs:
  enabled: true
  name: main-queue
`,
  push: `
workload:
  setup_fcnsns: true
`,
};

test.each(Object.entries(BLOCKS))(
  'accepts the document’s block of %s alone, and prints what means the same',
  (_, yaml) => {
    expect(problemsOf(`region: us-east-1${yaml}`)).toBe('');
    expect(warningsOf(`region: us-east-1${yaml}`)).toBe('');
    const read = spec(yaml);
    expect(spec(specYaml(read), '')).toEqual(read);
  },
);

test('keeps the password of postgres where the document says, in a private instance', () => {
  expect(spec(BLOCKS.postgres).postgres).toMatchObject({
    dbname: 'myapp',
    username: 'postgres',
    passwordParameters: ['/dev/demo/postgres_password', '/dev/demo/backend/pg_database_password'],
    publicAccess: false,
    publicAccessFrom: [],
  });
});

test('makes the hosted UI, groups and password policy of the document', () => {
  expect(spec(BLOCKS.cognito).cognito).toMatchObject({
    userPoolDomainPrefix: 'myapp-auth',
    callbackUrls: ['http://localhost:3000/callback'],
    dashboardCallbackUrls: [],
    groups: ['test', 'admin'],
    passwordMinLength: 8,
    mfa: 'optional',
  });
});

test('makes the backend’s bucket of its postfix, for pages of the environment’s domain', () => {
  const { buckets, workload } = spec(`${BLOCKS.buckets}domain: { domain_name: example.com }\n`);
  expect(buckets).toMatchObject([
    { name: 'assets', bucketName: 'demo-assets-dev', public: true },
    {
      name: 'backend',
      bucketName: 'demo-backend-dev-prod123',
      variableName: 'BACKEND_BUCKET',
      public: false,
      versioning: true,
      corsRules: [{ allowedMethods: ['GET', 'HEAD', 'PUT', 'POST'], allowedOrigins: ['https://dev.example.com'] }],
    },
  ]);
  expect(workload?.uses).toEqual(['buckets.assets', 'buckets.backend']);
  expect(workload).not.toHaveProperty('bucketPostfix');
  expect(workload).not.toHaveProperty('bucketPublic');
  expect(spec(BLOCKS.buckets).buckets[1]).toMatchObject({ corsRules: [{ allowedOrigins: ['*'] }] });
  expect(spec('workload: { bucket_postfix: a, bucket_public: true }').buckets).toMatchObject([{ public: true }]);
});

test('mounts files in all private subnets, as one POSIX user, encrypted', () => {
  const terraform = synth(`region: eu-central-1\nstate: local${BLOCKS.efs}`);
  expect(resource(terraform, 'aws_efs_file_system.efs_uploads')).toMatchObject({ encrypted: true });
  expect(resource(terraform, 'aws_efs_access_point.efs_uploads_access_point')).toMatchObject({
    posix_user: { uid: 1000, gid: 1000 },
    root_directory: { path: '/uploads', creation_info: { owner_uid: 1000, owner_gid: 1000, permissions: '0755' } },
  });
  const subnets = Object.values(all(terraform, 'aws_efs_mount_target')).map(({ subnet_id }) => subnet_id);
  const closed = Object.keys(all(terraform, 'aws_subnet')).filter((name) => name.startsWith('network_private_'));
  expect(subnets).toEqual(closed.map((name) => `\${aws_subnet.${name}.id}`));
});

test('gives the one queue of the document to the workload and to services that say nothing else, a list to nobody', () => {
  const containers =
    'cluster: { service_discovery: false }\nhttp_api: { enabled: false }\nworkload: {}\nservices: [{ name: worker }, { name: other, uses: [] }]\n';
  const uses = (queue: string) => {
    const { workload, services } = spec(`${queue}\n${containers}`);
    return [workload?.uses, ...services.map((service) => service.uses)];
  };
  expect(uses(BLOCKS.sqs)).toEqual([['sqs.main-queue'], ['sqs.main-queue'], []]);
  expect(uses('sqs: [{ name: main-queue }]')).toEqual([['sqs.main-queue'], [], []]);
  expect(uses('sqs: { enabled: false, name: main-queue }')).toEqual([[], [], []]);
});

test('makes parameter and application of push notifications in the document’s names', () => {
  const { push, workload } = spec(BLOCKS.push);
  expect(push).toEqual({
    name: 'demo-dev-fcm',
    parameterPath: '/dev/demo/backend/fcm',
    parameterName: '/dev/demo/backend/fcm/server_key',
  });
  expect(workload?.uses).toEqual(['push']);
});

test('warns of a database that the whole internet may knock at', () => {
  expect(warnings('postgres: { public_access: true }')).toBe(
    'demo/dev.yaml:1:28 warning: postgres.public_access: expected "public_access_from" beside it with the ranges that connect, got "access from 0.0.0.0/0": the whole internet may try passwords on port 5432; the password is generated and TLS forced, but a flaw in the server would be everybody\'s',
  );
  expect(warnings('postgres: { public_access: true, public_access_from: [203.0.113.0/24] }')).toBe('');
});

test('fails on public access without TLS, without anybody, or past an ACL', () => {
  expect(problems('postgres: { public_access: true, public_access_from: [], force_ssl: false }')).toBe(
    `demo/dev.yaml:1:34 postgres.public_access_from: expected at least one range beside "public_access: true", got []: nobody could connect from outside; leave it out for everybody
demo/dev.yaml:1:69 postgres.force_ssl: expected true beside "public_access: true", got false: passwords and rows would cross the internet in clear`,
  );
  expect(
    problems('network: { network_acls: true }\npostgres: { public_access: true, public_access_from: [1.2.3.4/32] }'),
  ).toBe(
    'demo/dev.yaml:1:26 network.network_acls: expected false beside "postgres.public_access: true", got true: the ACL of the public subnets lets the web\'s ports in alone, and nobody would reach the database',
  );
});

test('fails on ranges that reach a private database from outside', () => {
  expect(problems('postgres: { public_access_from: [203.0.113.0/24] }')).toBe(
    'demo/dev.yaml:1:13 postgres.public_access_from: expected none without "public_access: true", because nobody reaches the instance from outside, got ["203.0.113.0/24"]',
  );
});

test('fails on parameters of a password that Terraform does not know', () => {
  expect(problems('postgres: { rotation: managed, password_parameters: [/a/b] }')).toBe(
    'demo/dev.yaml:1:32 postgres.password_parameters: expected none beside "rotation: managed", got ["/a/b"]: Terraform does not know the password and writes it nowhere; the output "secret_arns" says where it is',
  );
  expect(problems('postgres: { import: true, name: shop, password_parameters: [/a/b] }')).toBe(
    'demo/dev.yaml:1:39 postgres.password_parameters: expected none beside "import: true", got ["/a/b"]: Terraform does not know the password and writes it nowhere; the output "secret_arns" says where it is',
  );
  expect(problems('postgres: { rotation: managed }')).toBe('');
});

test('fails on what SSM takes for no parameter', () => {
  expect(problems('postgres: { password_parameters: ["password", "/aws/x"] }')).toBe(
    `demo/dev.yaml:1:35 postgres.password_parameters[0]: expected a name that AWS allows for an SSM parameter (a path such as "/dev/shop/password" of letters, digits and any of "_.-", at most 15 levels, not under "/aws" or "/ssm"), got "password"
demo/dev.yaml:1:47 postgres.password_parameters[1]: expected a name that AWS allows for an SSM parameter (a path such as "/dev/shop/password" of letters, digits and any of "_.-", at most 15 levels, not under "/aws" or "/ssm"), got "/aws/x"`,
  );
  expect(problems('postgres: { password_parameters: [] }')).toBe(
    'demo/dev.yaml:1:13 postgres.password_parameters: expected at least one parameter, which the password is read back from, got []',
  );
});

test('fails on two things in one parameter', () => {
  expect(
    problems('postgres: { password_parameters: [/dev/demo/backend/fcm/server_key] }\nworkload: { setup_fcnsns: true }'),
  ).toBe(
    'demo/dev.yaml:2:27 workload.setup_fcnsns: expected another SSM parameter name than postgres.password_parameters, got "/dev/demo/backend/fcm/server_key": in AWS they would be one and the same; write another one here',
  );
});

test('fails on one hosted UI for two environments', () => {
  const cognito = 'cognito: { enable_user_pool_domain: true, user_pool_domain_prefix: shop }';
  expect(
    problemsIn({ 'demo/base.yaml': `region: us-east-1\n${cognito}`, 'demo/a.yaml': 'env: a', 'demo/b.yaml': 'env: b' }),
  ).toBe(
    'demo/base.yaml:2:68 cognito.user_pool_domain_prefix: expected another user pool domain name than that of demo-a, got "shop": an account has one of a name in a region; write another one here, or account_id where the accounts differ',
  );
});

test('fails on a service that takes the names of pgAdmin’s', () => {
  expect(problems('postgres: { pgadmin: { email: a@b.com } }\nservices: [{ name: pgadmin }]')).toContain(
    'demo/dev.yaml:2:12 services.pgadmin.service_name: expected another service name than postgres.pgadmin.service_name, got "demo-dev-pgadmin": in AWS they would be one and the same; write another one here',
  );
});

test('fails on a size of pgAdmin that Fargate has not, and on a network without a way to its image', () => {
  expect(problems('postgres: { pgadmin: { email: a@b.com, cpu: 1024 } }')).toBe(
    'demo/dev.yaml:1:13 postgres.pgadmin.memory: expected a memory that Fargate has for cpu 1024 (2048 to 8192 in steps of 1024 MiB), got 512: ECS would refuse the task definition; 512 MiB comes with cpu 256',
  );
  expect(problems('network: { nat_gateways: none }\npostgres: { pgadmin: { email: a@b.com } }')).toBe(
    'demo/dev.yaml:1:26 network.nat_gateways: expected "single" or "per_zone", because postgres.pgadmin gets its image and its secrets over HTTPS, got "none": its tasks would never start; endpoints lead to images in private ECR repositories of this region alone, not to "dpage/pgadmin4:9.17"',
  );
});

test('fails on a bucket that takes the name of the backend’s', () => {
  expect(problems('workload: { bucket_postfix: a }\nbuckets: [{ name: media }, { name: backend }]')).toBe(
    'demo/dev.yaml:2:36 buckets[1].name: expected another name, because workload.bucket_postfix makes the bucket "backend", got "backend": rename one, or leave bucket_postfix out and write "bucket_name:" here',
  );
  expect(problems('workload: {}\nbuckets: [{ name: backend }]')).toBe('');
});

test('fails on a public bucket that is not there', () => {
  expect(problems('workload: { bucket_public: true }')).toBe(
    'demo/dev.yaml:1:28 workload.bucket_public: expected "bucket_postfix" beside it, which makes the bucket, got true',
  );
  expect(problems('workload: { bucket_postfix: Prod }')).toBe(
    'demo/dev.yaml:1:29 workload.bucket_postfix: expected small letters, digits and dashes such as "prod123", at most 20, no dash at an end, got "Prod"',
  );
});

test('fails on access logs that anybody may read', () => {
  expect(problems('buckets: [{ name: logs, access_log_target: true, public: true }]')).toBe(
    'demo/dev.yaml:1:58 buckets.logs.public: expected false beside "access_log_target: true", got true: anybody could read who asked for what; keep access logs in a bucket of their own',
  );
});

test('fails on CORS rules that S3 would refuse', () => {
  const rule = (text: string) => problems(`buckets: [{ name: a, cors_rules: [{ ${text} }] }]`);
  expect(rule('allowed_methods: [OPTIONS], allowed_origins: ["*"]')).toBe(
    'demo/dev.yaml:1:55 buckets[0].cors_rules[0].allowed_methods[0]: expected "GET" or "HEAD" or "PUT" or "POST" or "DELETE", got "OPTIONS"',
  );
  expect(rule('allowed_methods: [GET], allowed_origins: ["https://*.a.*"]')).toBe(
    'demo/dev.yaml:1:79 buckets[0].cors_rules[0].allowed_origins[0]: expected an origin such as "https://example.com", or "*", got "https://*.a.*"',
  );
  expect(rule('allowed_methods: [], allowed_origins: []')).toBe(
    `demo/dev.yaml:1:37 buckets[0].cors_rules[0].allowed_methods: expected at least one HTTP method, got []
demo/dev.yaml:1:58 buckets[0].cors_rules[0].allowed_origins: expected at least one origin, got []`,
  );
  expect(rule('allowed_methods: [GET], allowed_origins: ["*"], allowed_headers: ["x y"], expose_headers: ["*"]')).toBe(
    `demo/dev.yaml:1:103 buckets[0].cors_rules[0].allowed_headers[0]: expected a header, or "*", got "x y"
demo/dev.yaml:1:128 buckets[0].cors_rules[0].expose_headers[0]: expected a header such as "ETag", got "*"`,
  );
});

test('fails on uses of what is not there', () => {
  expect(problems('workload: { uses: [push, cognito.admin] }')).toBe(
    `demo/dev.yaml:1:20 workload.uses[0]: expected the name of something that this environment declares, got "push": there is "logs"
demo/dev.yaml:1:26 workload.uses[1]: expected the name of something that this environment declares, got "cognito.admin": there is "logs"`,
  );
});

test('fails on a secret that would set a variable of push or of the dashboard', () => {
  const yaml = (key: string) =>
    problems(`secrets: [{ name: own, fill_in: [${key}] }]
cognito: { enable_dashboard_client: true }
workload: { setup_fcnsns: true, uses: [secrets.own, push, cognito] }`);
  expect(yaml('fcm_platform_application_arn')).toContain('both would set FCM_PLATFORM_APPLICATION_ARN');
  expect(yaml('cognito_dashboard_client_id')).toContain('both would set COGNITO_DASHBOARD_CLIENT_ID');
  expect(yaml('fine')).toBe('');
});

function problems(yaml: string): string {
  return problemsOf(`${yaml}\nregion: us-east-1\n`);
}

function warnings(yaml: string): string {
  return warningsOf(`${yaml}\nregion: us-east-1\n`);
}

function spec(yaml: string, region = 'region: us-east-1\n'): EnvironmentSpec {
  const [environment] = loadEnvironments([folder({ [join('demo', 'dev.yaml')]: `${region}${yaml}\n` })]);
  if (!environment) throw new Error('no environment was read');
  return environment.spec;
}
