import type { Environment } from '../spec/load/load';
import { didYouMean } from '../spec/load/nearest';
import type { Problem } from '../spec/load/problem';
import type { EnvironmentStack } from './environment-stack';

/** Addresses under `overrides` and `imports` that mean nothing here, at the lines that name them. */
export function addressProblems({ where }: Environment, stack: EnvironmentStack): Problem[] {
  const problem = (section: string, address: string, expected: string, advice: string) => ({
    at: where([section, address]),
    path: `${section}["${address}"]`,
    message: `${expected}, got "${address}": ${advice}`,
  });
  const unknown = (section: string, address: string) => {
    const { id } = stack.node;
    const advice = didYouMean(
      address,
      [...stack.resources.keys()],
      `its addresses are listed in the golden file of ${id}`,
    );
    return problem(section, address, `expected the address of a resource of ${id}`, advice);
  };
  const { refusedImports, unknownOverrides } = stack;
  return [
    ...unknownOverrides.map((address) => unknown('overrides', address)),
    ...refusedImports.unknown.map((address) => unknown('imports', address)),
    ...refusedImports.taken.map((address) =>
      problem(
        'imports',
        address,
        'expected the address of something that is not imported yet',
        '"import" beside the thing itself does it',
      ),
    ),
    ...refusedImports.moved.map((address) =>
      problem(
        'imports',
        address,
        'expected the address of something that "was" does not move',
        'what Terraform moves it has imported before',
      ),
    ),
  ];
}
