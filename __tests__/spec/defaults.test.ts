import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { EnvironmentSpec } from '../../src/spec/environment';
import { loadEnvironments } from '../../src/spec/load/load';
import { specYaml } from '../../src/tools/spec-yaml';
import { folder } from '../support/files';

const ENVIRONMENTS = resolve(__dirname, '../../environments');
const EVERYTHING = `
domain: { domain_name: example.com }
alb: {}
workload: {}
services: [{ name: worker }]
tasks: [{ name: migrate }]
postgres: {}
cognito: { web_client_secret: true }
buckets: [{ name: media }]
secrets: [{ name: jwt, generate: { key: 48 } }]
ses: {}
alarms: { rules: [{ name: cpu, severity: critical, metric: workload.cpu, above: 80 }] }
dashboard: { widgets: [{ title: CPU, metrics: [workload.cpu] }] }`;

test('needs no more than a region: project and env are what folder and file are called', () => {
  const environment = spec('');
  expect(environment).toMatchObject({ project: 'demo', env: 'dev', region: 'us-east-1', protect: true, tags: {} });
  expect(environment.services).toEqual([]);
  expect(environment.postgres).toBeUndefined();
});

test('gives everything a complete name from project and env', () => {
  const {
    alb,
    cluster,
    workload,
    services,
    tasks,
    postgres,
    cognito,
    buckets,
    secrets,
    ses,
    domain,
    alarms,
    dashboard,
  } = spec(EVERYTHING);
  expect(cluster.name).toBe('demo_cluster_dev');
  expect(alb).toMatchObject({ name: 'demo-dev-alb', securityGroupName: 'demo-dev-alb' });
  expect(workload).toMatchObject({
    serviceName: 'demo-dev-backend',
    taskFamily: 'demo-dev-backend',
    containerName: 'backend',
    logGroupName: '/ecs/demo-dev/backend',
    logStreamPrefix: 'ecs',
    securityGroupName: 'demo-dev-backend',
    taskRoleName: 'demo-dev-backend-task',
    executionRoleName: 'demo-dev-backend-execution',
    targetGroup: { name: 'demo-dev-backend' },
    repository: { name: 'demo_backend' },
  });
  expect(services[0]).toMatchObject({ serviceName: 'demo-dev-worker', repository: { name: 'demo_worker' } });
  expect(tasks[0]?.taskFamily).toBe('demo-dev-migrate');
  expect(postgres).toMatchObject({
    name: 'demo-dev-postgres',
    dbname: 'demo',
    securityGroupName: 'demo-dev-postgres',
    secretName: 'demo/dev/database',
  });
  expect(cognito).toMatchObject({
    name: 'demo-dev-users',
    userPoolDomainPrefix: 'demo-dev',
    secretName: 'demo/dev/cognito',
  });
  expect(buckets[0]?.bucketName).toBe('demo-media-dev');
  expect(secrets[0]?.secretName).toBe('demo/dev/jwt');
  expect(domain?.name).toBe('dev.example.com');
  expect(ses?.domainName).toBe('dev.example.com');
  expect(alarms?.critical.name).toBe('demo-dev-critical');
  expect(alarms?.rules[0]?.alarmName).toBe('demo-dev-cpu');
  expect(dashboard?.name).toBe('demo-dev');
});

test('keeps the state of all environments in one bucket, each under its own key', () => {
  expect(spec('').state).toEqual({
    bucket: 'demo-terraform-state',
    lockTable: 'demo-terraform-locks',
    region: 'us-east-1',
    key: 'demo/dev/terraform.tfstate',
    existing: false,
    bootstrapped: false,
  });
});

test('lets the workload use everything declared, and further services nothing', () => {
  const { workload, services } = spec(EVERYTHING);
  expect(workload?.uses).toEqual([
    'database',
    'cognito',
    'ses',
    'buckets.media',
    'secrets.jwt',
    'services.worker',
    'cognito.admin',
  ]);
  expect(services[0]?.uses).toEqual([]);
});

test('lets the workload use what it names and nothing more, even if that is nothing', () => {
  expect(spec(`postgres: {}\nworkload: { uses: [] }`).workload?.uses).toEqual([]);
});

test('protects what holds data unless the environment or its section says otherwise', () => {
  const protection = ({ alb, postgres, cognito }: EnvironmentSpec) =>
    [alb, postgres, cognito].map((section) => section && 'deletionProtection' in section && section.deletionProtection);
  expect(protection(spec(EVERYTHING))).toEqual([true, true, true]);
  expect(protection(spec(`${EVERYTHING}\nprotect: false`))).toEqual([false, false, false]);
  expect(spec('protect: false\npostgres: { deletion_protection: true }').postgres).toMatchObject({
    deletionProtection: true,
  });
});

test('takes the root domain itself without its prefix', () => {
  expect(spec('domain: { domain_name: example.com, add_domain_prefix: false }').domain?.name).toBe('example.com');
});

test('waits for delegation only where the zone is new', () => {
  const zone = (yaml: string) => spec(`domain: { domain_name: example.com, ${yaml} }`).domain?.delegated;
  expect(zone('zone: create')).toBe(false);
  expect(zone('zone: { existing: Z0123456789ABC }')).toBe(true);
  expect(zone('delegated: true')).toBe(true);
});

test('leaves the image to the pipeline unless the file names one', () => {
  expect(spec('workload: {}').workload?.imageOwner).toBe('pipeline');
  expect(spec('workload: { image: busybox }').workload?.imageOwner).toBe('terraform');
  expect(spec('workload: { image: busybox, image_owner: pipeline }').workload?.imageOwner).toBe('pipeline');
});

test('lets CloudFront alone reach a load balancer behind a CDN', () => {
  expect(spec(EVERYTHING).alb?.ingress).toBe('internet');
  expect(spec(`${EVERYTHING}\ncdn: {}`).alb?.ingress).toBe('cdn');
});

test('lets a renamed bucket or secret keep its name in AWS', () => {
  expect(spec('buckets: [{ name: files, was: media }]').buckets[0]?.bucketName).toBe('demo-media-dev');
  expect(spec('secrets: [{ name: a, was: b, fill_in: [key] }]').secrets[0]?.secretName).toBe('demo/dev/b');
});

test('gives the database a name that PostgreSQL takes', () => {
  const root = folder({ 'my-shop/dev.yaml': 'region: us-east-1\npostgres: {}\n' });
  expect(loadEnvironments([root])[0]?.spec.postgres?.dbname).toBe('my_shop');
});

test('prints a Spec that reads as the same Spec, whatever the environment has', () => {
  expect(
    reread(
      spec(
        `${EVERYTHING}\ncdn: {}\nwaf: { rate_limits: [{ name: api, path: /api/, requests: 100 }] }\nbudget: { monthly_usd: 9, emails: [a@example.com] }`,
      ),
    ),
  ).toBe(true);
  expect(reread(spec('state: local'))).toBe(true);
  expect(reread(spec('overrides: { aws_x.y: { a: { enabled: false } } }\ntags: { costCenter: "7" }'))).toBe(true);
});

test('prints shipped environments as files that mean the same', () => {
  for (const { spec } of loadEnvironments([ENVIRONMENTS])) expect(reread(spec)).toBe(true);
});

test('prints every key in the spelling of YAML', () => {
  const printed = parse(specYaml(spec(EVERYTHING)));
  expect(printed.workload.backend_image_port).toBe(8080);
  expect(JSON.stringify(printed)).not.toMatch(/"[a-z]+[A-Z]\w*":/);
});

/** Compares instead of returning, so that a failure shows where the two differ. */
function reread(original: EnvironmentSpec): boolean {
  const root = folder({ [join(original.project, `${original.env}.yaml`)]: specYaml(original) });
  expect(meaning(loadEnvironments([root])[0]?.spec)).toEqual(meaning(original));
  return true;
}

/** Without what only messages need to know: whether a rule stood in its task or in a list. */
function meaning(spec: EnvironmentSpec | undefined): unknown {
  const eventProcessorTasks = spec?.eventProcessorTasks.map(({ oneRule: _, ...task }) => task);
  return { ...spec, eventProcessorTasks };
}

function spec(yaml: string): EnvironmentSpec {
  const [environment] = loadEnvironments([folder({ 'demo/dev.yaml': `${yaml}\nregion: us-east-1\n` })]);
  if (!environment) throw new Error('no environment was read');
  return environment.spec;
}
