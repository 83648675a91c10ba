import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, container, statements } from '../reading';

test('a task has the disk that the file asks for, and Fargate’s own otherwise', () => {
  const terraform = containers(`
workload: { ephemeral_storage: 50 }
services: [{ name: mail, image: busybox }]
tasks: [{ name: migrate, ephemeral_storage: 200 }]
`);
  expect(resource(terraform, 'aws_ecs_task_definition.workload_task')).toMatchObject({
    ephemeral_storage: { size_in_gib: 50 },
  });
  expect(resource(terraform, 'aws_ecs_task_definition.task_migrate_task')).toMatchObject({
    ephemeral_storage: { size_in_gib: 200 },
  });
  expect(resource(terraform, 'aws_ecs_task_definition.service_mail_task')).not.toHaveProperty('ephemeral_storage');
});

test('an EBS volume is encrypted, made with each task, and tagged as the service is', () => {
  const terraform = containers('workload: { ebs_volume: { size: 100, mount_point: /data } }');
  expect(resource(terraform, 'aws_ecs_service.workload')['volume_configuration']).toEqual({
    name: 'ebs',
    managed_ebs_volume: {
      role_arn: '${aws_iam_role.workload_ebs_volume_role.arn}',
      size_in_gb: 100,
      volume_type: 'gp3',
      encrypted: true,
      tag_specifications: [{ resource_type: 'volume', propagate_tags: 'SERVICE' }],
    },
  });
  const definition = resource(terraform, 'aws_ecs_task_definition.workload_task');
  expect(definition['volume']).toEqual([{ name: 'ebs', configure_at_launch: true }]);
  expect(container(definition)['mountPoints']).toEqual([
    { sourceVolume: 'ebs', containerPath: '/data', readOnly: false },
  ]);
});

test('ECS makes and deletes the volumes by a role of their own, which is there first and goes last', () => {
  const terraform = containers(`
services:
  - { name: mail, image: busybox, ebs_volume: { size: 500, mount_point: /data, type: st1, role_name: disks } }
`);
  const role = resource(terraform, 'aws_iam_role.service_mail_ebs_volume_role');
  expect(role).toMatchObject({ name: 'disks' });
  expect(statements(role['assume_role_policy'])).toEqual([
    { Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { Service: ['ecs.amazonaws.com'] } },
  ]);
  expect(all(terraform, 'aws_iam_role_policy_attachment')).toEqual({
    service_mail_ebs_volume_role_manage_volumes: {
      role: '${aws_iam_role.service_mail_ebs_volume_role.name}',
      policy_arn: 'arn:aws:iam::aws:policy/service-role/AmazonECSInfrastructureRolePolicyForVolumes',
    },
  });
  expect(resource(terraform, 'aws_ecs_service.service_mail')).toMatchObject({
    depends_on: expect.arrayContaining(['aws_iam_role_policy_attachment.service_mail_ebs_volume_role_manage_volumes']),
    volume_configuration: { managed_ebs_volume: { volume_type: 'st1', size_in_gb: 500 } },
  });
});

test('a service without a volume says nothing of one', () => {
  const terraform = containers('workload: {}');
  expect(resource(terraform, 'aws_ecs_service.workload')).not.toHaveProperty('volume_configuration');
  expect(all(terraform, 'aws_iam_role')).not.toHaveProperty('workload_ebs_volume_role');
});

function containers(yaml: string): string {
  return synth(`region: us-east-1\nstate: local\n${yaml}`);
}
