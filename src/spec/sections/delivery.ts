import * as z from 'zod';
import type { Context } from '../context';
import { functionName, roleName } from '../values/aws-names';
import { accountId, flag, listed, name, namedList, text, textList } from '../values/fields';
import { awsRegion } from '../values/regions';
import { completeFunction, functionSection } from './function';

/** `ecr_trusted_accounts`: whose containers run the images of the repositories made here. */
export const ecrTrustedAccounts = namedList(
  z.strictObject({
    ...listed,
    accountId: accountId.describe('It may pull from the repositories made here, and nothing more.'),
    env: name.describe('Its environment of this system, whose deployer hears of every push.'),
    region: awsRegion('eu-central-1').optional().describe('Where that environment is; by default here.'),
  }),
  'account',
).describe('Accounts that may pull from the repositories made here and hear of every push.');

/** The bus on which an environment hears of pushes to another account's repositories: both sides derive it. */
export function imageBusName(project: string, env: string): string {
  return `${project}-${env}-images`;
}

/** The role that reports pushes to other accounts, and with an account's name behind it the rule that does. */
export function imageRuleName(project: string, env: string, account?: string): string {
  return `${project}-${env}-image-events${account === undefined ? '' : `-${account}`}`;
}

const named = (noun: string) => ({
  enabled: flag().default(true).describe(`\`false\` leaves the ${noun} out.`),
  functionName: functionName.optional(),
  roleName: roleName.optional(),
});

/** The `delivery` section: from a push of an image to a running service and a message about it. */
export const deliverySection = z.strictObject({
  enabled: flag().default(true).describe('`false` removes it from this environment.'),
  github: z
    .strictObject({
      subjects: textList(
        text('a subject such as "repo:acme/platform:environment:dev"', /^repo:\S{1,300}$/),
        'a subject',
        'a list of subjects such as ["repo:acme/platform:environment:dev"]',
      )
        .min(1, 'expected at least one subject, because nobody could take the role on')
        .describe(
          'Workflow runs that may take the role on, as `sub` of GitHub’s token says it. https://docs.github.com/en/actions/reference/security/oidc',
        ),
      roleName: roleName.optional().describe('By default <project>-<env>-deploy.'),
    })
    .optional()
    .describe(
      'A role for GitHub Actions that pushes images and deploys, without keys. Its provider is made once for the account: `account.github_oidc`.',
    ),
  deployer: z
    .strictObject({
      ...named('deployer'),
      tags: textList(
        text('a pattern of image tags such as "v*"', /^[A-Za-z0-9_*][A-Za-z0-9._*-]{0,127}$/),
        'a pattern',
        'a list of patterns such as ["v*", "main-*"]',
      )
        .min(1, 'expected at least one pattern, because no push would be deployed')
        .default(['*'])
        .describe('Pushed tags that are deployed. Images without a tag, and signatures, never are.'),
    })
    .optional()
    .prefault({})
    .describe(
      'A function that brings what is pushed to a repository into the services and tasks with `image_owner: pipeline` that run it.',
    ),
  notifier: z
    .strictObject({
      ...named('notifier'),
      webhookParameter: text(
        'the name of a parameter such as "/dev/platform/slack_webhook"',
        /^\/(?!aws\/|ssm\/)[\w.-]+(?:\/[\w.-]+){0,14}$/i,
      )
        .optional()
        .describe(
          'SSM parameter (SecureString) with the URL of a Slack webhook, filled in by a person; by default /<env>/<project>/slack_webhook. Terraform never reads it.',
        ),
    })
    .optional()
    .describe('A function that tells Slack of deployments that start, succeed, fail and are rolled back.'),
});

export type DeliverySpec = ReturnType<typeof completeDelivery>;

/** Fills in names, and what the two functions are as Lambda sees them. */
export function completeDelivery(section: z.output<typeof deliverySection>, context: Context) {
  const { project, env, prefix } = context;
  const { github, deployer, notifier } = section;
  return {
    ...section,
    github: github && { ...github, roleName: github.roleName ?? `${prefix}-deploy` },
    // Written out where it is off, because leaving the key out means on.
    deployer: deployer ? { ...deployer, ...ownFunction('deployer', deployer, context) } : { enabled: false as const },
    notifier: notifier && {
      ...notifier,
      ...ownFunction('notifier', notifier, context),
      webhookParameter: notifier.webhookParameter ?? `/${env}/${project}/slack_webhook`,
    },
  };
}

/** The environment's deployer, where it has one. */
export function deployerOf({ delivery }: { readonly delivery: DeliverySpec | undefined }) {
  const deployer = delivery?.deployer;
  return deployer && 'lambda' in deployer ? deployer : undefined;
}

const OWN_TIMEOUT_SECONDS = 120; // the deployer's SDK waits and tries again where ECS throttles, the notifier where Slack does

function ownFunction(
  name: 'deployer' | 'notifier',
  written: { readonly functionName?: string | undefined; readonly roleName?: string | undefined },
  context: Context,
) {
  const { functionName, roleName } = written;
  const lambda = completeFunction(
    functionSection.parse({
      name,
      code: `functions/${name}`,
      architecture: 'arm64',
      timeoutSeconds: OWN_TIMEOUT_SECONDS,
      vpc: false,
      ...(functionName !== undefined && { functionName }),
      ...(roleName !== undefined && { roleName }),
    }),
    context,
  );
  return { functionName: lambda.functionName, roleName: lambda.roleName, lambda };
}
