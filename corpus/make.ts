// npm run corpus -- <name or stack…>: plans cases anew with real Terraform; --all: every one; --missing: only those without a plan.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { type Case, casesIn } from './making/case';
import { complaints, summary } from './making/check';
import { planOf } from './making/plan';
import { each } from './making/run';

const args = process.argv.slice(2);
const cases = casesIn(join(__dirname, 'cases'));
const fileOf = ({ name }: Case) => join(__dirname, 'plans', `${name}.json.br`);
const names = args.filter((arg) => !arg.startsWith('--'));
const strangers = names.filter((arg) => !cases.some(({ name, stack }) => name === arg || stack === arg));
const chosen = cases.filter((one) => {
  if (args.includes('--missing') && existsSync(fileOf(one))) return false;
  return names.length === 0 ? args.length > 0 : names.includes(one.name) || names.includes(one.stack);
});

async function make(one: Case): Promise<void> {
  const text = await planOf(one);
  const lines = summary(text);
  const bad = complaints(text);
  if (bad.length > 0) throw new Error(bad.join('\n'));
  const size = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length, [constants.BROTLI_PARAM_LGWIN]: 24 };
  const packed = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, ...size } });
  writeFileSync(fileOf(one), packed);
  console.log([`${one.name}: ${Math.ceil(packed.length / 1024)} KB`, ...lines.map((line) => `  ${line}`)].join('\n'));
}

/** The others go on where one fails. */
async function tried(one: Case): Promise<void> {
  await make(one).catch((error: Error) => {
    console.error(`${one.name}: ${error.message}\n${error.cause ?? ''}`);
    process.exitCode = 1;
  });
}

if (strangers.length > 0 || chosen.length === 0) {
  console.error(`corpus: expected names of cases, --missing or --all, got ${strangers.join(', ') || 'none to make'}`);
  process.exitCode = 1;
} else void each(chosen, 2, tried);
