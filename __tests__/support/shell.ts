import { spawn } from 'node:child_process';
import type { Ended } from './program';

/** Types a line into a shell in a folder; lets everything else happen meanwhile. */
export function type(command: string, cwd: string, env: NodeJS.ProcessEnv, answers = ''): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-euo', 'pipefail', '-c', command], { cwd, env });
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        said[stream] += text;
      });
    }
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, ...said }));
    child.stdin.on('error', () => {}); // who asks nothing may be gone already
    child.stdin.end(answers);
  });
}
