import { Testing, Token } from 'cdktf';
import { resolve } from 'cdktf/lib/_tokens';
import { expect, test } from 'vitest';
import { jsonText } from '../../src/terraform/json-text';
import { RootStack } from '../../src/terraform/root-stack';

test('writes JSON as a call that Terraform shows legibly', () => {
  expect(resolved({ list: [1, true, null], text: 'plain' })).toBe('${jsonencode({"list" = [1, true, null], "text" = "plain"})}');
});

test('escapes quotes, backslashes and line ends of texts', () => {
  expect(resolved({ text: 'say "hi"\\n\n' })).toBe(String.raw`\${jsonencode({"text" = "say \"hi\"\\n\n"})}`.slice(1));
});

test('leaves references as they are, alone and among texts', () => {
  const arn = Token.asString('${aws_s3_bucket.media.arn}');

  expect(resolved([arn, `${arn}/"*"`])).toBe(String.raw`\${jsonencode(["\${aws_s3_bucket.media.arn}", "\${aws_s3_bucket.media.arn}/\"*\""])}`.replaceAll('\\$', '$'));
});

test('gives Terraform the characters that the YAML escapes', () => {
  expect(resolved('$${HOME} and %%{if}')).toBe('${jsonencode("$${HOME} and %%{if}")}');
});

function resolved(value: unknown): unknown {
  return resolve(new RootStack(Testing.app({ stackTraces: false }), 'demo'), jsonText(value));
}
