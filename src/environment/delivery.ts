import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { Construct } from 'constructs';
import type { Cluster } from '../blocks/containers/cluster';
import type { Service } from '../blocks/containers/service';
import { DeployRole } from '../blocks/delivery/deploy-role';
import { Deployer } from '../blocks/delivery/deployer';
import { ImageBus, ImageForwarding } from '../blocks/delivery/image-bus';
import { Notifier } from '../blocks/delivery/notifier';
import type { Network } from '../blocks/network/network';
import type { EnvironmentSpec } from '../spec/environment';
import { deliveredServices, runningServices, servicesWithRepository } from '../spec/rules/running-services';
import { deployerOf, imageBusName, imageRuleName } from '../spec/sections/delivery';
import type { FunctionSpec } from '../spec/sections/function';
import type { RootStack } from '../terraform/root-stack';
import { type Containers, registryOf } from './containers';
import { packagedFunction } from './function-code';

/** What outputs tell about delivery. */
export interface Delivery {
  /** Of the role that GitHub Actions deploys with. */
  readonly deployRoleArn: string | undefined;
}

export interface DeliveryPlace {
  readonly network: Network;
  readonly cluster: Cluster;
  readonly containers: Containers;
}

/** From a push to a running service and a message about it; and to other accounts, the news of a push. */
export function makeDelivery(stack: RootStack, spec: EnvironmentSpec, place: DeliveryPlace): Delivery {
  const scope = new Construct(stack, 'delivery');
  const { ecrTrustedAccounts: forwarding, env, project } = spec;
  if (forwarding.length > 0) {
    new ImageForwarding(scope, 'pushes', {
      roleName: imageRuleName(project, env),
      repositories: servicesWithRepository(spec).map(({ service }) => service.repository.name as string),
      buses: new Map(
        forwarding.map(({ name, accountId, env: theirs, region }) => [
          name,
          { accountId, region, name: imageBusName(project, theirs), ruleName: imageRuleName(project, env, name) },
        ]),
      ),
    });
  }
  if (!spec.delivery) return { deployRoleArn: undefined };

  const account = new DataAwsCallerIdentity(scope, 'account').accountId;
  makeDeployer(scope, spec, { ...place, account });
  const { github, notifier } = spec.delivery;
  if (notifier) {
    new Notifier(scope, 'notifier', {
      ...functionPlace(spec, place, notifier),
      environment: stack.node.id,
      clusterName: place.cluster.clusterName,
      accountId: account,
      region: spec.region,
      webhookParameter: notifier.webhookParameter,
    });
  }
  const role =
    github &&
    new DeployRole(scope, 'github', {
      name: github.roleName,
      subjects: github.subjects,
      repositories: servicesWithRepository(spec).flatMap(({ path }) => find(place, path).repository?.arn ?? []),
      services: runningServices(spec)
        .filter(({ service }) => service.imageOwner === 'pipeline')
        .map(({ path }) => find(place, path)),
    });
  return { deployRoleArn: role?.arn };
}

function makeDeployer(
  scope: Construct,
  spec: EnvironmentSpec,
  place: DeliveryPlace & { readonly account: string },
): void {
  const deployer = deployerOf(spec);
  if (!deployer) return;
  const elsewhere = registryOf(spec);
  const bus =
    elsewhere &&
    new ImageBus(scope, 'images', {
      name: imageBusName(spec.project, spec.env),
      registryAccountId: elsewhere.accountId,
    });
  const services = new Map<string, Service[]>();
  for (const { path, service } of deliveredServices(spec)) {
    const repository = service.repository.name as string;
    services.set(repository, [...(services.get(repository) ?? []), find(place, path)]);
  }
  new Deployer(scope, 'deployer', {
    ...functionPlace(spec, place, deployer),
    clusterName: place.cluster.clusterName,
    registry: elsewhere ?? { accountId: place.account, region: spec.region },
    services,
    tags: deployer.tags,
    busName: bus?.busName,
  });
}

function functionPlace(
  { logs }: EnvironmentSpec,
  { network }: DeliveryPlace,
  { lambda }: { readonly lambda: FunctionSpec },
) {
  return { lambda, network, code: packagedFunction(lambda.name), logRetentionDays: logs.retentionDays };
}

/** The service that stands at a place of the file. */
function find({ containers }: DeliveryPlace, path: readonly string[]): Service {
  const found = containers.services.get(path.join('.'));
  if (!found) throw new Error(`there is no service at ${path.join('.')}`);
  return found;
}
