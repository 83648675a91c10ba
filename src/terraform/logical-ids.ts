import { type TerraformResource, TerraformStack } from 'cdktf';
import { Construct, type Node } from 'constructs';

/**
 * Names the resources of one stack after their place in it.
 *
 * `Default` is dropped, so the main resource of a block carries the block's own
 * name: plans say `aws_db_instance.database`, with no hash behind it.
 */
export class LogicalIds {
  private readonly pathOf = new Map<string, string>();

  /** `kind` keeps apart what Terraform keeps apart: resource types, data sources, outputs. */
  allocate(node: Node, stack: Node, kind: string): string {
    const name = logicalId(node.scopes.slice(stack.scopes.length).map((scope) => scope.node.id));
    const key = `${kind} ${name}`;
    const holder = this.pathOf.get(key) ?? node.path;
    if (holder !== node.path) {
      throw new Error(`${node.path} and ${holder} would both be named "${name}" in Terraform: change one id`);
    }
    this.pathOf.set(key, node.path);
    return name;
  }
}

/** The Terraform name of a construct path. */
export function logicalId(ids: readonly string[]): string {
  return ids.filter((id) => id !== 'Default').join('_');
}

/** What plans call a resource: `aws_db_instance.database`. */
export function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}

/** The Terraform name of a block's main resource, by which others may call it: `database`. */
export function mainName(construct: Construct): string {
  const stack = TerraformStack.of(construct);
  return logicalId(construct.node.scopes.slice(stack.node.scopes.length).map((scope) => scope.node.id));
}

/** A name from the YAML as a construct id: `daily-cleanup` → `daily_cleanup`. */
export function constructId(name: string): string {
  const id = name.replace(/[^A-Za-z0-9]/g, '_');
  // The tree keeps its children in an object, which has this one from birth.
  return id === 'constructor' ? 'constructor_' : id;
}

/**
 * What a thing was first called, as a construct id, for what others have of it: a grant that is called after a renamed queue
 * would be taken away and given anew, and whoever runs meanwhile could not use it.
 */
export function firstId({ name, was }: { readonly name: string; readonly was?: string | undefined }): string {
  return constructId(was ?? name);
}

/** The scope called `id` in another one, made when it is first asked for. */
export function scopeIn(parent: Construct, id: string): Construct {
  return (parent.node.tryFindChild(id) as Construct | undefined) ?? new Construct(parent, id);
}
