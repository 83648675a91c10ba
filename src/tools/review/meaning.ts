import { isMap, type Values } from '../graph/values';

/** Terraform's providers write "not set" in all of these ways. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isMap(value) && Object.keys(value).length === 0;
}

/** The JSON that an argument holds as a text: policies, container definitions, dashboards; undefined for other texts. */
export function jsonIn(text: unknown): unknown {
  if (typeof text !== 'string' || !/^\s*[{[]/.test(text)) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return isMap(parsed) && hasStatements(parsed) ? policyMeaning(parsed) : parsed;
  } catch {
    return undefined;
  }
}

/** Arguments in base64 that people want to read. */
export function plainText(value: unknown, key: string): unknown {
  if (!/^user_data(?:_base64)?$/.test(key) || typeof value !== 'string') return value;
  if (!/^[A-Za-z0-9+/]{8,}={0,2}$/.test(value)) return value;
  const text = Buffer.from(value, 'base64').toString();
  return text.includes('\uFFFD') ? value : text;
}

/** Elements of lists whose order says nothing are compared without it. */
export function orderMatters(path: string, elements: readonly unknown[]): boolean {
  const key = (path.match(/[A-Za-z_]\w*/g) ?? []).at(-1) ?? '';
  if (elements.every(isMap)) return ORDERED_BLOCKS.includes(key);
  return !UNORDERED_TEXTS.test(path) && !UNORDERED_LISTS.includes(key);
}

/** A text by which equal values are found, whatever the order in which they are written. */
export function canonical(value: unknown, path = ''): string {
  if (isEmpty(value)) return 'null';
  if (Array.isArray(value)) {
    const items = value.map((one) => canonical(one, path));
    return `[${(orderMatters(path, value) ? items : items.sort()).join()}]`;
  }
  if (!isMap(value)) return JSON.stringify(value);
  const entries = Object.keys(value)
    .filter((key) => !isEmpty(value[key]))
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key], path === '' ? key : `${path}.${key}`)}`);
  return `{${entries.join()}}`;
}

/** The first that fits is taken: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cache-behaviors.html */
const ORDERED_BLOCKS = ['ordered_cache_behavior', 'placement_strategy', 'ordered_placement_strategy'];

/** Lists in the provider's schema that AWS keeps as sets. */
const UNORDERED_LISTS = [
  'cidr_blocks',
  'ipv6_cidr_blocks',
  'prefix_list_ids',
  'security_groups',
  'security_group_ids',
  'subnet_ids',
  'subnets',
  'allowed_methods',
  'cached_methods',
  'aliases',
  'requires_compatibilities',
];

/** Inside patterns of events and filters, and inside policies, a list says "one of these". */
const UNORDERED_TEXTS =
  /^(?:event_pattern|filter_policy|filter_criteria)\b|\b(?:Not)?(?:Action|Resource)$|\bPrincipal\.\w+$|\bCondition\./;

function hasStatements(value: Values): boolean {
  return isMap(value['Statement']) || (Array.isArray(value['Statement']) && value['Statement'].every(isMap));
}

/**
 * A policy with one way to say a thing: lists for one text, ARNs for account numbers, no names of statements.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
function policyMeaning({ Id: _, Statement: statements, ...rest }: Values): Values {
  return { ...rest, Statement: listOf(statements).map((one) => statementMeaning(one as Values)) };
}

function statementMeaning({ Sid: _, ...statement }: Values): Values {
  return Object.fromEntries(
    Object.entries(statement).map(([key, value]) => {
      if (/^(?:Not)?Action$/.test(key)) return [key, unique(listOf(value).map(actionMeaning))];
      if (/^(?:Not)?Resource$/.test(key)) return [key, unique(listOf(value))];
      if (/^(?:Not)?Principal$/.test(key)) return [key, principalMeaning(value)];
      return [key, key === 'Condition' ? conditionMeaning(value) : value];
    }),
  );
}

/** Services are written in small letters everywhere; the letters of an action's name do not matter to IAM. */
function actionMeaning(action: unknown): unknown {
  if (typeof action !== 'string') return action;
  const [service = '', name] = action.split(':');
  return name === undefined ? action : `${service.toLowerCase()}:${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** "*" and { "AWS": "*" } are the same: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function principalMeaning(principal: unknown): unknown {
  if (principal === '*') return { AWS: ['*'] };
  if (!isMap(principal)) return principal;
  return Object.fromEntries(
    Object.entries(principal).map(([kind, value]) => [
      kind,
      unique(
        listOf(value).map((one) =>
          typeof one === 'string' && /^\d{12}$/.test(one) ? `arn:aws:iam::${one}:root` : one,
        ),
      ),
    ]),
  );
}

/** Keys of conditions are read without regard to their letters; numbers and truths are texts. */
function conditionMeaning(condition: unknown): unknown {
  if (!isMap(condition)) return condition;
  return Object.fromEntries(
    Object.entries(condition).map(([operator, tests]) => [
      operator,
      isMap(tests)
        ? Object.fromEntries(
            Object.entries(tests).map(([key, value]) => [key.toLowerCase(), unique(listOf(value).map(String))]),
          )
        : tests,
    ]),
  );
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function unique(values: readonly unknown[]): unknown[] {
  return [...new Set(values)].sort();
}
