import { spawn } from 'node:child_process';

/** Runs a program at low priority to its end; what it printed, or an error with what it complained of. */
export function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const child = spawn('nice', [program, ...args], { cwd, env: { ...process.env, ...env } });
  const out: Buffer[] = [];
  const complaints: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => out.push(part));
  child.stderr.on('data', (part: Buffer) => complaints.push(part));
  return new Promise((resolve, reject) => {
    const text = (parts: Buffer[]) => Buffer.concat(parts).toString();
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(text(out));
      else
        reject(new Error(`${program} ${args[0]} ends with ${status}:\n${text(complaints)}\n${text(out).slice(-2000)}`));
    });
  });
}

/** Collecting garbage is half of what Terraform does in so short a run. */
const quick = { GOGC: 'off', GOMEMLIMIT: '1500MiB' };

/** Terraform in a folder that has been initialized elsewhere, or is about to be. */
export function terraform(cwd: string, env: NodeJS.ProcessEnv, ...args: string[]): Promise<string> {
  return run('terraform', args, cwd, {
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    ...quick,
    ...env,
  });
}

/** Works through a list, a few at once. */
export async function each<Item>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<void>) {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
