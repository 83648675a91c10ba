import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { type InitAnswers, initEnvironment } from '../../tools/init';

interface Flags {
  readonly project?: string;
  readonly env: string;
  readonly region?: string;
  readonly domain?: string;
  readonly database?: string;
}

/** `terrace init` */
export function addInit(program: Command): void {
  program
    .command('init')
    .description('write a new environment; asks for what no flag says')
    .option('--project <name>', 'the system, which names the folder')
    .option('--env <name>', 'the environment, which names the file', 'dev')
    .option('--region <region>', 'AWS region')
    .option('--domain <name>', 'root domain, "none" for plain HTTP')
    .option('--database <engine>', '"postgres" or "none"')
    .action(async (flags: Flags) => {
      const answers = await ask(flags);
      const file = initEnvironment(answers, { folder: 'environments', schema: '../../schema/environment.json' });
      console.log(`${file} is written. Next: npm run synth, then npm run golden to record its addresses.`);
    });
}

const questions = [
  { key: 'project', text: 'Project (small letters, digits, dashes)', otherwise: '' },
  { key: 'region', text: 'AWS region', otherwise: 'us-east-1' },
  { key: 'domain', text: 'Root domain, "none" for plain HTTP', otherwise: 'none' },
  { key: 'database', text: 'Database: postgres or none', otherwise: 'postgres' },
] as const;

async function ask(flags: Flags): Promise<InitAnswers> {
  const answers: Record<string, string> = {};
  const missing = questions.filter(({ key }) => flags[key] === undefined);
  const terminal = missing.length > 0 ? createInterface({ input: process.stdin, output: process.stdout }) : undefined;
  const lines = terminal?.[Symbol.asyncIterator]();
  for (const { key, text, otherwise } of missing) {
    process.stdout.write(`${text}${otherwise && ` [${otherwise}]`}: `);
    const line = await lines?.next();
    answers[key] = (line?.value ?? '').trim() || otherwise;
  }
  terminal?.close();
  const { project = '', region = '', domain = '', database = '' } = { ...answers, ...definedOnly(flags) };
  return { project, env: flags.env, region, domain, database };
}

function definedOnly(flags: Flags): Record<string, string> {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}
