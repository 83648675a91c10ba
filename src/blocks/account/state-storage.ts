import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { Construct } from 'constructs';
import { Bucket } from '../data/bucket';

export interface StateStorageProps {
  readonly bucket: string;
  readonly lockTable: string;
}

const OLD_STATE_DAYS = 90;

/** Where Terraform keeps the states of a system, and the table by which only one apply runs at a time. */
export class StateStorage extends Construct {
  constructor(scope: Construct, id: string, props: StateStorageProps) {
    super(scope, id);
    new Bucket(this, 'bucket', {
      name: 'state',
      bucketName: props.bucket,
      versioning: true,
      lifecycle: [{ name: 'old-states', enabled: true, expireOldVersionsAfterDays: OLD_STATE_DAYS }],
      abortUploadsAfterDays: 7,
      protect: true,
    });
    new DynamodbTable(this, 'locks', {
      name: props.lockTable,
      billingMode: 'PAY_PER_REQUEST',
      hashKey: 'LockID',
      attribute: [{ name: 'LockID', type: 'S' }],
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: true,
      lifecycle: { preventDestroy: true },
    });
  }
}
