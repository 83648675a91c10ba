import { Construct } from 'constructs';
import { jsonText } from '../../terraform/json-text';
import { allowDeployment, type Deliverable } from './deliverable';
import { EventFunction, type EventFunctionPlace } from './event-function';
import { imagePushes } from './image-pushes';

export interface DeployerProps extends EventFunctionPlace {
  readonly clusterName: string;

  /** Whose repositories these are. */
  readonly registry: { readonly accountId: string; readonly region: string };

  /** Services by the name of the repository whose images they run. */
  readonly services: ReadonlyMap<string, readonly Deliverable[]>;

  /** Patterns of the tags that are deployed. */
  readonly tags: readonly string[];

  /** Where pushes are reported; by default the account's own bus. */
  readonly busName: string | undefined;
}

/** Deploys what is pushed to a repository to the services that run it. */
export class Deployer extends Construct {
  constructor(scope: Construct, id: string, props: DeployerProps) {
    super(scope, id);
    const { registry, services } = props;
    const targets = [...services].map(([repository, here]) => [
      repository,
      here.map(({ serviceName, containerName }) => ({ service: serviceName, container: containerName })),
    ]);
    const deployer = new EventFunction(this, 'Default', {
      ...props,
      description: 'Images that were pushed for services here',
      pattern: imagePushes([...services.keys()], registry.accountId),
      variables: {
        CLUSTER: props.clusterName,
        REGISTRY: `${registry.accountId}.dkr.ecr.${registry.region}.amazonaws.com`,
        TAGS: JSON.stringify(props.tags),
        TARGETS: jsonText(Object.fromEntries(targets)),
      },
    });
    allowDeployment(deployer.role, [...services.values()].flat());
  }
}
