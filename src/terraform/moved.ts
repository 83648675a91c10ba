import { TerraformElement, TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { constructId, logicalId } from './logical-ids';

interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * `moved` blocks for everything inside `construct`, which had the id `was` before.
 *
 * Terraform then keeps what exists instead of destroying it and making it anew.
 */
export class Moved extends TerraformElement {
  constructor(
    private readonly construct: Construct,
    private readonly was: string,
  ) {
    super(construct, 'moved');
  }

  override toTerraform(): object {
    return { moved: this.moves() };
  }

  override toHclTerraform(): object {
    return {};
  }

  /** One move for each resource, sorted as the tree is. */
  moves(): Move[] {
    const depth = this.construct.node.scopes.length - 1;
    return this.construct.node
      .findAll()
      .filter((child: IConstruct): child is TerraformResource => TerraformResource.isTerraformResource(child))
      .map((resource) => {
        const ids = resource.node.scopes.map((scope) => scope.node.id);
        ids[depth] = constructId(this.was);
        const from = logicalId(ids.slice(this.cdktfStack.node.scopes.length));
        const type = resource.terraformResourceType;
        return { from: `${type}.${from}`, to: `${type}.${resource.friendlyUniqueId}` };
      });
  }
}
