import { expect, test } from 'vitest';
import { problemsIn, problemsOf } from '../support/problems';
import { resource, synth } from '../support/stacks';

test('names hold {project} and {env}, so that base.yaml can pin those of every environment', () => {
  const terraform = synth('region: us-east-1\nworkload: { log_group_name: "/ecs/{project}/{env}" }\n');
  expect(resource(terraform, 'aws_cloudwatch_log_group.workload_task_logs').name).toBe('/ecs/demo/dev');
});

test('so do values of variables', () => {
  const terraform = synth(
    'region: us-east-1\nfunctions: [{ name: api, image: "a:1", env_variables: [{ name: STAGE, value: "{project} {env}" }] }]\n',
  );
  expect(resource(terraform, 'aws_lambda_function.function_api').environment).toEqual({
    variables: { STAGE: 'demo dev' },
  });
});

test('a placeholder in base.yaml is sound there too', () => {
  expect(problemsOf('region: us-east-1', 'cluster: { name: "x-{env}" }')).toBe('');
  expect(
    problemsIn({
      'demo/base.yaml': 'region: us-east-1\ncluster: { name: "x-{env}" }',
      'demo/a.yaml': 'env: a',
      'demo/b.yaml': 'env: b',
    }),
  ).toBe('');
});

test('fails for a placeholder that there is not, and for one where no name is', () => {
  expect(problemsOf('region: us-east-1\ncluster: { name: "x-{environment}" }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:18 cluster.name: expected a name that AWS allows for an ECS cluster (1 to 255 letters, digits, dashes and underscores), got "x-{environment}""`,
  );
  expect(problemsOf('region: us-east-1\nworkload: { image_tag: "{env}" }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:24 workload.image_tag: expected an image tag such as "v1.0.0", got "{env}""`,
  );
});

test('lists of parameters hold them too, in the document as in base.yaml', () => {
  const terraform = synth('region: us-east-1\npostgres: { password_parameters: ["/{env}/of/{project}"] }\n');
  expect(resource(terraform, 'aws_ssm_parameter.database_password').name).toBe('/dev/of/demo');
  expect(problemsOf('region: us-east-1', 'postgres: { password_parameters: ["/{env}/{project}"] }')).toBe('');
});
