import { EfsAccessPoint } from '@cdktf/provider-aws/lib/efs-access-point';
import { EfsBackupPolicy } from '@cdktf/provider-aws/lib/efs-backup-policy';
import { EfsFileSystem, type EfsFileSystemLifecyclePolicy } from '@cdktf/provider-aws/lib/efs-file-system';
import { EfsFileSystemPolicy } from '@cdktf/provider-aws/lib/efs-file-system-policy';
import { EfsMountTarget } from '@cdktf/provider-aws/lib/efs-mount-target';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { type Connectable, Connections } from '../../access/connections';
import { tlsOnly } from '../../access/tls-only';
import type { Consumer } from '../../access/usable';
import type { EfsSpec } from '../../spec/sections/efs';
import type { MountSpec } from '../../spec/sections/volumes';
import { jsonText } from '../../terraform/json-text';
import { constructId, firstId } from '../../terraform/logical-ids';
import type { Mount } from '../containers/volume';
import type { Network } from '../network/network';

const NFS_PORT = 2049;

/** What clients do with files. https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html */
const [MOUNT, WRITE, ROOT] = ['ClientMount', 'ClientWrite', 'ClientRootAccess'].map(
  (action) => `elasticfilesystem:${action}`,
) as [string, string, string];

/** Props of {@link FileSystem}: an item of `efs`, and where it stands. */
export interface FileSystemProps extends EfsSpec {
  readonly network: Network;
  readonly protect: boolean;
}

/**
 * An EFS file system with an address in each private subnet, encrypted at rest and in transit.
 *
 * Everybody who mounts it sees one folder of it, as one POSIX user. Nobody can until its `mount` is among what they use.
 */
export class FileSystem extends Construct implements Connectable {
  readonly connections: Connections;
  readonly fileSystemId: string;

  /** CloudWatch dimensions of its metrics. */
  readonly metricDimensions: Readonly<Record<string, string>>;

  /** Those of its size, which CloudWatch has by storage class and in all. */
  readonly sizeDimensions: Readonly<Record<string, string>>;

  private readonly arn: string;
  private readonly accessPoint: EfsAccessPoint;
  private readonly targets: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FileSystemProps,
  ) {
    super(scope, id);
    this.connections = new Connections(this, 'connections', {
      vpcId: props.network.vpcId,
      name: props.securityGroupName,
      port: NFS_PORT,
      egress: props.outbound === 'icmp' ? 'icmp' : 'named',
    });
    const files = new EfsFileSystem(this, 'Default', {
      encrypted: true,
      throughputMode: props.throughput,
      lifecyclePolicy: tiering(props),
      tags: { Name: props.fileSystemName },
      lifecycle: { preventDestroy: props.protect },
    });
    this.fileSystemId = files.id;
    this.arn = files.arn;
    this.metricDimensions = { FileSystemId: files.id };
    this.sizeDimensions = { ...this.metricDimensions, StorageClass: 'Total' };

    new EfsBackupPolicy(this, 'backups', {
      fileSystemId: files.id,
      backupPolicy: { status: props.backups ? 'ENABLED' : 'DISABLED' },
    });
    this.accessPoint = this.makeAccessPoint(props);
    this.targets = this.makeTargets(this.makePolicy(), props.network);
  }

  /** The file system as a container sees it. Using it opens the network path and grants what the mount takes. */
  mount({ mountPoint, readOnly }: MountSpec): Mount {
    return {
      mountPoint,
      readOnly,
      definition: {
        name: `efs-${this.props.name}`,
        efsVolumeConfiguration: {
          fileSystemId: this.fileSystemId,
          transitEncryption: 'ENABLED',
          authorizationConfig: { accessPointId: this.accessPoint.id, iam: 'ENABLED' },
        },
      },
      ready: this.targets,
      injection: { environment: {}, secrets: {} },
      letUse: (consumer) => this.letMount(consumer, readOnly),
    };
  }

  private letMount(consumer: Consumer, readOnly: boolean): void {
    this.connections.allowFrom(consumer);
    consumer.role.allow(`mount_efs_${firstId(this.props)}`, {
      // EFS makes nobody of user 0 who lacks root access, an access point's user 0 too.
      actions: [MOUNT, ...(readOnly ? [] : [WRITE]), ...(this.props.uid === 0 ? [ROOT] : [])],
      resources: [this.arn],
      condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': this.accessPoint.arn } },
    });
  }

  /** A new user or folder is a new access point: it is made before the tasks leave the old one. */
  private makeAccessPoint({ path, uid, gid, permissions, fileSystemName }: FileSystemProps): EfsAccessPoint {
    return new EfsAccessPoint(this, 'access_point', {
      fileSystemId: this.fileSystemId,
      posixUser: { uid, gid },
      rootDirectory: path === '/' ? { path } : { path, creationInfo: { ownerUid: uid, ownerGid: gid, permissions } },
      tags: { Name: fileSystemName },
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /**
   * Refuses, and allows nothing: with any policy in place anonymous clients are out, and who may mount is said by the roles'
   * own policies, of which EFS takes either.
   *
   * The policy that AWS's console writes allows `"AWS": "*"` over mount targets: whoever reaches the port, IAM or not.
   */
  private makePolicy(): ITerraformDependable {
    const actions = [MOUNT, WRITE, ROOT];
    return new EfsFileSystemPolicy(this, 'policy', {
      fileSystemId: this.fileSystemId,
      policy: jsonText({
        Version: '2012-10-17',
        Statement: [
          tlsOnly(actions, this.arn),
          {
            Sid: 'MountTargetsOnly',
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: actions,
            Resource: this.arn,
            Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'false' } },
          },
        ],
      }),
    });
  }

  /** An address in each private subnet; not before the policy, without which whoever reaches it is let in. */
  private makeTargets(policy: ITerraformDependable, { workloadSubnets }: Network): EfsMountTarget[] {
    const place = new Construct(this, 'mount');
    return [...workloadSubnets].map(([key, subnetId]) => {
      return new EfsMountTarget(place, constructId(key), {
        fileSystemId: this.fileSystemId,
        subnetId,
        securityGroups: [this.connections.securityGroupId],
        dependsOn: [policy],
      });
    });
  }
}

/** One block for each move, as EFS wants them. */
function tiering({
  infrequentAccessAfterDays,
  archiveAfterDays,
  standardOnAccess,
}: EfsSpec): EfsFileSystemLifecyclePolicy[] {
  return [
    ...(infrequentAccessAfterDays === undefined ? [] : [{ transitionToIa: after(infrequentAccessAfterDays) }]),
    ...(archiveAfterDays === undefined ? [] : [{ transitionToArchive: after(archiveAfterDays) }]),
    ...(standardOnAccess ? [{ transitionToPrimaryStorageClass: 'AFTER_1_ACCESS' }] : []),
  ];
}

function after(days: number): string {
  return days === 1 ? 'AFTER_1_DAY' : `AFTER_${days}_DAYS`;
}
