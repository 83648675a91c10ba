import { SesTemplate } from '@cdktf/provider-aws/lib/ses-template';
import { Sesv2ConfigurationSet } from '@cdktf/provider-aws/lib/sesv2-configuration-set';
import { Sesv2ConfigurationSetEventDestination } from '@cdktf/provider-aws/lib/sesv2-configuration-set-event-destination';
import { Sesv2EmailIdentity } from '@cdktf/provider-aws/lib/sesv2-email-identity';
import { Construct } from 'constructs';
import type { Consumer, Injection, Usable } from '../../access/usable';
import type { SesSpec } from '../../spec/sections/ses';
import { constructId } from '../../terraform/logical-ids';
import type { Domain } from '../edge/domain';

/** Props of {@link Email}: the `ses` section, and the zone its records go to. */
export interface EmailProps extends SesSpec {
  readonly domain: Domain;
}

const DKIM_KEYS = 3; // https://docs.aws.amazon.com/ses/latest/dg/send-email-authentication-dkim-easy.html

/** Sending email from a domain, with the records by which receivers believe it. */
export class Email extends Construct implements Usable {
  readonly injection: Injection;
  private readonly identityArns: readonly string[];

  constructor(scope: Construct, id: string, props: EmailProps) {
    super(scope, id);
    const configurationSet = props.configurationSet && this.configurationSet(props.configurationSet);
    const identity = new Sesv2EmailIdentity(this, 'Default', {
      emailIdentity: props.domainName,
      configurationSetName: configurationSet?.configurationSetName,
    });
    const senders = props.senders.map((sender) => this.verify('sender', sender));
    const recipients = props.testEmails.map((recipient) => this.verify('test', recipient));
    this.identityArns = [
      identity.arn,
      // In the sandbox SES sends to verified addresses alone, and asks for the right to send to them as well.
      ...[...senders, ...recipients].map(({ arn }) => arn),
      ...(configurationSet ? [configurationSet.arn] : []),
    ];
    this.injection = {
      environment: { SES_DOMAIN: props.domainName, ...(props.senders[0] && { SES_SENDER: props.senders[0] }) },
      secrets: {},
    };

    this.addRecords(identity, props);
    for (const { name, subject, html, text } of props.templates) {
      new SesTemplate(this, `template_${constructId(name)}`, { name, subject, html, text });
    }
  }

  letUse(consumer: Consumer): void {
    consumer.role.allow('send_email', { actions: ['ses:SendEmail', 'ses:SendRawEmail'], resources: this.identityArns });
  }

  private verify(what: 'sender' | 'test', address: string): Sesv2EmailIdentity {
    return new Sesv2EmailIdentity(this, `${what}_${constructId(address)}`, { emailIdentity: address });
  }

  private addRecords(identity: Sesv2EmailIdentity, { domain, domainName, spf, dmarc }: EmailProps): void {
    for (let key = 0; key < DKIM_KEYS; key++) {
      const token = `\${${identity.fqn}.dkim_signing_attributes[0].tokens[${key}]}`;
      domain.addRecord(`dkim_${key + 1}`, {
        name: `${token}._domainkey.${domainName}`,
        under: domainName,
        type: 'CNAME',
        value: `${token}.dkim.amazonses.com`,
      });
    }
    domain.addRecord('spf', { name: domainName, under: domainName, type: 'TXT', value: spf });
    const reports = dmarc.reportsTo === undefined ? '' : `; rua=mailto:${dmarc.reportsTo}`;
    const policy = `v=DMARC1; p=${dmarc.policy}${reports}`;
    domain.addRecord('dmarc', { name: `_dmarc.${domainName}`, under: domainName, type: 'TXT', value: policy });
  }

  private configurationSet({
    name,
    events,
    suppress,
  }: NonNullable<SesSpec['configurationSet']>): Sesv2ConfigurationSet {
    const set = new Sesv2ConfigurationSet(this, 'configuration_set', {
      configurationSetName: name,
      deliveryOptions: { tlsPolicy: 'REQUIRE' },
      reputationOptions: { reputationMetricsEnabled: true },
      suppressionOptions: { suppressedReasons: suppress },
    });
    new Sesv2ConfigurationSetEventDestination(this, 'events', {
      configurationSetName: set.configurationSetName,
      eventDestinationName: 'cloudwatch',
      eventDestination: {
        enabled: true,
        matchingEventTypes: events,
        cloudWatchDestination: {
          dimensionConfiguration: [
            {
              dimensionName: 'ses:configuration-set',
              dimensionValueSource: 'MESSAGE_TAG',
              defaultDimensionValue: name,
            },
          ],
        },
      },
    });
    return set;
  }
}
