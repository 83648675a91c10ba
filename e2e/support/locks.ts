import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { ask, askS3, type Identity } from './emulator';
import type { Workdir } from './terraform';

/** Whoever applies is asked for a lock at once, and what is applied here takes longer. */
const WAIT_MILLISECONDS = 20_000;

export interface StatePlace {
  readonly bucket: string;
  readonly key: string;
  readonly table: string;
}

/** Waits until the state is locked, in S3 and in DynamoDB. */
export async function locked(identity: Identity, { bucket, key, table }: StatePlace): Promise<void> {
  const until = Date.now() + WAIT_MILLISECONDS;
  const locks = {
    [`${key}.tflock in ${bucket}`]: () => askS3(identity, `/${bucket}/${key}.tflock`),
    [`an item in ${table}`]: () => lockInTable(identity, table, `${bucket}/${key}`),
  };
  for (const [name, found] of Object.entries(locks)) {
    while (!(await found().then(Boolean, () => false))) {
      if (Date.now() > until) throw new Error(`expected the state to be locked by ${name} during an apply, got none`);
      await pause(100);
    }
  }
}

/** The digest of a state lies there too, under another key. */
async function lockInTable(identity: Identity, table: string, id: string): Promise<unknown> {
  const body = { TableName: table, Key: { LockID: { S: id } } };
  return (await ask<{ Item?: object }>(identity, 'dynamodb', 'DynamoDB_20120810.GetItem', body)).Item;
}

/** The ID of a lock that somebody has left: Terraform refuses to plan and names it. */
export async function lockOf(workdir: Workdir): Promise<string> {
  const { stderr } = await workdir.run(['plan', '-no-color']);
  expect(stderr).toContain('Error acquiring the state lock');
  return /^\s*ID:\s+(\S+)/m.exec(stderr)?.[1] ?? '';
}

/** As the README says. */
export async function unlock(workdir: Workdir, id: string): Promise<void> {
  readmeSays('`terraform force-unlock <ID>`');
  await workdir.must(['force-unlock', '-force', id]);
}

/** What a test does because the README tells a person to. */
export function readmeSays(text: string): void {
  expect(readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8')).toContain(text);
}
