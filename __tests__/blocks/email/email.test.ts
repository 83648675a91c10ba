import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, container, statements } from '../reading';

test('proves the sending domain by DKIM, SPF and DMARC', () => {
  const terraform = email('{}');

  const zone_id = '${aws_route53_zone.domain.zone_id}';
  const token = (key: number) => `\${aws_sesv2_email_identity.email.dkim_signing_attributes[0].tokens[${key}]}`;
  const dkim = (key: number) => ({
    zone_id,
    name: `${token(key)}._domainkey.dev.example.com`,
    type: 'CNAME',
    ttl: 600,
    records: [`${token(key)}.dkim.amazonses.com`],
  });
  expect(resource(terraform, 'aws_sesv2_email_identity.email')).toEqual({ email_identity: 'dev.example.com' });
  expect(all(terraform, 'aws_route53_record')).toEqual({
    domain_dkim_1: dkim(0),
    domain_dkim_2: dkim(1),
    domain_dkim_3: dkim(2),
    domain_spf: {
      zone_id,
      name: 'dev.example.com',
      type: 'TXT',
      ttl: 600,
      records: ['v=spf1 include:amazonses.com ~all'],
    },
    domain_dmarc: {
      zone_id,
      name: '_dmarc.dev.example.com',
      type: 'TXT',
      ttl: 600,
      records: ['v=DMARC1; p=quarantine'],
    },
  });
});

test('takes domain, policies and reports from the file', () => {
  const terraform = email(
    '{ domain_name: mail.dev.example.com, spf: "v=spf1 -all", dmarc: { policy: reject, reports_to: dmarc@example.com } }',
  );

  expect(all(terraform, 'aws_route53_record')).toMatchObject({
    domain_spf: { name: 'mail.dev.example.com', records: ['v=spf1 -all'] },
    domain_dmarc: {
      name: '_dmarc.mail.dev.example.com',
      records: ['v=DMARC1; p=reject; rua=mailto:dmarc@example.com'],
    },
  });
});

test('lets what uses it send from the domain and its senders alone', () => {
  const terraform = email(
    '{ senders: [noreply@dev.example.com, help@dev.example.com], configuration_set: { name: mail } }',
    'workload: {}',
  );

  expect(resource(terraform, 'aws_sesv2_email_identity.email_sender_noreply_dev_example_com')).toEqual({
    email_identity: 'noreply@dev.example.com',
  });
  expect(statements(resource(terraform, 'aws_iam_role_policy.workload_task_role_send_email')['policy'])).toEqual([
    {
      Effect: 'Allow',
      Action: ['ses:SendEmail', 'ses:SendRawEmail'],
      Resource: [
        'aws_sesv2_email_identity.email.arn',
        'aws_sesv2_email_identity.email_sender_noreply_dev_example_com.arn',
        'aws_sesv2_email_identity.email_sender_help_dev_example_com.arn',
        'aws_sesv2_configuration_set.email_configuration_set.arn',
      ],
    },
  ]);
  expect(container(resource(terraform, 'aws_ecs_task_definition.workload_task'))['environment']).toEqual([
    { name: 'SES_DOMAIN', value: 'dev.example.com' },
    { name: 'SES_SENDER', value: 'noreply@dev.example.com' },
  ]);
});

test('counts events and insists on TLS by a configuration set', () => {
  const terraform = email('{ configuration_set: { name: mail, events: [BOUNCE], suppress: [COMPLAINT] } }');

  const set = '${aws_sesv2_configuration_set.email_configuration_set.configuration_set_name}';
  expect(resource(terraform, 'aws_sesv2_email_identity.email')).toMatchObject({ configuration_set_name: set });
  expect(resource(terraform, 'aws_sesv2_configuration_set.email_configuration_set')).toEqual({
    configuration_set_name: 'mail',
    delivery_options: { tls_policy: 'REQUIRE' },
    reputation_options: { reputation_metrics_enabled: true },
    suppression_options: { suppressed_reasons: ['COMPLAINT'] },
  });
  expect(resource(terraform, 'aws_sesv2_configuration_set_event_destination.email_events')).toEqual({
    configuration_set_name: set,
    event_destination_name: 'cloudwatch',
    event_destination: {
      enabled: true,
      matching_event_types: ['BOUNCE'],
      cloud_watch_destination: {
        dimension_configuration: [
          {
            dimension_name: 'ses:configuration-set',
            dimension_value_source: 'MESSAGE_TAG',
            default_dimension_value: 'mail',
          },
        ],
      },
    },
  });
});

test('has its templates under their names', () => {
  const terraform = email('{ templates: [{ name: welcome, subject: "Hello {{name}}", html: <p>Hi</p>, text: Hi }] }');

  expect(all(terraform, 'aws_ses_template')).toEqual({
    email_template_welcome: { name: 'welcome', subject: 'Hello {{name}}', html: '<p>Hi</p>', text: 'Hi' },
  });
});

function email(section: string, more = ''): string {
  return synth(`
region: eu-central-1
state: local
domain: { domain_name: example.com, certificates: [] }
ses: ${section}
${more}
`);
}
