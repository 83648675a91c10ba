import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { EcrRepositoryPolicy } from '@cdktf/provider-aws/lib/ecr-repository-policy';
import { Construct } from 'constructs';
import type { ServiceSpec } from '../../spec/sections/service';
import { Import } from '../../terraform/import';
import { jsonText } from '../../terraform/json-text';

/** What pulling an image takes, beside a token. */
export const pulling = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/** Where images are pulled from and pushed to. */
export interface ImageRepository {
  readonly arn: string;
  readonly url: string;
}

export type RepositoryProps = Exclude<ServiceSpec['repository'], { readonly existing: true }> & {
  /** Whether a plan may delete it with the images in it. */
  readonly protect: boolean;

  /** Ids of other accounts that may pull from it. */
  readonly trustedAccountIds: readonly string[];

  /** The tag that Terraform's own revisions name: its image is kept whatever is pushed after it. */
  readonly startTag: string;
};

/** A private ECR repository that cleans up after itself. */
export class Repository extends Construct implements ImageRepository {
  readonly arn: string;
  readonly url: string;

  constructor(scope: Construct, id: string, props: RepositoryProps) {
    super(scope, id);
    const repository = new EcrRepository(this, 'Default', {
      name: props.name,
      imageTagMutability: props.immutableTags ? 'IMMUTABLE' : 'MUTABLE',
      imageScanningConfiguration: { scanOnPush: props.scanOnPush },
      encryptionConfiguration: [{ encryptionType: 'AES256' }],
      forceDelete: !props.protect,
    });
    this.arn = repository.arn;
    this.url = repository.repositoryUrl;
    if (props.import) new Import(repository, props.name);

    new EcrLifecyclePolicy(this, 'lifecycle', {
      repository: repository.name,
      policy: jsonText({
        rules: [
          {
            rulePriority: 1,
            description: `Delete untagged images after ${props.expireUntaggedAfterDays} days`,
            selection: {
              tagStatus: 'untagged',
              countType: 'sinceImagePushed',
              countUnit: 'days',
              countNumber: props.expireUntaggedAfterDays,
            },
            action: { type: 'expire' },
          },
          {
            // An image that one rule is about, no later rule deletes.
            // https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
            rulePriority: 2,
            description: `Keep ${props.startTag}, which new tasks of Terraform’s start from`,
            selection: {
              tagStatus: 'tagged',
              tagPatternList: [props.startTag],
              countType: 'imageCountMoreThan',
              countNumber: 1,
            },
            action: { type: 'expire' },
          },
          {
            rulePriority: 3,
            description: `Keep the most recent ${props.keepImages} images`,
            selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: props.keepImages },
            action: { type: 'expire' },
          },
        ],
      }),
    });
    if (props.trustedAccountIds.length > 0) this.letPull(repository, props.trustedAccountIds);
  }

  /** Whose roles may pull is up to each account. */
  private letPull(repository: EcrRepository, accountIds: readonly string[]): void {
    new EcrRepositoryPolicy(this, 'policy', {
      repository: repository.name,
      policy: jsonText({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'TrustedAccountsPull',
            Effect: 'Allow',
            Principal: { AWS: accountIds.map((accountId) => `arn:aws:iam::${accountId}:root`) },
            Action: pulling,
          },
        ],
      }),
    });
  }
}
