import type { PlanJson } from '../graph/plan-json';
import { isMap, type Values, valueAt, valuesAt } from '../graph/values';
import { actionOf } from './actions';
import { shown } from './shown';

/** Larger files are no plans that a person reviews. A plan takes about eight times its size in memory. */
export const LARGEST_PLAN = 128 * 1024 * 1024;

/** A plan, or in one line what the file is instead. */
export type ReadPlan = { readonly plan: PlanJson } | { readonly refused: string };

const EXPECTED = 'expected what "terraform show -json" prints of a plan';
const SHOW = '"terraform show -json plan.out > plan.json" makes it';

/** Reads what `terraform show -json` has printed. */
export function readPlan(bytes: Buffer): ReadPlan {
  const foreign = formOf(bytes);
  if (foreign !== undefined) return refused(foreign);
  const text = textOf(bytes);
  if (text.trim() === '') return refused(`an empty file: ${SHOW}`);
  if (/^\s*\{"@level"/.test(text)) {
    return refused(
      `the messages that "terraform plan -json" prints while it works: keep the plan with -out, and ${SHOW}`,
    );
  }
  const parsed = parse(text);
  if ('refused' in parsed) return refused(parsed.refused);
  const { value } = parsed;
  return isPlan(value) ? { plan: value } : refused(whatInstead(value));
}

/** What is wrong with a plan that is too large to be looked into. */
export function tooLarge(bytes: number): string {
  const mb = (size: number) => `${Math.round(size / 1024 / 1024)} MB`;
  return `${EXPECTED}, got ${mb(bytes)}, which is more than the ${mb(LARGEST_PLAN)} that are read: plan the stack in parts`;
}

export function gotInstead(what: string): string {
  return `${EXPECTED}, got ${what}`;
}

function refused(what: string): ReadPlan {
  return { refused: gotInstead(what) };
}

function formOf(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 4).toString('latin1');
  if (start.startsWith('PK\x03\x04')) return `the plan file itself, which only Terraform can read: ${SHOW}`;
  if (start.startsWith('\x1f\x8b')) return 'a gzip file: unpack it first';
  return undefined;
}

/** PowerShell writes what a program prints in UTF-16. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le').slice(1);
  return bytes.toString().replace(/^\uFEFF/, '');
}

function parse(text: string): { readonly value: unknown } | { readonly refused: string } {
  try {
    return { value: JSON.parse(text) };
  } catch {
    if (/^\s*\{/.test(text)) {
      return /\}\s*$/.test(text)
        ? { refused: `JSON with a mistake in it: ${SHOW}` }
        : { refused: `JSON that breaks off after ${text.trimEnd().length} characters: ${SHOW}` };
    }
    if (/Terraform (?:will perform|used the selected providers)|^No changes\./m.test(text)) {
      return { refused: `what Terraform prints for people to read: ${SHOW}` };
    }
    return { refused: `something that is not JSON: ${SHOW}` };
  }
}

function isPlan(value: unknown): value is PlanJson {
  return whatInstead(value) === '';
}

/** What a value is instead of a plan; nothing where it is one. */
function whatInstead(value: unknown): string {
  if (!isMap(value)) return `JSON of something else: ${SHOW}`;
  const version = value['format_version'];
  if (typeof version !== 'string') return withoutFormat(value);
  const major = version.split('.')[0];
  if (major !== '1' && major !== '0') return `its format ${version}, which is newer than the 1.x that is read here`;
  if ('provider_schemas' in value) return 'the schemas of providers';
  if ('valid' in value) return 'what "terraform validate -json" prints';
  if (!('planned_values' in value) && !('resource_changes' in value) && !('output_changes' in value)) {
    return 'configuration' in value || 'variables' in value
      ? `a plan without changes and values: ${SHOW}`
      : `a state, which tells what there is and not what will change: show the plan instead, ${SHOW}`;
  }
  return misshapen(value);
}

function withoutFormat(value: Values): string {
  if ('lineage' in value || ('serial' in value && 'terraform_version' in value)) {
    return `a state file, which tells what there is and not what will change: show the plan instead, ${SHOW}`;
  }
  if ('resource' in value || 'terraform' in value) {
    return `a configuration: "terrace diff" compares what is synthesized, and of a plan ${SHOW}`;
  }
  return `JSON of something else: ${SHOW}`;
}

/** Looked at once, so that nothing after this stumbles. */
function misshapen(plan: Values): string {
  for (const key of ['resource_changes', 'resource_drift']) {
    const list = plan[key] ?? [];
    if (!Array.isArray(list)) return `one whose ${key} is no list`;
    const index = list.findIndex((one) => !isResourceChange(one));
    if (index !== -1) return `one whose ${key}[${index}] has no address, type or change`;
  }
  if (!('resource_changes' in plan) && plansResources(valueAt(plan, 'planned_values.root_module')))
    return `one that is cut: it plans resources, and has no resource_changes that tell what becomes of them: ${SHOW}`;
  const outputs = Object.entries(mapOf(plan['output_changes'])).find(([, one]) => !isChange(one));
  if (outputs) return `one whose output_changes.${outputs[0]} has no actions`;
  return strangeAction(plan);
}

/** Terraform lists every resource that it plans among the changes, also those that stay as they are. */
function plansResources(module: unknown): boolean {
  const managed = valuesAt(module, 'resources').some((one) => valueAt(one, 'mode') !== 'data');
  return managed || valuesAt(module, 'child_modules').some(plansResources);
}

/** Of an action that is not known, nobody can tell what it does. */
function strangeAction(plan: Values): string {
  const lists = ['resource_changes', 'resource_drift'].flatMap((key) => valuesAt(plan, key));
  const resources = lists.map((one) => [String(valueAt(one, 'address')), valueAt(one, 'change')] as const);
  const outputs = Object.entries(mapOf(plan['output_changes'])).map(([name, one]) => [`output.${name}`, one] as const);
  for (const [address, change] of [...resources, ...outputs]) {
    const actions = isMap(change) && Array.isArray(change['actions']) ? change['actions'] : [];
    if (actionOf(actions) !== undefined) continue;
    return `one with an action that is not known here, ${shown(actions)} of ${address}: nobody can tell what it would do`;
  }
  return '';
}

function isResourceChange(one: unknown): boolean {
  return (
    isMap(one) && ['address', 'type', 'name'].every((key) => typeof one[key] === 'string') && isChange(one['change'])
  );
}

function isChange(one: unknown): boolean {
  return isMap(one) && Array.isArray(one['actions']);
}

function mapOf(value: unknown): Values {
  return isMap(value) ? value : {};
}
