import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsSsmParametersByPath } from '@cdktf/provider-aws/lib/data-aws-ssm-parameters-by-path';
import { SnsPlatformApplication } from '@cdktf/provider-aws/lib/sns-platform-application';
import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter';
import { Fn, Op, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { Consumer, Injection, Usable } from '../../access/usable';
import type { PushSpec } from '../../spec/sections/push';

/** What stands in the parameter until a person writes the credential there. */
const NOT_SET = 'not set';

/** SNS's name of Firebase Cloud Messaging, from when it was Google's. */
const PLATFORM = 'GCM';

/** Props of {@link Push}: its names, and where it is. */
export interface PushProps extends PushSpec {
  readonly region: string;
}

/**
 * Push notifications to phones by Firebase Cloud Messaging over SNS.
 *
 * SNS asks Google about the credential when the application is made, and refuses a placeholder. So there is a parameter at
 * first, and the application once a person has written a credential there, the JSON of a service account or a server key.
 */
export class Push extends Construct implements Usable {
  readonly injection: Injection;
  private readonly applicationArn: string;
  private readonly endpointArns: string;

  constructor(scope: Construct, id: string, { name, parameterName, parameterPath, region }: PushProps) {
    super(scope, id);
    new SsmParameter(this, 'credential', {
      name: parameterName,
      description: 'Credential of Firebase Cloud Messaging, written by hand',
      type: 'SecureString',
      valueWo: NOT_SET,
      valueWoVersion: 1,
      // An update of any of them would write the value too, over what a person has written.
      lifecycle: { ignoreChanges: ['description', 'type', 'value_wo_version'] },
    });
    // By its path, and by no reference: so a plan reads it before there is anything, and knows whether there is something.
    // The state holds what it reads, and the application's argument: neither has a write-only form.
    const found = new DataAwsSsmParametersByPath(this, 'written', { path: parameterPath, withDecryption: true });
    const credential = Fn.lookup(Fn.zipmap(found.names, found.values), parameterName, NOT_SET);
    new SnsPlatformApplication(this, 'Default', {
      count: Token.asNumber(Fn.conditional(Fn.nonsensitive(Op.neq(credential, NOT_SET)), 1, 0)),
      name,
      platform: PLATFORM,
      platformCredential: credential,
    });

    const { accountId } = new DataAwsCallerIdentity(this, 'account');
    const arn = (kind: string) => `arn:aws:sns:${region}:${accountId}:${kind}/${PLATFORM}/${name}`;
    this.applicationArn = arn('app');
    this.endpointArns = `${arn('endpoint')}/*`;
    this.injection = { environment: { FCM_PLATFORM_APPLICATION_ARN: this.applicationArn }, secrets: {} };
  }

  /** Registers phones with the application, and sends to each by its endpoint. */
  letUse({ role }: Consumer): void {
    const ofEndpoint = ['Publish', 'GetEndpointAttributes', 'SetEndpointAttributes', 'DeleteEndpoint'];
    role.allow(
      'push',
      { actions: ['sns:CreatePlatformEndpoint'], resources: [this.applicationArn] },
      { actions: ofEndpoint.map((action) => `sns:${action}`), resources: [this.endpointArns] },
    );
  }
}
