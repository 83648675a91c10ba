import { Database } from '../blocks/data/database';
import { Rotation } from '../blocks/data/rotation';
import type { EnvironmentSpec } from '../spec/environment';
import { databaseOf } from '../spec/sections/database';
import type { RotationSpec } from '../spec/sections/rotation';
import type { Containers } from './containers';
import type { Data } from './data';

/** Secrets that a function changes regularly; the one of the database's password may connect to it. */
export function rotateSecrets(
  spec: EnvironmentSpec,
  { data: { database, secrets }, containers }: { readonly data: Data; readonly containers: Containers },
): void {
  const rotator = (rotation: RotationSpec) => {
    const found = containers.functions.get(rotation.function);
    if (!found) throw new Error(`no function is called "${rotation.function}"`);
    return found;
  };
  const rotation = databaseOf(spec)?.rotation;
  if (database instanceof Database && rotation !== undefined && rotation !== 'managed') {
    database.letConnect(rotator(rotation));
    new Rotation(database, 'rotation', {
      ...rotation,
      secretArn: database.masterSecretArn,
      rotator: rotator(rotation),
    });
  }
  for (const { name, rotation } of spec.secrets) {
    const secret = secrets.get(`secrets.${name}`);
    if (!secret || !rotation) continue;
    new Rotation(secret, 'rotation', { ...rotation, secretArn: secret.arn, rotator: rotator(rotation) });
  }
}
