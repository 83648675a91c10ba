import * as z from 'zod';
import { roleName } from '../values/aws-names';
import { flag, listed, name, namedList, oneOf, text, wholeNumber } from '../values/fields';

const mountPoint = text(
  'an absolute path in the container such as "/app/uploads"',
  /^\/(?:(?!\.{1,2}(?:\/|$))[^/\s:]+(?:\/(?!\.{1,2}(?:\/|$))[^/\s:]+)*)?$/,
).describe('Where the container sees it.');

const mount = z.strictObject({
  ...listed,
  name: name.describe('The file system’s name under `efs`.'),
  mountPoint,
  readOnly: flag().default(false).describe('Neither the container nor its role may write.'),
});

export type MountSpec = z.output<typeof mount>;

/** What a container mounts of the `efs` section; access on both sides follows from it. */
export const mounts = namedList(mount, 'mount').describe(
  'File systems of the `efs` section that the container sees. Mounting needs no entry in `uses`.',
);

/** A disk of its own for each task of a service. */
export const ebsVolume = z
  .strictObject({
    size: wholeNumber(1, 16_384, 'GiB').describe('GiB.'),
    mountPoint,
    type: oneOf('gp3', 'gp2', 'st1', 'sc1').default('gp3').describe('SSDs (gp) or hard disks (st1, the slower sc1).'),
    roleName: roleName.optional().describe('Role by which ECS makes and deletes the volumes.'),
  })
  .describe(
    'An encrypted EBS volume for each task, empty when it starts and deleted when it stops; root owns it. Decide when the service is made: adding it later takes an apply with `image_owner: terraform`, removing it a new service.',
  );

export type EbsVolumeSpec = Required<z.output<typeof ebsVolume>>;
