import * as z from 'zod';
import { flag, oneOf, text, textList } from '../values/fields';

/** The `account` section: what an AWS account has only once; it is made by the bootstrap stack. */
export const accountSection = z.strictObject({
  cloudtrail: flag().default(false).describe('Logs every API call of the account to a bucket.'),
  config: flag().default(false).describe('AWS Config records every change of a resource. Charged by change.'),
  sesSuppression: z
    .array(oneOf('BOUNCE', 'COMPLAINT'), { error: 'expected a list of "BOUNCE" and "COMPLAINT"' })
    .default([])
    .describe('Addresses that SES stops sending to by itself.'),
  costAllocationTags: textList(text('a tag such as "cost_center"'), 'a tag', 'a list of tags')
    .default([])
    .describe(
      'Tags that bills and budgets are divided by; `budget` counts by the tag "stack". AWS takes a tag about a day after the first resource has it, and only in the account that is billed: set it after the first apply.',
    ),
  githubOidc: flag()
    .default(false)
    .describe('GitHub’s identity provider, by which its workflows take on roles without keys; for `delivery.github`.'),
});
