import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityOf } from './support/accounts';
import type { Identity } from './support/emulator';
import { makeStatePlace } from './support/fixtures';
import { locked, lockOf, unlock } from './support/locks';
import { Project } from './support/project';
import { needs } from './support/what-is-here';

// The lock of a state in S3: two who apply at once, and one who was killed.
const { skipped } = needs('emulator', 'two applies at once');

/** Queues take 25 s, because the provider waits: long enough for somebody else to come. */
const yaml = `
region: us-east-1
state: { bucket: demo-state, lock_table: demo-locks }
sqs: [{ name: jobs }, { name: mails }]
topics: [{ name: news }]
`;
const place = { bucket: 'demo-state', key: 'demo/dev/terraform.tfstate', table: 'demo-locks' };
const project = new Project({ 'demo/dev.yaml': yaml });
project.synthesize();
let identity: Identity;
afterAll(() => project.remove());

describe.skipIf(skipped)('the state of', () => {
  beforeAll(async () => {
    identity = await identityOf(project, 'demo-dev');
    await makeStatePlace(project, identity);
    await project.workdir('demo-dev', identity).init();
  });

  test('two who apply at once is whole: the second is refused with the name of the first', async () => {
    const [first, second] = [project.workdir('demo-dev', identity), project.workdir('demo-dev', identity)];
    const applying = first.start(['apply', '-no-color', '-auto-approve']);
    await locked(identity, place);
    const refused = await second.run(['apply', '-no-color', '-auto-approve']);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/Error acquiring the state lock[\s\S]*Operation: OperationTypeApply/);
    expect((await applying.ended).status).toBe(0);
    expect(await first.differences()).toEqual([]);
    expect((await first.addresses()).length).toBe(count());
  });

  test('one who was killed is locked until somebody unlocks it, and then goes on', async () => {
    const workdir = project.workdir('demo-dev', identity);
    const before = await workdir.addresses();
    project.write('demo/dev.yaml', `${yaml}buckets: [{ name: media }]\n`);
    project.synthesize();
    const applying = workdir.start(['apply', '-no-color', '-auto-approve']);
    await locked(identity, place);
    applying.signal('SIGKILL');
    await applying.ended;
    await unlock(workdir, await lockOf(workdir));
    await workdir.must(['apply', '-no-color', '-auto-approve']);
    expect(await workdir.differences()).toEqual([]);
    expect(await workdir.addresses()).toEqual(expect.arrayContaining(before));
    expect((await workdir.addresses()).length).toBe(count());
  });
});

function count(): number {
  return Object.values(project.json('demo-dev').resource).flatMap((named) => Object.keys(named)).length;
}
