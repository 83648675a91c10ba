import { expect, test } from 'vitest';
import { pictureOfChange } from '../../../src/tools/diagram/change-picture';
import { escaped } from '../../../src/tools/diagram/escape';
import { mermaidOf } from '../../../src/tools/diagram/mermaid';
import { type PictureEdge, verbOf } from '../../../src/tools/diagram/picture';
import { pictureOf } from '../../../src/tools/diagram/picture-of';
import { svgOf } from '../../../src/tools/diagram/svg';
import { HOSTILE, sampleComparison } from '../../support/sample-review';

const titled = { title: 'shop-prod', region: 'eu-west-1' };
const before = pictureOf(sampleComparison.before, titled);
const after = pictureOf(sampleComparison.after, titled);

test('a service is one node with its task definition, roles, policies and groups, in its subnets', () => {
  expect(after.nodes.find(({ id }) => id === 'aws_ecs_service.workload')).toEqual({
    id: 'aws_ecs_service.workload',
    title: 'workload',
    kind: 'ECS service',
    place: 'compute',
    ports: '',
    area: 'aws_vpc.network/private',
    addresses: [
      'aws_ecs_service.workload',
      'aws_ecs_task_definition.workload_task',
      'aws_iam_role.workload_task_role',
      'aws_iam_role_policy.workload_task_role_use_queue_jobs',
      'aws_security_group.workload_connections',
    ],
  });
});

test('a rule of a security group is a way with its port, a grant a use', () => {
  expect(before.edges).toEqual([
    {
      from: 'aws_ecs_service.workload',
      to: 'aws_db_instance.database',
      kind: 'traffic',
      label: '5432',
      both: false,
    },
  ]);
  expect(after.edges.map(({ from, to, kind }) => `${from} ${kind} ${to}`)).toEqual([
    'aws_ecs_service.workload uses aws_sqs_queue.queue_jobs',
  ]);
});

test('a picture of a change marks what comes, goes, is replaced and changes, and the ways with them', () => {
  const { nodes, edges } = pictureOfChange(before, after, sampleComparison.changes);
  expect(Object.fromEntries(nodes.map(({ id, mark }) => [id, mark]))).toEqual({
    'aws_db_instance.database': 'goes',
    'aws_ecs_service.workload': 'replaced',
    'aws_route53_zone.domain': 'changed',
    'aws_sqs_queue.queue_jobs': 'comes',
  });
  expect(edges.map(({ to, mark }) => `${to} ${mark}`)).toEqual([
    'aws_sqs_queue.queue_jobs comes',
    'aws_db_instance.database goes',
  ]);
});

test('an edge that is only known better afterwards does not come', () => {
  const unknowing = { ...after, edges: [] };
  expect(pictureOfChange(unknowing, after, []).edges.map(({ mark }) => mark)).toEqual([undefined]);
});

test('the same picture is drawn in the same bytes', async () => {
  expect(await svgOf(after)).toBe(await svgOf(pictureOf(sampleComparison.after, titled)));
});

test('no text of a stack is more than text in a drawing', async () => {
  const svg = await svgOf(after);
  expect(svg).not.toContain('<script');
  expect(svg).not.toMatch(/\u202E/);
  expect(svg.match(/<\/style>/g)).toHaveLength(1);
  expect(escaped(HOSTILE)).not.toMatch(/[<>"'`\u202E]/);
});

test('Mermaid gets a flowchart of which every line is one that it knows', () => {
  const lines = mermaidOf(after).trimEnd().split('\n');
  const label = '"[^"<>]*(?:<b>[^"<>]*</b><br/>[^"<>]*)?"';
  const known = [
    /^flowchart LR$/,
    /^ {2}acc(?:Title|Descr): [^\n;{}#"<>]+$/,
    new RegExp(`^ +\\w+\\[${label}\\]$`),
    new RegExp(`^ +subgraph \\w+\\[${label}\\]$`),
    /^ +end$/,
    new RegExp(`^ {2}\\w+ <?-(?:-|\\.-)>(?:\\|${label}\\|)? \\w+$`),
  ];
  expect(lines.filter((line) => !known.some((form) => form.test(line)))).toEqual([]);
  expect(lines).toContain('  aws_ecs_service_workload -.->|"uses"| aws_sqs_queue_queue_jobs');
});

test('two ids that Mermaid would take for one are kept apart', () => {
  const twin = (id: string) => ({ ...(after.nodes[0] ?? fail()), id });
  const text = mermaidOf({ ...after, nodes: [twin('module.a.x'), twin('module_a.x')], edges: [] });
  expect(text).toContain('module_a_x["');
  expect(text).toContain('module_a_x_["');
});

test('an arrow says what one end does to the other', () => {
  const verb = (kind: PictureEdge['kind'], from: string, to: string) =>
    verbOf({ from, to, kind, label: '', both: false });
  expect(verb('traffic', 'internet', 'aws_lb.alb')).toBe('connects to');
  expect(verb('uses', 'aws_ecs_service.a', 'aws_s3_bucket.b')).toBe('uses');
  expect(verb('tells', 'aws_route53_zone.domain', 'aws_lb.alb')).toBe('names');
  expect(verb('tells', 'aws_lb.alb', 'aws_s3_bucket.logs')).toBe('logs to');
  expect(verb('tells', 'aws_s3_bucket.b', 'aws_sqs_queue.jobs')).toBe('tells');
});

function fail(): never {
  throw new Error('there is no node');
}
