import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Lends a folder to `work` and removes it afterwards, also when the work fails or is broken off. */
export async function inTemporaryFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  let folder: string | undefined;
  const remove = () => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', remove);
  // By itself a signal ends the process at once; so what is to happen at its end happens.
  const end = (signal: (typeof SIGNALS)[number]) => process.exit(128 + constants.signals[signal]);
  for (const signal of SIGNALS) process.once(signal, end);
  try {
    folder = mkdtempSync(join(realpathSync(tmpdir()), 'terrace-'));
    return await work(folder);
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, end);
    process.removeListener('exit', remove);
    remove();
  }
}
