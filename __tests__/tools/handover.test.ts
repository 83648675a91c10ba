import { expect, test } from 'vitest';
import { handoverOf } from '../../src/tools/handover';
import { handoverText } from '../../src/tools/handover-text';

const S3 = { bucket: 'states', key: 'demo/dev.tfstate', dynamodb_table: 'locks' };
const terraform = (backend: object) => ({
  required_version: '>= 1.11.0',
  required_providers: { aws: { source: 'aws', version: '5.100.0' } },
  backend,
});
const provider = { aws: [{ region: 'eu-west-1' }] };
const bootstrap = {
  terraform: terraform({ local: {} }),
  provider,
  resource: { aws_s3_bucket: { state_bucket: { bucket: 'states' } } },
};
const environment = { terraform: terraform({ s3: S3 }), provider };

test('the README of an environment names the stack that comes first and what it makes', () => {
  expect(readme('demo-dev', { 'demo-dev': environment, 'demo-bootstrap': bootstrap })).toContain(
    '## Before\n\n`demo-bootstrap` is applied: it makes the bucket `states` and the lock table `locks`. Where it has not been yet, export and apply it before demo-dev.\n',
  );
  expect(readme('demo-dev', { 'demo-dev': environment })).toContain(
    '## Before\n\nSomebody else’s bucket `states` and the lock table `locks` are there already.\n',
  );
});

test('the README tells the account, where the file pins one', () => {
  const pinned = {
    ...environment,
    provider: { aws: [{ region: 'eu-west-1', allowed_account_ids: ['123456789012'] }] },
  };
  expect(readme('demo-dev', { 'demo-dev': pinned })).toContain(
    'Terraform for AWS, eu-west-1 of account 123456789012. ',
  );
  expect(readme('demo-dev', { 'demo-dev': environment })).toContain('Terraform for AWS, eu-west-1. ');
});

test('the README of a remote state inits with its file, plans and applies, and names the place of the state', () => {
  const text = readme('demo-dev', { 'demo-dev': environment });
  expect(commands(text).slice(0, 6)).toEqual([
    'terraform init -backend-config=backend-config.hcl',
    'terraform plan -out=plan.out',
    'terraform apply plan.out',
    'terraform init -input=false -lockfile=readonly -backend-config=backend-config.hcl',
    'terraform plan -input=false -out=plan.out',
    'terraform apply -input=false plan.out',
  ]);
  expect(commands(text)).toContain('terraform force-unlock <ID>');
  expect(text).toContain('It lies in `s3://states/demo/dev.tfstate`.');
});

test('the README of a bootstrap says that it comes first, and moves its state into the bucket that it has made', () => {
  const text = readme('demo-bootstrap', { 'demo-bootstrap': bootstrap }, 'bucket = "states"\nencrypt = true\n');
  expect(text).toContain('## Before\n\nThis stack comes first: ');
  expect(text).toContain(`cat > backend_override.tf <<'EOF'
terraform {
  backend "s3" {
    bucket = "states"
    encrypt = true
  }
}
EOF
terraform init -migrate-state
`);
  expect(text).toContain('`state: { bootstrapped: true }` in the YAML of demo makes');
  expect(text).not.toContain('After the first apply');
});

test('the README lists what is left after the first apply, commands as such, and the outputs', () => {
  const output = {
    next_steps: { description: 'What to do', value: ['Push it: aws ecs update-service --service <name>', 'Wait.'] },
    url: { description: 'Where it answers', value: 'x' },
  };
  const text = readme('demo-dev', { 'demo-dev': { ...environment, output } });
  expect(text).toContain('\n1. Push it: `aws ecs update-service --service <name>`\n2. Wait.\n');
  expect(text).toContain('\n- `next_steps`: What to do\n- `url`: Where it answers\n');
});

test('the README says from which OpenTofu on the folder is taken, and what it needs besides', () => {
  const text = readme('demo-dev', { 'demo-dev': environment });
  expect(text).toMatch(/From OpenTofu 1\.11 on.*write-only arguments/s);
  expect(text).toContain('`tofu providers lock`');
});

function readme(stack: string, stacks: Record<string, object>, backendConfig?: string): string {
  return handoverText(handoverOf(stack, new Map(Object.entries(stacks)), { localState: 'x.tfstate', backendConfig }));
}

function commands(text: string): string[] {
  return text.split('\n').filter((line) => line.startsWith('terraform '));
}
