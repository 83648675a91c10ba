// npm run e2e [-- --all] [-- <part of a test's name>]: real Terraform through whole lives of stacks.
// Without --all every stack once and a sample of the failures, which fits a pipeline; with it everything.
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const args = process.argv.slice(2);
const names = args.filter((arg) => arg !== '--all');
const config = join(__dirname, 'vitest.config.mts');
const vitest = join(__dirname, '..', 'node_modules', 'vitest', 'vitest.mjs');
const filter = names.length > 0 ? ['-t', names.join(' ')] : [];
const { status } = spawnSync(process.execPath, [vitest, 'run', '--config', config, ...filter], {
  cwd: join(__dirname, '..'),
  stdio: 'inherit',
  env: { ...process.env, TERRACE_E2E: args.includes('--all') ? 'all' : 'some' },
});
process.exit(status ?? 1);
