import { TerraformElement, type TerraformResource } from 'cdktf';
import { escapeHcl } from './hcl';
import { addressOf } from './logical-ids';

/**
 * What AWS is told when it makes a thing and never tells again, by type: once imported it would read as changed, and
 * Terraform would replace the thing.
 */
const toldOnce: Readonly<Record<string, readonly string[]>> = {
  aws_cognito_user_pool_client: ['generate_secret'],
};

/**
 * An `import` block: Terraform takes over what is there under `id` instead of making the resource. Once it is in the state
 * the block does nothing and may go.
 *
 * cdktf's `importFrom` asks the Terraform of this machine for its version, and synth needs none. The block names no
 * provider: Terraform takes that of the resource.
 */
export class Import extends TerraformElement {
  constructor(
    private readonly resource: TerraformResource,
    readonly id: string,
  ) {
    super(resource, 'import');
    const ignored = toldOnce[resource.terraformResourceType];
    if (ignored) resource.lifecycle = { ...resource.lifecycle, ignoreChanges: [...ignored] };
  }

  /** The address of what is imported. */
  get to(): string {
    return addressOf(this.resource);
  }

  override toTerraform(): object {
    return { import: [{ to: this.to, id: this.id }] };
  }

  override toHclTerraform(): object {
    return {};
  }

  /** RootStack writes it. */
  toHclBlock(): string {
    return `import {\nto = ${this.to}\nid = "${escapeHcl(this.id)}"\n}`;
  }
}
