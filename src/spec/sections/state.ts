import * as z from 'zod';
import type { Context } from '../context';
import { bucketName } from '../values/aws-names';
import { awsName, flag, text } from '../values/fields';
import { awsRegion } from '../values/regions';

const remote = z.strictObject({
  bucket: bucketName
    .optional()
    .describe('Bucket of the Terraform states, unique in all of AWS; by default <project>-terraform-state.'),
  lockTable: awsName('a DynamoDB table', /^[\w.-]{3,255}$/, '3 to 255 letters, digits, dots, dashes and underscores')
    .optional()
    .describe('By default <project>-terraform-locks.'),
  region: awsRegion('eu-central-1').optional(),
  key: text('an object key such as "team/prod.tfstate"', /^[^/\s][^\s]{0,1000}$/)
    .optional()
    .describe('By default <project>/<env>/terraform.tfstate.'),
  existing: flag().default(false).describe('Bucket and table are there already: no bootstrap stack is made for them.'),
  bootstrapped: flag()
    .default(false)
    .describe('The bootstrap stack has been applied: its own state moves into the bucket too.'),
});

/** The `state` section: where Terraform keeps its state; `local` needs no AWS at all. */
export const stateSection = z
  .union([z.literal('local'), remote], { error: 'expected "local" or a map of bucket, lock_table, …' })
  .prefault({});

export type StateSpec = ReturnType<typeof completeState>;

/** An S3 bucket with its lock table. */
export type RemoteStateSpec = Exclude<StateSpec, 'local'>;

/** Fills in names. */
export function completeState(section: z.output<typeof stateSection>, { project, env, region }: Context) {
  if (section === 'local') return section;
  return {
    ...section,
    bucket: section.bucket ?? `${project}-terraform-state`,
    lockTable: section.lockTable ?? `${project}-terraform-locks`,
    region: section.region ?? region,
    key: section.key ?? `${project}/${env}/terraform.tfstate`,
  };
}
