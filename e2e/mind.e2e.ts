import { afterAll, describe, expect, test } from 'vitest';
import { stackAlone } from './support/life';
import { Project } from './support/project';
import { changesOf } from './support/terraform';
import { needs } from './support/what-is-here';

// A file that changes after it was applied: what the next plan does, to the last resource.
const { skipped } = needs('stand-in', 'a change of mind');

const projects: Project[] = [];
afterAll(() => {
  for (const project of projects) project.remove();
});

const base = `
region: eu-central-1
state: local
network: { availability_zones: [eu-central-1a, eu-central-1b], nat_gateways: single }
alb: { http: forward }
workload: { backend_image_port: 8080, image_owner: terraform, image_tag: v1 }
services: [{ name: reports, image_owner: pipeline, uses: [sqs.jobs, buckets.media] }]
sqs: [{ name: jobs }]
buckets: [{ name: media }]
postgres: { engine_version: "16" }
`;

describe.skipIf(skipped).concurrent('a plan holds exactly what was meant when', () => {
  test('a queue is renamed: it stays, and who uses it is told its name anew', async () => {
    const { plan, moved } = await changed((yaml) =>
      yaml.replace('sqs: [{ name: jobs }]', 'sqs: [{ name: mails, was: jobs }]').replace('sqs.jobs', 'sqs.mails'),
    );
    expect(moved).toContain('aws_sqs_queue.queue_jobs -> aws_sqs_queue.queue_mails');
    expect(changesOf(plan)).toEqual([...variablesOfContainers]);
  });

  test('a bucket is renamed: it stays, and who uses it is told its name anew', async () => {
    const { plan, moved } = await changed((yaml) =>
      yaml
        .replace('buckets: [{ name: media }]', 'buckets: [{ name: files, was: media }]')
        .replace('buckets.media', 'buckets.files'),
    );
    expect(moved).toContain('aws_s3_bucket.bucket_media -> aws_s3_bucket.bucket_files');
    expect(changesOf(plan)).toEqual([...variablesOfContainers]);
  });

  test('a service is renamed: it stays, and who calls it is told its name anew', async () => {
    const { plan, moved } = await changed((yaml) => yaml.replace('{ name: reports,', '{ name: papers, was: reports,'));
    expect(moved).toContain('aws_ecs_service.service_reports -> aws_ecs_service.service_papers');
    expect(changesOf(plan)).toEqual([
      'delete then create aws_ecs_task_definition.workload_task',
      'update aws_ecs_service.workload',
      'update aws_vpc_security_group_egress_rule.workload_connections_to_service_papers',
    ]);
  });

  test('an availability zone is added: its subnets, and those who stand in all zones', async () => {
    const { plan } = await changed((yaml) => yaml.replace('eu-central-1b]', 'eu-central-1b, eu-central-1c]'));
    expect(changesOf(plan)).toEqual([
      'create aws_route_table_association.network_private_c_routes',
      'create aws_route_table_association.network_public_c_routes',
      'create aws_subnet.network_private_c',
      'create aws_subnet.network_public_c',
      'update aws_db_subnet_group.database_subnets',
      'update aws_ecs_service.service_reports',
      'update aws_ecs_service.workload',
      'update aws_lb.alb',
    ]);
  });

  test('protection is switched off: in place, on what holds data or serves traffic', async () => {
    const { plan } = await changed((yaml) => `${yaml}protect: false\n`);
    expect(changesOf(plan)).toEqual([
      'update aws_db_instance.database',
      'update aws_ecr_repository.service_reports_repository',
      'update aws_ecr_repository.workload_repository',
      'update aws_lb.alb',
      'update aws_s3_bucket.bucket_media',
      'update aws_secretsmanager_secret.database_secret',
    ]);
  });

  test('the pipeline owns the image from now on: nothing', async () => {
    const { plan } = await changed((yaml) => yaml.replace('image_owner: terraform', 'image_owner: pipeline'));
    expect(changesOf(plan)).toEqual([]);
  });

  test('a section is removed: what it made, and what was said of it', async () => {
    const { plan } = await changed((yaml) => yaml.replace('sqs: [{ name: jobs }]', '').replace('sqs.jobs, ', ''));
    expect(changesOf(plan)).toEqual([
      'delete aws_iam_role_policy.service_reports_task_role_use_queue_jobs',
      'delete aws_iam_role_policy.workload_task_role_use_queue_jobs',
      'delete aws_sqs_queue.queue_jobs',
      'delete aws_sqs_queue.queue_jobs_dead_letters',
      'delete aws_sqs_queue_policy.queue_jobs_dead_letters_policy',
      'delete aws_sqs_queue_policy.queue_jobs_policy',
      'delete aws_sqs_queue_redrive_allow_policy.queue_jobs_dead_letters_from',
      ...variablesOfContainers,
    ]);
  });
});

/** A service whose image the pipeline owns takes the new revision with the next delivery; the workload's at once. */
const variablesOfContainers = [
  'delete then create aws_ecs_task_definition.service_reports_task',
  'delete then create aws_ecs_task_definition.workload_task',
  'update aws_ecs_service.workload',
];

/** Applies a file, changes it, and plans again. */
async function changed(change: (yaml: string) => string) {
  const project = new Project({ 'demo/dev.yaml': base });
  projects.push(project);
  project.synthesize();
  const life = await stackAlone(project, 'demo-dev');
  await life.must(['apply', '-no-color', '-auto-approve']);
  project.write('demo/dev.yaml', change(base));
  project.synthesize();
  life.takes(project, 'demo-dev');
  const plan = await life.plan();
  const moves = (plan.resource_changes ?? []).filter((change) => change.previous_address !== undefined);
  return { plan, moved: moves.map((change) => `${change.previous_address} -> ${change.address}`) };
}
