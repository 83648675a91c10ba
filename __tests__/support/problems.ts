import { readEnvironments } from '../../src/spec/load/load';
import { formatProblem } from '../../src/spec/load/problem';
import { folder } from './files';

/** The problems of an environment file, a line each, as a user sees them; `base` stands beside it as base.yaml. */
export function problemsOf(dev: string, base?: string): string {
  return problemsIn({ 'demo/dev.yaml': dev, ...(base === undefined ? {} : { 'demo/base.yaml': base }) });
}

/** What is worth a line in an environment file that passes. */
export function warningsOf(dev: string): string {
  const root = folder({ 'demo/dev.yaml': dev });
  const warnings = readEnvironments([root]).environments.flatMap(({ warnings }) => warnings);
  return warnings.map(formatProblem).join('\n').replaceAll(`${root}/`, '');
}

/** The problems of a folder of systems, with paths as if it were the current folder. */
export function problemsIn(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = folder(files);
  return readEnvironments([root])
    .problems.map(formatProblem)
    .join('\n')
    .replaceAll(`${root}/`, '')
    .replaceAll(root, '.');
}
