import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '../support/files';
import { planned, planOf } from '../support/plan';
import { run } from '../support/program';

const DEV = `region: us-east-1
state: local
protect: false
sqs:
  - { name: jobs }
  - { name: mails }
buckets:
  - { name: media }
`;

test('a stack that is not committed yet is reviewed, with the line that caused each finding', () => {
  const { home, write } = repository();
  write('dev', DEV.replace('name: mails }', 'name: mails, visibility_timeout_seconds: 60 }'));
  const { status, stdout, stderr } = run('terrace', ['diff', 'demo-dev', '--format', 'json'], home);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '1 of 1 stacks differ from HEAD\n' });
  expect(JSON.parse(stdout)).toMatchObject({
    stack: 'demo-dev',
    verdict: 'behaviour',
    findings: [
      {
        address: 'aws_sqs_queue.queue_mails',
        attribute: 'visibility_timeout_seconds',
        yaml: {
          file: 'environments/demo/dev.yaml',
          line: 6,
          path: 'sqs[mails].visibility_timeout_seconds',
          text: '  - { name: mails, visibility_timeout_seconds: 60 }',
        },
      },
    ],
  });
});

test('since a revision all stacks are reviewed, and lost data ends with 3 until it is accepted in the file', () => {
  const { home, write } = repository();
  const without = DEV.replace('buckets:\n  - { name: media }\n', '');
  write('dev', without);
  const args = ['diff', '--since', 'HEAD', '--fail-on', 'loss', '--today', '2026-11-01'];
  const lost = run('terrace', args, home);
  expect(lost.status).toBe(3);
  expect(lost.stdout).toContain('environments/demo/dev.yaml:8:5 buckets[media] (removed): - { name: media }');
  const [, block = ''] = /^accept:\n((?: .*\n)+)/m.exec(lost.stdout) ?? [];
  const filled = block.replace(/reason: #.*/g, 'reason: nobody needs it').replace(/until: #.*/g, 'until: 2026-12-31');
  write('dev', `${without}accept:\n${filled}`);
  const accepted = run('terrace', args, home);
  expect(accepted.status).toBe(0);
  expect(accepted.stdout).toContain('accepted until 2026-12-31: nobody needs it');
  const late = run('terrace', [...args.slice(0, -1), '2027-01-01'], home);
  expect(late.status).toBe(3);
  expect(late.stderr).toMatch(
    /^environments\/demo\/dev.yaml:\d+:\d+ accept\[0\].until: expected a day from 2027-01-01 on/,
  );
  write('dev', `${DEV}accept:\n${filled}`);
});

test('an acceptance that is new and fits nothing is refused where nothing changes too; one that was there may wait for its apply', () => {
  const { home, write, commit } = repository();
  const left = `${DEV}accept:
  - { address: aws_s3_bucket.bucket_old, verdict: loses-data, reason: moved, until: 2026-12-31, change: c0123456789abcdef }
`;
  write('dev', left);
  const diff = (today: string) => run('terrace', ['diff', 'demo-dev', '--today', today], home);
  const message =
    'environments/demo/dev.yaml:10:16 accept[0].address: expected the address of something that changes here, got "aws_s3_bucket.bucket_old", of which nothing does: remove the acceptance once its change is applied';
  expect(diff('2026-11-01')).toEqual({
    status: 1,
    stdout: `HARMLESS: demo-dev
Nothing changes, refused acceptances (1)
There is nothing to approve.

REFUSED ACCEPTANCES

  ${message}
`,
    stderr: `${message}\n0 of 1 stacks differ from HEAD\n`,
  });
  commit();
  expect(diff('2026-11-01')).toMatchObject({ status: 0, stderr: '0 of 1 stacks differ from HEAD\n' });
  expect(diff('2027-01-01')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('accept[0].until: expected a day from 2027-01-01 on, got "2026-12-31"'),
  });
});

test('a stack that does not change is called by its name', () => {
  const { home } = repository();
  expect(run('terrace', ['diff', 'demo-dev'], home).stdout).toBe(
    'HARMLESS: demo-dev\nNothing changes\nThere is nothing to approve.\n',
  );
  expect(JSON.parse(run('terrace', ['diff', 'demo-dev', '--format', 'json'], home).stdout)).toEqual({
    verdict: 'harmless',
    stack: 'demo-dev',
    findings: [],
    refused: [],
  });
});

test('a list of acceptances that is wrong is told at its line, and the review all the same', () => {
  const { home, write } = repository();
  const change = planned('aws_sqs_queue.queue_jobs', 'delete', { name: 'demo-dev-jobs' });
  const tags = { expressions: { default_tags: [{ tags: { constant_value: { stack: 'demo-dev' } } }] } };
  writeFileSync(
    join(home, 'plan.json'),
    JSON.stringify({ ...planOf(change), configuration: { provider_config: { aws: tags } } }),
  );
  write('dev', `${DEV}accept:\n  - { address: aws_sqs_queue.queue_jobs, verdict: loses-data }\n`);
  const review = (...more: string[]) => run('terrace', ['review', 'plan.json', ...more], home);
  const messages = [
    'environments/demo/dev.yaml:10:5 accept[0].reason: expected the reason in words, got nothing',
    'environments/demo/dev.yaml:10:5 accept[0].until: expected a day such as "2026-12-31", got nothing',
    'environments/demo/dev.yaml:10:5 accept[0].change: expected the word after "change:" that the review prints with the finding, such as "c0123456789abcdef", got nothing',
  ];
  const { status, stdout, stderr } = review();
  expect([status, stderr.trim().split('\n')]).toEqual([1, messages]);
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    'LOSES DATA: demo-dev',
    'Stop: loses data (1), refused acceptances (3)',
  ]);
  expect(review('--fail-on', 'loss').status).toBe(3);
  write('dev', 'sqs: [');
  expect(review().stderr).toMatch(/^environments\/demo\/dev.yaml:1:\d+ /);
});

test('a renamed thing with "was" is no destruction, one without is', () => {
  const { home, write } = repository();
  const verdict = () => JSON.parse(run('terrace', ['diff', 'demo-dev', '--format', 'json'], home).stdout).verdict;
  write('dev', DEV.replace('name: media', 'name: pictures, bucket_name: demo-media-dev, was: media'));
  const kept = verdict();
  write('dev', DEV.replace('name: media', 'name: pictures'));
  expect([kept, verdict()]).toEqual([expect.stringMatching(/^(?:behaviour|harmless)$/), 'loses-data']);
});

test('a plan is traced to what changed since a revision, not to all that says the same', () => {
  const { home, write } = repository();
  write('dev', DEV.replace('protect: false', 'protect: false\ntags: { team: shop }'));
  const queue = { name: 'demo-dev-jobs', url: 'https://sqs/jobs' };
  const change = planned(
    'aws_sqs_queue.queue_jobs',
    'update',
    { ...queue, tags_all: {} },
    { ...queue, tags_all: { team: 'shop' } },
  );
  const tags = { expressions: { default_tags: [{ tags: { constant_value: { stack: 'demo-dev' } } }] } };
  const plan = { ...planOf(change), configuration: { provider_config: { aws: tags } } };
  writeFileSync(join(home, 'plan.json'), JSON.stringify(plan));
  const traced = (...since: string[]) =>
    JSON.parse(run('terrace', ['review', 'plan.json', '--format', 'json', ...since], home).stdout).findings[0].yaml;
  expect([traced().path, traced('--since', 'HEAD').path]).toEqual(['sqs[jobs]', expect.stringMatching(/^tags/)]);
});

test('two stacks are told apart by section, without a verdict', () => {
  const { home, write } = repository();
  write(
    'prod',
    DEV.replace('{ name: mails }', '{ name: mails, visibility_timeout_seconds: 60 }').replace(
      'buckets:\n  - { name: media }\n',
      '',
    ),
  );
  expect(run('terrace', ['diff', 'demo-dev', 'demo-prod'], home).stdout).toMatch(
    /^demo-dev \| demo-prod\n\nbuckets\n {2}buckets\[media\]: .* \| \(nothing\)\n\nsqs\n {2}sqs\[mails\]\.visibility_timeout_seconds: 30 \| 60\n$/,
  );
  write('prod', DEV.replace('name: media', 'name: media, bucket_name: demo-prod-pictures'));
  write('dev', DEV.replace('name: media', 'name: media, bucket_name: demo-dev-media'));
  expect(run('terrace', ['diff', 'demo-dev', 'demo-prod'], home).stdout).toBe(
    'demo-dev | demo-prod\n\nbuckets\n  buckets[media].bucket_name: "demo-dev-media" | "demo-prod-pictures"\n',
  );
  expect(run('terrace', ['diff', 'demo-dev', 'demo-dev'], home).stdout).toBe('demo-dev and demo-dev say the same\n');
});

test('what can not be compared is refused in a line', () => {
  const { home } = repository();
  expect(run('terrace', ['diff'], home)).toMatchObject({
    status: 1,
    stderr: 'expected a stack, two stacks, or --since with a git revision, got nothing to compare\n',
  });
  expect(run('terrace', ['diff', 'demo-def'], home)).toMatchObject({
    status: 1,
    stderr: 'expected the name of a stack, got "demo-def": did you mean "demo-dev"?\n',
  });
  expect(run('terrace', ['diff', 'demo-dev', '--today', 'tomorrow'], home)).toMatchObject({
    status: 2,
    stderr: '--today: expected a day such as 2026-12-31, got "tomorrow"\n',
  });
});

function repository() {
  const home = folder({ 'environments/demo/dev.yaml': DEV });
  const git = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: home });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'a demo');
  const write = (env: string, text: string) => writeFileSync(join(home, `environments/demo/${env}.yaml`), text);
  return { home, write, commit: () => git('commit', '-aqm', 'more') };
}
