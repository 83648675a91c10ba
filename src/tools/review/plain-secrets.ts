import { isMap } from '../graph/values';
import { type LiveKey, liveKeyIn } from '../sensitive/live-keys';
import { isSecret } from '../sensitive/mask';
import { jsonIn } from './meaning';

/** A key somewhere in a value. */
export interface PlainSecret extends LiveKey {
  /** Where it stands: `container_definitions[api].environment[TOKEN].value`. */
  readonly path: string;
}

/** The live keys in a value; `path` is where it stands in its resource. JSON in texts is looked into. */
export function* plainSecretsIn(value: unknown, path: string, name = nameAt(path)): Iterable<PlainSecret> {
  const inside = jsonIn(value) ?? value;
  if (Array.isArray(inside)) {
    for (const [index, one] of inside.entries()) yield* plainSecretsIn(one, `${path}[${nameOf(one) ?? index}]`, name);
  } else if (isMap(inside)) {
    for (const [key, one] of Object.entries(inside))
      yield* plainSecretsIn(one, `${path}.${key}`, key === 'value' ? (nameOf(inside) ?? key) : key);
  } else if (typeof inside === 'string') {
    const named =
      isVariable(path) && looksLive(name, inside) ? { kind: 'what looks like a key', key: inside } : undefined;
    const found = liveKeyIn(inside) ?? named;
    if (found) yield { path, ...found };
  }
}

/** What whoever may describe the thing reads, whether Terraform hides it or not. */
export function isVariable(path: string): boolean {
  return /(?:^|[.\]])(?:\w*environment\w*|variables|container_definitions|container_properties|user_data\w*)(?:$|[.[])/.test(
    path,
  );
}

/** Named like a secret, and nothing that anybody would type as a word. */
function looksLive(name: string, text: string): boolean {
  return isSecret(name, text) && /^[^\s${}]{12,}$/.test(text) && /\d/.test(text) && /[A-Za-z]/.test(text);
}

function nameOf(value: unknown): string | undefined {
  return isMap(value) && typeof value['name'] === 'string' ? value['name'] : undefined;
}

/** `environment[0].variables.TOKEN` and `environment[TOKEN].value` are both called TOKEN. */
function nameAt(path: string): string {
  return /([^.[\]]+)\]?(?:\.value)?$/.exec(path)?.[1] ?? '';
}
