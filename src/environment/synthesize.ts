import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { App } from 'cdktf';
import { type Environment, loadEnvironments } from '../spec/load/load';
import { type Problem, SpecError } from '../spec/load/problem';
import { addressProblems } from './address-problems';
import { BootstrapStack, bootstrapSpecs } from './bootstrap-stack';
import { EnvironmentStack } from './environment-stack';
import { makeStaging, replaceOutput } from './output-folder';
import { oversizedPolicies, pipelineOf } from './pipeline';
import { backendConfig } from './state-backend';

export interface SynthesizeOptions {
  /** Files or folders of environments. */
  readonly paths: readonly string[];
  readonly outdir: string;
}

/** What was written. */
export interface Synthesized {
  readonly stacks: readonly string[];

  /** Raw overrides in use, `<stack> <address>`: each leaves the checked language. */
  readonly overrides: readonly string[];

  /** What is worth a line in files that passed. */
  readonly warnings: readonly Problem[];

  /** Where each remote state lies, as backend-config.hcl tells it; of a bootstrap also where its own will lie. */
  readonly backendConfigs: ReadonlyMap<string, string>;
}

/** Writes the Terraform of all environments; when anything is wrong, nothing, and the last good output stays. */
export function synthesize({ paths, outdir }: SynthesizeOptions): Synthesized {
  const environments = loadEnvironments(paths);
  return withoutTokenTraces(() => writeStacks(environments, resolve(outdir)));
}

function writeStacks(environments: readonly Environment[], target: string): Synthesized {
  const staging = makeStaging(target);
  try {
    const app = new App({ outdir: staging, stackTraces: false });
    const stacks = environments.map((environment) => ({
      environment,
      stack: new EnvironmentStack(app, environment.spec),
    }));
    const pipelines = stacks.flatMap(({ environment, stack }) => pipelineOf(stack, environment.spec) ?? []);
    const problems = stacks.flatMap(({ environment, stack }) => [
      ...addressProblems(environment, stack),
      ...pipelines
        .filter((each) => each.stack === stack.node.id)
        .flatMap((each) => oversizedPolicies(environment, each)),
    ]);
    if (problems.length > 0) throw new SpecError(problems);

    const bootstraps = bootstrapSpecs(environments.map(({ spec }) => spec)).map((spec) => ({
      spec,
      stack: new BootstrapStack(app, spec, pipelines),
    }));
    app.synth();
    const unborn = bootstraps.filter(({ spec }) => !spec.state.bootstrapped).map(({ stack }) => stack.node.id);
    const backendConfigs = new Map([
      ...stacks.flatMap(({ environment, stack }) => backendConfigOf(stack.node.id, environment.spec)),
      ...bootstraps.flatMap(({ spec, stack }) => backendConfigOf(stack.node.id, spec)),
    ]);
    for (const [stack, text] of backendConfigs)
      if (!unborn.includes(stack)) writeFileSync(join(staging, 'stacks', stack, 'backend-config.hcl'), text);
    for (const { stack } of stacks) writeAssets(staging, stack);
    replaceOutput(staging, target);
    return {
      stacks: [...stacks, ...bootstraps].map(({ stack }) => stack.node.id).sort(),
      overrides: stacks.flatMap(({ environment, stack }) =>
        Object.keys(environment.spec.overrides).map((address) => `${stack.node.id} ${address}`),
      ),
      warnings: environments.flatMap(({ warnings }) => warnings),
      backendConfigs,
    };
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/**
 * Lets cdktf's tokens be made without a stack trace each, which nobody reads and which took a quarter of the time. Errors
 * that are thrown have theirs all the same.
 */
function withoutTokenTraces<Result>(work: () => Result): Result {
  const capture = Error.captureStackTrace;
  Error.captureStackTrace = () => {};
  try {
    return work();
  } finally {
    Error.captureStackTrace = capture;
  }
}

function backendConfigOf(
  stack: string,
  { state, accountId }: Pick<Environment['spec'], 'state' | 'accountId'>,
): [string, string][] {
  return state === 'local' ? [] : [[stack, backendConfig(state, accountId)]];
}

function writeAssets(outdir: string, stack: EnvironmentStack): void {
  for (const [file, bytes] of stack.assets) {
    const path = join(outdir, 'stacks', stack.node.id, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}
