import { expect, test } from 'vitest';
import { escapeHcl, hclBlock, hclBlockValue, unquoteReferences, withConditionBlocks } from '../../src/terraform/hcl';

test('escapes what ends or breaks an HCL string', () => {
  expect(escapeHcl('say "hi"\\\r\n\tdone')).toBe(String.raw`say \"hi\"\\\r\n\tdone`);
});

test('leaves an expression as it is, with the strings and templates inside it', () => {
  const expression = '${jsonencode({"a" = "}\\"${one({ b = "x}" })}", "c" = "$${d}"})}';

  expect(escapeHcl(`"${expression}"`)).toBe(`\\"${expression}\\"`);
});

test('takes an escaped expression for the characters that it stands for', () => {
  expect(escapeHcl('$${"a"} %%{"b"}')).toBe(String.raw`$\${\"a\"} %%{\"b\"}`.replace('\\$', '$'));
});

test('escapes in lists and maps, and leaves comments and other values alone', () => {
  expect(escapeHcl({ list: ['"', 1, null, true], map: { key: '\n' }, '//': { note: '"' } })).toEqual({
    list: ['\\"', 1, null, true],
    map: { key: '\\n' },
    '//': { note: '"' },
  });
});

test('writes a block of plain attributes', () => {
  expect(
    hclBlock('ephemeral "random_password" "key"', { length: 32, special: false, note: 'a "b"' }),
  ).toMatchInlineSnapshot(`
    "ephemeral "random_password" "key" {
    length = 32
    special = false
    note = "a \\"b\\""
    }"
  `);
});

test('describes nested maps as nested blocks', () => {
  const block = (fields: object) => ({ value: [fields], isBlock: true, type: 'list', storageClassType: 'object' });

  expect(hclBlockValue({ limit: 100, match: { path: '/' } })).toEqual(
    block({ limit: 100, match: block({ path: '/' }) }),
  );
});

test('describes conditions as blocks, wherever there are any', () => {
  const check = { condition: '${self.id == "x"}', error_message: 'expected x' };
  const described = (lifecycle: object) => ({ data: { aws_vpc: { network: { id: 'x', lifecycle } } } });

  expect(
    withConditionBlocks(described({ prevent_destroy: true, postcondition: [check], precondition: [check] })),
  ).toEqual(
    described({
      value: { prevent_destroy: true, postcondition: hclBlockValue([check]), precondition: hclBlockValue([check]) },
    }),
  );
  expect(withConditionBlocks(described({ prevent_destroy: true }))).toEqual(described({ prevent_destroy: true }));
});

test('takes the quotes off providers, dependencies and lifecycle lists, and off nothing else', () => {
  const hcl = `resource "aws_x" "y" {
  provider = "aws.us_east_1"
  depends_on = ["aws_a.b", "aws_c.d"]
  name = "aws.us_east_1"
  lifecycle {
    ignore_changes = ["task_definition"]
    replace_triggered_by = ["aws_db_instance.database.address"]
  }
}`;

  expect(unquoteReferences(hcl)).toBe(`resource "aws_x" "y" {
  provider = aws.us_east_1
  depends_on = [aws_a.b, aws_c.d]
  name = "aws.us_east_1"
  lifecycle {
    ignore_changes = [task_definition]
    replace_triggered_by = [aws_db_instance.database.address]
  }
}`);
});
