import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { formatProblem, SpecError } from '../../src/spec/load/problem';
import { type Conversion, convert, translate } from '../../src/tools/convert/convert';
import { reportText } from '../../src/tools/convert/report';

const files = join(__dirname, '..', 'tools', 'convert', 'files');

/** What every file of the older tool begins with. */
export const HEAD =
  'project: shop\nenv: dev\nregion: eu-central-1\nstate_bucket: shop-state\nworkload:\n  backend_image_port: 8080\n';

/** One of the files in the dialect of the older tool. */
export function olderFile(name: string): string {
  return readFileSync(join(files, `${name}.yaml`), 'utf8');
}

/** Without a check of what comes out, which takes longer than all the rest. */
export function translated(text: string): ReturnType<typeof translate> {
  return translate('dev.yaml', text);
}

export function converted(text: string): Conversion {
  return convert('dev.yaml', text);
}

/** The converted file as a value. */
export function meaning(text: string): unknown {
  return parse(translated(text).yaml);
}

/** The lines of the report that tell of a key or of something below it, without their place in the file. */
export function told(text: string, key: string): string {
  const lines = reportText({ ...translated(text), problems: [] }).split('\n');
  const about = lines.filter((line) => line.startsWith(`dev.yaml:`) && line.split(' ')[1]?.startsWith(key));
  return about.map((line) => line.slice(line.indexOf(' ') + 1)).join('\n');
}

/** Why a file is not converted, as a user sees it. */
export function refusal(text: string): string {
  try {
    converted(text);
  } catch (error) {
    if (error instanceof SpecError) return error.problems.map(formatProblem).join('\n');
    throw error;
  }
  return 'converted';
}
