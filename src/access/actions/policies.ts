import { policyDocument, type Statement } from '../role';
import { type Place, StackContents, type StackTerraform } from './names';
import { type ActionGroup, actionGroups, applyStatements, planStatements, roleStatements } from './statements';

/** What IAM lets a managed policy have, in characters without white space. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MANAGED_POLICY_LIMIT = 6_144;

/** What it lets all inline policies of a role have together. */
const INLINE_LIMIT = 10_240;

/** Where a stack's state lies. */
interface StatePlace {
  readonly bucket: string;
  readonly key: string;
  readonly lockTable: string;
  readonly region: string;
}

/** The policies of a stack's two roles, by name. */
export interface PipelinePolicies {
  readonly plan: ReadonlyMap<string, readonly Statement[]>;
  readonly apply: ReadonlyMap<string, readonly Statement[]>;
}

/** The policies by which a pipeline plans and applies a stack, in groups of their actions. */
export function pipelinePolicies(terraform: StackTerraform, place: Place, state: StatePlace): PipelinePolicies {
  const contents = new StackContents(terraform);
  const plan = new Map<string, Statement[]>([['state', stateStatements(state, place.account, 'read')]]);
  const apply = new Map<string, Statement[]>([
    ['state', [...stateStatements(state, place.account, 'write'), ...roleStatements(contents, place)]],
  ]);
  for (const group of Object.keys(actionGroups) as ActionGroup[]) {
    const reads = planStatements(group, contents, place);
    const writes = applyStatements(group, contents, place);
    if (reads.length > 0) plan.set(group, reads);
    if (reads.length + writes.length > 0) apply.set(group, [...reads, ...writes]);
  }
  return { plan, apply };
}

/** What is too long for IAM, a sentence each. */
export function oversized(stack: string, { plan, apply }: PipelinePolicies): string[] {
  const inline = [...plan.values()].reduce((sum, statements) => sum + policySize(statements), 0);
  return [
    ...(inline > INLINE_LIMIT
      ? [`the policies of ${stack}'s plan role have ${inline} characters, and IAM takes ${INLINE_LIMIT}`]
      : []),
    ...[...apply]
      .map(([name, statements]) => ({ name, size: policySize(statements) }))
      .filter(({ size }) => size > MANAGED_POLICY_LIMIT)
      .map(
        ({ name, size }) =>
          `the policy "${name}" of ${stack}'s apply role has ${size} characters, and IAM takes ${MANAGED_POLICY_LIMIT}`,
      ),
  ];
}

/** Characters as IAM counts them. Account ids are counted as the 12 digits they are. */
export function policySize(statements: readonly Statement[]): number {
  return JSON.stringify(policyDocument(statements)).replace(/\s/g, '').length;
}

/**
 * The state, and the two locks: an object beside it and an item of the table. The table also keeps the digest of the last
 * state, which only an apply writes.
 */
function stateStatements(
  { bucket, key, lockTable, region }: StatePlace,
  account: string,
  what: 'read' | 'write',
): Statement[] {
  const objects = `arn:aws:s3:::${bucket}/${key}`;
  const items = [`${bucket}/${key}`, `${bucket}/${key}-md5`];
  const tableItems = (actions: readonly string[], keys: readonly string[]): Statement => ({
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [`arn:aws:dynamodb:${region}:${account}:table/${lockTable}`],
    condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': keys } },
  });
  return [
    { actions: ['s3:ListBucket'], resources: [`arn:aws:s3:::${bucket}`] },
    { actions: what === 'read' ? ['s3:GetObject'] : ['s3:GetObject', 's3:PutObject'], resources: [objects] },
    { actions: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], resources: [`${objects}.tflock`] },
    tableItems(['GetItem'], items),
    tableItems(['DeleteItem', 'PutItem'], what === 'read' ? items.slice(0, 1) : items),
  ];
}
