import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { type ITerraformDependable, Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { tlsOnly } from '../../access/tls-only';
import type { Consumer, Injection, Usable } from '../../access/usable';
import type { BucketSpec } from '../../spec/sections/bucket';
import { jsonText } from '../../terraform/json-text';

/** Props of {@link Bucket}: an item of `buckets`, and whether a plan may delete it. */
export interface BucketProps
  extends Pick<BucketSpec, 'name' | 'bucketName' | 'versioning' | 'lifecycle' | 'abortUploadsAfterDays'> {
  readonly protect: boolean;

  /** What those who use it are told its name by; absent for a bucket that nothing uses. */
  readonly variableName?: string;

  /**
   * Whether CloudFront may write logs, which it does by ACL alone.
   *
   * It stays so when the last distribution is gone: S3 takes no ACLs off a bucket that carries CloudFront's grant.
   *
   * @default false
   */
  readonly accessLogTarget?: boolean;
}

/** A private S3 bucket: encrypted, TLS only, no ACLs unless CloudFront logs there. */
export class Bucket extends Construct implements Usable {
  readonly arn: string;
  readonly bucketName: string;
  readonly domainName: string;

  /** Without a region, as CloudFront wants the bucket of its logs. */
  readonly globalDomainName: string;
  readonly injection: Injection;

  /** What has to be there before a service may write. */
  readonly policy: ITerraformDependable;

  /** What has to be there before CloudFront may write logs. */
  readonly ownership: ITerraformDependable;
  private readonly statements: object[] = [];
  private readonly logged = { paths: [] as string[], sources: [] as string[] };

  constructor(
    scope: Construct,
    id: string,
    private readonly props: BucketProps,
  ) {
    super(scope, id);
    const bucket = new S3Bucket(this, 'Default', {
      bucket: props.bucketName,
      forceDestroy: !props.protect,
      tags: { Name: props.bucketName },
      lifecycle: { preventDestroy: props.protect },
    });
    this.arn = bucket.arn;
    this.bucketName = bucket.bucket;
    this.domainName = bucket.bucketRegionalDomainName;
    this.globalDomainName = bucket.bucketDomainName;
    this.injection = {
      environment: props.variableName === undefined ? {} : { [props.variableName]: bucket.bucket },
      secrets: {},
    };

    const closed = new S3BucketPublicAccessBlock(this, 'public_access', {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    this.ownership = new S3BucketOwnershipControls(this, 'ownership', {
      bucket: bucket.id,
      rule: { objectOwnership: props.accessLogTarget ? 'BucketOwnerPreferred' : 'BucketOwnerEnforced' },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket: bucket.id,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    });
    const versioning = new S3BucketVersioningA(this, 'versioning', {
      bucket: bucket.id,
      versioningConfiguration: { status: props.versioning ? 'Enabled' : 'Suspended' },
    });
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket: bucket.id,
      rule: [...props.lifecycle.map(lifecycleRule), abortUploads(props.abortUploadsAfterDays)],
      dependsOn: [versioning],
    });
    this.policy = new S3BucketPolicy(this, 'policy', {
      bucket: bucket.id,
      policy: Lazy.stringValue({
        produce: () =>
          jsonText({
            Version: '2012-10-17',
            Statement: [tlsOnly('s3:*', [this.arn, `${this.arn}/*`]), ...this.statements],
          }),
      }),
      dependsOn: [closed],
    });
  }

  /** Lets an AWS service act on objects, or on the bucket itself where there are no `paths`, as far as `condition` holds. */
  allowService(
    sid: string,
    statement: { service: string; actions: readonly string[]; paths?: readonly string[]; condition: object },
  ): void {
    this.statements.push({
      Sid: sid,
      Effect: 'Allow',
      Principal: { Service: statement.service },
      Action: statement.actions,
      Resource: statement.paths ? statement.paths.map((path) => `${this.arn}/${path}`) : this.arn,
      Condition: statement.condition,
    });
  }

  /** Lets a CloudFront distribution read objects whose keys match one of the patterns. */
  letDistributionRead(distributionArn: string, patterns: readonly string[]): void {
    this.allowService('Distribution', {
      service: 'cloudfront.amazonaws.com',
      actions: ['s3:GetObject'],
      paths: patterns,
      condition: { StringEquals: { 'aws:SourceArn': distributionArn } },
    });
  }

  /** Lets an Origin Access Identity read objects whose keys match one of the patterns. */
  letIdentityRead(identityArn: string, patterns: readonly string[]): void {
    this.statements.push({
      Sid: 'OriginAccessIdentity',
      Effect: 'Allow',
      Principal: { AWS: identityArn },
      Action: ['s3:GetObject'],
      Resource: patterns.map((pattern) => `${this.arn}/${pattern}`),
    });
  }

  /**
   * Lets load balancers of this account write access logs under a prefix.
   *
   * AWS documents no source condition for them, only the account in the path; one that is not sent would refuse every log.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
   */
  letBalancersLog(prefix: string): void {
    this.statements.push({
      Sid: 'BalancerLogs',
      Effect: 'Allow',
      Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
      Action: ['s3:PutObject'],
      Resource: [`${this.arn}/${prefix}/AWSLogs/${this.accountId}/*`],
    });
  }

  /** Logs every request to this bucket in another one, and lets S3 write there. */
  logTo(target: Bucket): void {
    const prefix = `s3/${this.props.name}/`;
    target.letBucketLog(this, prefix);
    new S3BucketLoggingA(this, 'access_logs', {
      bucket: this.bucketName,
      targetBucket: target.bucketName,
      targetPrefix: prefix,
      dependsOn: [target.policy],
    });
  }

  letUse(consumer: Consumer): void {
    consumer.role.allow(
      `use_bucket_${this.node.id}`,
      { actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], resources: [`${this.arn}/*`] },
      { actions: ['s3:ListBucket'], resources: [this.arn] },
    );
  }

  /** For those whose `uses` names `buckets.<name>.read`. */
  get reader(): Usable {
    return {
      injection: this.injection,
      letUse: ({ role }) =>
        role.allow(
          `read_bucket_${this.node.id}`,
          { actions: ['s3:GetObject'], resources: [`${this.arn}/*`] },
          { actions: ['s3:ListBucket'], resources: [this.arn] },
        ),
    };
  }

  private get accountId(): string {
    const known = this.node.tryFindChild('account') as DataAwsCallerIdentity | undefined;
    return (known ?? new DataAwsCallerIdentity(this, 'account')).accountId;
  }

  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html#grant-log-delivery-permissions-general */
  private letBucketLog(source: Bucket, prefix: string): void {
    const { paths, sources } = this.logged;
    paths.push(`${this.arn}/${prefix}*`);
    sources.push(source.arn);
    if (paths.length > 1) return;
    this.statements.push({
      Sid: 'BucketLogs',
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: ['s3:PutObject'],
      Resource: paths,
      Condition: { ArnLike: { 'aws:SourceArn': sources }, StringEquals: { 'aws:SourceAccount': this.accountId } },
    });
  }
}

function lifecycleRule(rule: BucketSpec['lifecycle'][number]) {
  const transitions = [
    { days: rule.standardIaAfterDays, storageClass: 'STANDARD_IA' },
    { days: rule.glacierAfterDays, storageClass: 'GLACIER' },
  ].filter(({ days }) => days !== undefined);
  return {
    id: rule.name,
    status: 'Enabled',
    filter: [{ prefix: rule.prefix ?? '' }],
    transition: transitions,
    expiration: rule.expireAfterDays === undefined ? [] : [{ days: rule.expireAfterDays }],
    noncurrentVersionExpiration:
      rule.expireOldVersionsAfterDays === undefined ? [] : [{ noncurrentDays: rule.expireOldVersionsAfterDays }],
  };
}

function abortUploads(days: number) {
  return {
    id: 'abort-uploads',
    status: 'Enabled',
    filter: [{ prefix: '' }],
    abortIncompleteMultipartUpload: [{ daysAfterInitiation: days }],
  };
}
