import { expect, test } from 'vitest';
import { HEAD, refusal } from '../../support/converted';

test.each([
  ['', 'dev.yaml:1:1 expected a map of sections such as "region: us-east-1", got an empty file'],
  ['# nothing\n', 'dev.yaml:1:1 expected a map of sections such as "region: us-east-1", got nothing but comments'],
  ['- project: shop\n', 'dev.yaml:1:1 expected a map of sections such as "region: us-east-1", got a list'],
  ['shop\n', 'dev.yaml:1:1 expected a map of sections such as "region: us-east-1", got a single value'],
  ['project: "shop\n', 'dev.yaml:2:1 not YAML: a quote is opened and never closed'],
  ['project: shop\nproject: shop\n', 'dev.yaml:2:1 key "project" stands here a second time: keep one of the two'],
  ['project: shop\n\tenv: dev\n', 'dev.yaml:2:1 expected spaces, got a tab: YAML indents with spaces only'],
  [
    'project: &name shop\nenv: *name\n',
    'dev.yaml:2:6 expected a value, got the alias "*name": write out what it stands for',
  ],
  ['project: !secret shop\n', 'dev.yaml:1:18 expected plain YAML, got the tag "!secret": remove it'],
  ['? [a]\n: b\n', 'dev.yaml:1:3 expected a plain word as key, got something else: write out what it stands for'],
  [
    'root_domain: example.com\nroot_account:\n  account_id: "123456789012"\n',
    'dev.yaml:1:1 expected the file of an environment, got the one of the DNS zones: there is none here; each environment has its domain section, and the root’s names the others under domain.delegations',
  ],
  [
    'version: "3"\nvolumes: {}\n',
    'dev.yaml:1:1 expected an environment file, got one without any key of it (version, volumes)',
  ],
  [
    'project: shop\nenv: dev\nregion: eu-central-1\n',
    'dev.yaml:1:1 nothing to convert: it is an environment file in this language already',
  ],
])('refuses %j in one line', (text, line) => {
  expect(refusal(text)).toBe(line);
});

test('refuses what is nested too deeply', () => {
  const deep = `${HEAD}services:\n  ${'- '.repeat(60)}a: b\n`;
  expect(refusal(deep)).toMatch(/^dev\.yaml:8:\d+ expected at most 50 levels, one within the other, got more$/);
});
