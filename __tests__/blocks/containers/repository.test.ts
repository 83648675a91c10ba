import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { decoded } from '../reading';

test('keeps tags where they are, scans what is pushed and survives with its images', () => {
  expect(resource(repository('{}'), 'aws_ecr_repository.workload_repository')).toEqual({
    name: 'demo_backend',
    image_tag_mutability: 'IMMUTABLE',
    image_scanning_configuration: { scan_on_push: true },
    encryption_configuration: [{ encryption_type: 'AES256' }],
    force_delete: false,
  });
});

test('may be deleted with its images in an unprotected environment', () => {
  const terraform = repository('{ name: team/app, immutable_tags: false, scan_on_push: false }', 'protect: false');

  expect(resource(terraform, 'aws_ecr_repository.workload_repository')).toMatchObject({
    name: 'team/app',
    image_tag_mutability: 'MUTABLE',
    image_scanning_configuration: { scan_on_push: false },
    force_delete: true,
  });
});

test('deletes untagged images first and keeps the one that tasks start from, and the newest of the others', () => {
  const policy = resource(
    repository('{ keep_images: 5, expire_untagged_after_days: 3 }'),
    'aws_ecr_lifecycle_policy.workload_repository_lifecycle',
  );

  expect(policy['repository']).toBe('${aws_ecr_repository.workload_repository.name}');
  expect(decoded(policy['policy'])).toEqual({
    rules: [
      {
        rulePriority: 1,
        description: 'Delete untagged images after 3 days',
        selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 3 },
        action: { type: 'expire' },
      },
      {
        rulePriority: 2,
        description: 'Keep initial, which new tasks of Terraform’s start from',
        selection: {
          tagStatus: 'tagged',
          tagPatternList: ['initial'],
          countType: 'imageCountMoreThan',
          countNumber: 1,
        },
        action: { type: 'expire' },
      },
      {
        rulePriority: 3,
        description: 'Keep the most recent 5 images',
        selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 5 },
        action: { type: 'expire' },
      },
    ],
  });
});

function repository(section: string, more = ''): string {
  return synth(`
region: eu-central-1
state: local
workload: { repository: ${section} }
${more}
`);
}
