import { accountGuards } from './account-guards';
import { entryGuards } from './entry-guards';
import type { Guard } from './guard';
import { logGuards } from './log-guards';
import { mailGuards } from './mail-guards';
import { secretGuards } from './secret-guards';
import { tlsGuards } from './tls-guards';

/** Every setting whose weakening somebody should know of. */
export const guards: readonly Guard[] = [
  ...entryGuards,
  ...tlsGuards,
  ...logGuards,
  ...secretGuards,
  ...mailGuards,
  ...accountGuards,
];
