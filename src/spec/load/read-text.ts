import { readFileSync, statSync } from 'node:fs';
import type { Problem } from './problem';

const LARGEST = 1024 * 1024; // bytes; the largest of our own files has 10 KB

/** The text of a file a person wrote, or the reason why there is none. */
export function readText(file: string): { readonly text: string } | { readonly problem: Problem } {
  const refuse = (message: string) => ({ problem: { at: { file, line: 1, column: 1 }, path: '', message } });
  try {
    const stat = statSync(file);
    if (!stat.isFile()) return refuse('expected a file, got a folder');
    if (stat.size > LARGEST)
      return refuse(`expected at most 1 MB, got ${(stat.size / LARGEST).toFixed(1)} MB: this is no environment file`);
    const bytes = readFileSync(file);
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return refuse('expected UTF-8 text, got other bytes: save the file as UTF-8');
    return refuse(`cannot be read: ${explainFileError(error)}`);
  }
}

/** The system's reason in words. */
export function explainFileError(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EACCES: 'permission denied',
    ELOOP: 'its links lead in a circle',
    EROFS: 'the file system is read-only',
    ENOSPC: 'there is no space left',
    ENOTDIR: 'a part of its path is not a folder',
  };
  return reasons[code ?? ''] ?? `the system says ${code}`;
}
