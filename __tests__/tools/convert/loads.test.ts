import { describe, expect, test } from 'vitest';
import { formatProblem } from '../../../src/spec/load/problem';
import { ours } from '../../../src/tools/convert/ours';
import { converted, olderFile, refusal } from '../../support/converted';

/** Whether the language has a key. */
const knows = (...keys: string[]) => keys.every((key) => ours(key) !== undefined);

const problemsOf = (file: string) =>
  converted(olderFile(file))
    .report.problems.filter(({ warning }) => !warning)
    .map(formatProblem);

test('a converted file is an environment file', () => {
  expect(problemsOf('small')).toEqual([]);
});

test('a converted file has nothing more to convert', () => {
  const { yaml } = converted(olderFile('small'));
  expect(refusal(yaml)).toBe('dev.yaml:1:1 nothing to convert: it is an environment file in this language already');
});

describe.skipIf(!knows('ses.test_emails'))('with the addresses of tests', () => {
  test('a converted file of 2023 is an environment file', () => {
    expect(problemsOf('flat')).toEqual([]);
  });
});

const later = [
  'scheduled_tasks',
  'event_processor_tasks',
  'delivery',
  'postgres.pgadmin',
  'ses.test_emails',
  'ecr_account_id',
];
const further = ['network.use_default_vpc', 'workload.policy', 'workload.xray_enabled', 'workload.bucket_postfix'];
const last = ['workload.backend_alb_domain_name', 'cognito.enable_dashboard_client', 'buckets[].cors_rules'];

describe.skipIf(!knows(...later, ...further, ...last))('with the whole of the dialect', () => {
  test('a converted file with every section is an environment file', () => {
    expect(problemsOf('whole')).toEqual([]);
  });
});
