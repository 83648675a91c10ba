import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import type * as Rendered from '../../environment/rendered';
import { type Handover, handoverOf } from '../../tools/handover';
import { handoverText } from '../../tools/handover-text';
import { lockFileFor } from '../../tools/lock-file';
import { inTheWay, replaceExport, stageExport, stageStack } from '../export-folder';
import { lockProviders, PLATFORMS } from '../provider-locks';
import { reportWarnings } from '../report';
import { unknownStack } from '../stack-names';

interface Flags {
  readonly to: string;
  readonly hcl: boolean;
  readonly platforms: string;
}

/** `terrace export <stack…> --to <folder>` */
export function addExport(program: Command): void {
  program
    .command('export')
    .description(
      'write stacks for pipelines that have Terraform and nothing of terrace: a folder each, with all it needs',
    )
    .argument('<stacks...>', 'stacks such as shop-bootstrap shop-dev')
    .requiredOption('--to <folder>', 'where the folders go')
    .option('--hcl', 'HCL instead of JSON', false)
    .option('--platforms <list>', 'platforms to lock the providers for', PLATFORMS.join(','))
    .action((stacks: string[], flags: Flags) => {
      const work = mkdtempSync(join(tmpdir(), 'terrace-'));
      try {
        exportStacks([...new Set(stacks)].sort(), flags, join(work, 'out'));
      } finally {
        rmSync(work, { recursive: true, force: true });
      }
    });
}

function exportStacks(names: readonly string[], { to, hcl, platforms }: Flags, outdir: string): void {
  const { renderFolder, renderStacks, localStateFile, withStateBeside } = loadRendering();
  delete process.env.SYNTH_HCL_OUTPUT;
  const stacks = renderStacks(['environments']);
  const unknown = names.filter((name) => !stacks.has(name)).map((name) => unknownStack(name, stacks.keys()));
  const obstacles = names.flatMap((name) => inTheWay(to, name) ?? []);
  if (unknown.length + obstacles.length > 0) {
    for (const message of [...unknown, ...obstacles]) console.error(message);
    process.exitCode = 1;
    return;
  }

  // cdktf decides by this variable which of its two languages it writes.
  if (hcl) process.env.SYNTH_HCL_OUTPUT = 'true';
  const { backendConfigs, warnings, overrides } = renderFolder(['environments'], outdir);
  const handovers = names.map((name) =>
    handoverOf(name, stacks, { localState: localStateFile(name), backendConfig: backendConfigs.get(name) }),
  );
  const required = new Map(handovers.flatMap(({ providers }) => providers).map((each) => [each.source, each]));
  const staging = stageExport(to);
  try {
    const locks = lockProviders([...required.values()], platforms.split(','));
    for (const handover of handovers) {
      const { stack } = handover;
      const folder = stageStack(join(staging, stack), join(outdir, 'stacks', stack), (text) =>
        withStateBeside(stack, text),
      );
      complete(folder, handover, locks.text);
    }
    for (const name of names) replaceExport(join(staging, name), join(to, name));
    reportWarnings(warnings);
    for (const override of overrides)
      if (names.includes(override.split(' ')[0] ?? ''))
        console.error(`override in use: ${override}, which terrace does not check`);
    if (locks.note !== undefined) console.error(`WARNING: ${locks.note}`);
    console.log(`${names.length} ${names.length === 1 ? 'stack' : 'stacks'} in ${to}: ${names.join(', ')}`);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function complete(folder: string, handover: Handover, locks: string | undefined): void {
  if (locks !== undefined) writeFileSync(join(folder, '.terraform.lock.hcl'), lockFileFor(handover.providers, locks));
  writeFileSync(join(folder, 'README.md'), handoverText(handover));
}

/** A file of its own in dist/, because it brings cdktf along. */
function loadRendering(): typeof Rendered {
  return require(join(__dirname, 'rendered.js'));
}
