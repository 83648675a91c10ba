import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Command, Option } from 'commander';
import { SpecError } from '../../spec/load/problem';
import { explainFileError, readText } from '../../spec/load/read-text';
import { convert } from '../../tools/convert/convert';
import { reportJson, reportText } from '../../tools/convert/report';

interface Flags {
  readonly to?: string;
  readonly force?: boolean;
  readonly report: 'text' | 'json';
}

/** `terrace convert <file>` */
export function addConvert(program: Command): void {
  program
    .command('convert')
    .description('write an environment file from one of the dialect’s older tool, and report what became of every key')
    .argument('<file>', 'a file such as dev.yaml of the older tool')
    .option('--to <file>', 'where to write it; the report then goes to standard output')
    .option('--force', 'write over a file that is there')
    .addOption(new Option('--report <form>', 'form of the report').choices(['text', 'json']).default('text'))
    .action((file: string, { to, force = false, report: form }: Flags) => {
      if (to !== undefined && !force && existsSync(to)) {
        refuse(to, 'expected a new file, got one that exists: name another one, or write over it with --force');
      }
      const read = readText(file);
      if ('problem' in read) throw new SpecError([read.problem]);
      const { yaml, report } = convert(file, read.text, to);
      const told = form === 'json' ? reportJson(report) : reportText(report);
      if (to === undefined) {
        process.stdout.write(yaml);
        process.stderr.write(told);
      } else {
        writeWhole(to, yaml);
        process.stdout.write(told);
      }
    });
}

/** The whole file or nothing of it. */
function writeWhole(file: string, text: string): void {
  const beside = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(beside, text);
    renameSync(beside, file);
  } catch (error) {
    if (existsSync(beside)) rmSync(beside);
    refuse(file, `cannot be written: ${explainFileError(error)}`);
  }
}

function refuse(file: string, message: string): never {
  throw new SpecError([{ at: { file, line: 0, column: 0 }, path: '', message }]);
}
