import type { Resource, ResourceGraph } from '../../graph/resource-graph';
import { valuesAt } from '../../graph/values';
import { isAllowedBut, isAllowedBy } from './coverage';
import { matches, policyAt, type Statement, statementsIn, type Test } from './policy';

/** A permission that is wider than anybody means, in words that follow "may". */
export interface Wide {
  readonly may: string;
  readonly attribute: string;

  /** On which conditions. */
  readonly tests: readonly Test[];

  /** Whether statements that were there before said as much. */
  readonly isIn: (earlier: readonly Statement[]) => boolean;
}

/** Where permissions of roles, users and groups are written. */
const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  aws_iam_policy: ['policy'],
  aws_iam_role_policy: ['policy'],
  aws_iam_user_policy: ['policy'],
  aws_iam_group_policy: ['policy'],
  aws_iam_role: ['inline_policy.policy'],
  aws_ssoadmin_permission_set_inline_policy: ['inline_policy'],
  aws_iot_policy: ['policy'],
};

/** Whether a type's policies say what their holder may do, and not who may do something to it. */
export function saysPermissions(type: string): boolean {
  return Object.hasOwn(WRITTEN, type);
}

/** What a resource's permissions say; nothing where that is known only after the apply. */
export function permissionsOf(graph: ResourceGraph, resource: Resource): readonly Statement[] {
  return (WRITTEN[resource.type] ?? []).flatMap((attribute) => policyAt(graph, resource, attribute).statements);
}

/** Wildcards in a resource's permissions. Those that AWS offers no resources for, and reading of lists, are none. */
export function widePermissions(graph: ResourceGraph, resource: Resource): readonly Wide[] {
  const own = (WRITTEN[resource.type] ?? []).flatMap((path) => {
    const [attribute = ''] = path.split('.');
    const { statements } = policyAt(graph, resource, path);
    return statements.filter(({ allows }) => allows).flatMap((one) => wideIn(one, attribute));
  });
  return [...own, ...attached(resource)];
}

/** The actions of a resource's permissions that are narrowed to certain resources. */
export function narrowActions(graph: ResourceGraph, resource: Resource): readonly string[] {
  return permissionsOf(graph, resource)
    .filter(({ allows, resources }) => allows && resources.length > 0 && !resources.some(isAll))
    .flatMap(({ actions }) => actions);
}

/** Single actions on every resource. */
export function actionsOnAll(graph: ResourceGraph, resource: Resource): readonly string[] {
  return permissionsOf(graph, resource)
    .filter(({ allows, resources, tests }) => allows && tests.length === 0 && resources.some(isAll))
    .flatMap(({ actions }) => actions);
}

function wideIn(statement: Statement, attribute: string): readonly Wide[] {
  const { actions, otherActions, resources, otherResources, tests } = statement;
  const everywhere = resources.some(isAll) || otherResources.length > 0;
  const where = everywhere ? ' on every resource' : '';
  const whole = actions.filter((one) => /^(?:\*|[\w-]+:\*)$/.test(one));
  const [kind] = everywhere ? ['every resource'] : resources.flatMap((one) => wholeKind(one) ?? []);
  const strong =
    kind !== undefined && tests.length === 0
      ? actions.filter((one) => STRONG.some((pattern) => matches(one, pattern)))
      : [];
  const wide = (may: string, ...all: readonly string[]): Wide => {
    return { may, attribute, tests, isIn: (earlier) => all.every((action) => isAllowedBy(earlier, statement, action)) };
  };
  const everything = (one: string) => (one === '*' ? 'do everything' : `do everything with ${one.split(':')[0]}`);
  return [
    ...(otherActions.length > 0
      ? [
          {
            may: `do everything but ${otherActions.join(', ')}${where}`,
            attribute,
            tests,
            isIn: (earlier: readonly Statement[]) => isAllowedBut(earlier, statement),
          },
        ]
      : []),
    ...(otherResources.length > 0 && otherActions.length === 0
      ? [wide(`act on every resource but ${otherResources.join(', ')}`, ...actions)]
      : []),
    ...whole.map((one) => wide(`${everything(one)}${where}`, one)),
    ...strong.filter((one) => !whole.includes(one)).map((one) => wide(`${one} on ${kind}`, one)),
  ];
}

/** `arn:aws:sqs:*:*:*` is as good as `*`; of a bucket, `arn:aws:s3:::shop/*` is its files alone. */
function isAll(resource: string): boolean {
  if (/^arn:[^:]*:s3:::/.test(resource)) return /:::\*(?:\/\*)?$/.test(resource);
  return /^\*$|^arn:aws[\w-]*:[\w*-]+:\*?:\*?:(?:[\w-]+[/:])?\*$/.test(resource);
}

/** `arn:aws:secretsmanager:eu-west-1:111111111111:secret:*` is every secret of that account there. */
function wholeKind(resource: string): string | undefined {
  const found = /^arn:aws[\w-]*:[\w-]+:([^:]*):([^:]*):(?:([\w-]+)[/:])?\*$/.exec(resource);
  if (!found || resource.startsWith('arn:aws:s3:')) return undefined;
  const [, region = '', account = '', kind = 'resource'] = found;
  const whose = /^\d{12}$/.test(account) ? `account ${account}` : 'the account';
  return `every ${kind} of ${whose}${/^[a-z]+-[\w-]+$/.test(region) ? ` in ${region}` : ''}`;
}

/** With one of these on everything, somebody makes himself an administrator, or reads what is kept from him. */
const STRONG = [
  'iam:PassRole',
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:PutRolePolicy',
  'iam:PutUserPolicy',
  'iam:UpdateAssumeRolePolicy',
  'iam:CreateAccessKey',
  'sts:AssumeRole',
  'secretsmanager:GetSecretValue',
  'ssm:GetParameter',
  'kms:Decrypt',
  's3:GetObject',
  's3:PutObject',
  'lambda:UpdateFunctionCode',
];

/** Policies of AWS that are as wide as their names say. */
function attached({ type, values }: Resource): readonly Wide[] {
  const attribute = type === 'aws_iam_role' ? 'managed_policy_arns' : 'policy_arn';
  const role = type === 'aws_iam_role';
  if (
    !role &&
    !/^aws_(?:iam_(?:role|user|group)_policy_attachment|iam_policy_attachment|ssoadmin_managed_policy_attachment)$/.test(
      type,
    )
  )
    return [];
  const names = ['policy_arn', 'managed_policy_arn', ...(role ? ['managed_policy_arns'] : [])]
    .flatMap((key) => valuesAt(values, key))
    .map((arn) => /:aws:policy\/(?:[\w-]+\/)*([\w-]+)$/.exec(String(arn))?.[1] ?? '');
  return names
    .filter((name) => WIDE.test(name))
    .map((name) => ({ may: `do all that ${name} says`, attribute, tests: [], isIn: () => false }));
}

const WIDE =
  /^(?:AdministratorAccess|PowerUserAccess|IAMFullAccess|SystemAdministrator|DatabaseAdministrator|\w+FullAccess)$/;

export function hasTlsOnly(text: unknown): boolean {
  return (statementsIn(text) ?? []).some(
    ({ allows, tests }) =>
      !allows && tests.some(({ key, values }) => key === 'aws:securetransport' && values.includes('false')),
  );
}
