import type { Command } from 'commander';

/** `terrace init` */
export function addInit(program: Command): void {
  program.command('init');
}
