import { Testing } from 'cdktf';
import { expect, test } from 'vitest';
import { EnvironmentStack } from '../../src/environment/environment-stack';
import { loadEnvironments } from '../../src/spec/load/load';
import { folder } from '../support/files';
import { resource, synth } from '../support/stacks';

test('sets raw arguments of a resource by its address, nested ones by their path', () => {
  const terraform = synth(
    environment(
      '{ aws_s3_bucket.bucket_media: { force_destroy: true, lifecycle.prevent_destroy: false, tags.team: shop } }',
    ),
  );

  expect(resource(terraform, 'aws_s3_bucket.bucket_media')).toEqual({
    bucket: 'demo-media-dev',
    force_destroy: true,
    lifecycle: { prevent_destroy: false },
    tags: { Name: 'demo-media-dev', team: 'shop' },
  });
});

test('knows the addresses that no resource has', () => {
  const [loaded] = loadEnvironments([
    folder({
      'demo/dev.yaml': environment(
        '{ aws_s3_bucket.media: { force_destroy: true }, aws_vpc.network: { tags.team: shop } }',
      ),
    }),
  ]);
  if (!loaded) throw new Error('no environment was read');

  expect(new EnvironmentStack(Testing.app({ stackTraces: false }), loaded.spec).unknownOverrides).toEqual([
    'aws_s3_bucket.media',
  ]);
});

function environment(overrides: string): string {
  return `
region: eu-central-1
state: local
buckets: [{ name: media }]
overrides: ${overrides}
`;
}
