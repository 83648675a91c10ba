import { Construct } from 'constructs';
import { jsonText } from '../../terraform/json-text';
import { type Registry, registryHost } from '../containers/image-source';
import type { DeadLetters } from '../messaging/dead-letters';
import { allowDeployment, type DeliverableService, type DeliverableTask } from './deliverable';
import { EventFunction, type EventFunctionPlace } from './event-function';
import { imagePushes } from './image-pushes';

export interface DeployerProps extends EventFunctionPlace {
  readonly clusterName: string;

  /** Whose repositories these are. */
  readonly registry: Registry;

  /** Services by the name of the repository whose images they run. */
  readonly services: ReadonlyMap<string, readonly DeliverableService[]>;

  /** What runs them when it is started, by the same. */
  readonly tasks: ReadonlyMap<string, readonly DeliverableTask[]>;

  /** Patterns of the tags that are deployed. */
  readonly tags: readonly string[];

  /** Where pushes are reported; by default the account's own bus. */
  readonly busName: string | undefined;
}

/** Deploys what is pushed to a repository to the services and tasks that run it. */
export class Deployer extends Construct {
  readonly deadLetters: DeadLetters;

  constructor(scope: Construct, id: string, props: DeployerProps) {
    super(scope, id);
    const { registry, services, tasks } = props;
    const repositories = [...new Set([...services.keys(), ...tasks.keys()])];
    const targets = repositories.map((repository) => [
      repository,
      [
        ...(services.get(repository) ?? []).map(({ serviceName, containerName }) => {
          return { service: serviceName, container: containerName };
        }),
        ...(tasks.get(repository) ?? []).map(({ family, containerName }) => ({ family, container: containerName })),
      ],
    ]);
    const deployer = new EventFunction(this, 'Default', {
      ...props,
      description: 'Images that were pushed for services here',
      pattern: imagePushes(repositories, registry.accountId),
      variables: {
        CLUSTER: props.clusterName,
        REGISTRY: registryHost(registry),
        TAGS: JSON.stringify(props.tags),
        TARGETS: jsonText(Object.fromEntries(targets)),
      },
    });
    this.deadLetters = deployer.deadLetters;
    allowDeployment(deployer.role, { services: [...services.values()].flat(), tasks: [...tasks.values()].flat() });
  }
}
