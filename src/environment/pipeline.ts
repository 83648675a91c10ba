import { DataAwsIamOpenidConnectProvider } from '@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider';
import { TerraformOutput } from 'cdktf';
import { resolve } from 'cdktf/lib/_tokens';
import { Construct } from 'constructs';
import type { StackTerraform } from '../access/actions/names';
import { oversized, type PipelinePolicies, pipelinePolicies } from '../access/actions/policies';
import { GITHUB_TOKENS } from '../blocks/delivery/deploy-role';
import { PipelineRoles } from '../blocks/delivery/pipeline-roles';
import type { EnvironmentSpec } from '../spec/environment';
import type { Environment } from '../spec/load/load';
import type { Problem } from '../spec/load/problem';
import type { PipelineSpec } from '../spec/sections/pipeline';
import { constructId } from '../terraform/logical-ids';
import type { RootStack } from '../terraform/root-stack';

/** An environment with a pipeline, and what its two roles may do. */
export interface EnvironmentPipeline {
  readonly stack: string;
  readonly project: string;
  readonly env: string;
  readonly accountId: string | undefined;
  readonly github: PipelineSpec['github'];
  readonly policies: PipelinePolicies;
}

/** Stands where the account is not known before an apply; as long as a real id, because IAM counts characters. */
const UNKNOWN_ACCOUNT = '000000000000';

/** The pipeline of an environment, from what its stack has become. */
export function pipelineOf(stack: RootStack, spec: EnvironmentSpec): EnvironmentPipeline | undefined {
  const { pipeline, project, env, accountId, state } = spec;
  if (!pipeline || state === 'local') return undefined;
  const terraform = resolve(stack, stack.toTerraform()) as StackTerraform & { readonly provider: ProviderBlocks };
  const regions = new Set(terraform.provider.aws.map(({ region }) => region));
  const account = accountId ?? UNKNOWN_ACCOUNT;
  const place = { project, env, region: regions.size > 1 ? '*' : spec.region, account };
  return {
    stack: stack.node.id,
    project,
    env,
    accountId,
    github: pipeline.github,
    policies: pipelinePolicies(terraform, place, state),
  };
}

interface ProviderBlocks {
  readonly aws: readonly { readonly region: string }[];
}

/** Policies that IAM would refuse, at the section that asks for them. */
export function oversizedPolicies({ where }: Environment, pipeline: EnvironmentPipeline): Problem[] {
  return oversized(pipeline.stack, pipeline.policies).map((sentence) => ({
    at: where(['pipeline']),
    path: 'pipeline',
    message: `expected policies that IAM takes, got longer ones: ${sentence}; names that follow the pattern need no line each, or make two environments of it`,
  }));
}

/** The roles of an account's pipelines, in the bootstrap stack: they have to be there before the first apply. */
export function makePipelines(
  stack: RootStack,
  pipelines: readonly EnvironmentPipeline[],
  madeProviderArn: string | undefined,
): void {
  if (pipelines.length === 0) return;
  const scope = new Construct(stack, 'pipeline');
  const providerArn =
    madeProviderArn ?? new DataAwsIamOpenidConnectProvider(scope, 'provider', { url: `https://${GITHUB_TOKENS}` }).arn;
  const roles = pipelines.map((pipeline) => ({
    ...pipeline,
    made: new PipelineRoles(scope, constructId(pipeline.env), {
      ...pipeline,
      policies: pipeline.accountId === undefined ? inAccount(pipeline.policies, stack.accountId) : pipeline.policies,
      providerArn,
    }),
  }));
  for (const what of ['plan', 'apply'] as const)
    new TerraformOutput(stack, `${what}_role_arns`, {
      description: `Roles that pipelines ${what} with, by environment`,
      value: Object.fromEntries(roles.map(({ env, made }) => [env, made[`${what}RoleArn`]])),
    });
}

function inAccount({ plan, apply }: PipelinePolicies, account: string): PipelinePolicies {
  const known = (policies: PipelinePolicies['plan']): PipelinePolicies['plan'] =>
    new Map(
      [...policies].map(([name, statements]) => [
        name,
        statements.map(
          (statement) =>
            JSON.parse(
              JSON.stringify(statement).replaceAll(`:${UNKNOWN_ACCOUNT}:`, `:${account}:`),
            ) as typeof statement,
        ),
      ]),
    );
  return { plan: known(plan), apply: known(apply) };
}
