import * as z from 'zod';
import { flag, oneOf } from '../values/fields';

/** The `account` section: what an AWS account has only once; it is made by the bootstrap stack. */
export const accountSection = z.strictObject({
  cloudtrail: flag().default(false).describe('Logs every API call of the account to a bucket.'),
  config: flag().default(false).describe('AWS Config records every change of a resource. Charged by change.'),
  sesSuppression: z
    .array(oneOf('BOUNCE', 'COMPLAINT'), { error: 'expected a list of "BOUNCE" and "COMPLAINT"' })
    .default([])
    .describe('Addresses that SES stops sending to by itself.'),
});

export type AccountSpec = z.output<typeof accountSection>;
