import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { clone, writeInto } from './support/clone';
import { HEAD } from './support/converted';
import { root } from './support/program';
import { type } from './support/shell';

// Every command that the README and docs/ name is run by a test, as it stands there: here where it needs Node alone, and by
// the file that is named where it needs more.

/** What is typed for a command, where it has placeholders or somebody answers, and what it leaves behind. */
interface Typed {
  readonly as?: string;
  readonly answers?: string;
  readonly before?: () => void;
  readonly says?: RegExp;
  readonly writes?: string;
}

/** Recording the addresses of every shipped stack takes the longest. */
const MILLISECONDS = 600_000;

const home = clone();
afterAll(() => home.remove());

const pipeline = `account: { github_oidc: true }
pipeline: { github: { repository: acme/infrastructure } }
`;
const plan = { format_version: '1.2', resource_changes: [] };
const dev = 'environments/shop/dev.yaml';

/** In this order, one after the other in one clone. */
const here: Readonly<Record<string, Typed>> = {
  'npx terrace convert <file>': {
    as: 'npx terrace convert old/dev.yaml',
    before: () => writeInto(home.path, 'old/dev.yaml', HEAD),
    says: /^project: shop$/m,
  },
  'npx terrace convert old/dev.yaml --to environments/shop/dev.yaml': {
    says: /^old\/dev\.yaml:1:1 project kept$/m,
    writes: dev,
  },
  'npx terrace init': {
    before: () => rmSync(join(home.path, dev), { force: true }),
    answers: 'shop\neu-central-1\nexample.com\npostgres\n',
    writes: dev,
  },
  'npm run synth': { says: /2 stacks: shop-bootstrap, shop-dev/, writes: 'cdktf.out/stacks/shop-dev/cdk.tf.json' },
  'npm run synth:hcl': { says: /2 stacks/, writes: 'cdktf.out/stacks/shop-dev/cdk.tf' },
  'npm run golden': {
    before: () => cpSync(join(root, 'environments'), join(home.path, 'environments'), { recursive: true }),
    writes: '__tests__/golden/shop-dev.addresses.txt',
  },
  'npx terrace validate [file or folder …]': {
    as: `npx terrace validate ${dev}`,
    before: () => {
      for (const system of readdirSync(join(root, 'environments')))
        rmSync(join(home.path, 'environments', system), { recursive: true });
    },
    says: /^1 environment is sound: shop-dev$/m,
  },
  'npx terrace spec <file>': { as: `npx terrace spec ${dev}`, says: /^project: shop$/m },
  'npx terrace cost <stack>': {
    as: 'npx terrace cost other-dev',
    before: () => writeInto(home.path, 'environments/other/dev.yaml', 'region: us-east-1\nsqs: [{ name: jobs }]\n'),
    says: /aws_nat_gateway|NAT/,
  },
  'npx terrace schema': { says: /"\$schema"/ },
  'npx terrace schema > schema/environment.json': { writes: 'schema/environment.json' },
  'npx terrace changed --since <revision>': {
    as: 'npx terrace changed --since HEAD',
    before: () => {
      git('init', '-q', '.');
      git('add', '.');
      git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'first');
      git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    },
    says: /^$/,
  },
  'npx terrace diff <stack>': { as: 'npx terrace diff shop-dev', says: /nothing/i },
  'npx terrace diff --since <revision> [<stack> …]': { as: 'npx terrace diff --since HEAD', says: /nothing/i },
  'npx terrace diff <stack> <stack>': { as: 'npx terrace diff shop-dev shop-dev' },
  'npx terrace diagram <stack> [--format svg\\|mermaid] [--to <file>]': {
    as: 'npx terrace diagram shop-dev --to shop-dev.svg',
    writes: 'shop-dev.svg',
  },
  'npx terrace changed --since origin/main': {
    before: () => writeInto(home.path, 'environments/shop/base.yaml', 'buckets: [{ name: media }]\n'),
    says: /^changed shop-dev$/m,
  },
  'npx terrace export <stack…> --to <folder>': {
    as: 'npx terrace export shop-dev --to plans',
    writes: 'plans/shop-dev/README.md',
  },
  'npx terrace export shop-bootstrap shop-dev --to handover': { writes: 'handover/shop-bootstrap/cdk.tf.json' },
  'npx terrace pipelines [--to <folder>]': {
    as: 'npx terrace pipelines --to elsewhere',
    before: () => writeInto(home.path, 'environments/shop/base.yaml', pipeline),
    writes: 'elsewhere/atlantis.yaml',
  },
  'npx terrace pipelines': { writes: '.github/workflows/plan.yml' },
  'npx terrace review <plan.json …>': {
    as: 'npx terrace review plan.json',
    before: () => writeInto(home.path, 'plan.json', JSON.stringify(plan)),
    says: /^HARMLESS/,
  },
  'npx terrace review plan.json': { says: /^HARMLESS/ },
  'npx terrace exposure <stack>': { as: 'npx terrace exposure shop-dev', says: /who reaches it from outside/ },
  'npx terrace exposure shop-dev': { says: /aws_db_instance\.database/ },
  'npx terrace reviewed <stack> --json <file> --text <file> --to <folder>': {
    as: 'npx terrace reviewed shop-dev --json plan.json --text plan.txt --to reviewed',
    before: () => writeInto(home.path, 'plan.txt', 'No changes.\n'),
    writes: 'reviewed/shop-dev.md',
  },
};

/** Commands that need Terraform, an account or the whole project, by the file that runs them. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  '.ci/run': ['npm ci && npm run synth', 'npm ci && npm test', 'npm run e2e'],
  'e2e/day-one.e2e.ts': [
    'npx cdktf synth',
    'npx cdktf deploy shop-bootstrap',
    'npx cdktf deploy shop-bootstrap --migrate-state',
    'npx cdktf diff shop-dev',
    'npx cdktf deploy shop-dev',
    'terraform init',
    'terraform plan -out=plan.out',
    'terraform apply plan.out',
    'aws ecs run-task --cluster <cluster_name> --launch-type FARGATE --enable-ecs-managed-tags --propagate-tags TASK_DEFINITION --task-definition <project>-<env>-database-user --network-configuration "$(terraform output -raw task_network)"',
    'aws ecs execute-command --cluster <cluster_name> --task <id> --container <name> --interactive --command sh',
    `for stack in $(npx terrace changed --since origin/main --json | jq -r '.added[], .changed[]'); do npx terrace export "$stack" --to plans terraform -chdir="plans/$stack" init -input=false -backend-config=backend-config.hcl terraform -chdir="plans/$stack" plan -input=false done`,
  ],
  'e2e/support/locks.ts': ['terraform force-unlock <ID>'],
  'e2e/outages.e2e.ts': ['terraform state push errored.tfstate', 'terraform untaint <address>'],
};

/** Commands that no test runs, and why. */
const notRun: Readonly<Record<string, string>> = {
  'terraform init -backend-config=<its file>': '__tests__/handover.test.ts gives a file of somebody’s own',
  'terraform workspace new': 'the README says what it would do wrong',
  'npm run e2e -- --all': 'an hour or two of what npm run e2e does',
  'npm run e2e -- <part of a name>': 'a part of what npm run e2e does',
  'npm run bench': 'it measures for minutes and proves nothing',
  'npx terrace diagram fckdoomscroll-prod': '__tests__/diagrams.test.ts draws it',
  'npm run corpus -- <case or stack>': 'it applies whole stacks first; __tests__/corpus.test.ts tests its making',
  'npm run replacing': 'it asks the provider for minutes; what it has said is committed',
  'terraform show -json plan.out > plan.json': 'every plan of corpus/ is what it prints',
  'npm run cdktn': 'it installs 500 MB; __tests__/cdktn.test.ts is the test, for TERRACE_CDKTN=1',
};

test('every command in the README and in docs/ is run by a test, and the lists have no others', () => {
  const known = [...Object.keys(here), ...Object.values(elsewhere).flat(), ...Object.keys(notRun)];
  expect(documents().flatMap(commandsIn).sort().filter(first)).toEqual(known.sort());
});

test('a command without a test is noticed, in a block and in a line', () => {
  const text =
    'See `npx terrace fly --high`.\n\n1. so:\n   ```sh\n   npx terrace land \\\n     --soft # slowly\n   ```\n';
  expect(commandsIn(text)).toEqual(['npx terrace land --soft', 'npx terrace fly --high']);
});

for (const [file, commands] of Object.entries(elsewhere)) {
  test(`${file} runs what it is named for`, () => {
    const text = oneLine(readFileSync(join(root, file), 'utf8').replaceAll(' --silent', ''));
    const parts = commands.flatMap((command) => (file === '.ci/run' ? command.split(' && ') : [command]));
    expect(parts.filter((part) => !text.includes(part))).toEqual([]);
  });
}

describe.sequential('as the README has it', () => {
  for (const [command, { as = command, answers, before, says, writes }] of Object.entries(here)) {
    test(
      command,
      async () => {
        before?.();
        const env = { ...withoutVitest(), ...home.env };
        const { status, stdout, stderr } = await type(as, home.path, env, answers);
        expect({ status, stderr: status === 0 ? '' : stderr + stdout }).toEqual({ status: 0, stderr: '' });
        if (says) expect(stdout).toMatch(says);
        if (writes) expect(existsSync(join(home.path, writes))).toBe(true);
      },
      MILLISECONDS,
    );
  }
});

function documents(): string[] {
  const docs = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'));
  return ['README.md', ...docs.map((file) => `docs/${file}`)].map((file) => readFileSync(join(root, file), 'utf8'));
}

/** Lines of blocks for a shell, of which a loop is one, and what is between backticks in a text. */
function commandsIn(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].map(([, block = '']) => block);
  const lines = blocks.flatMap((block) => {
    const whole = block.replaceAll(/\\\n/g, ' ').replaceAll(/ +# .*$/gm, '');
    return whole.match(/^ *for [\s\S]*?^ *done$|^.*\S.*$/gm) ?? [];
  });
  const text = markdown.replaceAll(/^ *```[\s\S]*?^ *```/gm, '');
  const spans = [...text.matchAll(/`((?:npm|npx|node|terraform|tofu|aws|git)\s[^`]+)`/g)].map(([, span = '']) => span);
  return [...lines, ...spans].map(oneLine);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function first(command: string, index: number, all: readonly string[]): boolean {
  return all.indexOf(command) === index;
}

function git(...args: string[]): void {
  spawnSync('git', args, { cwd: home.path });
}

/** A vitest that is started here is none of this one's workers. */
function withoutVitest(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^VITEST|^NODE_ENV$|^TEST$/.test(name)));
}
