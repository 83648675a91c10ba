import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runWith } from './support/program';

// Exports in the hands of somebody who has Terraform and nothing else. Nothing here may reach AWS: the credentials are made
// up and every service is at a port that nobody listens on. So whole lives need a provider that asks no service, a stand-in;
// TERRACE_REQUIRE_TERRAFORM=1 makes it an error that Terraform or its providers are missing.
const nowhere = {
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_MAX_ATTEMPTS: '1',
  AWS_EC2_METADATA_DISABLED: 'true',
  CHECKPOINT_DISABLE: '1',
};

const work = mkdtempSync(join(tmpdir(), 'terrace-handover-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
const stacks = ['rayman-dev', 'rayman-bootstrap', 'demo-dev'];
const missing = whatIsMissing() ?? exportAll();
if (missing !== undefined) console.warn(`SKIPPED: exports in the hands of Terraform, because ${missing}`);
const noLife = missing ?? plan(elsewhere('json', 'demo-dev'));
if (noLife !== undefined && missing === undefined) console.warn(`SKIPPED: the life of an export, because ${noLife}`);

test('Terraform and its providers are there where they are required', () => {
  expect(process.env.TERRACE_REQUIRE_TERRAFORM === '1' ? missing : undefined).toBeUndefined();
});

for (const language of ['json', 'hcl']) {
  for (const stack of stacks) {
    test.skipIf(missing !== undefined)(`Terraform takes ${stack} in ${language} with the locks that came along`, () => {
      const path = elsewhere(language, stack);
      expect(terraform(path, ['init', '-backend=false', '-input=false', '-lockfile=readonly']).stderr).toBe('');
      expect(terraform(path, ['validate']).stderr).toBe('');
      expect(sourcesIn(join(path, '.terraform.lock.hcl'))).toEqual(
        stack === 'rayman-dev' ? ['hashicorp/aws', 'hashicorp/random'] : ['hashicorp/aws'],
      );
    });
  }

  test.skipIf(noLife !== undefined)(`an export in ${language} is planned, applied and then as it should be`, () => {
    const path = elsewhere(language, 'demo-dev');
    expect(commandsOf(path).slice(0, 3)).toEqual([
      'terraform init',
      'terraform plan -out=plan.out',
      'terraform apply plan.out',
    ]);
    for (const command of commandsOf(path).slice(0, 3)) {
      const { status, stderr } = terraform(path, command.split(' ').slice(1));
      expect({ command, status, stderr }).toEqual({ command, status: 0, stderr: '' });
    }
    expect(JSON.parse(readFileSync(join(path, 'terraform.demo-dev.tfstate'), 'utf8')).resources.length).toBeGreaterThan(
      5,
    );
    expect(terraform(path, ['plan', '-detailed-exitcode']).status).toBe(0);
  });
}

test.skipIf(missing !== undefined)(
  'backend-config.hcl leads init to the bucket, and a pipeline’s own file elsewhere',
  async () => {
    const path = elsewhere('json', 'rayman-dev');
    const own = join(path, 'own.hcl');
    writeFileSync(own, 'bucket = "acme-states"\nkey = "a/b"\ndynamodb_table = ""\n');
    const places = async (...flags: string[]) => {
      rmSync(join(path, '.terraform'), { recursive: true, force: true });
      return bucketsAsked(path, ['init', '-input=false', '-lockfile=readonly', ...flags]);
    };
    expect(await places('-backend-config=backend-config.hcl')).toEqual(['rayman-terraform-state']);
    expect(await places()).toEqual(['rayman-terraform-state']);
    expect(await places(`-backend-config=${own}`)).toEqual(['acme-states']);
  },
);

function whatIsMissing(): string | undefined {
  return spawnSync('terraform', ['version']).error ? 'there is no terraform on the PATH' : undefined;
}

function exportAll(): string | undefined {
  for (const part of ['environments', 'functions'])
    cpSync(join(__dirname, '..', part), join(work, part), { recursive: true });
  mkdirSync(join(work, 'environments', 'demo'));
  const file = join(work, 'environments', 'demo', 'dev.yaml');
  writeFileSync(file, 'region: us-east-1\nstate: local\nbuckets: [{ name: media }]\nsqs: [{ name: jobs }]\n');
  for (const language of ['json', 'hcl']) {
    const flags = language === 'hcl' ? ['--hcl'] : [];
    const args = ['export', ...stacks, '--platforms', 'linux_amd64', '--to', language, ...flags];
    const { status, stderr } = runWith(nowhere, 'terrace', args, work);
    if (status !== 0) throw new Error(stderr);
    const [, without] =
      /WARNING: no \.terraform\.lock\.hcl, because (.*): "terraform providers lock"/.exec(stderr) ?? [];
    if (without !== undefined) return without;
  }
  return undefined;
}

/** A copy of an export in a folder that knows nothing of where it was made. */
function elsewhere(language: string, stack: string): string {
  const path = mkdtempSync(join(work, 'elsewhere-'));
  cpSync(join(work, language, stack), path, { recursive: true });
  return path;
}

/** Why this machine's provider plans nothing without AWS, if so. */
function plan(path: string): string | undefined {
  terraform(path, ['init', '-input=false']);
  const { status, stderr } = terraform(path, ['plan', '-input=false']);
  if (status === 0) return undefined;
  return `terraform plan says ${/Error: (.*)/.exec(stderr)?.[1]}: it takes a provider that asks no service of AWS`;
}

/** What the README tells to type. */
function commandsOf(path: string): string[] {
  const readme = readFileSync(join(path, 'README.md'), 'utf8');
  return readme.split('\n').filter((line) => line.startsWith('terraform '));
}

function sourcesIn(lockFile: string): (string | undefined)[] {
  return [...readFileSync(lockFile, 'utf8').matchAll(/^provider "[^/]+\/(.*)" \{$/gm)].map(([, source]) => source);
}

const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::123456789012:user/test</Arn><UserId>test</UserId><Account>123456789012</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** Runs Terraform against an S3 that has nothing, and tells which buckets it was asked for. */
async function bucketsAsked(path: string, args: readonly string[]): Promise<string[]> {
  const asked = new Set<string>();
  const server = createServer(({ method, url = '' }, response) => {
    asked.add(url.split(/[/?]/)[1] ?? '');
    // STS is asked who this is before S3 is asked for states.
    response.writeHead(method === 'HEAD' ? 404 : 200, { 'content-type': 'application/xml' });
    response.end(method === 'POST' ? IDENTITY : '<ListBucketResult></ListBucketResult>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const env = {
    ...process.env,
    ...nowhere,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
  };
  const child = spawn('terraform', [...args, '-no-color'], { cwd: path, env, stdio: 'ignore' });
  await new Promise((done) => child.once('exit', done));
  server.close();
  return [...asked].filter((bucket) => bucket !== '');
}

function terraform(cwd: string, args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync('terraform', [...args, '-no-color'], { cwd, encoding: 'utf8', env: { ...process.env, ...nowhere } });
}
