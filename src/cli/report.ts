import type { Synthesized } from '../environment/synthesize';
import { formatProblem, type Problem, type SpecError, sortProblems } from '../spec/load/problem';
import { Refusal } from './refusal';

/** Runs a command; a user's mistake ends in a line for each problem and exit code 1 (or the refusal's own), a mistake of ours in its stack and 70. */
export async function reportFailures(command: () => unknown): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (isSpecError(error)) return reportProblems(error.problems);
    if (error instanceof Refusal) {
      console.error(error.message);
      process.exitCode = error.exitCode;
      return;
    }
    // Thrown on, Node would print the built file's endless line before it.
    console.error(error instanceof Error ? error.stack : error);
    process.exitCode = 70;
  }
}

/** Prints problems, one a line, and lets the process fail. */
export function reportProblems(problems: readonly Problem[]): void {
  for (const problem of problems) console.error(formatProblem(problem));
  process.exitCode = 1;
}

/** Prints what is worth a line in files that passed. A base.yaml's is the same for all its environments: once. */
export function reportWarnings(warnings: readonly Problem[]): void {
  for (const warning of sortProblems(warnings)) console.error(formatProblem(warning));
}

/** Says what synth has written, and where somebody has left the checked language. */
export function reportSynthesis({ stacks, overrides, warnings }: Synthesized): void {
  reportWarnings(warnings);
  for (const override of overrides) console.error(`override in use: ${override}, which terrace does not check`);
  console.log(`${stacks.length} stacks: ${stacks.join(', ')}`);
}

/** By its name, because dist/rendered.js has a class of its own. */
function isSpecError(error: unknown): error is SpecError {
  return error instanceof Error && error.name === 'SpecError';
}
