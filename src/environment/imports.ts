import type { EnvironmentSpec } from '../spec/environment';
import { Import } from '../terraform/import';
import { Moved } from '../terraform/moved';
import type { RootStack } from '../terraform/root-stack';

/** Imports of the file that can't be: addresses that no resource has, and those that have a resource already. */
export interface RefusedImports {
  readonly unknown: readonly string[];

  /** Imported by `import` beside the thing itself. */
  readonly taken: readonly string[];

  /** Renamed by `was`, so that the state has them. */
  readonly moved: readonly string[];
}

/** Takes over what is there already, by address; gives the addresses where that can't be. */
export function applyImports(stack: RootStack, imports: EnvironmentSpec['imports']): RefusedImports {
  const byAddress = stack.resources;
  const elements = stack.node.findAll();
  const imported = new Set(elements.filter((child) => child instanceof Import).map(({ to }) => to));
  const renamed = new Set(
    elements.filter((child) => child instanceof Moved).flatMap((each) => each.moves().map(({ to }) => to)),
  );
  const refused = { unknown: [] as string[], taken: [] as string[], moved: [] as string[] };
  for (const [address, id] of Object.entries(imports)) {
    const resource = byAddress.get(address);
    if (!resource) refused.unknown.push(address);
    else if (imported.has(address)) refused.taken.push(address);
    else if (renamed.has(address)) refused.moved.push(address);
    else new Import(resource, id);
  }
  return refused;
}
