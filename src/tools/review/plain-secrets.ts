import { isMap } from '../graph/values';
import { liveKeyIn } from '../sensitive/live-keys';
import { isSecret } from '../sensitive/mask';
import { jsonIn } from './meaning';

/** A text somewhere in a value that opens something by itself. */
export interface PlainSecret {
  /** Where it stands in the value: `[0].environment[TOKEN].value`. */
  readonly path: string;

  /** `an access key of AWS` */
  readonly kind: string;
  readonly text: string;
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
    const kind =
      liveKeyIn(inside) ?? (isVariable(path) && looksLive(name, inside) ? 'what looks like a key' : undefined);
    if (kind !== undefined) yield { path, kind, text: inside };
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
