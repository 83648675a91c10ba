import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../__tests__/support/program';
import { identityOf } from './support/accounts';
import { type Identity, variablesOf } from './support/emulator';
import { makeStatePlace } from './support/fixtures';
import { Project } from './support/project';
import { Workdir } from './support/terraform';
import { everything, needs } from './support/what-is-here';

// An export in the hands of somebody who has it, Terraform and credentials: every command is its README's own.
const { skipped } = needs('emulator', 'an export applied by Terraform alone');

const yaml = `
region: us-east-1
topics: [{ name: news }]
secrets: [{ name: jwt, generate: { key: 32 } }]
functions: [{ name: worker, code: functions/worker, uses: [topics.news] }]
`;
const project = new Project({ 'hand/dev.yaml': yaml });
project.synthesize();
const hands = mkdtempSync(join(tmpdir(), 'terrace-e2e-hands-'));
let identity: Identity;
afterAll(() => rmSync(hands, { recursive: true, force: true }));

describe.skipIf(skipped)('an export', () => {
  beforeAll(async () => {
    identity = await identityOf(project, 'hand-dev');
    if (!everything) await makeStatePlace(project, identity);
    const { status, stderr } = run('terrace', ['export', 'hand-bootstrap', 'hand-dev', '--to', 'out'], project.path);
    expect(status, stderr).toBe(0);
    for (const warning of stderr.split('\n').filter((line) => line !== '')) console.info(warning);
    cpSync(join(project.path, 'out'), hands, { recursive: true });
    project.remove();
  });

  // A minute, because the provider waits for the lifecycle of the bucket: without --all a fixture is there in its place.
  test.skipIf(!everything)('of a bootstrap is applied as its README says, and moves its state in', async () => {
    const [apply = '', , move = ''] = blocks('hand-bootstrap');
    expect(apply).toMatch(/^terraform init\nterraform plan -out=plan.out\nterraform apply plan.out$/m);
    await types('hand-bootstrap', apply);
    expect(move).toMatch(/terraform init -migrate-state$/);
    await types('hand-bootstrap', move);
    expect(await inHands('hand-bootstrap').differences()).toEqual([]);
  });

  test('of an environment is applied as its README says, and then as it should be', async () => {
    const [apply = '', pipeline = '', , unlock = ''] = blocks('hand-dev');
    expect(apply).toMatch(/^terraform init -backend-config=backend-config.hcl\n/);
    await types('hand-dev', apply);
    expect(await inHands('hand-dev').differences()).toEqual([]);
    // Once more as in a pipeline, which takes no provider that the lock file does not know.
    rmSync(join(hands, 'hand-dev', '.terraform'), { recursive: true });
    expect(await types('hand-dev', pipeline)).toContain('No changes.');
    expect((await inHands('hand-dev').addresses()).length).toBeGreaterThan(8);
    expect(unlock).toBe('terraform force-unlock <ID>');
  });
});

function inHands(stack: string): Workdir {
  return new Workdir(join(hands, stack), variablesOf(identity), join(hands, 'logs'));
}

/** What its README tells to type. */
function blocks(stack: string): string[] {
  const readme = readFileSync(join(hands, stack, 'README.md'), 'utf8');
  return [...readme.matchAll(/^```sh\n(.*?)\n```$/gms)].map(([, block = '']) => block);
}

/** Types it into a shell, and `yes` where Terraform asks. */
async function types(stack: string, commands: string): Promise<string> {
  const child = spawn('sh', ['-ec', commands], {
    cwd: join(hands, stack),
    env: { ...process.env, ...variablesOf(identity), CHECKPOINT_DISABLE: '1', TF_CLI_ARGS: '-no-color' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  child.stdin.end('yes\n');
  const status = await new Promise((resolve) => child.on('close', resolve));
  if (status !== 0) throw new Error(`${commands}\nends with ${status}:\n${said}`);
  return said;
}
