import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for all temporary ones of a run, which goes with them: cdktf makes one for each app in a test and leaves it there. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'terrace-tests-'));
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
