import * as z from 'zod';
import type { Context } from '../context';
import { securityGroupName } from '../values/aws-names';
import { awsName, flag, movable, oneNumberOf, oneOf, outbound, text, wholeNumber } from '../values/fields';

/** https://docs.aws.amazon.com/efs/latest/ug/API_LifecyclePolicy.html */
const tieringDays = () => oneNumberOf(1, 7, 14, 30, 60, 90, 180, 270, 365).optional();

const posixId = () => wholeNumber(0, 4_294_967_295);

/** One of `efs`: a file system that containers share, encrypted at rest and in transit. */
export const efsSection = z.strictObject({
  ...movable,
  path: text(
    'an absolute path of at most four folders and 100 characters such as "/uploads"',
    /^(?=.{1,100}$)\/(?:(?!\.)[^\s/$#<>;`|&?{}^*]+(?:\/(?!\.)[^\s/$#<>;`|&?{}^*]+){0,3})?$/,
  )
    .optional()
    .describe('The folder of the file system that containers see as its root; by default /<name>.'),
  fileSystemName: awsName(
    'a file system',
    /^[\w .:/=+@-]{1,256}$/,
    '1 to 256 letters, digits, spaces and any of ".:/=+@-"',
  )
    .optional()
    .describe('The name that AWS shows; by default <project>-<name>-<env>.'),
  uid: posixId().default(1000).describe('POSIX user that everybody who mounts it is, whatever the container’s user.'),
  gid: posixId().default(1000).describe('POSIX group likewise.'),
  permissions: text('octal permissions in quotes such as "0755"', /^[0-7]{3,4}$/)
    .default('0755')
    .describe('Of `path`, when the first mount makes it.'),
  throughput: oneOf('elastic', 'bursting')
    .default('elastic')
    .describe('elastic takes what comes and charges by GB; bursting is free of charge and grows with the size.'),
  infrequentAccessAfterDays: tieringDays().describe(
    'Files that nobody read for so many days go to Infrequent Access: cheaper to keep, charged by access.',
  ),
  archiveAfterDays: tieringDays().describe('From there to Archive; with elastic throughput.'),
  standardOnAccess: flag().default(false).describe('Files come back when somebody reads them.'),
  backups: flag().default(true).describe('Daily backups by AWS Backup, kept for 35 days.'),
  outbound,
  securityGroupName: securityGroupName.optional(),
});

export type EfsSpec = ReturnType<typeof completeEfs>;

/** Fills in names and the path; a renamed file system keeps those it has. */
export function completeEfs(section: z.output<typeof efsSection>, { project, env, prefix }: Context) {
  const short = section.was ?? section.name;
  return {
    ...section,
    path: section.path ?? `/${short}`,
    fileSystemName: section.fileSystemName ?? `${project}-${short}-${env}`,
    securityGroupName: section.securityGroupName ?? `${prefix}-${short}-efs`,
  };
}
