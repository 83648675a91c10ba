import { isMap, textsAt, type Values, valuesAt } from '../../graph/values';
import { Mask, SENSITIVE } from '../../sensitive/mask';

/** Where types keep the variables of what they run: maps of texts, or lists of names and values, also in JSON. */
const PLACES: Readonly<Record<string, { readonly attribute: string; readonly path: string }>> = {
  aws_lambda_function: { attribute: 'environment', path: 'variables' },
  aws_ecs_task_definition: { attribute: 'container_definitions', path: 'environment' },
  aws_batch_job_definition: { attribute: 'container_properties', path: 'environment' },
  aws_codebuild_project: { attribute: 'environment', path: 'environment_variable' },
  aws_amplify_app: { attribute: 'environment_variables', path: '' },
  aws_amplify_branch: { attribute: 'environment_variables', path: '' },
  aws_apprunner_service: {
    attribute: 'source_configuration',
    path: 'image_repository.image_configuration.runtime_environment_variables',
  },
};

/** The attribute in which a type keeps its variables. */
export function variablesOf(type: string): string | undefined {
  return PLACES[type]?.attribute;
}

/** Variables whose names or values say that they are secrets, and that stand there for everybody to read. */
export function plainSecrets(type: string, values: Values): readonly string[] {
  const place = PLACES[type];
  if (!place) return [];
  const blocks = valuesAt(values, place.attribute).map(parsed);
  const found = place.path === '' ? blocks : blocks.flatMap((one) => valuesAt({ one }, `one.${place.path}`));
  return [
    ...new Set(
      found
        .filter(isMap)
        .flatMap(variables)
        .filter(isPlain)
        .map(([name]) => name),
    ),
  ].sort();
}

const mask = new Mask();

/** Numbers and switches, as of PASSWORD_MIN_LENGTH, are no secrets, whatever they are called. */
function isPlain([name, value]: readonly [string, string]): boolean {
  if (/^(?:\d{1,6}|true|false|on|off)$/i.test(value)) return false;
  return String(mask.value(value, name)).includes(SENSITIVE);
}

/** Of a block with a name and a value, that; of a map, each. */
function variables(block: Values): readonly (readonly [string, string])[] {
  const { name, value, type } = block;
  if (typeof name !== 'string' || !('value' in block))
    return Object.keys(block).flatMap((key) => textsAt(block, key).map((text) => [key, text] as const));
  return typeof value === 'string' && (type === undefined || type === 'PLAINTEXT') ? [[name, value]] : [];
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
