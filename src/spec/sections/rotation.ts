import * as z from 'zod';
import { text, wholeNumber } from '../values/fields';

/** Who changes a secret's value, and how often. */
export const rotationByFunction = z.strictObject({
  function: text(
    'a function such as "functions.rotate-database", which Secrets Manager calls to change the value',
    /^functions\.[a-z][a-z0-9-]*$/,
  ).describe('The function that Secrets Manager calls in four steps; it may change this secret and nothing else.'),
  everyDays: wholeNumber(1, 1000).default(30),
});

/** A database's password may also be changed by RDS itself. */
export const databaseRotation = z
  .union([z.literal('managed'), rotationByFunction], {
    error:
      'expected "managed", which lets RDS change the password every seven days, or a map with function and every_days',
  })
  .optional()
  .describe(
    'Changes the master password regularly: "managed" by RDS every seven days, or by a function. Containers then get DATABASE_SECRET_ARN and read the secret themselves, because what is injected at their start would go stale. Off by default.',
  );

export type RotationSpec = z.output<typeof rotationByFunction>;
