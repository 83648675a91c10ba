import { ref, TerraformElement, Token } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * An `ephemeral` block: a value that exists while Terraform runs and is never stored.
 *
 * cdktf 0.21 has no construct for it; RootStack writes the HCL form.
 */
export class Ephemeral extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    readonly type: string,
    readonly config: Readonly<Record<string, string | number | boolean>>,
  ) {
    super(scope, id, type);
  }

  /** A reference to one of its attributes. */
  attribute(name: string): string {
    return Token.asString(ref(`ephemeral.${this.type}.${this.friendlyUniqueId}.${name}`, this.cdktfStack));
  }

  override toTerraform(): object {
    return { ephemeral: { [this.type]: { [this.friendlyUniqueId]: this.config } } };
  }

  override toHclTerraform(): object {
    return {};
  }
}
