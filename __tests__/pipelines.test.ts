import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { actionlint } from './support/actionlint';
import { folder } from './support/files';
import { emptyFolder, root, run } from './support/program';

const FILES = [
  '.github/workflows/plan.yml',
  '.github/workflows/apply.yml',
  '.github/workflows/drift.yml',
  'atlantis.yaml',
  '.gitlab-ci.yml',
  'pipelines/fckdoomscroll.yml',
];
const WORKFLOWS = FILES.filter((file) => file.endsWith('.yml') && !file.startsWith('.gitlab'));
const judge = actionlint();
if ('missing' in judge) console.warn(`SKIPPED: actionlint of ${WORKFLOWS.length} workflows, because ${judge.missing}`);

const DEMO = `region: eu-central-1
account_id: "111111111111"
pipeline: { github: { repository: acme/infra } }
workload: { backend_health_endpoint: /health }
services: [{ name: mailer }]
delivery:
  github: { subjects: ["repo:acme/app:environment:dev"] }
  deployer: { enabled: false }
`;

test('the committed pipelines are what the environments say now', () => {
  const to = emptyFolder();
  const { status, stdout } = run('terrace', ['pipelines', '--to', to], root);
  expect({ status, stdout }).toEqual({ status: 0, stdout: `6 files in ${to}: ${FILES.join(', ')}\n` });
  for (const file of FILES) expect(readFileSync(join(to, file), 'utf8')).toBe(readFileSync(join(root, file), 'utf8'));
});

test.skipIf('missing' in judge)('actionlint finds nothing in a workflow, and something in a broken one', () => {
  const program = 'program' in judge ? judge.program : '';
  const lint = (files: readonly string[], cwd: string) =>
    spawnSync(program, ['-no-color', '-shellcheck=', '-pyflakes=', ...files], { cwd, encoding: 'utf8' });
  expect(lint(WORKFLOWS, root)).toMatchObject({ status: 0, stdout: '' });
  const demo = pipelines(DEMO);
  expect(lint(['.github/workflows/plan.yml', '.github/workflows/apply.yml', 'pipelines/demo.yml'], demo)).toMatchObject(
    {
      status: 0,
      stdout: '',
    },
  );
  const broken = readFileSync(join(root, WORKFLOWS[0] ?? ''), 'utf8').replaceAll('matrix.stack', 'matrix_stack');
  expect(lint(['broken.yml'], folder({ 'broken.yml': broken })).stdout).toContain('matrix_stack');
});

test('every action is pinned by its commit, with the release behind it', () => {
  const used = WORKFLOWS.flatMap((file) => readFileSync(join(root, file), 'utf8').match(/uses: .*/g) ?? []);
  expect(used.length).toBeGreaterThan(20);
  expect(used.filter((line) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
});

test('no workflow may do anything by default, and each job what it needs', () => {
  const permissions = (file: string) => {
    const { permissions, jobs } = workflow(root, file);
    return [permissions, Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, job.permissions]))];
  };
  const reading = { contents: 'read', 'id-token': 'write' };
  expect(permissions('.github/workflows/plan.yml')).toEqual([
    {},
    { changed: { contents: 'read' }, plan: { ...reading, 'pull-requests': 'write' } },
  ]);
  expect(permissions('.github/workflows/apply.yml')).toEqual([
    {},
    {
      changed: { contents: 'read' },
      plan: reading,
      apply: { ...reading, actions: 'read', 'pull-requests': 'read' },
    },
  ]);
  expect(permissions('.github/workflows/drift.yml')).toEqual([{}, { drift: { ...reading, issues: 'write' } }]);
  expect(permissions('pipelines/fckdoomscroll.yml')).toEqual([
    {},
    { test: { contents: 'read' }, dev: reading, prod: reading },
  ]);
});

test('an account that no file names is a variable of the repository, one for each system', () => {
  const { jobs } = workflow(pipelines(DEMO.replace(/account_id.*\n/, '')), '.github/workflows/plan.yml');
  expect(stacksOf(jobs['changed'])).toMatchObject({
    'demo-dev': { plan_role: 'arn:aws:iam::${{ vars.DEMO_ACCOUNT_ID }}:role/pipeline/demo-dev-plan' },
  });
});

test('a pull request plans the changed stacks side by side, as the roles of their files', () => {
  const { jobs } = workflow(pipelines(DEMO), '.github/workflows/plan.yml');
  expect(stacksOf(jobs['changed'])).toEqual({
    'demo-dev': {
      stack: 'demo-dev',
      region: 'eu-central-1',
      environment: 'demo-dev',
      plan_role: 'arn:aws:iam::111111111111:role/pipeline/demo-dev-plan',
      apply_role: 'arn:aws:iam::111111111111:role/pipeline/demo-dev-apply',
    },
  });
  expect(jobs['plan']?.strategy).toEqual({
    'fail-fast': false,
    matrix: { include: '${{ fromJSON(needs.changed.outputs.stacks) }}' },
  });
  expect(step(jobs['plan'], 'aws-actions/')?.with).toEqual({
    'role-to-assume': '${{ matrix.plan_role }}',
    'aws-region': '${{ matrix.region }}',
  });
});

test('a plan that loses data without acceptance ends its run, once the comment is there', () => {
  const { plan } = workflow(pipelines(DEMO), '.github/workflows/plan.yml').jobs;
  const names = plan?.steps.map(({ name }) => name);
  expect(names?.at(-2)).toBe('Comment');
  const review = plan?.steps.find(({ name }) => name === 'Review')?.run ?? '';
  expect(review).toContain(
    'npx terrace review "$RUNNER_TEMP/plan.json" --since "origin/$GITHUB_BASE_REF" --fail-on loss || code=$?',
  );
  expect(plan?.steps.at(-1)).toMatchObject({
    name: 'No data is lost without acceptance',
    if: "steps.review.outputs.code != '0'",
  });
});

test('an apply takes the other role behind the protected environment, and nothing but the plan that it compared', () => {
  const { jobs } = workflow(pipelines(DEMO), '.github/workflows/apply.yml');
  const { apply } = jobs;
  expect(apply?.environment).toBe('${{ matrix.environment }}');
  expect(step(apply, 'aws-actions/')?.with?.['role-to-assume']).toBe('${{ matrix.apply_role }}');
  const commands = apply?.steps.map(({ name, uses }) => name ?? uses?.split('@')[0]);
  expect(commands).toEqual([
    'What was reviewed',
    'actions/checkout',
    'actions/setup-node',
    undefined, // npm ci
    'hashicorp/setup-terraform',
    'aws-actions/configure-aws-credentials',
    'Plan',
    'Review',
    'The plan is the one that was reviewed',
    'Apply',
  ]);
  expect(apply?.steps.at(-1)?.run).toBe('terraform -chdir="plans/$STACK" apply -input=false plan.out');
});

test('an apply begins only on the branch, with a plan that nothing has stopped', () => {
  const { jobs } = workflow(pipelines(DEMO), '.github/workflows/apply.yml');
  expect(jobs['apply']?.if).toBe(
    "!cancelled() && github.ref == 'refs/heads/main' && needs.changed.result == 'success' && needs.changed.outputs.stacks != '[]' && (needs.plan.result == 'success' || needs.plan.result == 'skipped')",
  );
  expect(jobs['apply']?.concurrency).toEqual({ group: 'apply-${{ matrix.stack }}', 'cancel-in-progress': false });
  expect(jobs['plan']?.if).toBe(
    "github.event_name == 'workflow_dispatch' && github.ref == 'refs/heads/main' && needs.changed.outputs.stacks != '[]'",
  );
});

test('a fork plans nothing, and no plan is stopped in the middle, which would leave its lock', () => {
  const { jobs, concurrency } = workflow(pipelines(DEMO), '.github/workflows/plan.yml');
  expect(jobs['plan']?.if).toBe(
    "needs.changed.outputs.stacks != '[]' && github.event.pull_request.head.repo.full_name == github.repository",
  );
  expect(concurrency).toEqual({ group: 'plan-${{ github.ref }}', 'cancel-in-progress': false });
});

test('an apply ends where its plan is another than the reviewed one, and says what differs', () => {
  const { jobs } = workflow(pipelines(DEMO), '.github/workflows/apply.yml');
  const { run: compare = 'false' } =
    jobs['apply']?.steps.find(({ name }) => name === 'The plan is the one that was reviewed') ?? {};
  const ended = (fresh: string) => {
    const cwd = folder({ 'reviewed/demo-dev.json': '{"delay": 5}\n', 'fresh/demo-dev.json': fresh });
    const env = { PATH: process.env['PATH'], RUNNER_TEMP: cwd, STACK: 'demo-dev' };
    return spawnSync('bash', ['-eo', 'pipefail', '-c', compare], { cwd, env, encoding: 'utf8' });
  };
  expect(ended('{"delay": 5}\n').status).toBe(0);
  const { status, stdout } = ended('{"delay": 6}\n');
  expect(status).toBe(1);
  expect(stdout).toContain('-{"delay": 5}\n+{"delay": 6}\n');
  expect(stdout).toContain('::error::the plan of demo-dev is not the one that was reviewed');
});

test('no job keeps a plan, which holds the state: what is uploaded is the review alone', () => {
  for (const file of WORKFLOWS) {
    const uploads = Object.values(workflow(root, file).jobs).flatMap(({ steps }) =>
      steps.filter(({ uses }) => uses?.startsWith('actions/upload-artifact')),
    );
    for (const { with: given } of uploads) expect(given?.['path']).toBe('reviewed/');
  }
});

test('the changed stacks become the matrix, and those without roles a line in the summary', () => {
  const { jobs } = workflow(pipelines(DEMO), '.github/workflows/plan.yml');
  const [work, output, summary] = [emptyFolder(), 'output', 'summary'];
  const bin = folder({
    npx: `#!/bin/sh\necho '{"added":["demo-dev"],"changed":["demo-bootstrap"],"removed":["demo-old"]}'\n`,
  });
  spawnSync('chmod', ['+x', join(bin, 'npx')]);
  const found = jobs['changed']?.steps.find(({ name }) => name === 'Changed stacks');
  const { status } = spawnSync('bash', ['-eo', 'pipefail', '-c', found?.run ?? 'false'], {
    cwd: work,
    env: {
      PATH: `${bin}:${process.env['PATH']}`,
      RUNNER_TEMP: work,
      GITHUB_OUTPUT: join(work, output),
      GITHUB_STEP_SUMMARY: join(work, summary),
      GITHUB_BASE_REF: 'main',
      STACKS: String(found?.env?.['STACKS']),
    },
  });
  if (spawnSync('jq', ['--version']).status !== 0) return console.warn('SKIPPED: the matrix, because there is no jq');
  expect(status).toBe(0);
  expect(JSON.parse(readFileSync(join(work, output), 'utf8').replace('stacks=', ''))).toMatchObject([
    { stack: 'demo-dev', plan_role: 'arn:aws:iam::111111111111:role/pipeline/demo-dev-plan' },
  ]);
  expect(readFileSync(join(work, summary), 'utf8')).toBe(
    '- demo-bootstrap differs, and a person applies it: it has no role here\n- demo-old is gone from the files and still there in AWS: its last export destroys it\n',
  );
});

test('every night each stack is planned as the role that reads', () => {
  const drift = workflow(pipelines(DEMO), '.github/workflows/drift.yml');
  expect(drift.on).toEqual({ schedule: [{ cron: '17 3 * * *' }], workflow_dispatch: null });
  expect(drift.jobs['drift']?.strategy).toEqual({
    'fail-fast': false,
    matrix: {
      include: [
        {
          stack: 'demo-dev',
          region: 'eu-central-1',
          plan_role: 'arn:aws:iam::111111111111:role/pipeline/demo-dev-plan',
        },
      ],
    },
  });
});

test('Atlantis has a project for each stack, the bootstrap first', () => {
  const { projects } = parse(readFileSync(join(pipelines(DEMO), 'atlantis.yaml'), 'utf8'));
  expect(projects).toEqual(
    [
      ['demo-bootstrap', 0],
      ['demo-dev', 1],
    ].map(([name, group]) => ({
      name,
      dir: '.',
      workflow: 'terrace',
      execution_order_group: group,
      autoplan: { when_modified: ['environments/demo/*.yaml', 'functions/**', 'src/**', 'package-lock.json'] },
      plan_requirements: ['undiverged'],
      apply_requirements: ['approved', 'mergeable', 'undiverged'],
    })),
  );
});

test('GitLab plans each environment and applies it by hand, one at a time', () => {
  const jobs = parse(readFileSync(join(pipelines(DEMO), '.gitlab-ci.yml'), 'utf8'));
  expect(jobs['plan demo-dev']).toEqual({
    extends: '.plan',
    environment: { name: 'demo-dev', action: 'prepare' },
    variables: { STACK: 'demo-dev', AWS_REGION: 'eu-central-1' },
  });
  expect(jobs['apply demo-dev']).toEqual({
    extends: '.apply',
    needs: ['plan demo-dev'],
    environment: { name: 'demo-dev' },
    resource_group: 'demo-dev',
    variables: { STACK: 'demo-dev', AWS_REGION: 'eu-central-1' },
  });
  expect(jobs).not.toHaveProperty(['plan demo-bootstrap']);
});

test('an application is tested, pushed by its commit, deployed, asked and told of, in production last', () => {
  const { jobs } = workflow(root, 'pipelines/fckdoomscroll.yml');
  expect(Object.entries(jobs).map(([name, { needs, environment }]) => [name, needs, environment])).toEqual([
    ['test', undefined, undefined],
    ['dev', ['test'], 'dev'],
    ['prod', ['test', 'dev'], 'prod'],
  ]);
  const { prod } = jobs;
  expect(prod?.strategy).toEqual({
    'fail-fast': false,
    matrix: {
      include: [
        {
          service: 'fckdoomscroll-service',
          family: 'fckdoomscroll',
          container: 'app',
          repository: 'fckdoomscroll/app',
          context: '.',
          health: '/api/health',
        },
      ],
    },
  });
  expect(prod?.steps.map(({ name, uses }) => name ?? uses?.split('@')[0])).toEqual([
    'actions/checkout',
    'aws-actions/configure-aws-credentials',
    'Build and push',
    'Deploy',
    'Smoke test',
    'Notify',
  ]);
  expect(prod?.steps.find(({ name }) => name === 'Smoke test')?.env?.['URL']).toBe(
    'https://yourdomain.com${{ matrix.health }}',
  );
  const mailer = workflow(pipelines(DEMO), 'pipelines/demo.yml').jobs['dev']?.strategy;
  expect(mailer?.matrix.include).toMatchObject([{ context: '.' }, { context: 'mailer', health: '' }]);
});

test('a file that is somebody else’s is left alone', () => {
  const home = folder({ 'environments/demo/dev.yaml': DEMO });
  mkdirSync(dirname(join(home, '.github/workflows/plan.yml')), { recursive: true });
  writeFileSync(join(home, '.github/workflows/plan.yml'), 'name: ours\n');
  const { status, stderr } = run('terrace', ['pipelines'], home);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr:
      'expected no .github/workflows/plan.yml, or one that this command has written, got another: move it away, or name another folder with --to\n',
  });
  expect(existsSync(join(home, 'atlantis.yaml'))).toBe(false);
  expect(readFileSync(join(home, '.github/workflows/plan.yml'), 'utf8')).toBe('name: ours\n');
});

test('without pipeline.github there is no workflow, and the rest is written', () => {
  const home = folder({ 'environments/demo/dev.yaml': 'region: eu-central-1\n' });
  expect(run('terrace', ['pipelines'], home)).toMatchObject({
    status: 0,
    stdout: '2 files in .: atlantis.yaml, .gitlab-ci.yml\n',
  });
});

test('terrace reviewed writes the comment and what a later plan is compared with, and refuses what is no plan', () => {
  const change = {
    actions: ['create'],
    before: null,
    after: { password: 'hunter2hunter2' },
    after_sensitive: { password: true },
  };
  const home = folder({
    'plan.json': JSON.stringify({
      format_version: '1.2',
      resource_changes: [{ address: 'aws_x.y', type: 'aws_x', name: 'y', change }],
    }),
    'plan.txt': 'password = "hunter2hunter2"\nPlan: 1 to add, 0 to change, 0 to destroy.\n',
    'other.json': '{}',
  });
  const args = ['reviewed', 'demo-dev', '--json', 'plan.json', '--text', 'plan.txt', '--to', 'out'];
  expect(run('terrace', args, home)).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(JSON.parse(readFileSync(join(home, 'out/demo-dev.json'), 'utf8'))).toEqual({
    resources: [{ address: 'aws_x.y', actions: ['create'], before: null, after: { password: '(sensitive value)' } }],
    outputs: [],
  });
  const comment = readFileSync(join(home, 'out/demo-dev.md'), 'utf8');
  expect(comment).toContain('password = "(sensitive value)"');
  expect(comment.indexOf('aws_x.y')).toBeGreaterThan(0);
  expect(comment.indexOf('aws_x.y')).toBeLessThan(comment.indexOf('<summary>The plan</summary>'));
  expect(
    run(
      'terrace',
      args.map((each) => (each === 'plan.json' ? 'other.json' : each)),
      home,
    ),
  ).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^other.json: expected what "terraform show -json" prints of a plan, got JSON/),
  });
});

interface Job {
  readonly needs?: readonly string[];
  readonly environment?: string;
  readonly if?: string;
  readonly concurrency?: object;
  readonly permissions: object;
  readonly strategy?: { readonly matrix: { readonly include: unknown } };
  readonly steps: readonly Step[];
}

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly on: object;
  readonly permissions: object;
  readonly concurrency?: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

function workflow(home: string, file: string): Workflow {
  return parse(readFileSync(join(home, file), 'utf8')) as Workflow;
}

function step(job: Job | undefined, action: string): Step | undefined {
  return job?.steps.find(({ uses }) => uses?.startsWith(action));
}

function stacksOf(job: Job | undefined): unknown {
  return JSON.parse(String(job?.steps.at(-1)?.env?.['STACKS']));
}

/** A folder with the pipelines of one environment. */
function pipelines(dev: string): string {
  const home = folder({ 'environments/demo/dev.yaml': dev });
  const { status, stderr } = run('terrace', ['pipelines'], home);
  if (status !== 0) throw new Error(stderr);
  return home;
}
