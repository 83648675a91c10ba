import { plainSecrets, variablesOf } from '../../../exposure/guards/secret-places';
import type { Comparison } from '../../change';
import type { Finding } from '../../finding';
import { inWords } from '../../things';

/** Secrets that are written into the environment of what runs, and were not there before. */
export function* writtenSecrets({ before: earlier, after: later, changes }: Comparison): Iterable<Finding> {
  for (const { action, address, previousAddress = address, type, attributes } of changes) {
    const attribute = variablesOf(type);
    const after = later.get(address);
    if (attribute === undefined || !after || !['create', 'update', 'replace'].includes(action)) continue;
    const known = new Set(plainSecrets(type, earlier.get(previousAddress)?.values ?? {}));
    for (const name of plainSecrets(type, after.values)) {
      if (known.has(name)) continue;
      const place = attributes.find(({ path }) => path.split(/[.[\]]+/).includes(name));
      yield {
        verdict: 'exposure',
        address,
        attribute: place?.path ?? attribute,
        reason: `${inWords(after)} has the secret ${name} in plain text in its environment`,
        effect: 'whoever may read its configuration, the state or a plan has it',
        advice: 'keep it in Secrets Manager, and name its ARN there',
      };
    }
  }
}
