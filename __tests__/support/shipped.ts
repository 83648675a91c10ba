import { Testing } from 'cdktf';
import { BootstrapStack, bootstrapSpecs } from '../../src/environment/bootstrap-stack';
import { EnvironmentStack } from '../../src/environment/environment-stack';
import { pipelineOf } from '../../src/environment/pipeline';
import { loadEnvironments } from '../../src/spec/load/load';

/** Every stack of environments/, as Terraform JSON. */
export function shippedStacks(): { readonly stack: string; readonly terraform: string }[] {
  const app = Testing.app({ stackTraces: false });
  const specs = loadEnvironments(['environments']).map(({ spec }) => spec);
  const environments = specs.map((spec) => ({ spec, stack: new EnvironmentStack(app, spec) }));
  const pipelines = environments.flatMap(({ spec, stack }) => pipelineOf(stack, spec) ?? []);
  const stacks = [
    ...environments.map(({ stack }) => stack),
    ...bootstrapSpecs(specs).map((spec) => new BootstrapStack(app, spec, pipelines)),
  ];
  return stacks.map((stack) => ({ stack: stack.node.id, terraform: Testing.synth(stack) }));
}

/** One of them. */
export function shipped(name: string): string {
  const found = shippedStacks().find(({ stack }) => stack === name);
  if (!found) throw new Error(`there is no stack ${name}`);
  return found.terraform;
}
