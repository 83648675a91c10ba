import { ConfigConfigurationRecorder } from '@cdktf/provider-aws/lib/config-configuration-recorder';
import { ConfigConfigurationRecorderStatus } from '@cdktf/provider-aws/lib/config-configuration-recorder-status';
import { ConfigDeliveryChannel } from '@cdktf/provider-aws/lib/config-delivery-channel';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import { Role } from '../../access/role';
import { Bucket } from '../data/bucket';

export interface ConfigRecorderProps {
  readonly name: string;
  readonly bucketName: string;
  readonly accountId: string;
}

const KEEP_DAYS = 365;

/** AWS Config: what every resource looked like when. https://docs.aws.amazon.com/config/latest/developerguide/iamrole-permissions.html */
export class ConfigRecorder extends Construct {
  constructor(scope: Construct, id: string, { name, bucketName, accountId }: ConfigRecorderProps) {
    super(scope, id);
    const bucket = new Bucket(this, 'bucket', {
      name: 'config',
      bucketName,
      versioning: true,
      lifecycle: [{ name: 'old-records', enabled: true, expireAfterDays: KEEP_DAYS, expireOldVersionsAfterDays: 30 }],
      abortUploadsAfterDays: 7,
      protect: true,
    });
    const role = new Role(this, 'role', {
      name: `${name}-config`,
      description: 'Lets AWS Config read and deliver',
      service: 'config.amazonaws.com',
    });
    role.allow(
      'deliver',
      { actions: ['s3:PutObject'], resources: [`${bucket.arn}/AWSLogs/${accountId}/*`] },
      { actions: ['s3:GetBucketAcl', 's3:ListBucket'], resources: [bucket.arn] },
    );
    // Reading every kind of resource is AWS's own policy: it grows with the services there are.
    new IamRolePolicyAttachment(this, 'read', {
      role: role.roleName,
      policyArn: 'arn:aws:iam::aws:policy/service-role/AWS_ConfigRole',
    });

    const recorder = new ConfigConfigurationRecorder(this, 'Default', {
      name,
      roleArn: role.arn,
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
    });
    const channel = new ConfigDeliveryChannel(this, 'channel', {
      name,
      s3BucketName: bucket.bucketName,
      dependsOn: [recorder],
    });
    new ConfigConfigurationRecorderStatus(this, 'status', {
      name: recorder.name,
      isEnabled: true,
      dependsOn: [channel],
    });
  }
}
