import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Testing } from 'cdktf';
import { resolve } from 'cdktf/lib/_tokens';
import { expect, test } from 'vitest';
import { jsonText } from '../../src/terraform/json-text';
import { RootStack } from '../../src/terraform/root-stack';

test('writes JSON as a call that Terraform shows legibly', () => {
  expect(written({ list: [1, true], text: 'plain' })).toBe('{"list" = [1, true], "text" = "plain"}');
});

test('escapes quotes, backslashes and line ends of texts', () => {
  expect(written({ text: 'say "hi"\\n\n' })).toBe(String.raw`{"text" = "say \"hi\"\\n\n"}`);
});

test('leaves references as they are, alone and among texts that need escaping', () => {
  const { arn } = new S3Bucket(new RootStack(Testing.app({ stackTraces: false }), 'demo'), 'media', {});

  expect(written([arn])).toBe('[aws_s3_bucket.media.arn]');
  expect(written([`"${arn}/\\*"`])).toBe(String.raw`["\"${'${aws_s3_bucket.media.arn}'}/\\*\""]`);
});

test('gives Terraform the characters that the YAML escapes', () => {
  expect(written('$${HOME} and %%{if}')).toBe('"$${HOME} and %%{if}"');
});

/** What `jsonencode` is given. */
function written(value: unknown): string {
  const text: string = resolve(new RootStack(Testing.app({ stackTraces: false }), 'demo'), jsonText(value));
  return text.replace(/^\$\{jsonencode\(/, '').replace(/\)\}$/, '');
}
