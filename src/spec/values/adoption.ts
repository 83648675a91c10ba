import * as z from 'zod';
import { text } from './fields';

/** `import: true` on what AWS knows by a name that the file pins under `key`. */
export function importByName(key: string) {
  return z
    .boolean({ error: `expected true, because AWS knows it by its name ("${key}")` })
    .optional()
    .describe(`It is there already, called exactly what "${key}" says: Terraform takes it over instead of making it.`);
}

/** `import: <id>` on what AWS knows by something else than its name; `expected` completes "expected …". */
export function importById(expected: string, pattern: RegExp) {
  return text(expected, pattern)
    .optional()
    .describe('It is there already, with this id: Terraform takes it over instead of making it.');
}

type Refused<Shape extends z.ZodRawShape> = { [Key in keyof Shape]: z.ZodOptional<z.ZodNever> };

/**
 * A thing that is made here, or with `existing: true` one that is there already and that Terraform only looks up.
 *
 * `named` are the keys that say which one is meant; all others of `made` would change it and are refused beside `existing`.
 */
export function madeOrExisting<Made extends z.ZodRawShape, Named extends z.ZodRawShape>(
  what: string,
  made: Made,
  named: Named,
) {
  const others = Object.keys(made).filter((key) => !(key in named));
  const refused = Object.fromEntries(others.map((key) => [key, refusal(what, key)]));
  const only = Object.keys(named).filter((key) => !(key in made));
  const early = Object.fromEntries(only.map((key) => [key, earlyRefusal(what)]));
  const thereAlready = z
    .literal(true)
    .describe(`The ${what} is there already: Terraform looks it up and changes nothing of it.`);
  return z.discriminatedUnion(
    'existing',
    [
      z.strictObject({
        ...(early as Refused<Omit<Named, keyof Made>>),
        ...made,
        existing: z.literal(false).optional().describe('By default false: it is made here.'),
      }),
      z.strictObject({ ...(refused as Refused<Omit<Made, keyof Named>>), ...named, existing: thereAlready }),
    ],
    { error: 'expected true or false' },
  );
}

function refusal(what: string, key: string) {
  const error =
    key === 'import'
      ? `expected either "existing" or "import": the one leaves the ${what} as it is, the other has Terraform manage it`
      : `expected nothing here beside "existing: true", which leaves the ${what} as it is ("import" would have Terraform manage it)`;
  return z.never({ error }).optional();
}

function earlyRefusal(what: string) {
  return z
    .never({ error: `expected "existing: true" beside it, which says that the ${what} is there already` })
    .optional();
}
