import type { Condition, Statement } from '../role';
import { accountActions } from './account';
import { containerActions } from './containers';
import { dataActions } from './data';
import { databaseActions } from './databases';
import { edgeActions } from './edge';
import { filled, ownArns, ownNames, type Place, type StackContents } from './names';
import { networkActions } from './network';
import { operationActions } from './operations';
import type { Scope, TaggedScope } from './scope';
import { role } from './scopes';
import { situations } from './situations';
import type { ActionTable } from './table';

/** The actions of every AWS type, in groups that are a policy each. */
export const actionGroups = {
  network: networkActions,
  containers: containerActions,
  data: dataActions,
  databases: databaseActions,
  edge: edgeActions,
  operations: operationActions,
  account: accountActions,
} as const satisfies Record<string, ActionTable>;

export type ActionGroup = keyof typeof actionGroups;

/** Types of a stack that no table knows: the roles would lack something. */
export function unknownTypes(contents: StackContents): string[] {
  return contents.types.filter((type) => !Object.values(actionGroups).some((table) => Object.hasOwn(table, type)));
}

/** What a plan reads of a group, and nothing that it writes. */
export function planStatements(group: ActionGroup, contents: StackContents, place: Place): Statement[] {
  const entries = entriesOf(group, contents);
  const reads = sorted(entries.flatMap(([, { read }]) => read));
  const opened = entries.flatMap(([type, { open, on }]) =>
    open.length === 0 || !on ? [] : [{ actions: [...open], resources: openedArns(type, on, contents, place) }],
  );
  return [
    ...(reads.length > 0 ? [{ actions: reads, resources: ['*'] }] : []),
    ...merged(opened.filter(({ resources }) => resources.length > 0)),
  ];
}

/** What makes, changes and removes the stack's own of a group. */
export function applyStatements(group: ActionGroup, contents: StackContents, place: Place): Statement[] {
  const entries = entriesOf(group, contents);
  const byScope = new Map<string, { on: Scope; actions: string[]; made: string[] }>();
  for (const [, { manage, on }] of entries) {
    if (!on || manage.length === 0) continue;
    const known = byScope.get(on.id) ?? { on, actions: [], made: [] };
    byScope.set(on.id, {
      on,
      actions: sorted([...known.actions, ...manage]),
      made: sorted([...known.made, ...(on.kind === 'tagged' ? on.made : [])]),
    });
  }
  const anywhere = sorted(entries.flatMap(([, each]) => each.anywhere));
  return [
    ...[...byScope.values()].flatMap(({ on, actions, made }) => scoped(on, actions, made, contents, place)),
    ...situations(group, contents, place),
    ...(anywhere.length > 0 ? [{ actions: anywhere, resources: ['*'] }] : []),
  ];
}

/** Roles of the stack go to the services that its types hand them to; the services' own roles may be made. */
export function roleStatements(contents: StackContents, place: Place): Statement[] {
  const entries = (Object.keys(actionGroups) as ActionGroup[]).flatMap((group) => entriesOf(group, contents));
  const passes = sorted(entries.flatMap(([, each]) => each.passes));
  const linked = sorted(entries.flatMap(([, each]) => each.linked));
  const roles = ownArns(role, contents, place);
  return [
    ...(roles.length > 0 && passes.length > 0
      ? [
          {
            actions: ['iam:PassRole'],
            resources: roles,
            condition: { StringEquals: { 'iam:PassedToService': passes } },
          },
        ]
      : []),
    ...(linked.length > 0
      ? [
          {
            actions: ['iam:CreateServiceLinkedRole'],
            resources: [`arn:aws:iam::${place.account}:role/aws-service-role/*`],
            condition: { StringEquals: { 'iam:AWSServiceName': linked } },
          },
        ]
      : []),
  ];
}

function entriesOf(group: ActionGroup, contents: StackContents) {
  return Object.entries(actionGroups[group] as ActionTable).filter(([type]) => contents.has(type));
}

function scoped(on: Scope, actions: string[], made: string[], contents: StackContents, place: Place): Statement[] {
  if (on.kind === 'tagged') return byTag(on, actions, made, place);
  const resources = on.kind === 'named' ? ownArns(on, contents, place) : on.arns.map((arn) => filled(arn, place));
  if (resources.length === 0) return [];
  const names = on.kind === 'named' ? on.sources.flatMap((source) => ownNames(source, contents, place)) : [];
  return [{ actions, resources, ...(on.when && { condition: filledIn(on.when, names, place) }) }];
}

/**
 * What is made has to come with the stack's tag, what is acted on has to have it. AWS asks for the right to tag when
 * something is made with tags: EC2 knows such a request, elsewhere it is what has no tag of a stack yet.
 */
function byTag({ id, creates }: TaggedScope, actions: string[], made: string[], place: Place): Statement[] {
  const stack = `${place.project}-${place.env}`;
  const tagging = actions.filter((action) => /:(?:CreateTags|TagResource|AddTags\w*)$/.test(action));
  const making = actions.filter((action) => !tagging.includes(action) && new RegExp(`:${creates}`).test(action));
  const resources = made.map((arn) => filled(arn, place));
  const comesWith = { 'aws:RequestTag/stack': stack };
  const fresh: Condition =
    id === 'ec2'
      ? { StringEquals: { ...comesWith, 'ec2:CreateAction': making.map((action) => action.slice('ec2:'.length)) } }
      : { StringEquals: comesWith, Null: { 'aws:ResourceTag/stack': 'true' } };
  return [
    { actions: making, resources, condition: { StringEquals: comesWith } },
    { actions: tagging, resources, condition: fresh },
    { actions, resources: ['*'], condition: { StringEquals: { 'aws:ResourceTag/stack': stack } } },
  ].filter((statement) => statement.actions.length > 0 && statement.resources.length > 0);
}

function openedArns(type: string, on: Scope, contents: StackContents, place: Place): string[] {
  if (on.kind !== 'named') return on.kind === 'all' ? on.arns.map((arn) => filled(arn, place)) : [];
  return on.sources.flatMap((source) => {
    const names = contents.namesMeantBy(type, source);
    return source.arns.flatMap((arn) => names.map((name) => filled(arn, { ...place, name })));
  });
}

function filledIn(when: Condition, names: readonly string[], place: Place): Condition {
  const values = (value: string | readonly string[]) =>
    typeof value === 'string'
      ? value
      : [...new Set(value.flatMap((each) => names.map((name) => filled(each, { ...place, name }))))];
  return Object.fromEntries(
    Object.entries(when).map(([test, keys]) => [
      test,
      Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, values(value)])),
    ]),
  );
}

/** Statements about the same resources become one. */
function merged(statements: readonly Statement[]): Statement[] {
  const byResources = new Map<string, Statement>();
  for (const statement of statements) {
    const place = statement.resources.join(' ');
    const known = byResources.get(place);
    byResources.set(place, { ...statement, actions: sorted([...(known?.actions ?? []), ...statement.actions]) });
  }
  return [...byResources.values()];
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
