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
    if (/^(?:PARAMETER_STORE|SECRETS_MANAGER)$/.test(String(inside['type']))) return; // CodeBuild's: a name, and no value
    for (const [key, one] of Object.entries(inside))
      yield* plainSecretsIn(one, `${path}.${key}`, key === 'value' ? (nameOf(inside) ?? key) : key);
  } else if (typeof inside === 'string') {
    const found = liveKeyIn(inside) ?? (isVariable(path) ? calledSo(name, inside) : undefined);
    if (found) yield { path, ...found };
  }
}

/** What whoever may describe the thing reads, whether Terraform hides it or not. */
export function isVariable(path: string): boolean {
  return /(?:^|[.\]])(?:\w*environment\w*|variables|container_definitions|container_properties|user_data\w*)(?:$|[.[])/.test(
    path,
  );
}

/** What is a secret by the name of its variable. */
function calledSo(name: string, text: string): LiveKey | undefined {
  if (!isSecret(name, text) || !/^[^\s${}]{6,}$/.test(text)) return undefined;
  if (/pass(?:word|wd)?$/i.test(name) && !/^(?:\d+|\/.*|.*:\/\/.*)$/.test(text))
    return { kind: 'what looks like a password', key: text };
  const nothingToType = text.length >= 12 && /\d/.test(text) && /[A-Za-z]/.test(text);
  return nothingToType ? { kind: 'what looks like a key', key: text } : undefined;
}

function nameOf(value: unknown): string | undefined {
  return isMap(value) && typeof value['name'] === 'string' ? value['name'] : undefined;
}

/** `environment[0].variables.TOKEN` and `environment[TOKEN].value` are both called TOKEN. */
function nameAt(path: string): string {
  return /([^.[\]]+)\]?(?:\.value)?$/.exec(path)?.[1] ?? '';
}
