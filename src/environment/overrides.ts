import type { EnvironmentSpec } from '../spec/environment';
import type { RootStack } from '../terraform/root-stack';

/** Applies raw Terraform arguments to resources by address; gives the addresses that none has. */
export function applyOverrides(stack: RootStack, overrides: EnvironmentSpec['overrides']): readonly string[] {
  const byAddress = stack.resources;
  const unknown: string[] = [];
  for (const [address, settings] of Object.entries(overrides)) {
    const element = byAddress.get(address);
    if (!element) unknown.push(address);
    for (const [argument, value] of Object.entries(settings)) element?.addOverride(argument, value);
  }
  return unknown;
}
