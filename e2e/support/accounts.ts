import { type Identity, inAccount, inRegion } from './emulator';
import { systemsOf } from './fixtures';
import type { Project } from './project';
import { emulatorHere } from './what-is-here';

/** In the account that a stack names, or in one of its system alone, as in AWS: trails and the like are an account's. */
export async function identityOf(project: Project, stack: string): Promise<Identity> {
  const [aws] = project.json(stack).provider.aws;
  const system = systemsOf(project).findIndex((name) => stack.startsWith(`${name}-`));
  const account = aws?.allowed_account_ids?.[0] ?? String(100_000_000_001 + system);
  return inAccount(inRegion(emulatorHere(), aws?.region ?? 'us-east-1'), account);
}
