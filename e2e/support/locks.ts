import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Workdir } from './terraform';

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
