import * as z from 'zod';
import { oneOf, text } from '../values/fields';

const acceptance = z.strictObject({
  address: text('one Terraform address such as "aws_db_instance.database", without "*"', /^[a-z][^*\n]*$/).describe(
    'Whose change is accepted.',
  ),
  attribute: text('one attribute such as "engine_version", without "*"', /^(?!.*(?:^|\.)\*$)[^\n]+$/)
    .optional()
    .describe('What changes of it, as the finding has it; left out where the finding names none.'),
  verdict: oneOf('loses-data', 'outage', 'exposure', 'costs-more', 'behaviour', 'unknown').describe(
    'The harm that is accepted.',
  ),
  reason: text('the reason in words').describe('Why it may happen, for those who read it later.'),
  until: z.iso
    .date({ error: 'expected a day such as "2026-12-31"' })
    .describe('The last day on which it counts; a later review refuses it.'),
  change: text(
    'the word after "change:" that the review prints with the finding, such as "c0123456789abcdef"',
    /^c[0-9a-f]{16}$/,
  ).describe('Binds it to this very change; the review prints it.'),
});

/** The `accept` section: what a reviewer has found in one change of this environment and lets happen. Synth makes nothing of it. */
export const acceptSection = z
  .array(acceptance, { error: 'expected a list of acceptances' })
  .default([])
  .describe('Findings of "terrace review" that may happen, each bound to one change.');

export type Acceptance = z.output<typeof acceptance>;
