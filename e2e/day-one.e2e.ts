import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clone } from '../__tests__/support/clone';
import { ask, type Identity, inAccount, inRegion, variablesOf } from './support/emulator';
import { Shell } from './support/shell';
import { emulatorHere, everything, needs } from './support/what-is-here';

// An account in which there is nothing, and somebody who has the README.
const { skipped } = needs('emulator', 'the first day in an empty account');
const why = skipped ? undefined : whyNot();
if (why !== undefined) console.warn(`SKIPPED: the first day in an empty account, because ${why}`);

const ACCOUNT = '100000000900';
/** What a person answers, and where no registry can be asked for checksums. */
const UNATTENDED = ' --auto-approve --skip-provider-lock';

const home = clone();
afterAll(() => home.remove());
const stacks = join(home.path, 'cdktf.out', 'stacks');
let identity: Identity;
let shell: Shell;

describe.skipIf(skipped || why !== undefined)('on the first day', () => {
  beforeAll(async () => {
    identity = await inAccount(inRegion(emulatorHere(), 'eu-central-1'), ACCOUNT);
    const variables = variablesOf(identity);
    shell = new Shell(home.path, {
      ...variables,
      ...home.env,
      AWS_DEFAULT_REGION: 'eu-central-1',
      CHECKPOINT_DISABLE: '1',
      TF_CLI_ARGS_plan: '-no-color',
    });
  });

  test('an environment is written and synthesized', async () => {
    await shell.readmeSays('npx terrace init', { answers: 'shop\neu-central-1\nexample.com\npostgres\n' });
    await shell.readmeSays('npm run synth');
    await shell.type('git init -q . && git add environments && git -c user.name=a -c user.email=a@b commit -qm first');
    await shell.type('git update-ref refs/remotes/origin/main HEAD');
  });

  test('the bootstrap is applied, and its state moves into the bucket that it has made', async () => {
    await shell.readmeSays('npx cdktf deploy shop-bootstrap', { flags: UNATTENDED });
    change((yaml) => `${yaml}\nstate:\n  bootstrapped: true\n`);
    await shell.readmeSays('npx cdktf deploy shop-bootstrap --migrate-state', { flags: UNATTENDED });
    await shell.type('terraform plan -no-color -detailed-exitcode', '', join(stacks, 'shop-bootstrap'));
  });

  test('the first apply completes without a delegated zone and without an image, and says what is left', async () => {
    // The emulator takes windows that meet for windows that overlap: one of e2e/gaps.ts.
    change((yaml) => yaml.replace('postgres:\n', 'postgres:\n  maintenance_window: sun:05:00-sun:06:00\n'));
    await shell.readmeSays('npx cdktf diff shop-dev', { flags: ' --skip-provider-lock' });
    await shell.readmeSays('npx cdktf deploy shop-dev', { flags: UNATTENDED });
    const { url, next_steps, name_servers } = await outputs();
    expect(url).toMatch(/^http:\/\//);
    expect(name_servers).not.toBe('');
    expect(next_steps).toEqual([
      expect.stringMatching(/^Enter the name servers of the output "name_servers" as NS records of dev\.example\.com/),
      expect.stringMatching(
        /^Push the first image of shop-dev-backend as tag ".*" to the repository shop-dev\/backend/,
      ),
      expect.stringMatching(/^When what shop-dev-backend needs is there, start it: aws ecs update-service/),
    ]);
  });

  test('once the zone is delegated the second apply completes: HTTPS, tasks and a shell', async () => {
    change((yaml) => `${MORE.reduce((now, [words, others]) => now.replace(words, others), yaml)}${TASKS}`);
    const changed = await shell.readmeSays(LOOP);
    expect(changed).toMatch(/aws_lb_listener\.alb_https will be created/);
    await shell.readmeSays('npx cdktf synth');
    for (const command of ['terraform init', 'terraform plan -out=plan.out']) await inStack(command);
    await reviewed();
    await inStack('terraform apply plan.out');
    await aside('terraform plan -no-color -detailed-exitcode');
    const { url, next_steps } = await outputs();
    expect(url).toBe('https://dev.example.com');
    expect(next_steps).not.toContainEqual(expect.stringContaining('name_servers'));
  });

  test('the deployment is started again once there is an image', async () => {
    const step = (await outputs()).next_steps.find((each) => each.includes('update-service')) ?? '';
    expect(await aside(commandIn(step))).toContain('shop-dev-backend');
  });

  test('a database user and a migration are tasks that are started once', async () => {
    const { cluster_name, next_steps } = await outputs();
    const values = { '<cluster_name>': cluster_name, '<project>': 'shop', '<env>': 'dev' };
    const migration = next_steps.find((step) => step.startsWith('Start the task migrate')) ?? '';
    await starts('shop-dev-database-user', ['sh', '-c'], inStack(RUN_TASK, values));
    await starts('shop-dev-migrate', ['npm', 'run', 'migrate'], aside(commandIn(migration)));
  });

  test('a shell in a container is a line that the AWS CLI takes, of a service that allows it', async () => {
    const { cluster_name } = await outputs();
    const { services } = await ask<Services>(identity, 'ecs', 'AmazonEC2ContainerServiceV20141113.DescribeServices', {
      cluster: cluster_name,
      services: ['shop-dev-backend'],
    });
    expect(services[0]?.enableExecuteCommand).toBe(true);
    const values = { '<cluster_name>': cluster_name, '<id>': '0123', '<name>': 'backend' };
    // No emulator has a session: the CLI says what it would have asked for.
    const line = await shell.readmeSays(`${EXEC}`, {
      values: { ...values, '--command sh': `${SKELETON} --command sh` },
    });
    expect(Object.keys(JSON.parse(line))).toContain('interactive');
  });
});

const TASKS = `
tasks:
  - { name: migrate, command: [npm, run, migrate], uses: [database] }
`;
function whyNot(): string | undefined {
  if (!emulatorHere().named) return 'plain moto reads no conditions, and keeps no state then';
  return everything ? undefined : 'it takes five minutes: npm run e2e -- --all';
}

const MORE = [
  ['delegated: false', 'delegated: true'],
  ['workload:\n', 'workload:\n  ecs_exec: true\n'],
  ['postgres:\n', 'postgres:\n  application_user: app\n'],
] as const;
const LOOP = `for stack in $(npx terrace changed --since origin/main --json | jq -r '.added[], .changed[]'); do
  npx terrace export "$stack" --to plans
  terraform -chdir="plans/$stack" init -input=false -backend-config=backend-config.hcl
  terraform -chdir="plans/$stack" plan -input=false
done`;
const RUN_TASK =
  'aws ecs run-task --cluster <cluster_name> --launch-type FARGATE --enable-ecs-managed-tags --propagate-tags TASK_DEFINITION --task-definition <project>-<env>-database-user --network-configuration "$(terraform output -raw task_network)"';
const EXEC =
  'aws ecs execute-command --cluster <cluster_name> --task <id> --container <name> --interactive --command sh';
const SKELETON = '--generate-cli-skeleton input';

interface TaskDefinition {
  readonly taskDefinition: { readonly containerDefinitions: readonly { readonly command: readonly string[] }[] };
}

interface Services {
  readonly services: readonly { readonly enableExecuteCommand: boolean }[];
}

interface Outputs {
  readonly url: string;
  readonly name_servers: string;
  readonly cluster_name: string;
  readonly next_steps: readonly string[];
}

function inStack(command: string, values: Readonly<Record<string, string>> = {}): Promise<string> {
  return shell.readmeSays(command, { values, cwd: join(stacks, 'shop-dev') });
}

/** The emulator finds the task definition and its network, and can't add up the sizes of what has none per container. */
async function starts(family: string, command: readonly string[], typed: Promise<string>): Promise<void> {
  await expect(typed).rejects.toThrow(/\(EmulatorGap\) when calling the RunTask operation: ecs RunTask: TypeError/);
  const { taskDefinition } = await ask<TaskDefinition>(
    identity,
    'ecs',
    'AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition',
    { taskDefinition: family },
  );
  expect(taskDefinition.containerDefinitions[0]?.command.slice(0, command.length)).toEqual(command);
}

/** What no line of the README says. */
function aside(command: string): Promise<string> {
  return shell.type(command, '', join(stacks, 'shop-dev'));
}

/** As pipelines do it. */
async function reviewed(): Promise<void> {
  const files = 'terraform show -json plan.out > plan.json && terraform show -no-color plan.out > plan.txt';
  await aside(files);
  const at = (file: string) => join(stacks, 'shop-dev', file);
  const command = 'npx terrace reviewed <stack> --json <file> --text <file> --to <folder>';
  const values = {
    '<stack>': 'shop-dev',
    '--json <file>': `--json ${at('plan.json')}`,
    '--text <file>': `--text ${at('plan.txt')}`,
    '<folder>': 'reviewed',
  };
  await shell.readmeSays(command, { values });
  expect(readFileSync(join(home.path, 'reviewed', 'shop-dev.md'), 'utf8')).toContain('aws_lb_listener.alb_https');
}

async function outputs(): Promise<Outputs> {
  const said = JSON.parse(await aside('terraform output -json')) as { [Key in keyof Outputs]: { value: Outputs[Key] } };
  const { url, name_servers, cluster_name, next_steps } = said;
  return {
    url: url.value,
    name_servers: name_servers.value,
    cluster_name: cluster_name.value,
    next_steps: next_steps.value,
  };
}

function commandIn(step: string): string {
  return /: (aws .*)$/.exec(step)?.[1] ?? '';
}

function change(by: (yaml: string) => string): void {
  const file = join(home.path, 'environments', 'shop', 'dev.yaml');
  writeFileSync(file, by(readFileSync(file, 'utf8')));
}
