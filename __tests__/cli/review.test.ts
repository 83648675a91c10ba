import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verdictCalled } from '../../src/tools/review/verdict';
import { planned, planOf } from '../support/plan';
import { emptyFolder, run } from '../support/program';

const EXPECTED = 'plan.json: expected what "terraform show -json" prints of a plan, got';
const SHOW = '"terraform show -json plan.out > plan.json" makes it';

const queue = { name: 'jobs', delay_seconds: 0 };
const dangerous = planOf(planned('aws_sqs_queue.jobs', 'delete', queue));
const quiet = planOf(planned('aws_sqs_queue.jobs', 'update', queue, { ...queue, delay_seconds: 5 }));

test.each([
  ['an empty file', '', `an empty file: ${SHOW}`],
  ['text', 'hello', `something that is not JSON: ${SHOW}`],
  [
    'the text of a plan',
    '\nTerraform will perform the following actions:\n\n  # aws_vpc.a will be created\n',
    `what Terraform prints for people to read: ${SHOW}`,
  ],
  [
    'the messages of terraform plan -json',
    '{"@level":"info","@message":"Terraform 1.11.4","type":"version"}\n{"@level":"info"}\n',
    `the messages that "terraform plan -json" prints while it works: keep the plan with -out, and ${SHOW}`,
  ],
  ['a plan that is cut off', JSON.stringify(quiet).slice(0, 100), `JSON that breaks off after 100 characters: ${SHOW}`],
  ['broken JSON', '{"format_version":"1.2",}', `JSON with a mistake in it: ${SHOW}`],
  [
    'a state file',
    '{"version":4,"terraform_version":"1.11.4","serial":3,"lineage":"a","resources":[]}',
    `a state file, which tells what there is and not what will change: show the plan instead, ${SHOW}`,
  ],
  [
    'a state',
    '{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{}}}',
    `a state, which tells what there is and not what will change: show the plan instead, ${SHOW}`,
  ],
  [
    'a newer format',
    '{"format_version":"2.0","planned_values":{}}',
    'its format 2.0, which is newer than the 1.x that is read here',
  ],
  ['schemas', '{"format_version":"1.0","provider_schemas":{}}', 'the schemas of providers'],
  ['a validation', '{"format_version":"1.0","valid":true}', 'what "terraform validate -json" prints'],
  [
    'a configuration',
    '{"//":{},"terraform":{},"resource":{}}',
    `a configuration: "terrace diff" compares what is synthesized, and of a plan ${SHOW}`,
  ],
  ['another JSON', '[1]', `JSON of something else: ${SHOW}`],
  [
    'a plan whose changes are none',
    '{"format_version":"1.2","resource_changes":[{"address":"a"}]}',
    'one whose resource_changes[0] has no address, type or change',
  ],
  [
    'a plan with an action that nobody knows',
    JSON.stringify(quiet).replace('["update"]', '["frobnicate"]'),
    'one with an action that is not known here, ["frobnicate"] of aws_sqs_queue.jobs: nobody can tell what it would do',
  ],
  [
    'a plan that has lost its changes',
    '{"format_version":"1.2","planned_values":{"root_module":{"child_modules":[{"resources":[{"mode":"managed"}]}]}}}',
    `one that is cut: it plans resources, and has no resource_changes that tell what becomes of them: ${SHOW}`,
  ],
  [
    'an output with an action that nobody knows',
    '{"format_version":"1.2","output_changes":{"url":{"actions":["read","delete"]}}}',
    'one with an action that is not known here, ["read","delete"] of output.url: nobody can tell what it would do',
  ],
])('%s is no plan: one line and exit code 2', (_, text, got) => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'plan.json'), text);
  expect(run('terrace', ['review', 'plan.json'], folder)).toEqual({
    status: 2,
    stdout: '',
    stderr: `${EXPECTED} ${got}\n`,
  });
});

test('a plan file, a gzip file, a folder, no file and far too much are no plans either', () => {
  const folder = emptyFolder();
  const refused = (file: string) => {
    const { status, stdout, stderr } = run('terrace', ['review', file], folder);
    expect([status, stdout]).toEqual([2, '']);
    return stderr;
  };
  writeFileSync(join(folder, 'plan.out'), Buffer.from('PK\x03\x04rest', 'latin1'));
  writeFileSync(join(folder, 'plan.gz'), Buffer.from('\x1f\x8brest', 'latin1'));
  mkdirSync(join(folder, 'plans'));
  writeFileSync(join(folder, 'large.json'), '');
  truncateSync(join(folder, 'large.json'), 200 * 1024 * 1024);
  const expected = 'expected what "terraform show -json" prints of a plan, got';
  expect(refused('plan.out')).toBe(
    `plan.out: ${expected} the plan file itself, which only Terraform can read: ${SHOW}\n`,
  );
  expect(refused('plan.gz')).toBe(`plan.gz: ${expected} a gzip file: unpack it first\n`);
  expect(refused('plans')).toBe(`plans: ${expected} a folder\n`);
  expect(refused('missing.json')).toBe(`missing.json: ${expected} nothing: there is no such file\n`);
  expect(refused('large.json')).toBe(
    `large.json: ${expected} 200 MB, which is more than the 128 MB that are read: plan the stack in parts\n`,
  );
});

test('a plan of nothing is one, and Terraform leaves out its changes', () => {
  const folder = emptyFolder();
  const empty = { format_version: '1.2', planned_values: { root_module: {} }, configuration: { root_module: {} } };
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(empty));
  expect(run('terrace', ['review', 'plan.json'], folder)).toMatchObject({ status: 0, stderr: '' });
});

test.each([
  [['review', '--bogus'], "error: unknown option '--bogus'\n"],
  [['review'], "error: missing required argument 'plan.json'\n"],
  [['cost', '--bogus'], "error: unknown option '--bogus'\n"],
  [['bogus'], "error: unknown command 'bogus'\n"],
])('%s is no command line: exit code 2', (args, stderr) => {
  expect(run('terrace', args, emptyFolder())).toEqual({ status: 2, stdout: '', stderr });
});

test('who asks for help or the commands gets them, and 0', () => {
  expect(run('terrace', ['review', '--help'], emptyFolder())).toMatchObject({ status: 0, stderr: '' });
});

test('what PowerShell has written in UTF-16 is read', () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'plan.json'), Buffer.from(`\uFEFF${JSON.stringify(dangerous)}`, 'utf16le'));
  expect(run('terrace', ['review', 'plan.json'], folder).stdout.split('\n')[0]).toBe('LOSES DATA: shop-prod');
});

test('the first lines say whether to stop', () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(dangerous));
  const { status, stdout } = run('terrace', ['review', 'plan.json'], folder);
  expect(status).toBe(0);
  expect(stdout).toBe(`LOSES DATA: shop-prod
Stop: loses data (1)
Do not approve this before you know that the data named here may go.
  loses data: the queue "jobs" is destroyed, and the messages in it with it

LOSES DATA (1)

the queue "jobs" is destroyed, and the messages in it with it
    aws_sqs_queue.jobs
    what happens: its messages are gone; for 60 seconds no queue of this name can be made (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html)
    instead: keep it in the YAML; or stop the senders and let the readers empty it first
`);
});

test('several plans are one report, the worst first, as text and as JSON', () => {
  const folder = emptyFolder();
  const dev = JSON.parse(JSON.stringify(quiet).replaceAll('shop-prod', 'shop-dev')) as object;
  writeFileSync(join(folder, 'dev.json'), JSON.stringify(dev));
  writeFileSync(join(folder, 'prod.json'), JSON.stringify(dangerous));
  const files = ['dev.json', 'prod.json'];
  expect(
    run('terrace', ['review', ...files], folder)
      .stdout.split('\n')
      .slice(0, 5),
  ).toEqual([
    'LOSES DATA: 2 plans',
    'Stop: loses data (1), changes behaviour (1)',
    'Do not approve this before you know that the data named here may go.',
    '  loses data: shop-prod: the queue "jobs" is destroyed, and the messages in it with it',
    '  changes behaviour: shop-dev: the queue "jobs" changes (delay_seconds 0 -> 5)',
  ]);
  const json = JSON.parse(run('terrace', ['review', ...files, '--format', 'json'], folder).stdout) as object;
  expect(json).toMatchObject({
    verdict: 'loses-data',
    stacks: [
      { stack: 'shop-prod', verdict: 'loses-data' },
      { stack: 'shop-dev', verdict: 'behaviour' },
    ],
    findings: [
      { stack: 'shop-prod', verdict: 'loses-data', address: 'aws_sqs_queue.jobs' },
      { stack: 'shop-dev', verdict: 'behaviour', attribute: 'delay_seconds', before: '0', after: '5' },
    ],
  });
});

test('--fail-on ends with 3 when something at least as bad is found', () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'loss.json'), JSON.stringify(dangerous));
  writeFileSync(join(folder, 'quiet.json'), JSON.stringify(quiet));
  const status = (file: string, failOn: string) => run('terrace', ['review', file, '--fail-on', failOn], folder).status;
  expect(status('loss.json', 'loss')).toBe(3);
  expect(status('loss.json', 'loses-data')).toBe(3);
  expect(status('loss.json', 'unknown')).toBe(3);
  expect(status('quiet.json', 'loss,outage')).toBe(0);
  expect(status('quiet.json', 'behaviour')).toBe(3);
  expect(status('quiet.json', 'unknown')).toBe(3);
  expect(status('quiet.json', 'loss,unknown')).toBe(0);
  expect(run('terrace', ['review', 'quiet.json', '--fail-on', 'los'], folder)).toEqual({
    status: 2,
    stdout: '',
    stderr:
      '--fail-on: expected loses-data (or loss, data-loss), outage, exposure, costs-more (or cost, costs), behaviour (or behavior, changes-behaviour, changes-behavior), unknown, harmless, got "los"\n',
  });
  expect(run('terrace', ['review', 'quiet.json', '--format', 'xml'], folder)).toMatchObject({ status: 2, stdout: '' });
});

test.each([
  ['loses-data', ['loss', 'data-loss', 'loses data', 'Loses_Data']],
  ['costs-more', ['cost', 'costs', 'costs more']],
  ['behaviour', ['behavior', 'changes-behaviour', 'changes behavior']],
  ['outage', ['OUTAGE ']],
] as const)('%s may be called %o', (verdict, names) => {
  expect(names.map(verdictCalled)).toEqual(names.map(() => verdict));
  expect(verdictCalled('harm')).toBeUndefined();
});

test('--help lists all that --fail-on takes', () => {
  const { stdout } = run('terrace', ['review', '--help'], emptyFolder());
  const help = stdout.replace(/\s+/g, ' ');
  expect(help).toContain(
    'end with 3 when something at least as bad is found: loses-data (or loss, data-loss), outage, exposure, costs-more (or cost, costs), behaviour (or behavior, changes-behaviour, changes-behavior), unknown, harmless; of several, separated by commas, the mildest counts',
  );
});

test('"-" is what comes on standard input', () => {
  const folder = emptyFolder();
  const piped = (text: string) => run('terrace', ['review', '-'], folder, text);
  expect(piped(JSON.stringify(dangerous)).stdout.split('\n')[0]).toBe('LOSES DATA: shop-prod');
  const foreign = { ...dangerous, configuration: {} };
  expect(piped(JSON.stringify(foreign)).stdout.split('\n')[0]).toBe('LOSES DATA: standard input');
  expect(piped('')).toEqual({
    status: 2,
    stdout: '',
    stderr: `standard input: expected what "terraform show -json" prints of a plan, got an empty file: ${SHOW}\n`,
  });
});

test('a plan that failed or covers a part says so', () => {
  const folder = emptyFolder();
  const findings = (more: object) => {
    writeFileSync(join(folder, 'plan.json'), JSON.stringify({ ...planOf(), ...more }));
    const { stdout } = run('terrace', ['review', 'plan.json', '--format', 'json'], folder);
    return (JSON.parse(stdout) as { findings: { verdict: string; reason: string }[] }).findings.map(
      ({ verdict, reason }) => `${verdict}: ${reason}`,
    );
  };
  expect(findings({})).toEqual([]);
  expect(findings({ errored: true })).toEqual([
    'unknown: making this plan failed: what Terraform had not come to yet is missing from it',
  ]);
  expect(findings({ complete: false })).toEqual([
    'unknown: this plan covers only a part of the configuration (-target, or what Terraform has put off): the rest is missing from it',
  ]);
});
