import { expect, test } from 'vitest';
import { loadEnvironments } from '../../src/spec/load/load';
import { folder } from '../support/files';
import { problemsIn, problemsOf } from '../support/problems';

const REGION = 'region: eu-central-1\n';
const PIPELINE = `${REGION}pipeline: { github: { repository: acme/infrastructure } }\n`;
const with_ = (key: string) => `${REGION}pipeline: { github: { repository: acme/infrastructure, ${key} } }\n`;

test('fills in the branch, the protected environment and the roles', () => {
  const [environment] = loadEnvironments([folder({ 'demo/dev.yaml': PIPELINE })]);
  expect(environment?.spec.pipeline).toEqual({
    enabled: true,
    github: {
      repository: 'acme/infrastructure',
      branch: 'main',
      environment: 'demo-dev',
      planRoleName: 'demo-dev-plan',
      applyRoleName: 'demo-dev-apply',
    },
  });
});

test('takes everything that the section may say', () => {
  expect(
    problemsOf(
      `${REGION}account: { github_oidc: true }\npipeline: { github: { repository: acme@12/infra@34, branch: release/next, environment: production, plan_role_name: planner, apply_role_name: applier } }\n`,
    ),
  ).toBe('');
});

test('fails for a wildcard, in every environment', () => {
  expect(problemsOf(`${REGION}pipeline: { github: { repository: "acme/*" } }`)).toBe(
    'demo/dev.yaml:2:35 pipeline.github.repository: expected the repository of these files, organization and name without wildcards, such as "acme/infrastructure", got "acme/*"',
  );
  expect(problemsOf(with_('branch: "release/*"'))).toBe(
    'demo/dev.yaml:2:64 pipeline.github.branch: expected a branch without wildcards such as "main", got "release/*"',
  );
  expect(problemsIn({ 'demo/prod.yaml': with_('environment: "prod*"') })).toBe(
    'demo/prod.yaml:2:69 pipeline.github.environment: expected the name of an environment in GitHub: letters, digits and any of "_.-", without wildcards, got "prod*"',
  );
});

test('fails without a state that every run finds', () => {
  expect(problemsOf(`${PIPELINE}state: local`)).toBe(
    'demo/dev.yaml:3:8 state: expected a bucket, because a pipeline plans here, got "local": each of its runs would begin an empty state; leave "state: local" out',
  );
  expect(problemsOf(`${PIPELINE}state: { existing: true }`)).toBe(
    'demo/dev.yaml:3:20 state.existing: expected false, because demo-bootstrap makes the roles of the pipeline, got true: there is no bootstrap stack where the bucket is there already; leave "pipeline" out',
  );
});

test('fails for one role that plans and applies, and for one that deploys', () => {
  expect(problemsOf(with_('plan_role_name: ci, apply_role_name: ci'))).toBe(
    'demo/dev.yaml:2:93 pipeline.github.apply_role_name: expected another IAM role name than pipeline.github.plan_role_name, got "ci": in AWS they would be one and the same; write another one here',
  );
  const delivery = 'workload: {}\ndelivery: { github: { subjects: ["repo:acme/a:environment:dev"] } }';
  expect(problemsOf(`${with_('plan_role_name: demo-dev-deploy')}${delivery}`)).toBe(
    'demo/dev.yaml:4:13 delivery.github.role_name: expected another IAM role name than pipeline.github.plan_role_name, got "demo-dev-deploy": in AWS they would be one and the same; write another one here',
  );
});

test('fails for a role name that IAM would refuse for its length', () => {
  const long = 'a'.repeat(33);
  expect(problemsIn({ [`${long}/${long.replaceAll('a', 'b')}.yaml`]: PIPELINE })).toContain(
    `pipeline.github.apply_role_name: expected at most 64 characters, all that AWS allows for an IAM role, got "${long}-${long.replaceAll('a', 'b')}-apply": it has 73; write a shorter one here`,
  );
});

test('fails for two repositories or branches, of which one has the files', () => {
  expect(
    problemsIn({
      'demo/dev.yaml': PIPELINE,
      'demo/prod.yaml': PIPELINE.replace('acme/infrastructure', 'acme/other'),
    }),
  ).toBe(
    'demo/prod.yaml:2:35 pipeline.github.repository: expected "acme/infrastructure" as in demo-dev, because one repository holds these files, got "acme/other": its workflows could not take these roles on',
  );
  expect(problemsIn({ 'demo/dev.yaml': PIPELINE, 'shop/dev.yaml': with_('branch: trunk') })).toBe(
    'shop/dev.yaml:2:64 pipeline.github.branch: expected "main" as in demo-dev, because one repository holds these files, got "trunk": its workflows could not take these roles on',
  );
});

test('fails for a neighbour whose names the apply role would reach, unless it is in another account', () => {
  const eu = (account: string) => `${REGION}account_id: "${account}"\nstate: { bucket: states-${account} }\n`;
  const prod = PIPELINE.replace(REGION, eu('111111111111'));
  expect(problemsIn({ 'demo/prod.yaml': prod, 'demo/prod-eu.yaml': eu('111111111111') })).toBe(
    'demo/prod.yaml:4:1 pipeline: expected no demo-prod-eu in the same account, whose names begin like those of demo-prod, got "demo-prod": the apply role would reach them; rename one of the two, or write account_id where the accounts differ',
  );
  expect(problemsIn({ 'demo/prod.yaml': prod, 'demo/prod-eu.yaml': eu('222222222222') })).toBe('');
});
