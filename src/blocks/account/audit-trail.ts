import { Cloudtrail } from '@cdktf/provider-aws/lib/cloudtrail';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { Construct } from 'constructs';
import { Role, writingLogs } from '../../access/role';
import { Bucket } from '../data/bucket';

export interface AuditTrailProps {
  readonly name: string;
  readonly bucketName: string;
  readonly region: string;
  readonly accountId: string;
}

const KEEP_DAYS = 365; // in the bucket
const SEARCHABLE_DAYS = 90; // in CloudWatch Logs

/** CloudTrail in all regions: who called which API when. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
export class AuditTrail extends Construct {
  constructor(scope: Construct, id: string, { name, bucketName, region, accountId }: AuditTrailProps) {
    super(scope, id);
    const bucket = new Bucket(this, 'bucket', {
      name: 'trail',
      bucketName,
      versioning: true,
      lifecycle: [
        {
          name: 'old-logs',
          enabled: true,
          glacierAfterDays: 90,
          expireAfterDays: KEEP_DAYS,
          expireOldVersionsAfterDays: 30,
        },
      ],
      abortUploadsAfterDays: 7,
      protect: true,
    });
    const service = 'cloudtrail.amazonaws.com';
    const source = { 'aws:SourceArn': `arn:aws:cloudtrail:${region}:${accountId}:trail/${name}` };
    bucket.allowService('TrailChecks', {
      service,
      actions: ['s3:GetBucketAcl'],
      condition: { StringEquals: source },
    });
    bucket.allowService('TrailWrites', {
      service,
      actions: ['s3:PutObject'],
      paths: [`AWSLogs/${accountId}/*`],
      condition: { StringEquals: { ...source, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    });
    const logs = new CloudwatchLogGroup(this, 'logs', {
      name: `/cloudtrail/${name}`,
      retentionInDays: SEARCHABLE_DAYS,
    });
    const role = new Role(this, 'role', {
      name: `${name}-cloudtrail`,
      description: 'Lets CloudTrail write to CloudWatch Logs',
      service,
    });
    role.allow('write_logs', writingLogs(logs.arn));

    new Cloudtrail(this, 'Default', {
      name,
      s3BucketName: bucket.bucketName,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      cloudWatchLogsGroupArn: `${logs.arn}:*`,
      cloudWatchLogsRoleArn: role.arn,
      dependsOn: [bucket.policy, ...role.policies],
    });
  }
}
