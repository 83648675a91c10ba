import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { SecretsmanagerSecretRotation } from '@cdktf/provider-aws/lib/secretsmanager-secret-rotation';
import { Construct } from 'constructs';
import type { Role } from '../../access/role';

/** Props of {@link Rotation}: which secret, by which function, how often. */
export interface RotationProps {
  readonly secretArn: string;
  readonly everyDays: number;
  readonly rotator: { readonly arn: string; readonly role: Role };
}

/**
 * Regular change of a secret's value by a function, which may change that secret and nothing else.
 *
 * Not at once: the first apply must not depend on the function's code. https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
 */
export class Rotation extends Construct {
  constructor(scope: Construct, id: string, { secretArn, everyDays, rotator }: RotationProps) {
    super(scope, id);
    rotator.role.allow(
      `rotate_${scope.node.id}`,
      {
        actions: [
          'secretsmanager:DescribeSecret',
          'secretsmanager:GetSecretValue',
          'secretsmanager:PutSecretValue',
          'secretsmanager:UpdateSecretVersionStage',
        ],
        resources: [secretArn],
      },
      { actions: ['secretsmanager:GetRandomPassword'], resources: ['*'] },
    );
    const permission = new LambdaPermission(this, 'permission', {
      statementId: `rotate-${scope.node.id}`,
      functionName: rotator.arn,
      action: 'lambda:InvokeFunction',
      principal: 'secretsmanager.amazonaws.com',
      sourceArn: secretArn,
    });
    new SecretsmanagerSecretRotation(this, 'Default', {
      secretId: secretArn,
      rotationLambdaArn: rotator.arn,
      rotateImmediately: false,
      rotationRules: { automaticallyAfterDays: everyDays },
      dependsOn: [permission, ...rotator.role.policies],
    });
  }
}
