import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The judge of workflows. https://github.com/rhysd/actionlint */
const VERSION = '1.7.7';
const MODULE = 'github.com/rhysd/actionlint';

/** The program: from the PATH, or built once by Go into the user's cache folder; or why there is none here. */
export function actionlint(): { readonly program: string } | { readonly missing: string } {
  if (spawnSync('actionlint', ['-version']).status === 0) return { program: 'actionlint' };
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const program = join(cache, 'terrace', `actionlint-${VERSION}`);
  return existsSync(program) ? { program } : build(program);
}

/** As a dependency of an empty module, because `go install` asks for a list of versions that a proxy may not have. */
function build(program: string): { readonly program: string } | { readonly missing: string } {
  const work = mkdtempSync(join(tmpdir(), 'terrace-actionlint-'));
  try {
    writeFileSync(join(work, 'go.mod'), `module scratch\n\ngo 1.22\n\nrequire ${MODULE} v${VERSION}\n`);
    writeFileSync(join(work, 'tools.go'), `//go:build tools\n\npackage tools\n\nimport _ "${MODULE}/cmd/actionlint"\n`);
    const { status, stderr, error } = spawnSync('go', ['build', '-o', 'made', `${MODULE}/cmd/actionlint`], {
      cwd: work,
      encoding: 'utf8',
      env: { ...process.env, GOFLAGS: '-mod=mod -buildvcs=false' },
      timeout: 180_000,
    });
    if (status !== 0) {
      const why = error?.message ?? stderr.trim().split('\n').at(-1);
      return { missing: `there is no actionlint on the PATH, and Go made none: ${why}` };
    }
    mkdirSync(dirname(program), { recursive: true });
    // Moved as a whole: several test files may be at it at the same moment.
    const beside = `${program}.${process.pid}`;
    cpSync(join(work, 'made'), beside);
    renameSync(beside, program);
    return { program };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
