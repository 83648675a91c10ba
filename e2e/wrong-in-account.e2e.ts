import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityOf } from './support/accounts';
import { makeFixture, specsOf } from './support/fixtures';
import { keepStateBeside } from './support/life';
import { locked } from './support/locks';
import { Project } from './support/project';
import { leaksOf } from './support/secrets';
import { needs } from './support/what-is-here';

// Stacks that are wrong on purpose, where only an account with services in it shows it.
const { skipped } = needs('emulator', 'wrong stacks in an account');

const open = (env: string) => `
region: us-east-1
state: { bucket: open-${env}-state, lock_table: open-${env}-locks, existing: true }
sqs: [{ name: jobs }]
`;
const project = new Project({
  'leaky/dev.yaml': 'region: us-east-1\nstate: local\nsecrets: [{ name: jwt, generate: { key: 32 } }]\n',
  'open/dev.yaml': open('dev'),
  'open/qa.yaml': open('qa'),
});
afterAll(() => project.remove());

describe.skipIf(skipped).concurrent('in an account is noticed', () => {
  beforeAll(() => project.synthesize());

  test('a generated secret that is written by an argument which the state keeps', async () => {
    change('leaky-dev', ({ ephemeral, resource, ...stack }) => {
      const { secret_string_wo, secret_string_wo_version, ...version } =
        resource['aws_secretsmanager_secret_version']?.['secret_jwt_version'] ?? {};
      const secret_string = String(secret_string_wo).replace('ephemeral.', '');
      const kept = { aws_secretsmanager_secret_version: { secret_jwt_version: { ...version, secret_string } } };
      return { ...stack, resource: { ...resource, ...ephemeral, ...kept } };
    });
    const identity = await identityOf(project, 'leaky-dev');
    const workdir = project.workdir('leaky-dev', identity);
    keepStateBeside(workdir.path);
    await workdir.init();
    await workdir.must(['apply', '-no-color', '-auto-approve']);
    const { leaks } = await leaksOf(project, 'leaky-dev', workdir, identity);
    expect(leaks).toContainEqual(expect.stringMatching(/jwt key in life\.tfstate$/));
  });

  test('a backend without use_lockfile', () =>
    opened('dev', 'use_lockfile', 'open/dev/terraform.tfstate.tflock in open-dev-state'));

  test('a backend without dynamodb_table', () => opened('qa', 'dynamodb_table', 'an item in open-qa-locks'));
});

/** Takes a lock away, and waits for it while something is applied. */
async function opened(env: string, lock: string, said: string): Promise<void> {
  const stack = `open-${env}`;
  const identity = await identityOf(project, stack);
  const spec = specsOf(project).find((each) => each.project === 'open' && each.env === env);
  if (spec) await makeFixture('state', project, spec, identity, { bucket: `${stack}-state`, table: `${stack}-locks` });
  change(stack, ({ terraform, ...rest }) => {
    const { [lock]: _, ...s3 } = terraform.backend.s3 ?? {};
    return { ...rest, terraform: { ...terraform, backend: { s3 } } };
  });
  const workdir = project.workdir(stack, identity);
  await workdir.init();
  const { ended } = workdir.start(['apply', '-no-color', '-auto-approve']);
  const place = { bucket: `${stack}-state`, key: `open/${env}/terraform.tfstate`, table: `${stack}-locks` };
  await expect(locked(identity, place)).rejects.toThrow(
    `expected the state to be locked by ${said} during an apply, got none`,
  );
  expect((await ended).status).toBe(0);
}

/** A stack that one may write to. */
interface Stack {
  readonly ephemeral: Json;
  readonly resource: Record<string, Record<string, Json>>;
  readonly terraform: { readonly backend: { readonly s3?: Json } };
}
type Json = Record<string, unknown>;

function change(stack: string, by: (stack: Stack) => object): void {
  const file = join(project.folder(stack), 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(by(JSON.parse(readFileSync(file, 'utf8')) as Stack)));
}
