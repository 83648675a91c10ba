import { LocalBackend, S3Backend } from 'cdktf';
import type { Construct } from 'constructs';
import type { EnvironmentSpec } from '../spec/environment';
import type { RemoteStateSpec } from '../spec/sections/state';

/** Settings of the S3 backend: what is in cdk.tf.json and in backend-config.hcl. */
function backendSettings({ bucket, key, region, lockTable }: RemoteStateSpec, accountId: string | undefined) {
  return {
    bucket,
    key,
    region,
    encrypt: true,
    dynamodb_table: lockTable,
    use_lockfile: true,
    ...(accountId !== undefined && { allowed_account_ids: [accountId] }),
  };
}

/** Keeps an environment's state where its file says. */
export function addState(stack: Construct, { state, accountId }: EnvironmentSpec): void {
  if (state === 'local') addLocalBackend(stack, stack.node.id);
  else addS3Backend(stack, state, accountId);
}

/**
 * Keeps the state in S3 with two locks: the table's digest notices a state that was lost or rolled back, the lock file is
 * where Terraform is going.
 */
export function addS3Backend(stack: Construct, state: RemoteStateSpec, accountId: string | undefined): void {
  const { bucket, key, region, encrypt, dynamodb_table: dynamodbTable } = backendSettings(state, accountId);
  const backend = new S3Backend(stack, { bucket, key, region, encrypt, dynamodbTable });
  // cdktf 0.21 knows neither argument.
  backend.addOverride('use_lockfile', true);
  if (accountId !== undefined) backend.addOverride('allowed_account_ids', [accountId]);
}

/** Keeps the state in the project's folder. Without a path cdktf writes an absolute one, which differs by machine. */
export function addLocalBackend(stack: Construct, name: string): void {
  new LocalBackend(stack, { path: localStateInProject(name) });
}

/** Where `cdktf.out/stacks/<stack>` looks for a local state: in the project's folder. */
export function localStateInProject(stack: string): string {
  return `../../../${localStateFile(stack)}`;
}

/** The name that cdktf gives to a local state. */
export function localStateFile(stack: string): string {
  return `terraform.${stack}.tfstate`;
}

/** The same settings as a partial configuration, for `terraform init -backend-config=…`. */
export function backendConfig(state: RemoteStateSpec, accountId: string | undefined): string {
  const lines = Object.entries(backendSettings(state, accountId)).map(
    ([key, value]) => `${key} = ${JSON.stringify(value)}`,
  );
  return `${lines.join('\n')}\n`;
}
