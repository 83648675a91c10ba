import type { RequiredProvider } from './handover';

const HEAD = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;

/** The lock file of a stack, out of one that locks at least its providers. */
export function lockFileFor(providers: readonly RequiredProvider[], locks: string): string {
  const blocks = [...locks.matchAll(/^provider "[^"/]+\/([^"]+)" \{\n[^}]*^\}\n/gm)];
  const wanted = blocks.filter(([, source]) => providers.some((provider) => provider.source === source));
  return [HEAD, ...wanted.map(([block]) => block)].join('\n');
}
