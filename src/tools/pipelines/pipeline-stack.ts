import type { EnvironmentSpec } from '../../spec/environment';
import { PIPELINE_PATH, type PipelineSpec } from '../../spec/sections/pipeline';

/** What pipelines have to know of a stack. */
export interface PipelineStack {
  readonly stack: string;
  readonly project: string;
  readonly region: string;

  /** A bootstrap stack makes the roles of pipelines, so a person applies it. */
  readonly bootstrap: boolean;
  readonly accountId: string | undefined;
  readonly github: PipelineSpec['github'] | undefined;
}

export function pipelineStacks(specs: readonly EnvironmentSpec[], stacks: Iterable<string>): PipelineStack[] {
  const environments = specs.map((spec) => ({
    stack: `${spec.project}-${spec.env}`,
    project: spec.project,
    region: spec.region,
    bootstrap: false,
    accountId: spec.accountId,
    github: spec.pipeline?.github,
  }));
  const bootstraps = [...stacks].flatMap((stack) => {
    const user = specs.find(({ project, env }) => stack.startsWith(`${project}-bootstrap`) && env !== 'bootstrap');
    if (!user || environments.some((each) => each.stack === stack)) return [];
    const { project, region, accountId } = user;
    return [{ stack, project, region, bootstrap: true, accountId, github: undefined }];
  });
  return [...environments, ...bootstraps].sort((one, other) => (one.stack < other.stack ? -1 : 1));
}

/** Without `account_id` in the file the account is a variable of the repository, one for each system: SHOP_ACCOUNT_ID. */
export function roleArn(
  { accountId, project }: { readonly accountId?: string | undefined; readonly project: string },
  name: string,
  path = PIPELINE_PATH,
): string {
  const variable = `${project.replaceAll('-', '_').toUpperCase()}_ACCOUNT_ID`;
  return `arn:aws:iam::${accountId ?? `\${{ vars.${variable} }}`}:role${path}${name}`;
}
