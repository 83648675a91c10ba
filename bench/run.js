// npm run bench: what synth costs, as ratios against the floor of loading cdktf, so that machines can be compared.
const { spawnSync } = require('node:child_process');
const { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const RUNS = 5;
const root = join(__dirname, '..');
const work = mkdtempSync(join(tmpdir(), 'terrace-bench-'));

/** CPU seconds, wall seconds and peak MB of a Node process, each the median of several runs. */
function measure(args, cwd = root) {
  const samples = [];
  for (let run = 0; run < RUNS; run++) samples.push(once(args, cwd));
  const median = (key) => samples.map((sample) => sample[key]).sort((a, b) => a - b)[Math.floor(RUNS / 2)];
  return { cpu: median('cpu'), wall: median('wall'), memory: median('memory') };
}

function once(args, cwd) {
  const probe = join(__dirname, 'probe.js');
  const started = process.hrtime.bigint();
  const result = spawnSync(process.execPath, ['--require', probe, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const wall = Number(process.hrtime.bigint() - started) / 1e9;
  if (result.status !== 0) throw new Error(`${args.join(' ')} failed:\n${result.stderr}`);
  return { wall, ...JSON.parse(result.output[3]) };
}

/** A folder with `count` environments, copies of the largest shipped one under names of their own. */
function generate(count) {
  const folder = join(work, `${count}`);
  for (let index = 1; index <= count; index++) {
    const home = join(folder, 'environments', `system-${index}`);
    mkdirSync(home, { recursive: true });
    for (const file of ['base.yaml', 'prod.yaml']) {
      const text = readFileSync(join(root, 'environments', 'fckdoomscroll', file), 'utf8');
      const renamed = text
        .replaceAll('fckdoomscroll', `system-${index}`)
        .replace(`dbname: system-${index}`, 'dbname: app');
      // In an account of their own, names that the copies share collide with nothing.
      const account = file === 'prod.yaml' ? `\naccount_id: "${String(index).padStart(12, '0')}"\n` : '';
      writeFileSync(join(home, file), renamed + account);
    }
  }
  return folder;
}

function countResources(folder) {
  const stacks = join(folder, 'cdktf.out', 'stacks');
  return readdirSync(stacks)
    .map((stack) => JSON.parse(readFileSync(join(stacks, stack, 'cdk.tf.json'), 'utf8')).resource)
    .flatMap((byType) => Object.values(byType).map((resources) => Object.keys(resources).length))
    .reduce((sum, count) => sum + count, 0);
}

/** How many of many stacks are planned when one file changes: with `terrace changed` in a repository that holds them. */
function changedOf(folder, terrace) {
  const git = (...args) => {
    const who = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com'];
    const { status, stderr } = spawnSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  writeFileSync(join(folder, '.gitignore'), 'cdktf.out\n');
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'all');
  const file = join(folder, 'environments', 'system-7', 'prod.yaml');
  writeFileSync(file, `${readFileSync(file, 'utf8')}\nsqs: [{ name: another }]\n`);
  const args = [terrace, 'changed', '--since', 'HEAD', '--json'];
  const figures = once(args, folder); // its work is done by two processes of synth, whose cpu is not counted here
  const { changed, unchanged } = JSON.parse(
    spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }).stdout,
  );
  row(
    'changed: one file of 100',
    figures,
    `${changed.length} of ${changed.length + unchanged.length} stacks to plan: ${changed.join(', ')}`,
  );
}

/** A plan of so many changes, of every kind, on the resources of the largest shipped stack. */
function planOf(count) {
  const { resource } = JSON.parse(
    readFileSync(join(root, 'cdktf.out', 'stacks', 'fckdoomscroll-prod', 'cdk.tf.json'), 'utf8'),
  );
  const kinds = Object.entries(resource).flatMap(([type, named]) => Object.values(named).map((one) => [type, one]));
  const actions = [['update'], ['delete', 'create'], ['delete'], ['create']];
  const all = Array.from({ length: count }, (_, index) => {
    const [type, { '//': _comment, ...values }] = kinds[index % kinds.length];
    const made = actions[index % actions.length];
    const before = made.join() === 'create' ? null : { ...values, name: `old-${index}`, memory_size: 128 };
    const after = made.join() === 'delete' ? null : { ...values, name: `new-${index}`, memory_size: 256 };
    const change = { actions: made, before, after, after_unknown: { id: true }, replace_paths: [['name']] };
    return { address: `${type}.r${index}`, mode: 'managed', type, name: `r${index}`, change };
  });
  const state = (side) => ({
    root_module: {
      resources: all
        .filter(({ change }) => change[side])
        .map(({ change, ...one }) => ({ ...one, values: change[side], sensitive_values: {} })),
    },
  });
  const path = join(work, 'plan.json');
  const plan = { prior_state: { values: state('before') }, planned_values: state('after'), resource_changes: all };
  writeFileSync(path, JSON.stringify({ format_version: '1.2', ...plan, configuration: { root_module: {} } }));
  return path;
}

function row(label, { cpu, wall, memory }, note = '') {
  console.log(
    `${label.padEnd(34)} ${cpu.toFixed(2).padStart(6)} s cpu ${wall.toFixed(2).padStart(6)} s wall ${memory.toFixed(0).padStart(5)} MB  ${note}`,
  );
}

try {
  const synth = join(root, 'bin', 'synth.js');
  const terrace = join(root, 'bin', 'terrace.js');
  once([synth], root); // builds, and fills the cache of compiled code
  once([terrace, 'validate'], root);

  const floor = measure(['-e', 'require("cdktf")']);
  const against = ({ cpu }) => `${(cpu / floor.cpu).toFixed(2)} x floor`;
  row('floor: require("cdktf")', floor);

  const shipped = measure([synth]);
  const shippedResources = countResources(root);
  const allowed = floor.cpu + 0.2 + 0.0005 * shippedResources;
  row(
    'synth of this repository',
    shipped,
    `${against(shipped)}; ${shippedResources} resources, ${(shipped.cpu / allowed).toFixed(2)} x (floor + 0.2 s + 0.5 ms each)`,
  );
  const validate = measure([terrace, 'validate']);
  row('terrace validate', validate, against(validate));

  const plan = planOf(5000);
  const reading = measure(['-e', `JSON.parse(require("node:fs").readFileSync(${JSON.stringify(plan)}, "utf8"))`]);
  const reviewed = measure([terrace, 'review', plan]);
  row('review of 5000 changes', reviewed, `${(reviewed.cpu / reading.cpu).toFixed(2)} x reading the JSON`);

  const sizes = [1, 10, 100].map((count) => {
    const folder = generate(count);
    const figures = measure([synth], folder);
    const resources = countResources(folder);
    row(
      `synth of ${count} environments`,
      figures,
      `${against(figures)}; ${resources} resources, ${Math.round(resources / figures.cpu)} a second`,
    );
    return figures;
  });
  changedOf(join(work, '100'), terrace);
  console.log(
    `100 environments cost ${(sizes[2].cpu / sizes[1].cpu).toFixed(1)} x what 10 do (cpu), with ${sizes[2].memory.toFixed(0)} MB at most`,
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}
