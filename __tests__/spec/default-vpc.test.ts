import { expect, test } from 'vitest';
import { problemsOf, warningsOf } from '../support/problems';

test('fails on what only a VPC of one’s own has, beside the default one', () => {
  expect(problems(`network: { use_default_vpc: true, cidr: 10.0.0.0/16, nat_gateways: none }`)).toMatchInlineSnapshot(`
    "demo/dev.yaml:1:41 network.cidr: expected nothing here beside "use_default_vpc", got "10.0.0.0/16": that VPC is read and never changed; leave this out
    demo/dev.yaml:1:68 network.nat_gateways: expected nothing here beside "use_default_vpc", got "none": that VPC is read and never changed; leave this out"
  `);
});

test('fails on a zone of another region', () => {
  expect(
    problems('network: { use_default_vpc: true, availability_zones: [eu-central-1a, us-east-1a] }'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:71 network.availability_zones[1]: expected a zone of eu-central-1 (eu-central-1a, eu-central-1b, eu-central-1c), got "us-east-1a""`,
  );
});

test('warns of functions that nothing outside the VPC would answer', () => {
  const inside = 'network: { use_default_vpc: true }\nfunctions: [{ name: a, code: functions/api }]';

  expect(warningsOf(`${inside}\nregion: eu-central-1\n`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:13 warning: functions.a.vpc: expected false beside use_default_vpc, unless the function needs nothing outside the VPC, got true: functions get no public address, so neither AWS’s APIs nor the web answer one inside a default VPC"`,
  );
  expect(warningsOf(`${inside.replace('name: a', 'name: a, vpc: false')}\nregion: eu-central-1\n`)).toBe('');
});

function problems(yaml: string): string {
  return problemsOf(`${yaml}\nregion: eu-central-1\n`);
}
