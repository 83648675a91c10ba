import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { WrittenStack } from '../tools/review/yaml/yaml-lines';
import { checkOut } from './revision';
import { inTemporaryFolder } from './temporary-folder';
import { writtenStacks } from './written-stacks';

/** What --since says of itself where plans are reviewed. */
export const SINCE =
  'the git revision whose state is in AWS, such as origin/main: of the files only what changed since then counts as a cause';

/** Works with what the environment files said at a revision, by stack; with nothing where none is named. */
export async function withEarlierFiles<Result>(
  since: string | undefined,
  work: (earlier: ReadonlyMap<string, WrittenStack> | undefined) => Result | Promise<Result>,
): Promise<Result> {
  if (since === undefined) return work(undefined);
  return inTemporaryFolder(async (folder) => work(writtenStacks(checkOut(since, folder, TERRACE).home)));
}

/** The folder of this program: dist/, where it runs from, lies in it. */
const TERRACE = realpathSync(join(__dirname, '..'));
