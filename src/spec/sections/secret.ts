import * as z from 'zod';
import type { Context } from '../context';
import { importById, madeOrExisting } from '../values/adoption';
import { secretName } from '../values/aws-names';
import { listed, movable, text, textList, wholeNumber } from '../values/fields';
import { rotationByFunction } from './rotation';

const key = text('a key of small letters, digits and underscores', /^[a-z][a-z0-9_]{0,62}$/);

const which = {
  ...listed,
  secretName: secretName.optional().describe('Its exact name; by default <project>/<env>/<name>.'),
};

const made = {
  ...which,
  ...movable,
  import: importById(
    'the ARN of a secret such as "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/mail-a1B2c3"',
    /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:\S+-[A-Za-z0-9]{6}$/,
  ),
  description: text('text').optional(),
  generate: z
    .record(key, wholeNumber(16, 128, 'characters'), {
      error: 'expected a map of key and length, such as session_secret: 48',
    })
    .refine((keys) => Object.keys(keys).length > 0, 'expected at least one key')
    .optional()
    .describe('Keys that get a random value of that many letters and digits when the secret is created.'),
  fillIn: textList(key, 'a key', 'a list of keys')
    .min(1, 'expected at least one key')
    .optional()
    .describe(
      'Keys that a person sets after the first apply; Terraform never writes them. Tasks that use them start once they are there.',
    ),
  version: wholeNumber(1, 1_000_000)
    .default(1)
    .describe('Raise it to generate new values; restart the containers afterwards.'),
  rotation: rotationByFunction
    .optional()
    .describe(
      'Changes the value regularly. Containers then get <NAME>_SECRET_ARN and read it themselves. Off by default.',
    ),
};

const existing = {
  ...which,
  keys: textList(key, 'a key', 'a list of keys')
    .min(1, 'expected at least one key')
    .describe('Its keys that containers get as variables of the same names.'),
};

/** One of `secrets`: a JSON object in Secrets Manager whose values no file of ours ever holds; or one that is there already. */
export const secretSection = madeOrExisting('secret', made, existing);

export type SecretSpec = ReturnType<typeof completeSecret>;
export type MadeSecretSpec = Exclude<SecretSpec, { readonly existing: true }>;
export type ExistingSecretSpec = Extract<SecretSpec, { readonly existing: true }>;

/** Fills in the name; a renamed secret keeps the one it has in AWS. */
export function completeSecret(section: z.output<typeof secretSection>, { project, env }: Context) {
  return { ...section, secretName: section.secretName ?? `${project}/${env}/${section.was ?? section.name}` };
}
