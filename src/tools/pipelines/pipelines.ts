import type { EnvironmentSpec } from '../../spec/environment';
import { applicationWorkflows } from './application';
import { atlantisConfig } from './atlantis';
import { githubWorkflows } from './github';
import { gitlabPipeline } from './gitlab';
import { pipelineStacks } from './pipeline-stack';

/** Every pipeline file of the environments there are, by its path. */
export function pipelineFiles(
  specs: readonly EnvironmentSpec[],
  stackNames: Iterable<string>,
): ReadonlyMap<string, string> {
  const stacks = pipelineStacks(specs, stackNames);
  return new Map([
    ...githubWorkflows(stacks),
    ['atlantis.yaml', atlantisConfig(stacks)],
    ['.gitlab-ci.yml', gitlabPipeline(stacks)],
    ...applicationWorkflows(specs),
  ]);
}
