import * as z from 'zod';
import type { Context } from '../context';
import { roleName } from '../values/aws-names';
import { flag, text } from '../values/fields';

/** The `pipeline` section: what plans and applies this environment, and as whom. */
export const pipelineSection = z.strictObject({
  enabled: flag().default(true).describe('`false` removes it from this environment.'),
  github: z
    .strictObject({
      repository: text(
        'the repository of these files, organization and name without wildcards, such as "acme/infrastructure"',
        /^[\w.-]+(?:@\d+)?\/[\w.-]+(?:@\d+)?$/,
      ).describe(
        'Whose workflows may take the two roles on, as GitHub’s token says it. https://docs.github.com/en/actions/reference/security/oidc',
      ),
      branch: text('a branch without wildcards such as "main"', /^[\w./-]{1,200}$/)
        .default('main')
        .describe('What is merged here is applied; the nightly look for drift runs on it.'),
      environment: text(
        'the name of an environment in GitHub: letters, digits and any of "_.-", without wildcards',
        /^[\w.-]{1,200}$/,
      )
        .optional()
        .describe(
          'The protected environment in GitHub, whose reviewers let an apply through; by default <project>-<env>.',
        ),
      planRoleName: roleName.optional().describe('By default <project>-<env>-plan.'),
      applyRoleName: roleName.optional().describe('By default <project>-<env>-apply.'),
    })
    .describe(
      'Two roles for GitHub Actions, made by the bootstrap stack: one reads for plans, the other applies and may touch this environment alone. Their provider is made once for the account: `account.github_oidc`.',
    ),
});

export type PipelineSpec = ReturnType<typeof completePipeline>;

/** The path of the roles, outside of what an apply may manage. */
export const PIPELINE_PATH = '/pipeline/';

/** Fills in names. */
export function completePipeline({ github, ...section }: z.output<typeof pipelineSection>, { prefix }: Context) {
  return {
    ...section,
    github: {
      ...github,
      environment: github.environment ?? prefix,
      planRoleName: github.planRoleName ?? `${prefix}-plan`,
      applyRoleName: github.applyRoleName ?? `${prefix}-apply`,
    },
  };
}
