import { readExpression } from './expression';
import type { StateResource } from './plan-json';
import { isMap, isMarked, type Values } from './values';

/** What is known of resources, by their addresses. */
export interface Known {
  readonly after: ReadonlyMap<string, StateResource>;
  readonly before: ReadonlyMap<string, StateResource>;
}

/**
 * Policies that Terraform calls unknown because they name something that is new: of a configuration in JSON, a plan tells what
 * is written all the same. References to what is known become that; others stay, as `${aws_iam_role.reader.arn}`.
 */
export function knownPolicies({ values }: StateResource, unknown: unknown, expressions: Values, known: Known): Values {
  if (!isMap(unknown)) return {};
  const texts = Object.entries(expressions).flatMap(([key, expression]) => {
    const template = isMap(expression) ? expression['constant_value'] : undefined;
    if (values?.[key] !== undefined || !isMarked(unknown, key) || !isPolicy(template)) return [];
    const text = filledIn(template, known);
    return text === undefined ? [] : [[key, text] as const];
  });
  return Object.fromEntries(texts);
}

function isPolicy(template: unknown): template is string {
  return typeof template === 'string' && /^\$\{jsonencode\(/.test(template) && template.includes('"Statement"');
}

/** `undefined` where something stands in it that is neither known nor an attribute of a resource of the plan. */
function filledIn(template: string, known: Known): string | undefined {
  let text: string;
  try {
    text = readExpression(template);
  } catch {
    return undefined;
  }
  let complete = true;
  const filled = text.replace(/\$\{([^}]*)\}/g, (whole, inside: string) => {
    if (/^[\w-]+:/.test(inside)) return whole; // a variable of IAM's own
    const [, address = '', attribute = ''] = /^((?:data\.)?\w+\.[\w-]+)\.(\w+)$/.exec(inside) ?? [];
    if (!known.after.has(address)) complete = false;
    const value = attributeOf(address, attribute, known);
    return typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : whole;
  });
  return complete ? filled : undefined;
}

function attributeOf(address: string, attribute: string, { after, before }: Known): unknown {
  const value = after.get(address)?.values?.[attribute];
  if (value !== undefined && value !== null) return value;
  return staysAsItWas(attribute, before.get(address), after.get(address))
    ? before.get(address)?.values?.[attribute]
    : undefined;
}

/** A new revision of a task definition is of the same family, which Terraform knows only after the apply. */
export function staysAsItWas(attribute: string | undefined, before?: StateResource, after?: StateResource): boolean {
  return (
    attribute === 'arn_without_revision' &&
    before?.type === 'aws_ecs_task_definition' &&
    before.values?.['family'] === after?.values?.['family']
  );
}
