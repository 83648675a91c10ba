import { expect, test } from 'vitest';
import { synth } from '../../support/stacks';
import { all } from '../reading';

test('saves queries over the logs of every service, in a folder of the environment', () => {
  const terraform = synth(`
region: eu-central-1
state: local
workload: {}
services: [{ name: reports }]
logs:
  saved_queries:
    - name: find-errors
      query: |
        fields @message
        | filter @message like /ERROR/
`);

  expect(all(terraform, 'aws_cloudwatch_query_definition')).toEqual({
    saved_query_find_errors: {
      name: 'demo-dev/find-errors',
      log_group_names: [
        '${aws_cloudwatch_log_group.workload_task_logs.name}',
        '${aws_cloudwatch_log_group.service_reports_task_logs.name}',
      ],
      query_string: 'fields @message\n| filter @message like /ERROR/',
    },
  });
});

test('keeps a renamed query', () => {
  const terraform = synth(`
region: eu-central-1
state: local
workload: {}
logs: { saved_queries: [{ name: errors, was: find-errors, query: fields @message }] }
`);

  expect(JSON.parse(terraform).moved).toEqual([
    {
      from: 'aws_cloudwatch_query_definition.saved_query_find_errors',
      to: 'aws_cloudwatch_query_definition.saved_query_errors',
    },
  ]);
});
