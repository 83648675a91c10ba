import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketCorsConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-cors-configuration';
import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { type ITerraformDependable, Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { tlsOnly } from '../../access/tls-only';
import type { Consumer, Injection, Usable } from '../../access/usable';
import type { CorsRule, MadeBucketSpec } from '../../spec/sections/bucket';
import { Import } from '../../terraform/import';
import { jsonText } from '../../terraform/json-text';
import { firstId } from '../../terraform/logical-ids';
import { bucketInjection, grantBucket, type UsedBucket } from './bucket-access';
import { keepVersions } from './bucket-lifecycle';

/** Props of {@link Bucket}: an item of `buckets`, and whether a plan may delete it. */
export interface BucketProps
  extends Pick<MadeBucketSpec, 'name' | 'bucketName' | 'versioning' | 'lifecycle' | 'abortUploadsAfterDays'> {
  /**
   * Whether anybody may read its objects.
   *
   * @default false
   */
  readonly public?: boolean;

  /** @default none */
  readonly corsRules?: readonly CorsRule[];

  /** Whether it is there already, to be taken over. */
  readonly import?: boolean | undefined;

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

/** A bucket that the load balancer and other buckets may write access logs to. */
export interface LogTarget {
  readonly bucketName: string;

  /** What has to be there before a service may write. */
  readonly policy: ITerraformDependable | undefined;
  letBalancersLog(prefix: string): void;
  letBucketLog(source: { readonly id: string; readonly arn: string }, prefix: string): void;
}

/** An S3 bucket, private unless it says otherwise: encrypted, TLS only, no ACLs unless CloudFront logs there. */
export class Bucket extends Construct implements Usable, UsedBucket, LogTarget {
  readonly arn: string;
  readonly bucketName: string;
  readonly domainName: string;

  /** Without a region, as CloudFront wants the bucket of its logs. */
  readonly globalDomainName: string;
  readonly injection: Injection;
  readonly policy: ITerraformDependable;

  /** What has to be there before CloudFront may write logs. */
  readonly ownership: ITerraformDependable;
  private readonly statements: object[] = [];

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
    this.injection =
      props.variableName === undefined
        ? { environment: {}, secrets: {} }
        : bucketInjection(props.variableName, bucket.bucket);
    if (props.import) new Import(bucket, props.bucketName);

    const closed = new S3BucketPublicAccessBlock(this, 'public_access', {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: !props.public,
      ignorePublicAcls: true,
      restrictPublicBuckets: !props.public,
    });
    if (props.public) this.letAnybodyRead();
    if (props.corsRules?.length)
      new S3BucketCorsConfiguration(this, 'cors', {
        bucket: bucket.id,
        corsRule: props.corsRules.map((rule) => ({ ...rule })),
      });
    this.ownership = new S3BucketOwnershipControls(this, 'ownership', {
      bucket: bucket.id,
      rule: { objectOwnership: props.accessLogTarget ? 'BucketOwnerPreferred' : 'BucketOwnerEnforced' },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket: bucket.id,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    });
    keepVersions(this, bucket.id, props);
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

  get id(): string {
    return firstId(this.props);
  }

  letUse(consumer: Consumer): void {
    grantBucket(this, consumer);
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
  logTo(target: LogTarget): void {
    const prefix = `s3/${this.props.name}/`;
    target.letBucketLog(this, prefix);
    new S3BucketLoggingA(this, 'access_logs', {
      bucket: this.bucketName,
      targetBucket: target.bucketName,
      targetPrefix: prefix,
      dependsOn: target.policy && [target.policy],
    });
  }

  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html#grant-log-delivery-permissions-general */
  letBucketLog(source: { readonly id: string; readonly arn: string }, prefix: string): void {
    this.statements.push({
      Sid: `LogsOf${source.id.replace(/_/g, '')}`,
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: ['s3:PutObject'],
      Resource: `${this.arn}/${prefix}*`,
      Condition: {
        ArnLike: { 'aws:SourceArn': source.arn },
        StringEquals: { 'aws:SourceAccount': this.accountId },
      },
    });
  }

  /** By policy alone: ACLs stay blocked, and nobody may list what there is. */
  private letAnybodyRead(): void {
    this.statements.push({
      Sid: 'AnybodyReads',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['s3:GetObject'],
      Resource: [`${this.arn}/*`],
    });
  }

  private get accountId(): string {
    const known = this.node.tryFindChild('account') as DataAwsCallerIdentity | undefined;
    return (known ?? new DataAwsCallerIdentity(this, 'account')).accountId;
  }
}
