import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Problem } from './problem';

/** What every file of a folder is laid over. */
export const BASE = 'base.yaml';

/** The environment files that `path` means: itself, those of a system's folder, or those of all folders in it. */
export function findFiles(path: string): { readonly files: readonly string[]; readonly problems: readonly Problem[] } {
  const refuse = (message: string, file = path) => ({
    files: [],
    problems: [{ at: { file, line: 1, column: 1 }, path: '', message }],
  });
  if (!existsSync(path)) return refuse('there is no such file or folder');
  const misnamedFile = (file: string) =>
    refuse(`expected the ending .yaml, got .yml: rename it to ${basename(file, '.yml')}.yaml`, file);
  if (!statSync(path).isDirectory() && path.endsWith('.yml')) return misnamedFile(path);
  if (!statSync(path).isDirectory())
    return basename(path) === BASE ? findFiles(dirname(path)) : { files: [path], problems: [] };

  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const misnamed = entries.find((entry) => entry.isFile() && entry.name.endsWith('.yml'));
  if (misnamed) return misnamedFile(join(path, misnamed.name));

  const yaml = entries
    .filter((entry) => !entry.isDirectory() && entry.name.endsWith('.yaml'))
    .map((entry) => entry.name);
  if (yaml.length > 0) {
    const files = yaml.filter((file) => file !== BASE).map((file) => join(path, file));
    return files.length > 0
      ? { files, problems: [] }
      : refuse('expected a file for each environment beside base.yaml, got none');
  }
  const systems = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => join(path, entry.name));
  if (systems.length === 0)
    return refuse(
      'expected a folder for each system with a file for each environment, got none: "terrace init" makes one',
    );
  const found = systems.map(findFiles);
  return { files: found.flatMap(({ files }) => files), problems: found.flatMap(({ problems }) => problems) };
}
