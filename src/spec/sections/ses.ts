import * as z from 'zod';
import { awsName, domainName, email, flag, listed, namedList, oneOf, text, textList } from '../values/fields';

/** The `ses` section: sending email from a domain, with the DNS records that prove it. */
export const sesSection = z.strictObject({
  enabled: flag().default(true),
  domainName: domainName.optional().describe('Sending domain; by default that of the environment.'),
  senders: textList(email, 'an address', 'a list of addresses')
    .default([])
    .describe('Addresses verified one by one: each gets a mail with a link.'),
  testEmails: textList(email, 'an address', 'a list of addresses')
    .default([])
    .describe(
      'Addresses that may be mailed to while SES keeps the account in its sandbox: each gets a mail with a link.',
    ),
  spf: text('an SPF policy such as "v=spf1 include:amazonses.com ~all"', /^v=spf1 .+$/).default(
    'v=spf1 include:amazonses.com ~all',
  ),
  dmarc: z
    .strictObject({
      policy: oneOf('none', 'quarantine', 'reject')
        .default('quarantine')
        .describe('What receivers do with mail that fails.'),
      reportsTo: email.optional().describe('Where receivers send their daily reports.'),
    })
    .prefault({}),
  configurationSet: z
    .strictObject({
      name: awsName('a configuration set', /^[\w-]{1,64}$/, '1 to 64 letters, digits, dashes and underscores'),
      events: z
        .array(oneOf('SEND', 'DELIVERY', 'BOUNCE', 'COMPLAINT', 'REJECT', 'OPEN', 'CLICK', 'RENDERING_FAILURE'), {
          error: 'expected a list of events',
        })
        .min(1, 'expected at least one event')
        .default(['SEND', 'BOUNCE', 'COMPLAINT'])
        .describe('Events counted in CloudWatch.'),
      suppress: z
        .array(oneOf('BOUNCE', 'COMPLAINT'))
        .default(['BOUNCE', 'COMPLAINT'])
        .describe('Reasons not to send to an address again.'),
    })
    .optional(),
  templates: namedList(
    z.strictObject({
      ...listed,
      name: awsName('an email template', /^[\w-]{1,64}$/, '1 to 64 letters, digits, dashes and underscores'),
      subject: text('text'),
      html: text('text').optional(),
      text: text('text').optional(),
    }),
    'template',
  ),
});

export type SesSpec = Omit<z.output<typeof sesSection>, 'domainName'> & { readonly domainName: string };
