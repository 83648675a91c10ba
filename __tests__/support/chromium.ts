import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian's Chromium, wherever PATH has it. */
function find(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'chromium')).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The browser that pages are tested in. Without it those tests are skipped, in one line that nobody overlooks. */
export const chromium = find();

if (chromium === undefined) {
  if (process.env['TERRACE_REQUIRE_CHROMIUM']) throw new Error('chromium is not on the PATH, and it is required');
  console.warn('SKIPPED: pages are not tested in a browser, because chromium is not on the PATH');
}
