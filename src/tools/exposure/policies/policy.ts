import type { Resource, ResourceGraph } from '../../graph/resource-graph';
import { isMap, isMarked, textsAt, valuesAt } from '../../graph/values';

export interface Principal {
  readonly kind: string;
  readonly value: string;
}

/** One test of a statement's conditions: `StringEquals`, `aws:sourceaccount`, values. */
export interface Test {
  readonly operator: string;

  /** In small letters: AWS reads keys without regard to their letters. */
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  readonly allows: boolean;

  /** None in a policy of a role or user, where it is understood. */
  readonly principals: readonly Principal[];
  readonly otherPrincipals: readonly Principal[];
  readonly actions: readonly string[];
  readonly otherActions: readonly string[];
  readonly resources: readonly string[];
  readonly otherResources: readonly string[];
  readonly tests: readonly Test[];
}

/** A policy as far as it is known. */
export interface Policy {
  readonly statements: readonly Statement[];

  /** Whether there is one that is known only after the apply. */
  readonly unknown: boolean;
}

const NONE: Policy = { statements: [], unknown: false };

/** The policy that an argument holds, as text or from a document that Terraform puts together. */
export function policyAt(graph: ResourceGraph, holder: Resource, path: string): Policy {
  const texts = textsAt(holder.values, path).filter((text) => text !== '');
  const read = texts.map(statementsIn);
  if (texts.length > 0 && read.every((one) => one !== undefined)) return { statements: read.flat(), unknown: false };
  const documents = graph.linked(holder, path, 'aws_iam_policy_document');
  if (documents.length > 0) {
    const found = documents.map((document) => ofDocument(document));
    return {
      statements: found.flatMap(({ statements }) => statements),
      unknown: found.some(({ unknown }) => unknown),
    };
  }
  const hidden = texts.some((text) => text.includes('${')) || isMarked(holder.unknown, path);
  const written = holder.written?.includes(path.split('.')[0] ?? '') ?? true;
  return hidden && written ? { statements: [], unknown: true } : NONE;
}

/** The statements of a policy's text; `undefined` of a text that is none. */
export function statementsIn(text: unknown): readonly Statement[] | undefined {
  if (typeof text !== 'string' || !text.trimStart().startsWith('{')) return undefined;
  try {
    const { Statement: statements } = JSON.parse(text);
    return [statements].flat().filter(isMap).map(statementOf);
  } catch {
    return undefined;
  }
}

function statementOf(one: Readonly<Record<string, unknown>>): Statement {
  return {
    allows: one['Effect'] !== 'Deny',
    principals: principalsIn(one['Principal']),
    otherPrincipals: principalsIn(one['NotPrincipal']),
    actions: texts(one['Action']),
    otherActions: texts(one['NotAction']),
    resources: texts(one['Resource']),
    otherResources: texts(one['NotResource']),
    tests: testsIn(one['Condition']),
  };
}

function principalsIn(value: unknown): readonly Principal[] {
  if (!isMap(value)) return texts(value).map((text) => ({ kind: 'AWS', value: text }));
  return Object.entries(value).flatMap(([kind, who]) => texts(who).map((text) => ({ kind, value: text })));
}

function testsIn(condition: unknown): readonly Test[] {
  if (!isMap(condition)) return [];
  return Object.entries(condition).flatMap(([operator, tests]) =>
    isMap(tests)
      ? Object.entries(tests).map(([key, values]) => ({ operator, key: key.toLowerCase(), values: texts(values) }))
      : [],
  );
}

function texts(value: unknown): readonly string[] {
  return [value].flat().flatMap((one) => (one === undefined || one === null ? [] : String(one)));
}

/** `aws_iam_policy_document`: the text that Terraform made of it, or what is written in it. */
function ofDocument(document: Resource): Policy {
  const made = statementsIn(document.values['json']);
  if (made) return { statements: made, unknown: false };
  const blocks = valuesAt(document.values, 'statement').filter(isMap);
  return {
    statements: blocks.map(ofBlock),
    unknown: blocks.length === 0 || isMarked(document.unknown, 'statement.principals'),
  };
}

function ofBlock(block: Readonly<Record<string, unknown>>): Statement {
  const who = (key: string) =>
    valuesAt(block, key)
      .filter(isMap)
      .flatMap(({ type, identifiers }) =>
        texts(identifiers).map((value) => ({ kind: type === '*' ? 'AWS' : String(type), value })),
      );
  return {
    allows: block['effect'] !== 'Deny',
    principals: who('principals'),
    otherPrincipals: who('not_principals'),
    actions: texts(block['actions']),
    otherActions: texts(block['not_actions']),
    resources: texts(block['resources']),
    otherResources: texts(block['not_resources']),
    tests: valuesAt(block, 'condition')
      .filter(isMap)
      .map(({ test, variable, values }) => ({
        operator: String(test),
        key: String(variable).toLowerCase(),
        values: texts(values),
      })),
  };
}

/** Whether a pattern of a policy (`s3:*`, `arn:aws:s3:::a/?`) covers a text, which may be a narrower pattern. */
export function matches(pattern: string, text: string): boolean {
  if (pattern === '*' || pattern === text) return true;
  if (!/[*?]/.test(pattern)) return pattern.toLowerCase() === text.toLowerCase();
  const known =
    patterns.get(pattern) ??
    new RegExp(
      `^${pattern
        .split(/([*?])/)
        .map(piece)
        .join('')}$`,
      'is',
    );
  patterns.set(pattern, known);
  return known.test(text);
}

const patterns = new Map<string, RegExp>();

function piece(text: string): string {
  if (text === '*') return '.*';
  return text === '?' ? '.' : text.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
}
