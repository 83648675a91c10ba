import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = join(__dirname, '..');
const sources = ['src', 'main.ts'].flatMap((start) => filesIn(join(root, start)));

/** What each folder may import of ours; types of the Spec may go anywhere below. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  'main.ts': ['src/cli', 'src/environment'],
  'src/cli': ['src/cli', 'src/tools', 'src/spec', 'src/environment'],
  'src/tools': ['src/tools', 'src/spec'],
  'src/environment': ['src/environment', 'src/blocks', 'src/access', 'src/terraform', 'src/spec'],
  'src/blocks': ['src/blocks', 'src/access', 'src/terraform', 'src/spec'],
  'src/access': ['src/access', 'src/terraform'],
  'src/terraform': ['src/terraform'],
  'src/spec': ['src/spec'],
};

test('imports point downward', () => {
  const wrong = sources.flatMap((file) => {
    const allowed = arrows[folderOf(file)] ?? [];
    return importsOf(file)
      .filter(({ target }) => target.startsWith('.'))
      .filter(({ target }) => !allowed.includes(folderOf(join(dirname(file), target))))
      .map(({ target }) => `${relative(root, file)} -> ${target}`);
  });
  expect(wrong).toEqual([]);
});

test('the language knows nothing of cdktf, and so does the validating command', () => {
  const wrong = sources
    .filter((file) => ['src/spec', 'src/tools'].includes(folderOf(file)))
    .filter((file) => importsOf(file).some(({ target }) => /^(?:@?cdktf|constructs)/.test(target)));
  expect(wrong).toEqual([]);
});

test('blocks take the types of the language, its tables and nothing that reads files', () => {
  const wrong = sources
    .filter((file) => folderOf(file) === 'src/blocks')
    .flatMap((file) => importsOf(file).map((found) => ({ file, ...found })))
    .filter(
      ({ target, typeOnly }) => target.includes('/spec/') && !typeOnly && !/\/spec\/(?:values|sections)\//.test(target),
    );
  expect(wrong).toEqual([]);
});

test('providers are imported by resource, because their barrels cost seconds', () => {
  const barrels = sources.flatMap((file) =>
    importsOf(file).filter(({ target }) => /^@cdktf\/provider-[a-z]+(?:\/lib)?$/.test(target)),
  );
  expect(barrels).toEqual([]);
});

test('there are no barrels of our own', () => {
  expect(sources.filter((file) => file.endsWith('/index.ts'))).toEqual([]);
});

test('only the command line prints and ends the process', () => {
  const wrong = sources.filter(
    (file) =>
      folderOf(file) !== 'src/cli' &&
      /\bconsole\.(?:log|error|warn|info)\b|process\.(?:exit|stdout|stderr)/.test(readFileSync(file, 'utf8')),
  );
  expect(wrong).toEqual([]);
});

test('synth reads no clock, no randomness and no environment', () => {
  const wrong = sources
    .filter((file) => !['src/cli', 'main.ts'].includes(folderOf(file)))
    .filter((file) =>
      /Math\.random|Date\.now|new Date\(\)|process\.env|random(?:Bytes|UUID|Int)|node:(?:http|net|child_process)/.test(
        readFileSync(file, 'utf8'),
      ),
    );
  expect(wrong).toEqual([]);
});

test('no system is named in the code', () => {
  const systems = readdirSync(join(root, 'environments'));
  // As a value that code could compare with: "platform" is also a word of Docker, of Firebase and of examples.
  const named = systems.map((system) => new RegExp(`(['"\`])${system}(?:-[a-z]+)?\\1`));
  expect(sources.filter((file) => named.some((value) => value.test(readFileSync(file, 'utf8'))))).toEqual([]);
});

test('no file outgrows a reader', () => {
  const long = sources.filter((file) => readFileSync(file, 'utf8').split('\n').length > 251);
  expect(long).toEqual([]);
});

function importsOf(file: string): { readonly target: string; readonly typeOnly: boolean }[] {
  const statements = readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s[^;]*?from\s+'([^']+)';/gms);
  return [...statements].map(([statement, target = '']) => ({
    target,
    typeOnly: /^(?:import|export)\s+type\b/.test(statement),
  }));
}

function folderOf(file: string): string {
  const [first = '', second = ''] = relative(root, file).split('/');
  return first === 'src' ? `${first}/${second}` : first;
}

function filesIn(path: string): string[] {
  if (path.endsWith('.ts')) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.name.endsWith('.ts'))
    .flatMap((entry) => filesIn(join(path, entry.name)));
}
