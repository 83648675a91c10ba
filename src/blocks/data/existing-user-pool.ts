import { DataAwsCognitoUserPool } from '@cdktf/provider-aws/lib/data-aws-cognito-user-pool';
import { Construct } from 'constructs';
import type { Injection, Usable } from '../../access/usable';
import { userManagement } from './user-management';

export interface ExistingUserPoolProps {
  readonly userPoolId: string;
  readonly clientId?: string | undefined;
}

/**
 * A user pool that is there already, and left as it is.
 *
 * Its client is not looked up: the data source would bring the client's secret into the state.
 */
export class ExistingUserPool extends Construct implements Usable {
  readonly poolId: string;
  readonly secretArn = undefined;
  readonly reader = undefined;

  /** For those whose `uses` names `cognito.admin`: a backend that manages users. */
  readonly admin: Usable;
  readonly injection: Injection;

  constructor(scope: Construct, id: string, { userPoolId, clientId }: ExistingUserPoolProps) {
    super(scope, id);
    const pool = new DataAwsCognitoUserPool(this, 'Default', { userPoolId });
    this.poolId = pool.userPoolId;
    this.admin = userManagement({ arn: pool.arn, id: this.poolId });
    this.injection = {
      environment: {
        COGNITO_USER_POOL_ID: this.poolId,
        ...(clientId !== undefined && { COGNITO_CLIENT_ID: clientId }),
      },
      secrets: {},
    };
  }

  /** Who signs users in needs no permission of AWS's. */
  letUse(): void {}
}
