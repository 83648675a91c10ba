import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { TerraformOutput, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { expect, test } from 'vitest';
import { constructId, logicalId, mainName } from '../../src/terraform/logical-ids';
import { RootStack } from '../../src/terraform/root-stack';
import { all } from '../blocks/reading';

test('names a resource after its place, without a hash, and a block’s main one after the block', () => {
  const stack = root();
  const block = new Construct(stack, 'media');
  new S3Bucket(block, 'Default', {});
  new S3Bucket(new Construct(block, 'copy'), 'old', {});

  expect(Object.keys(all(Testing.synth(stack), 'aws_s3_bucket'))).toEqual(['media', 'media_copy_old']);
});

test('lets an output have the name of a resource, which Terraform keeps apart', () => {
  const stack = root();
  new S3Bucket(stack, 'media', {});
  new TerraformOutput(new Construct(stack, 'media_'), 'Default', { value: 'x' });
  new TerraformOutput(new Construct(stack, 'names'), 'media', { value: 'x' });
  new S3Bucket(stack, 'names_media', {});

  const terraform = Testing.synth(stack);
  expect(Object.keys(JSON.parse(terraform).output)).toContain('names_media');
  expect(Object.keys(all(terraform, 'aws_s3_bucket'))).toEqual(['media', 'names_media']);
});

test('fails when two resources would have one name, and says which', () => {
  const stack = root();
  new S3Bucket(new Construct(stack, 'media'), 'old', {});
  new S3Bucket(stack, 'media_old', {});

  expect(() => Testing.synth(stack)).toThrowErrorMatchingInlineSnapshot(
    `[Error: demo/media_old and demo/media/old would both be named "media_old" in Terraform: change one id]`,
  );
});

test('tells a block’s name to others, main resources and stacks left out', () => {
  const stack = root();
  const service = new Construct(new Construct(stack, 'service'), 'daily_cleanup');

  expect(mainName(service)).toBe('service_daily_cleanup');
  expect(mainName(new Construct(service, 'Default'))).toBe('service_daily_cleanup');
  expect(logicalId(['Default', 'a', 'Default', 'b'])).toBe('a_b');
});

test('turns names of the YAML into construct ids', () => {
  expect(constructId('daily-cleanup')).toBe('daily_cleanup');
  expect(constructId('on.call@example.com')).toBe('on_call_example_com');
});

function root(): RootStack {
  return new RootStack(Testing.app({ stackTraces: false }), 'demo');
}
