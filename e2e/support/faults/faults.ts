import type { Synthesized } from '../project';
import type { Applied } from '../terraform';
import { addressesOf, addressFaults } from './addresses';
import { lockFaults } from './locks';
import { routeFaults } from './routes';
import { plainSecrets } from './secrets';

/**
 * What is wrong with a stack that Terraform and the provider have taken without a word: a sentence for each.
 *
 * No emulator carries packets, and nobody applies at the same moment: what would fail on a later day is read from the state.
 */
export function faultsOf(
  stack: string,
  synthesized: Synthesized,
  applied: Applied,
  addressAsCommitted = (address: string) => address,
): string[] {
  return [
    ...routeFaults(applied.resources),
    ...plainSecrets(synthesized, applied),
    ...addressFaults(stack, [...addressesOf(synthesized, applied.resources)].map(addressAsCommitted)),
    ...lockFaults(stack, synthesized.terraform.backend),
  ];
}
