import { Construct } from 'constructs';
import type { PipelinePolicies } from '../../access/actions/policies';
import { Role } from '../../access/role';
import { PIPELINE_PATH, type PipelineSpec } from '../../spec/sections/pipeline';
import { GITHUB_AUDIENCE, GITHUB_TOKENS } from './deploy-role';

export interface PipelineRolesProps {
  /** The environment's stack. */
  readonly stack: string;
  readonly github: PipelineSpec['github'];

  /** GitHub's identity provider in this account. */
  readonly providerArn: string;
  readonly policies: PipelinePolicies;
}

/**
 * Whom an environment's pipeline plans and applies as. Pull requests plan; only runs that GitHub's protected environment has
 * let through apply. The subjects are compared as they are: no wildcard.
 */
export class PipelineRoles extends Construct {
  readonly planRoleArn: string;
  readonly applyRoleArn: string;

  constructor(scope: Construct, id: string, { stack, github, providerArn, policies }: PipelineRolesProps) {
    super(scope, id);
    const { repository, branch, environment } = github;
    const runs = (...subjects: string[]) => ({
      providerArn,
      conditions: [
        {
          StringEquals: {
            [`${GITHUB_TOKENS}:aud`]: GITHUB_AUDIENCE,
            [`${GITHUB_TOKENS}:sub`]: subjects.map((subject) => `repo:${repository}:${subject}`),
          },
        },
      ],
    });
    const plan = new Role(this, 'plan', {
      name: github.planRoleName,
      description: `Plans ${stack}: reads, and writes the lock of its state`,
      path: PIPELINE_PATH,
      federated: runs('pull_request', `ref:refs/heads/${branch}`),
    });
    for (const [name, statements] of policies.plan) plan.allow(name, ...statements);
    const apply = new Role(this, 'apply', {
      name: github.applyRoleName,
      description: `Applies ${stack}, and touches nothing else`,
      path: PIPELINE_PATH,
      federated: runs(`environment:${environment}`),
    });
    for (const [name, statements] of policies.apply) apply.allowAtLength(name, `${stack}-apply-${name}`, statements);
    this.planRoleArn = plan.arn;
    this.applyRoleArn = apply.arn;
  }
}
