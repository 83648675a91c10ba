import { TerraformElement, TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { constructId, logicalId, mainName } from './logical-ids';

interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * `moved` blocks for a construct that had the id `was` before: for everything inside it, and for the rules that its peers
 * have named after it.
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
    return this.cdktfStack.node
      .findAll()
      .filter((child: IConstruct): child is TerraformResource => TerraformResource.isTerraformResource(child))
      .map((resource) => ({
        type: resource.terraformResourceType,
        from: this.earlierName(resource),
        to: resource.friendlyUniqueId,
      }))
      .filter(({ from, to }) => from !== to)
      .map(({ type, from, to }) => ({ from: `${type}.${from}`, to: `${type}.${to}` }));
  }

  private earlierName(resource: TerraformResource): string {
    const now = mainName(this.construct);
    const before = logicalId(this.earlierIds(this.construct));
    const peerIds = new Map([`from_${now}`, `to_${now}`].map((id) => [id, id.replace(now, before)]));
    return logicalId(this.earlierIds(resource).map((id) => peerIds.get(id) ?? id));
  }

  /** The ids from the stack down, with this construct's earlier one where it is among them. */
  private earlierIds(child: IConstruct): string[] {
    const scopes = child.node.scopes.slice(this.cdktfStack.node.scopes.length);
    return scopes.map((scope) => (scope === this.construct ? constructId(this.was) : scope.node.id));
  }
}
