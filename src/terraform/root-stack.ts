import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { TerraformDataSource, TerraformElement, TerraformOutput, TerraformResource, TerraformStack } from 'cdktf';
import { resolve } from 'cdktf/lib/_tokens';
import type { Construct, IConstruct, Node } from 'constructs';
import { Ephemeral } from './ephemeral';
import { escapeHcl, hclBlock, quoteAccountIds, unquoteReferences, withConditionBlocks } from './hcl';
import { layOut } from './hcl-layout';
import { Import } from './import';
import { addressOf, LogicalIds } from './logical-ids';
import { Moved } from './moved';

/** Write-only arguments, which keep secrets out of the state, came with 1.11. */
const TERRAFORM_VERSION = '>= 1.11.0';

/** A Terraform root module: addresses without hashes, and the same meaning in JSON and HCL. */
export class RootStack extends TerraformStack {
  /** Files that belong beside the stack's Terraform, by their paths from there. */
  readonly assets = new Map<string, Uint8Array>();
  private readonly logicalIds = new LogicalIds();

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new RequiredVersion(this, 'required_version');
  }

  static override of(construct: IConstruct): RootStack {
    const stack = TerraformStack.of(construct);
    if (!(stack instanceof RootStack)) throw new Error(`${construct.node.path} stands in no root stack`);
    return stack;
  }

  /** The account that Terraform runs in. */
  get accountId(): string {
    const known = this.node.tryFindChild('account') as DataAwsCallerIdentity | undefined;
    return (known ?? new DataAwsCallerIdentity(this, 'account')).accountId;
  }

  /** What it has made so far, by address. */
  get resources(): ReadonlyMap<string, TerraformResource> {
    const all = this.node.findAll().filter((child) => TerraformResource.isTerraformResource(child));
    return new Map(all.map((resource) => [addressOf(resource), resource]));
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = 'node' in element ? element.node : element;
    return this.logicalIds.allocate(node, this.node, kindOf(element));
  }

  /**
   * Makes sure of a backend, and nothing else.
   *
   * cdktf would resolve the whole stack once more here, in search of references between stacks: ours have none.
   */
  override prepareStack(): void {
    this.ensureBackendExists();
  }

  /** cdktf's HCL with its gaps closed: escaping, conditions, bare references, `ephemeral`, `moved`, `import` and the required version. */
  override toHclTerraform() {
    const elements = this.node.findAll().filter(isElement);
    for (const element of elements) element.toHclTerraform = escaping(this, element);
    const { hcl, metadata } = super.toHclTerraform();
    const blocks = elements.flatMap(hclBlocks);
    const versioned = hcl.replace(/^terraform \{\n/, `terraform {\nrequired_version = "${TERRAFORM_VERSION}"\n`);
    return { hcl: layOut([quoteAccountIds(unquoteReferences(versioned)), ...blocks].join('\n')), metadata };
  }
}

/** Stack-level overrides come out as nonsense in HCL, so the setting is an element. */
class RequiredVersion extends TerraformElement {
  override toTerraform(): object {
    return { terraform: { required_version: TERRAFORM_VERSION } };
  }

  override toHclTerraform(): object {
    return {};
  }
}

/** What Terraform keeps apart by: two types may share a name. */
function kindOf(element: TerraformElement | Node): string {
  if (TerraformOutput.isTerraformOutput(element)) return 'output';
  if (TerraformResource.isTerraformResource(element)) return element.terraformResourceType;
  if (TerraformDataSource.isTerraformDataSource(element)) return `data.${element.terraformResourceType}`;
  return element instanceof Ephemeral ? `ephemeral.${element.type}` : '';
}

function isElement(construct: IConstruct): construct is TerraformElement {
  return TerraformElement.isTerraformElement(construct);
}

function escaping(stack: TerraformStack, element: TerraformElement): () => unknown {
  const original = Object.getPrototypeOf(element).toHclTerraform.bind(element);
  return () => escapeHcl(withConditionBlocks(resolve(stack, original())));
}

function hclBlocks(element: TerraformElement): string[] {
  if (element instanceof Ephemeral)
    return [
      hclBlock(
        `ephemeral "${element.type}" "${element.friendlyUniqueId}"`,
        resolve(element.cdktfStack, element.config),
      ),
    ];
  if (element instanceof Moved) return element.moves().map(({ from, to }) => `moved {\nfrom = ${from}\nto = ${to}\n}`);
  return element instanceof Import ? [element.toHclBlock()] : [];
}
