import { afterAll, describe, expect, test } from 'vitest';
import { errorOf, gapsOfStandIn } from './gaps';
import { stackAlone } from './support/life';
import { Project } from './support/project';
import { needs } from './support/what-is-here';

// The end of a stack.
const { skipped } = needs('stand-in', 'the end of a stack');

const project = new Project({});
afterAll(() => project.remove());

describe.skipIf(skipped).concurrent('a stack', () => {
  for (const gap of gapsOfStandIn) {
    test(`meets what the stand-in still lacks: ${gap.name}`, async () => {
      expect(await errorOf(gap, project, {})).toMatch(gap.error);
    });
  }

  test('that is protected refuses to be destroyed, and goes once it is not', async () => {
    const own = new Project({ 'demo/dev.yaml': protectedYaml });
    own.synthesize();
    const life = await stackAlone(own, 'demo-dev');
    await life.must(['apply', '-no-color', '-auto-approve']);
    const before = life.ids();
    const refused = await life.run(['destroy', '-no-color', '-auto-approve']);
    expect(refused.stderr).toMatch(/Instance cannot be destroyed[\s\S]*lifecycle\.prevent_destroy/);
    expect(life.ids()).toEqual(before);
    own.write('demo/dev.yaml', `${protectedYaml}protect: false\n`);
    own.synthesize();
    life.takes(own, 'demo-dev');
    await life.must(['apply', '-no-color', '-auto-approve']);
    await life.must(['destroy', '-no-color', '-auto-approve']);
    expect(life.ids()).toEqual({});
    own.remove();
  });
});

const protectedYaml = `
region: eu-central-1
state: local
alb: { http: forward }
workload: { backend_image_port: 8080 }
sqs: [{ name: jobs }]
buckets: [{ name: media }]
secrets: [{ name: jwt, generate: { key: 32 } }]
postgres: { engine_version: "16" }
`;
