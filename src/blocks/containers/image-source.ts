import type { Construct } from 'constructs';
import type { ServiceSpec } from '../../spec/sections/service';
import { ExistingRepository } from './existing-repository';
import { type ImageRepository, Repository } from './repository';

/** The repositories of an account in a region. */
export interface Registry {
  readonly accountId: string;
  readonly region: string;
}

/** What stands before the names of its repositories in the names of images. */
export function registryHost({ accountId, region }: Registry): string {
  return `${accountId}.dkr.ecr.${region}.amazonaws.com`;
}

/** Where a container's image comes from. */
export interface ImageSource {
  /** The repository made here, where there is one. */
  readonly repository: ImageRepository | undefined;

  /** That repository with a tag of it, or the name of an image elsewhere. */
  readonly image: string | { readonly repository: ImageRepository; readonly tag: string };
}

interface ImageSourceProps {
  /** An image that exists elsewhere. */
  readonly image?: string | undefined;
  readonly imageTag: string;
  readonly repository: ServiceSpec['repository'];

  /** Another account's repositories, where images come from there. */
  readonly registry: Registry | undefined;

  /** Accounts that may pull from a repository made here. */
  readonly trustedAccountIds: readonly string[];
  readonly protect: boolean;
}

/** The image that the file names, that of another account's repository, or of one that is made here. */
export function imageSource(scope: Construct, props: ImageSourceProps): ImageSource {
  const { image, imageTag, registry, repository, protect, trustedAccountIds } = props;
  if (image !== undefined) return { repository: undefined, image };
  if (registry) return { repository: undefined, image: `${registryHost(registry)}/${repository.name}:${imageTag}` };
  const made = repository.existing
    ? new ExistingRepository(scope, 'repository', repository)
    : new Repository(scope, 'repository', { ...repository, protect, trustedAccountIds, startTag: imageTag });
  return { repository: made, image: { repository: made, tag: imageTag } };
}
