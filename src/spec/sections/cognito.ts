import type * as z from 'zod';
import type { Context } from '../context';
import { importById, madeOrExisting } from '../values/adoption';
import { secretName } from '../values/aws-names';
import { awsName, flag, oneOf, text, textList, wholeNumber } from '../values/fields';

const poolId = [
  'the id of a user pool such as "eu-central-1_a1B2c3D4e"',
  /^[a-z]{2}(?:-[a-z]+)+-\d_[A-Za-z0-9]{1,40}$/,
] as const;

const addresses = () =>
  textList(
    text('an address such as "https://example.com/callback"', /^(?:https:\/\/|http:\/\/localhost)[^\s#]+$/),
    'an address',
    'a list of addresses',
  ).default([]);

const made = {
  enabled: flag().default(true),
  import: importById(...poolId),
  name: awsName(
    'a user pool',
    /^[\w\s+=,.@-]{1,128}$/,
    '1 to 128 letters, digits, spaces and any of "_+=,.@-"',
  ).optional(),
  enableWebClient: flag().default(true),
  webClientSecret: flag()
    .default(false)
    .describe(
      'Gives the web client a secret. The provider writes it into the Terraform state: there is no write-only form.',
    ),
  callbackUrls: addresses().describe(
    'Where the hosted UI may send users of the web client back to. By default, with `enable_user_pool_domain`, https://<domain>/callback, or http://localhost:3000/callback where there is no domain.',
  ),
  enableDashboardClient: flag()
    .default(false)
    .describe('A second client, <name>-dashboard, for an internal web application.'),
  dashboardCallbackUrls: addresses().describe('Likewise for the dashboard client.'),
  workloadManagesUsers: flag()
    .default(true)
    .describe('Whether a workload without `uses` gets `cognito.admin` too: making, changing and deleting users.'),
  backendConfirmSignup: flag()
    .default(false)
    .describe('Lets those that use `cognito.admin` confirm users who have not answered the mailed code.'),
  enableUserPoolDomain: flag().default(false).describe('Switches the hosted UI on.'),
  userPoolDomainPrefix: awsName(
    'a user pool domain',
    /^(?!.*(?:aws|amazon|cognito))[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    '1 to 63 small letters, digits and dashes, without "aws", "amazon" and "cognito"',
  ).optional(),
  groups: textList(
    awsName('a user group', /^[\w+=,.@-]{1,128}$/, '1 to 128 letters, digits and any of "_+=,.@-"'),
    'a group',
    'a list of group names',
  ).default(['test', 'admin']),
  mfa: oneOf('off', 'optional', 'on').default('optional').describe('Authenticator apps as a second factor.'),
  passwordMinLength: wholeNumber(8, 99, 'characters').default(8),
  deletionProtection: flag().optional().describe('By default the value of `protect`.'),
  secretName: secretName
    .optional()
    .describe(
      'Secrets Manager secret with user_pool_id, client_id and client_secret; made when the web client has a secret.',
    ),
};

const existing = {
  enabled: flag().default(true),
  userPoolId: text(...poolId),
  clientId: text('the id of a user pool client such as "1h57kf5cpq17m0eml12EXAMPLE"', /^\w{1,128}$/)
    .optional()
    .describe('The client that the web application signs in with.'),
};

/** The `cognito` section: a user pool and the client that the web application signs in with; or those that are there already. */
export const cognitoSection = madeOrExisting('user pool', made, existing);

export type CognitoSpec = ReturnType<typeof completeCognito>;
export type MadeCognitoSpec = Exclude<CognitoSpec, { readonly existing: true }>;

/** Fills in names, protection and, where the hosted UI is on, addresses to come back to. */
export function completeCognito(
  section: z.output<typeof cognitoSection>,
  { project, env, prefix, protect }: Context,
  domainName: string | undefined,
) {
  if (section.existing) return section;
  const back = domainName === undefined ? 'http://localhost:3000/callback' : `https://${domainName}/callback`;
  const callbacks = (written: readonly string[]) =>
    section.enableUserPoolDomain && written.length === 0 ? [back] : [...written];
  return {
    ...section,
    callbackUrls: callbacks(section.callbackUrls),
    dashboardCallbackUrls: section.enableDashboardClient ? callbacks(section.dashboardCallbackUrls) : [],
    name: section.name ?? `${prefix}-users`,
    userPoolDomainPrefix: section.userPoolDomainPrefix ?? prefix,
    secretName: section.secretName ?? `${project}/${env}/cognito`,
    deletionProtection: section.deletionProtection ?? protect,
  };
}
