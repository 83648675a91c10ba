import type { EnvironmentSpec } from '../environment';
import type { ServiceSpec } from '../sections/service';
import type { SpecPath } from './report';
import { type RunningService, runningServices } from './running-services';
import { startedTasks } from './started-tasks';

/** What runs images of a repository of its own, and where it stands in the file. */
interface RepositoryOwner {
  readonly path: SpecPath;
  readonly repository: ServiceSpec['repository'];
}

/** A repository that Terraform makes. */
type MadeRepository = Exclude<ServiceSpec['repository'], { readonly existing: true }>;

/** Services and started tasks that run images of a repository of their own, wherever that is. */
export function repositoryOwners(spec: EnvironmentSpec): RepositoryOwner[] {
  return [
    ...runningServices(spec).flatMap(({ path, service: { image, repository } }) =>
      image === undefined ? [{ path, repository }] : [],
    ),
    ...startedTasks(spec).flatMap(({ path, task: { repository } }) => (repository ? [{ path, repository }] : [])),
  ];
}

/** Those whose repository is made here. */
export function madeRepositories(spec: EnvironmentSpec): { path: SpecPath; repository: MadeRepository }[] {
  if (spec.ecrAccountId !== undefined) return [];
  return repositoryOwners(spec).flatMap(({ path, repository }) => (repository.existing ? [] : [{ path, repository }]));
}

/** Services whose image whoever delivers decides, in a repository here or in another account. */
export function deliveredServices(spec: EnvironmentSpec): RunningService[] {
  return runningServices(spec).filter(
    ({ service }) => service.image === undefined && service.imageOwner === 'pipeline',
  );
}

/** A task whose image whoever delivers decides: it runs when it is started, as the newest revision of its family. */
interface PipelineTask {
  readonly path: SpecPath;
  readonly family: string;

  /** Name of the repository whose images it runs, its own or the workload's; none for images from elsewhere. */
  readonly repository: string | undefined;
}

/** What nothing but the time, an event or a person starts; one-off tasks do as the workload does, whose image they run. */
export function pipelineTasks(spec: EnvironmentSpec): PipelineTask[] {
  const { workload, tasks } = spec;
  const lent = workload?.image === undefined ? workload?.repository.name : undefined;
  return [
    ...startedTasks(spec).flatMap(({ path, task: { image, imageOwner, repository, taskFamily } }) => {
      if (imageOwner !== 'pipeline') return [];
      return [{ path, family: taskFamily, repository: image === undefined ? (repository?.name ?? lent) : undefined }];
    }),
    ...tasks.flatMap(({ name, image, taskFamily }) => {
      if (image !== undefined || workload?.imageOwner !== 'pipeline') return [];
      return [{ path: ['tasks', name], family: taskFamily, repository: lent }];
    }),
  ];
}
