import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvironmentSpec } from '../environment';
import type { Finding } from '../rules/report';

/** The code of functions is where the file says, seen from the project's root. */
export function* codeExists({ functions }: EnvironmentSpec): Iterable<Finding> {
  for (const { name, code } of functions) {
    if (code === undefined) continue;
    const path = ['functions', name, 'code'];
    const found = statSync(code, { throwIfNoEntry: false });
    if (code.endsWith('.zip')) {
      if (!found?.isFile()) yield { path, expected: 'expected a .zip file that is there', got: code };
    } else if (!found?.isDirectory()) {
      yield { path, expected: 'expected a folder that is there', got: code };
    } else if (entryOf(code) === undefined) {
      yield { path, expected: 'expected a folder with an index.ts or index.js', got: code };
    }
  }
}

/** The file that a folder of code begins with. */
export function entryOf(folder: string): string | undefined {
  return ['index.ts', 'index.js'].map((file) => join(folder, file)).find((file) => existsSync(file));
}
