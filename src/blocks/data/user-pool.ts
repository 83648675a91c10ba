import { CognitoUserGroup } from '@cdktf/provider-aws/lib/cognito-user-group';
import { CognitoUserPool } from '@cdktf/provider-aws/lib/cognito-user-pool';
import { CognitoUserPoolClient } from '@cdktf/provider-aws/lib/cognito-user-pool-client';
import { CognitoUserPoolDomain } from '@cdktf/provider-aws/lib/cognito-user-pool-domain';
import { Construct } from 'constructs';
import type { Consumer, Injection, Usable } from '../../access/usable';
import type { MadeCognitoSpec } from '../../spec/sections/cognito';
import { secretArnVariable } from '../../spec/values/variable-name';
import { Import } from '../../terraform/import';
import { constructId } from '../../terraform/logical-ids';
import { Secret } from './secret';
import { CONFIRM_SIGN_UP, userManagement } from './user-management';

/** Props of {@link UserPool}: the `cognito` section, and whether a plan may delete the users. */
export interface UserPoolProps extends MadeCognitoSpec {
  readonly protect: boolean;
}

/** A Cognito user pool whose users sign in by email, with a client for the web application. */
export class UserPool extends Construct implements Usable {
  readonly poolId: string;
  readonly secretArn: string | undefined;

  /** For those whose `uses` names `cognito.admin`: a backend that manages users. */
  readonly admin: Usable;
  readonly injection: Injection;
  private readonly secret: Secret | undefined;

  constructor(scope: Construct, id: string, props: UserPoolProps) {
    super(scope, id);
    const pool = new CognitoUserPool(this, 'Default', {
      name: props.name,
      usernameAttributes: ['email'],
      autoVerifiedAttributes: ['email'],
      deletionProtection: props.deletionProtection ? 'ACTIVE' : 'INACTIVE',
      mfaConfiguration: { off: 'OFF', optional: 'OPTIONAL', on: 'ON' }[props.mfa],
      softwareTokenMfaConfiguration: props.mfa === 'off' ? undefined : { enabled: true },
      passwordPolicy: {
        minimumLength: props.passwordMinLength,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: true,
        temporaryPasswordValidityDays: 7,
      },
      accountRecoverySetting: { recoveryMechanism: [{ name: 'verified_email', priority: 1 }] },
      verificationMessageTemplate: { defaultEmailOption: 'CONFIRM_WITH_CODE' },
      lifecycle: { preventDestroy: props.protect },
    });
    this.poolId = pool.id;
    this.admin = userManagement(pool, props.backendConfirmSignup ? [CONFIRM_SIGN_UP] : []);
    if (props.import !== undefined) new Import(pool, props.import);

    const groups = new Construct(this, 'group');
    for (const name of props.groups) new CognitoUserGroup(groups, constructId(name), { name, userPoolId: pool.id });
    if (props.enableUserPoolDomain)
      new CognitoUserPoolDomain(this, 'domain', { domain: props.userPoolDomainPrefix, userPoolId: pool.id });

    const client = props.enableWebClient ? webClient(this, pool, props) : undefined;
    const dashboard = props.enableDashboardClient ? dashboardClient(this, pool, props) : undefined;
    if (client && props.webClientSecret) {
      this.secret = new Secret(this, 'secret', {
        name: props.secretName,
        description: `Web client of ${props.name}`,
        protect: props.protect,
      });
      // The provider stores client_secret in the state, sensitive but in clear: it has no write-only form.
      this.secret.write({
        values: { user_pool_id: pool.id, client_id: client.id, client_secret: client.clientSecret },
        version: 1,
        staleWith: { resource: client, attribute: 'id' },
      });
      this.secretArn = this.secret.arn;
    }
    this.injection = {
      environment: {
        COGNITO_USER_POOL_ID: pool.id,
        ...(client && { COGNITO_CLIENT_ID: client.id }),
        ...(dashboard && { COGNITO_DASHBOARD_CLIENT_ID: dashboard.id }),
      },
      secrets: this.secret ? { COGNITO_CLIENT_SECRET: this.secret.access.valueFrom('client_secret') } : {},
    };
  }

  letUse(consumer: Consumer): void {
    this.secret?.access.grantInjection('cognito_secret', consumer);
  }

  get ready() {
    return this.secret?.access.ready ?? [];
  }

  /** For those whose `uses` names `cognito.read`; undefined where the client has no secret. */
  get reader(): Usable | undefined {
    return this.secret?.access.reader('cognito_secret', secretArnVariable('cognito'));
  }
}

function webClient(scope: Construct, pool: CognitoUserPool, props: UserPoolProps): CognitoUserPoolClient {
  return new CognitoUserPoolClient(scope, 'web_client', {
    name: `${props.name}-web`,
    userPoolId: pool.id,
    generateSecret: props.webClientSecret,
    ...signIn(props.callbackUrls),
  });
}

/** Without a secret: it runs in browsers. */
function dashboardClient(scope: Construct, pool: CognitoUserPool, props: UserPoolProps): CognitoUserPoolClient {
  return new CognitoUserPoolClient(scope, 'dashboard_client', {
    name: `${props.name}-dashboard`,
    userPoolId: pool.id,
    generateSecret: false,
    ...signIn(props.dashboardCallbackUrls),
  });
}

/** By password, which never leaves the browser, and by the hosted UI where it has an address to send users back to. */
function signIn(callbackUrls: readonly string[]) {
  return {
    explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    preventUserExistenceErrors: 'ENABLED',
    enableTokenRevocation: true,
    supportedIdentityProviders: ['COGNITO'],
    ...(callbackUrls.length > 0 && {
      callbackUrls: [...callbackUrls],
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ['code'],
      allowedOauthScopes: ['openid', 'email', 'profile'],
    }),
  };
}
