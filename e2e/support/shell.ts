import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../__tests__/support/program';
import { type } from '../../__tests__/support/shell';

/** Somebody at a shell with the README open. */
export class Shell {
  private readonly readme = readFileSync(join(root, 'README.md'), 'utf8').replaceAll(/\\\n\s*/g, '');

  constructor(
    readonly path: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Types a command of the README, with what stands for its placeholders and what a person answers; its standard output. */
  readmeSays(
    command: string,
    { values = {}, flags = '', answers = '', cwd = this.path }: Typing = {},
  ): Promise<string> {
    if (!this.readme.includes(command)) throw new Error(`the README does not say ${command}`);
    const filled = Object.entries(values).reduce((now, [name, value]) => now.replaceAll(name, value), command);
    return this.type(`${filled}${flags}`, answers, cwd);
  }

  async type(command: string, answers = '', cwd = this.path): Promise<string> {
    const { status, stdout, stderr } = await type(command, cwd, { ...process.env, ...this.env }, answers);
    if (status !== 0) throw new Error(`${command} ends with ${status}:\n${stdout.slice(-2000)}\n${stderr}`);
    return stdout;
  }
}

interface Typing {
  readonly values?: Readonly<Record<string, string>>;
  /** What is typed behind it here. */
  readonly flags?: string;
  readonly answers?: string;
  readonly cwd?: string;
}
