import { expect, test } from 'vitest';
import { parseYaml } from '../../src/spec/load/parse-yaml';
import { locate, plain } from '../../src/spec/load/tree';
import { problemsOf } from '../support/problems';

test('reads YAML 1.2: "no" and "on" are words, numbers and booleans are what they look like', () => {
  expect(value('a: no\nb: on\nc: 12\nd: true\ne: "12"\nf: 0o17\n')).toEqual({
    a: 'no',
    b: 'on',
    c: 12,
    d: true,
    e: '12',
    f: 15,
  });
});

test('remembers line and column of every key and value', () => {
  const parsed = parseYaml('dev.yaml', 'network:\n  zones:\n    - a\n    - b\n');
  if (!('tree' in parsed)) throw new Error('expected a tree');
  expect(locate(parsed.tree, ['network', 'zones', 1])).toEqual({ file: 'dev.yaml', line: 4, column: 7 });
  expect(locate(parsed.tree, ['network', 'zones'])).toEqual({ file: 'dev.yaml', line: 2, column: 3 });
});

test('keeps text with doubled signs, which Terraform prints as the characters themselves', () => {
  expect(value('a: $${x} %%{y} $5 100%\n')).toEqual({ a: '$${x} %%{y} $5 100%' });
});

test('fails on an empty file', () => {
  expect(problemsOf('')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 expected a map of sections such as "region: us-east-1", got an empty file"`,
  );
});

test('fails on a file of comments only', () => {
  expect(problemsOf('# region: us-east-1\n\n# nothing yet\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 expected a map of sections such as "region: us-east-1", got nothing but comments"`,
  );
});

test('fails on an empty document', () => {
  expect(problemsOf('---\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 expected a map of sections such as "region: us-east-1", got an empty document"`,
  );
});

test('fails on a list where the sections belong', () => {
  expect(problemsOf('- region: us-east-1\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 expected a map of sections such as "region: us-east-1", got a list"`,
  );
});

test('fails on a single word where the sections belong', () => {
  expect(problemsOf('us-east-1\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 expected a map of sections such as "region: us-east-1", got a single value"`,
  );
});

test('fails on tabs as indentation', () => {
  expect(problemsOf('region: us-east-1\nworkload:\n\tcpu: 256\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:1 expected spaces, got a tab: YAML indents with spaces only"`,
  );
});

test('fails on a tab within a list', () => {
  expect(problemsOf('region: us-east-1\nbuckets:\n  - name: media\n\t  versioning: false\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:1 expected spaces, got a tab: YAML indents with spaces only"`,
  );
});

test('fails on a key that stands twice', () => {
  expect(problemsOf('region: us-east-1\nworkload:\n  cpu: 256\n  memory: 512\n  cpu: 512\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:5:3 key "cpu" stands here a second time: keep one of the two"`,
  );
});

test('fails on a quoted key that stands twice', () => {
  expect(problemsOf('region: us-east-1\n"region": us-west-2\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:1 key "region" stands here a second time: keep one of the two"`,
  );
});

test('fails on indentation that fits nowhere', () => {
  expect(problemsOf('region: us-east-1\nworkload:\n    cpu: 256\n  memory: 512\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:1 expected the same indentation as the other keys of this map"`,
  );
});

test('fails on an unclosed quote', () => {
  expect(problemsOf('region: "us-east-1\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:1 not YAML: a quote is opened and never closed"`,
  );
});

test('fails on an unclosed bracket', () => {
  expect(problemsOf('region: us-east-1\nworkload: { uses: [database\n')).toMatchInlineSnapshot(`
    "demo/dev.yaml:3:1 expected "]" to close "[", on a line that is indented deeper than the key before it
    demo/dev.yaml:3:1 expected "}" to close "{", on a line that is indented deeper than the key before it"
  `);
});

test('fails on a colon in text without quotes', () => {
  expect(problemsOf('region: us-east-1\ntags: { }\nname_differs_because: because: so\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:23 expected one value, got a second ": " in the same line: put text with ": " in it in quotes"`,
  );
});

test('fails on an alias', () => {
  expect(problemsOf('region: &here us-east-1\nstate:\n  region: *here\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:11 expected a value, got the alias "*here": aliases are not read; what environments share goes into base.yaml"`,
  );
});

test('fails on an alias bomb without unfolding it', () => {
  const levels = Array.from({ length: 30 }, (_, index) => `  l${index + 1}: &l${index + 1} [*l${index}, *l${index}]`);
  const bomb = ['region: us-east-1', 'tags:', '  l0: &l0 [lol, lol]', ...levels].join('\n');
  const problems = problemsOf(bomb).split('\n');
  expect(problems).toHaveLength(60);
  expect(problems[0]).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:12 expected a value, got the alias "*l0": aliases are not read; what environments share goes into base.yaml"`,
  );
});

test('fails on a merge key', () => {
  expect(problemsOf('region: us-east-1\nworkload:\n  <<: { cpu: 256 }\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:3 expected a key, got the merge key "<<": it is not read; what environments share goes into base.yaml"`,
  );
});

test('fails on a tag', () => {
  expect(problemsOf('region: !region us-east-1\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:17 expected plain YAML, got the tag "!region": remove it"`,
  );
});

test('fails on a tag of other YAML types', () => {
  expect(problemsOf('region: us-east-1\ntags: !!set { a, b }\nproject: !!binary ZGVtbw==\n')).toMatchInlineSnapshot(`
    "demo/dev.yaml:2:13 expected plain YAML, got the tag "!!set": remove it
    demo/dev.yaml:3:19 expected plain YAML, got the tag "!!binary": remove it"
  `);
});

test('fails on several documents', () => {
  expect(problemsOf('region: us-east-1\n---\nregion: us-west-2\n---\nregion: eu-west-1\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:1 expected one document in the file, got a second one after "---": give each environment its own file"`,
  );
});

test('fails on a key that is a list', () => {
  expect(problemsOf('region: us-east-1\n? [a, b]\n: c\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:3 expected a plain word as key, got a list"`,
  );
});

test('fails on a key that is missing', () => {
  expect(problemsOf('region: us-east-1\n: c\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:1 expected a plain word as key, got nothing"`,
  );
});

test('fails on nesting that no environment has', () => {
  expect(problemsOf(nested(60))).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:56 expected at most 50 levels, one within the other, got more: this is no environment file"`,
  );
});

test('fails on nesting that would exhaust the memory of the parser', () => {
  const [first] = problemsOf(nested(20_000)).split('\n');
  expect(first).toMatch(
    /^demo\/dev\.yaml:2:\d+ expected at most 50 levels, one within the other, got more: this is no environment file$/,
  );
});

test('fails on text that Terraform would evaluate', () => {
  expect(problemsOf('region: us-east-1\ntags: { owner: "${file(\'/etc/passwd\')}" }\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:16 expected text, got "\${file('/etc/passwd')}": terraform would evaluate "\${"; write "$\${" for the characters themselves"`,
  );
});

test('fails on a template directive of Terraform', () => {
  expect(problemsOf('region: us-east-1\ntags: { owner: "%{ if true }x%{ endif }" }\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:16 expected text, got "%{ if true }x%{ endif }": terraform would evaluate "%{"; write "%%{" for the characters themselves"`,
  );
});

test('fails on an evaluated expression behind an escaped one', () => {
  expect(problemsOf('region: us-east-1\ntags: { owner: "$${a} ${b}" }\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:16 expected text, got "$\${a} \${b}": terraform would evaluate "\${"; write "$\${" for the characters themselves"`,
  );
});

test('fails on an expression in a key', () => {
  expect(problemsOf('region: us-east-1\ntags: { "${b}": owner }\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:9 expected text, got "\${b}": terraform would evaluate "\${"; write "$\${" for the characters themselves"`,
  );
});

function value(text: string): unknown {
  const parsed = parseYaml('dev.yaml', text);
  if (!('tree' in parsed)) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return plain(parsed.tree);
}

function nested(depth: number): string {
  return `region: us-east-1\ntags: ${'['.repeat(depth)}${']'.repeat(depth)}\n`;
}

test('says where YAML was lost, and not what it stumbled over from there on', () => {
  expect(problemsOf('region: us-east-1\nbuckets: [{ name: media, bucket_name: shop-{env} }]\ntags: { a: b }\n')).toBe(
    'demo/dev.yaml:2:44 not YAML: expected quotes around a text with "{" in it, which begins a map in this place',
  );
});
