import { DataAwsCognitoUserPool } from '@cdktf/provider-aws/lib/data-aws-cognito-user-pool';
import { Construct } from 'constructs';
import type { Injection, Usable } from '../../access/usable';

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
  readonly injection: Injection;

  constructor(scope: Construct, id: string, { userPoolId, clientId }: ExistingUserPoolProps) {
    super(scope, id);
    this.poolId = new DataAwsCognitoUserPool(this, 'Default', { userPoolId }).userPoolId;
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
