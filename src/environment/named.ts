import { Construct } from 'constructs';
import { constructId } from '../terraform/logical-ids';
import { Moved } from '../terraform/moved';

interface Item {
  readonly name: string;
  readonly was?: string | undefined;
}

/**
 * A block for each thing of a named list, found again under `<section>.<name>`.
 *
 * Their addresses carry their names, never their places in the list; a renamed one takes its resources along.
 */
export function makeNamed<Spec extends Item, Block extends Construct>(
  stack: Construct,
  { section, id, items }: { readonly section: string; readonly id: string; readonly items: readonly Spec[] },
  make: (scope: Construct, id: string, item: Spec) => Block,
): ReadonlyMap<string, Block> {
  const scope = new Construct(stack, id);
  return new Map(
    items.map((item) => {
      const block = make(scope, constructId(item.name), item);
      if (item.was !== undefined) new Moved(block, item.was);
      return [`${section}.${item.name}`, block];
    }),
  );
}
