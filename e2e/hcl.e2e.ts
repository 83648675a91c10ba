import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityOf } from './support/accounts';
import { type Identity, variablesOf } from './support/emulator';
import { makeOnce, makeWhatIsThere, specsOf } from './support/fixtures';
import { keepStateBeside } from './support/life';
import { Project } from './support/project';
import { Workdir } from './support/terraform';
import { everything, needs } from './support/what-is-here';

// The other language of a stack: the real provider plans the same of it, to the last argument.
const { skipped } = needs('emulator', 'the same plan in JSON and HCL');

const project = new Project('shipped');
project.synthesize();
const environments = specsOf(project).map((spec) => ({ spec, stack: `${spec.project}-${spec.env}` }));
const some = environments.filter(({ spec }, index) => everything || (index % 3 === 0 && !spec.network.existing));
const identities = new Map<string, Identity>();
const made: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const takeAway of made) await takeAway();
  project.remove();
});

describe.skipIf(skipped).concurrent('in JSON and in HCL', () => {
  beforeAll(async () => {
    for (const { spec, stack } of some) {
      const identity = await identityOf(project, stack);
      identities.set(stack, identity);
      await makeWhatIsThere(project, spec, identity);
      if (spec.delivery?.github) made.push(await makeOnce('github', project, spec, identity, {}));
    }
    for (const language of ['json', 'hcl']) {
      project.synthesize(...(language === 'hcl' ? ['--hcl'] : []));
      cpSync(join(project.path, 'cdktf.out', 'stacks'), join(project.path, language), { recursive: true });
    }
  });

  for (const { stack } of some) {
    test(`${stack} has the same plan`, async () => {
      const [json, hcl] = [await planned('json', stack), await planned('hcl', stack)];
      expect(hcl.resource_changes).toEqual(json.resource_changes);
      expect(hcl.output_changes).toEqual(json.output_changes);
      expect(json.resource_changes?.length).toBeGreaterThan(50);
    });
  }
});

async function planned(language: string, stack: string) {
  const path = join(project.path, language, stack);
  keepStateBeside(path);
  const identity = identities.get(stack);
  const workdir = new Workdir(path, identity ? variablesOf(identity) : {}, join(project.logs, language));
  await workdir.init();
  return workdir.plan();
}
