import { DataAwsEcrRepository } from '@cdktf/provider-aws/lib/data-aws-ecr-repository';
import { Construct } from 'constructs';
import type { ImageRepository } from './repository';

/** A repository that is there already: images are pulled from it, and it is left as it is. */
export class ExistingRepository extends Construct implements ImageRepository {
  readonly arn: string;
  readonly url: string;

  constructor(scope: Construct, id: string, { name }: { readonly name: string }) {
    super(scope, id);
    const repository = new DataAwsEcrRepository(this, 'Default', { name });
    this.arn = repository.arn;
    this.url = repository.repositoryUrl;
  }
}
