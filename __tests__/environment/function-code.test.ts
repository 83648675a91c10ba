import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { packagedFunction } from '../../src/environment/function-code';
import { root, run } from '../support/program';

beforeAll(() => {
  expect(run('terrace', ['--help'], root).status).toBe(0); // which builds what is missing
});

test.each(['deployer', 'notifier'])('%s is the same to the byte, bundled from the sources or beforehand', (name) => {
  const { 'index.js': bundled } = unzipSync(packagedFunction(name).bytes);
  expect(Buffer.from(bundled ?? []).equals(readFileSync(join(root, 'dist', 'functions', `${name}.js`)))).toBe(true);
});
