import type { EnvironmentSpec } from '../environment';
import type { DatabaseSpec } from '../sections/database';
import type { RotationSpec } from '../sections/rotation';
import { type Finding, oneDeclared, type SpecPath } from './report';

/** A rotated secret has a function that changes it, and a value that a person or Terraform set once. */
export function* rotationRules(spec: EnvironmentSpec): Iterable<Finding> {
  for (const { name, rotation } of spec.secrets) {
    if (rotation) yield* rotator(['secrets', name, 'rotation'], rotation, spec);
  }
}

/** A URL with the password in it would keep the old one. */
export function* databaseRotationRules(
  { engine, rotation, url, secretName, applicationUser, proxy }: DatabaseSpec,
  spec: EnvironmentSpec,
): Iterable<Finding> {
  if (rotation === undefined) return;
  if (url) {
    yield {
      path: [engine, 'url'],
      expected: 'expected none beside rotation',
      got: 'a URL',
      advice: 'the password in it would be the old one after the first rotation; read the secret instead',
    };
  }
  if (rotation !== 'managed') {
    yield* rotator([engine, 'rotation'], rotation, spec);
    if (proxy) {
      yield {
        path: [engine, 'rotation'],
        expected: 'expected "managed" beside a proxy, which lets the current password in alone',
        advice: 'the function could never try the new one',
      };
    }
    return;
  }
  if (applicationUser !== undefined) {
    yield {
      path: [engine, 'application_user'],
      expected: 'expected none beside "rotation: managed", which changes the master password alone',
      advice: 'rotate by a function, which may change both, or leave rotation out',
    };
  }
  if (secretName !== `${spec.project}/${spec.env}/database`) {
    yield {
      path: [engine, 'secret_name'],
      expected: 'expected none beside "rotation: managed"',
      advice: 'RDS names its secret itself; the output "secret_arns" says how',
    };
  }
}

function* rotator(path: SpecPath, rotation: RotationSpec, { functions }: EnvironmentSpec): Iterable<Finding> {
  const known = functions.map(({ name }) => `functions.${name}`);
  const found = functions.find(({ name }) => `functions.${name}` === rotation.function);
  if (!found) {
    yield {
      path: [...path, 'function'],
      expected: oneDeclared(known, 'functions', 'a function'),
      got: rotation.function,
      advice: 'Secrets Manager rotates nothing by itself; it calls a function that does',
    };
  } else if (!found.vpc && path[0] !== 'secrets') {
    yield {
      path: ['functions', found.name, 'vpc'],
      expected: 'expected true, because the database whose password it changes can be reached from the VPC alone',
    };
  }
}
