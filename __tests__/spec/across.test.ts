import { expect, test } from 'vitest';
import { problemsIn } from '../support/problems';

test('accepts environments of one system that share what they must and nothing else', () => {
  const base = 'region: us-east-1\nworkload: {}\nbuckets: [{ name: media }]\naccount: { cloudtrail: true }\n';
  expect(
    problemsIn({
      'demo/base.yaml': base,
      'demo/dev.yaml': 'workload: { repository: { name: demo/dev } }\n',
      'demo/prod.yaml': 'workload: { repository: { name: demo/prod } }\n',
    }),
  ).toBe('');
});

test('fails on two environments with one state', () => {
  expect(problemsIn(two('state: { key: terraform.tfstate }'))).toMatchInlineSnapshot(
    `"demo/base.yaml:2:15 state.key: expected another state key than that of demo-dev, got "terraform.tfstate": each apply would destroy what the other made"`,
  );
});

test('fails on two systems with one state', () => {
  const state = 'region: us-east-1\nstate: { bucket: company-state, key: terraform.tfstate }\n';
  expect(problemsIn({ 'shop/dev.yaml': state, 'blog/dev.yaml': state })).toMatchInlineSnapshot(
    `
    "shop/dev.yaml:2:18 state.bucket: expected another bucket than that of blog-dev, which another bootstrap stack makes, got "company-state": a bucket name exists once in all of AWS; pin one here, or write "existing: true" where one bucket keeps all states
    shop/dev.yaml:2:38 state.key: expected another state key than that of blog-dev, got "terraform.tfstate": each apply would destroy what the other made"
  `,
  );
});

test('accepts one key in two buckets, and any number of local states', () => {
  expect(problemsIn({ 'shop/dev.yaml': keyed('shop'), 'blog/dev.yaml': keyed('blog') })).toBe('');
  expect(problemsIn(two('state: local'))).toBe('');
});

test('fails on two environments with one bucket', () => {
  expect(problemsIn(two('buckets: [{ name: media, bucket_name: demo-media }]'))).toMatchInlineSnapshot(
    `"demo/base.yaml:2:39 buckets.media.bucket_name: expected another bucket name than that of demo-dev, got "demo-media": a bucket name exists once in all of AWS"`,
  );
});

test('fails on two buckets of one environment with one name, naming the other', () => {
  const buckets = 'buckets:\n  - { name: a, bucket_name: demo-media }\n  - { name: b, bucket_name: demo-media }\n';
  expect(problemsIn({ 'demo/dev.yaml': `region: us-east-1\n${buckets}` })).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:29 buckets.b.bucket_name: expected another bucket name than buckets.a.bucket_name, got "demo-media": in AWS they would be one and the same; write another one here"`,
  );
});

test('fails on two environments with one repository', () => {
  expect(problemsIn(two('workload: {}'))).toMatchInlineSnapshot(
    `"demo/base.yaml:2:1 workload.repository.name: expected another repository name than that of demo-dev, got "demo_backend": an account has one of a name in a region; write another one here, or account_id where the accounts differ"`,
  );
});

test('fails on two environments with one repository of a further service', () => {
  expect(problemsIn(two('services: [{ name: worker, repository: { name: demo/worker } }]'))).toMatchInlineSnapshot(
    `"demo/base.yaml:2:48 services.worker.repository.name: expected another repository name than that of demo-dev, got "demo/worker": an account has one of a name in a region; write another one here, or account_id where the accounts differ"`,
  );
});

test('accepts one repository name in two accounts, two regions or with an image from elsewhere', () => {
  const dev = 'account_id: "111111111111"\nregion: us-east-1\nworkload: {}\n';
  const prod = `${dev.replaceAll('1111', '2222')}state: { bucket: demo-prod-states }\n`;
  expect(problemsIn({ 'demo/dev.yaml': dev, 'demo/prod.yaml': prod })).toBe('');
  expect(
    problemsIn({
      'demo/dev.yaml': 'region: us-east-1\nworkload: {}\n',
      'demo/prod.yaml': 'region: us-west-2\nstate: { region: us-east-1 }\nworkload: {}\n',
    }),
  ).toBe('');
  expect(problemsIn(two('workload: { image: busybox }'))).toBe('');
});

test('fails on a state bucket that would be made in two accounts', () => {
  const yaml = (account: string) => `account_id: "${account}"\nregion: us-east-1\n`;
  expect(problemsIn({ 'demo/dev.yaml': yaml('111111111111'), 'demo/prod.yaml': yaml('222222222222') })).toBe(
    'demo/prod.yaml:1:1 state.bucket: expected another bucket than that of demo-dev, which another bootstrap stack makes, got "demo-terraform-state": a bucket name exists once in all of AWS; pin one here, or write "existing: true" where one bucket keeps all states',
  );
});

test('fails on environments that keep their states in different places', () => {
  const files = {
    'demo/dev.yaml': 'region: us-east-1\nstate: { bucket: demo-state-dev, lock_table: locks-dev }\n',
    'demo/prod.yaml': 'region: us-west-2\nstate:\n  bucket: demo-state\n  lock_table: locks\n',
  };
  expect(problemsIn(files)).toMatchInlineSnapshot(`
    "demo/prod.yaml:2:1 state.region: expected "us-east-1" as in demo-dev, because one bootstrap stack makes it for the whole account, got "us-west-2": move it to base.yaml, or write "existing: true" if it is there already
    demo/prod.yaml:3:11 state.bucket: expected "demo-state-dev" as in demo-dev, because one bootstrap stack makes it for the whole account, got "demo-state": move it to base.yaml, or write "existing: true" if it is there already
    demo/prod.yaml:4:15 state.lock_table: expected "locks-dev" as in demo-dev, because one bootstrap stack makes it for the whole account, got "locks": move it to base.yaml, or write "existing: true" if it is there already"
  `);
});

test('accepts a state in another place when bucket and table are there already', () => {
  const files = {
    'demo/dev.yaml': 'region: us-east-1\nstate: { bucket: demo-state-dev }\n',
    'demo/prod.yaml': 'region: us-east-1\nstate: { bucket: demo-state, existing: true }\n',
  };
  expect(problemsIn(files)).toBe('');
});

test('fails on environments that want different things of the account', () => {
  const files = {
    'demo/dev.yaml': 'region: us-east-1\n',
    'demo/prod.yaml': 'region: us-east-1\naccount:\n  cloudtrail: true\n',
  };
  expect(problemsIn(files)).toMatchInlineSnapshot(
    `"demo/prod.yaml:2:1 account: expected the same in every environment, because an account has these once, got a map (cloudtrail, config, ses_suppression, cost_allocation_tags): move it to base.yaml"`,
  );
});

function two(yaml: string): Record<string, string> {
  return {
    'demo/base.yaml': `region: us-east-1\n${yaml}\n`,
    'demo/dev.yaml': 'env: dev\n',
    'demo/prod.yaml': 'env: prod\n',
  };
}

function keyed(bucket: string): string {
  return `region: us-east-1\nstate: { bucket: ${bucket}-state, key: terraform.tfstate }\n`;
}
