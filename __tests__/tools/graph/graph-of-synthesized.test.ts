import { describe, expect, test } from 'vitest';
import { graphOfSynthesized } from '../../../src/tools/graph/graph-of-synthesized';
import { shippedStacks } from '../../support/shipped';

describe('the graph of a synthesized stack', () => {
  test('holds every resource, with JSON texts that can be read', () => {
    for (const { stack, terraform } of shippedStacks()) {
      const json = JSON.parse(terraform);
      const written = Object.values<object>(json.resource).flatMap(Object.keys).length;
      const graph = graphOfSynthesized(json);
      expect(graph.resources.filter(({ mode }) => mode === 'managed').length, stack).toBe(written);
      for (const { address, values } of graph.resources) {
        expect(JSON.stringify(values), address).not.toContain('jsonencode(');
        for (const key of ['policy', 'assume_role_policy', 'container_definitions', 'dashboard_body'])
          if (typeof values[key] === 'string' && /^[[{]/.test(values[key])) JSON.parse(values[key]);
      }
    }
  });

  test('reads policies as Terraform will write them, with references in their places', () => {
    const graph = graphOfSynthesized({
      resource: {
        aws_sqs_queue_policy: {
          jobs: {
            policy:
              '${jsonencode({"Statement" = [{"Sid" = "a \\"b\\" $${c}", "Resource" = aws_sqs_queue.jobs.arn, "Condition" = {"n" = 3, "any" = ["${aws_vpc.main.id}/*", true, null]}}]})}',
            queue_url: '${aws_sqs_queue.jobs.id}',
          },
        },
        aws_sqs_queue: { jobs: { name: 'jobs' } },
      },
    });
    const [policy] = graph.ofType('aws_sqs_queue_policy');
    if (!policy) throw new Error('the policy is not there');
    expect(JSON.parse(String(policy.values['policy']))).toEqual({
      Statement: [
        {
          Sid: 'a "b" ${c}',
          Resource: '${aws_sqs_queue.jobs.arn}',
          Condition: { n: 3, any: ['${aws_vpc.main.id}/*', true, null] },
        },
      ],
    });
    expect(policy.unknown).toEqual({ policy: true, queue_url: true });
    expect(policy.references).toEqual([
      { path: 'policy', to: 'aws_sqs_queue.jobs', attribute: 'arn' },
      { path: 'policy', to: 'aws_vpc.main', attribute: 'id' },
      { path: 'queue_url', to: 'aws_sqs_queue.jobs', attribute: 'id' },
    ]);
    expect(graph.linked(policy, 'queue_url', 'aws_sqs_queue').map(({ address }) => address)).toEqual([
      'aws_sqs_queue.jobs',
    ]);
  });
});
