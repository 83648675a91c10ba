import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { completeEnvironment, type EnvironmentSpec } from '../environment';
import { type EnvironmentFile, environmentFile } from '../environment-file';
import { rulesAcross } from '../rules/across';
import { rules } from '../rules/all';
import type { Finding, SpecPath } from '../rules/report';
import { name } from '../values/fields';
import { camelCase, snakeCase } from './casing';
import { check, checkPart, got, spell } from './check';
import { codeExists } from './code-exists';
import { BASE, findFiles } from './find-files';
import { parseYaml } from './parse-yaml';
import { fillPlaceholders } from './placeholders';
import { type Position, type Problem, SpecError, sortProblems } from './problem';
import { laidOver, readTree, said } from './read-tree';
import { locate, type Tree } from './tree';

/** An environment that passed every check, and the way back from its values to the lines of its files. */
export interface Environment {
  readonly file: string;
  readonly spec: EnvironmentSpec;
  readonly where: (path: SpecPath) => Position;

  /** What is worth a line in a file that passed. */
  readonly warnings: readonly Problem[];
}

/** Reads all environments that `paths` mean; throws a SpecError with every problem of every file. */
export function loadEnvironments(paths: readonly string[]): readonly Environment[] {
  const { environments, problems } = readEnvironments(paths);
  if (problems.length > 0) throw new SpecError(problems);
  return environments;
}

/** The sound environments among those that `paths` mean, and the problems of the others. */
export function readEnvironments(paths: readonly string[]): {
  readonly environments: readonly Environment[];
  readonly problems: readonly Problem[];
} {
  const found = paths.map(findFiles);
  const files = [...new Set(found.flatMap(({ files }) => files))];
  const readBase = memoize(readBaseFile);
  const read = files.map((file) => readEnvironment(file, readBase));
  const environments = read.flatMap(({ environment }) => environment ?? []);
  const across = [...rulesAcross(environments.map(({ spec }) => spec))].map((finding) => {
    const environment = environments.find(({ spec }) => spec === finding.spec);
    return toProblem(
      finding,
      environment?.where ?? (() => ({ file: paths.join(' '), line: 1, column: 1 })),
      finding.spec,
    );
  });
  return {
    environments,
    problems: sortProblems([...found, ...read, { problems: across }].flatMap(({ problems }) => problems)),
  };
}

/** Reads one environment file with the base.yaml beside it. */
function readEnvironment(
  file: string,
  readBase: (file: string) => Base | undefined,
): { readonly environment?: Environment; readonly problems: readonly Problem[] } {
  const own = readTree(file);
  const base = readBase(join(dirname(file), BASE));
  const unreadable = [...own.problems, ...(base?.problems ?? [])];
  if (own.tree === undefined || (base && base.tree === undefined)) return { problems: unreadable };

  const { tree, home, problems } = laidOver(file, base?.tree, own.tree);
  return checkEnvironment(file, tree, home, [...problems, ...(base?.partly ?? [])]);
}

/** The problems and warnings of a text as an environment file of its own, called and placed as it says itself. */
export function problemsOfText(file: string, text: string): readonly Problem[] {
  const parsed = parseYaml(file, text);
  if (!('tree' in parsed)) return parsed.problems;
  const home = { project: said(parsed.tree, 'project') ?? 'project', env: said(parsed.tree, 'env') ?? 'env' };
  const { environment, problems } = checkEnvironment(file, fillPlaceholders(parsed.tree, home), home, []);
  return sortProblems(environment ? environment.warnings : problems);
}

function checkEnvironment(
  file: string,
  tree: Tree,
  home: { readonly project: string; readonly env: string },
  earlier: readonly Problem[],
): { readonly environment?: Environment; readonly problems: readonly Problem[] } {
  const checked = check(environmentFile, tree);
  const problems = [...earlier, ...checked.problems];
  if (checked.value === undefined || problems.length > 0) return { problems };

  const where = (path: SpecPath) => locate(tree, path);
  const spec = completeEnvironment(checked.value, home);
  const findings = [...homeRule(checked.value, home), ...codeExists(spec), ...rules.flatMap((rule) => [...rule(spec)])];
  const found = findings.map((finding) => toProblem(finding, where, spec));
  if (found.some(({ warning }) => !warning)) return { problems: found };
  return { environment: { file, spec, where, warnings: found }, problems: [] };
}

interface Base {
  readonly tree?: Tree;
  readonly problems: readonly Problem[];

  /** What is wrong in the file itself, whatever is laid over it. */
  readonly partly: readonly Problem[];
}

function readBaseFile(file: string): Base | undefined {
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined) return undefined;
  const read = readTree(file);
  const filled = read.tree && fillPlaceholders(read.tree, { project: 'project', env: 'env' });
  return { ...read, partly: filled ? checkPart(environmentFile, filled) : [] };
}

function memoize<Value>(compute: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    const value = known.has(key) ? (known.get(key) as Value) : compute(key);
    known.set(key, value);
    return value;
  };
}

/** A stack is named after its folder and file; what the file says must agree. */
function* homeRule(file: EnvironmentFile, home: { readonly project: string; readonly env: string }): Iterable<Finding> {
  if ((file.env ?? home.env) === 'bootstrap') {
    yield {
      path: ['env'],
      expected: 'expected another name, because <project>-bootstrap is the stack that holds the states',
      got: 'bootstrap',
    };
  }
  if (file.nameDiffersBecause !== undefined) return;
  for (const [key, value, place] of [
    ['project', home.project, 'the name of the folder'],
    ['env', home.env, 'the name of the file'],
  ] as const) {
    if (file[key] === undefined && !name.safeParse(value).success) {
      yield {
        path: [key],
        expected: `expected ${place} to be small letters, digits and dashes`,
        got: value,
        advice: `rename it, or write "${key}:"`,
      };
    }
    if (file[key] === undefined || file[key] === value) continue;
    yield {
      path: [key],
      expected: `expected "${value}", ${place}`,
      got: file[key],
      advice: 'rename one of the two, or say why they differ in "name_differs_because"',
    };
  }
}

function toProblem(
  { path, expected, advice, warning = false, ...rest }: Finding,
  where: (path: SpecPath) => Position,
  spec: EnvironmentSpec,
): Problem {
  const value = 'got' in rest ? rest.got : inYamlSpelling(valueIn(spec, path));
  const tail = advice === undefined ? '' : `: ${advice}`;
  return { at: where(path), path: spell(path), message: `${expected}, ${got(value)}${tail}`, warning };
}

function inYamlSpelling(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [snakeCase(key), inner]));
}

/** The value of the Spec at a path in the YAML's spelling. */
function valueIn(spec: unknown, path: SpecPath): unknown {
  return path.reduce<unknown>((here, step) => {
    if (Array.isArray(here)) return here[Number(step)] ?? here.find((item: { name?: string }) => item.name === step);
    if (typeof here !== 'object' || here === null) return undefined;
    const fields = here as Record<string, unknown>;
    return step in fields ? fields[step] : fields[camelCase(step)];
  }, spec);
}
