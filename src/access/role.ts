import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import { jsonText } from '../terraform/json-text';
import { addressOf } from '../terraform/logical-ids';

/** Anything that acts in AWS under a role of its own. */
export interface Grantee {
  readonly role: Role;
}

interface NamedRole {
  readonly name: string;
  readonly description: string;

  /** @default / */
  readonly path?: string;
}

interface OfService {
  /** The AWS service that takes the role on, such as `ecs-tasks.amazonaws.com`. */
  readonly service: string;

  /**
   * ARNs of what the service may take it on for, so that it can't be talked into it by others.
   *
   * @default anything
   */
  readonly sourceArns?: readonly string[];
}

interface OfFederation {
  /** Those who sign in elsewhere: the identity provider, and what its token must say, in one of several ways. */
  readonly federated: { readonly providerArn: string; readonly conditions: readonly object[] };
}

/** A role's names, and who takes it on: a service of AWS, or those who sign in elsewhere. */
export type RoleProps = NamedRole & (OfService | OfFederation);

/** Values that a request must have, by test and key. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** What one grant allows; never a wildcard action. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Condition;
}

/** An IAM role whose every grant is a policy of its own, hence a line of its own in a plan. */
export class Role extends Construct {
  readonly arn: string;
  readonly roleName: string;
  private readonly roleId: string;
  private readonly givenName: string;
  private readonly path: string | undefined;

  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    const role = new IamRole(this, 'Default', {
      name: props.name,
      description: props.description,
      ...(props.path !== undefined && { path: props.path }),
      assumeRolePolicy: jsonText({
        Version: '2012-10-17',
        Statement: 'federated' in props ? trustFederation(props) : trustService(props),
      }),
    });
    this.arn = role.arn;
    this.roleName = role.name;
    this.roleId = role.id;
    this.givenName = props.name;
    this.path = props.path;
  }

  /** The grants so far, for what must not be made before them. */
  get policies(): readonly IamRolePolicy[] {
    return this.node.children.filter((child) => child instanceof IamRolePolicy);
  }

  /** Their addresses, for something that was made before they were. */
  get policyAddresses(): string[] {
    return this.policies.map(addressOf);
  }

  /** Grants under the name `id`; a second time changes nothing. */
  allow(id: string, ...statements: readonly Statement[]): void {
    if (this.node.tryFindChild(id)) return;
    new IamRolePolicy(this, id, {
      name: id,
      role: this.roleId,
      policy: policyText(statements),
    });
  }

  /** Grants what is too much for an inline policy: in a managed policy of the role's own. */
  allowAtLength(id: string, name: string, statements: readonly Statement[]): void {
    const { arn } = new IamPolicy(this, id, {
      name,
      description: `What ${this.givenName} may do with ${id}`,
      ...(this.path !== undefined && { path: this.path }),
      policy: policyText(statements),
    });
    new IamRolePolicyAttachment(new Construct(this, `${id}_attached`), 'Default', {
      role: this.roleName,
      policyArn: arn,
    });
  }

  /** Attaches a policy that AWS keeps up to date, for roles that an AWS service takes on by itself. */
  attach(id: string, managedPolicy: string): IamRolePolicyAttachment {
    return new IamRolePolicyAttachment(this, id, {
      role: this.roleName,
      policyArn: `arn:aws:iam::aws:policy/${managedPolicy}`,
    });
  }
}

/** Writing to a log group, and to none of its neighbours. */
export function writingLogs(logGroupArn: string): Statement {
  return { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [`${logGroupArn}:*`] };
}

/** Handing roles to the containers of a task, which ECS starts under them. */
export function passingToTasks(roleArns: readonly string[]): Statement {
  return {
    actions: ['iam:PassRole'],
    resources: roleArns,
    condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
  };
}

function policyText(statements: readonly Statement[]): string {
  return jsonText(policyDocument(statements));
}

/** The document of a policy that grants. */
export function policyDocument(statements: readonly Statement[]): object {
  return {
    Version: '2012-10-17',
    Statement: statements.map(({ actions, resources, condition }) => ({
      Effect: 'Allow',
      Action: actions,
      Resource: resources,
      ...(condition && { Condition: condition }),
    })),
  };
}

function trustService({ service, sourceArns }: OfService): object[] {
  return [
    {
      Effect: 'Allow',
      Action: ['sts:AssumeRole'],
      Principal: { Service: [service] },
      ...(sourceArns && { Condition: { ArnEquals: { 'aws:SourceArn': sourceArns } } }),
    },
  ];
}

function trustFederation({ federated: { providerArn, conditions } }: OfFederation): object[] {
  return conditions.map((condition) => ({
    Effect: 'Allow',
    Action: ['sts:AssumeRoleWithWebIdentity'],
    Principal: { Federated: [providerArn] },
    Condition: condition,
  }));
}
