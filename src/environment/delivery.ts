import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { Construct } from 'constructs';
import type { OneOffTask } from '../blocks/containers/one-off-task';
import type { Service } from '../blocks/containers/service';
import type { StartedTask } from '../blocks/containers/started-task';
import { DeployRole } from '../blocks/delivery/deploy-role';
import { Deployer } from '../blocks/delivery/deployer';
import { ImageBus, ImageForwarding } from '../blocks/delivery/image-bus';
import { Notifier } from '../blocks/delivery/notifier';
import type { DeadLetters } from '../blocks/messaging/dead-letters';
import type { EnvironmentSpec } from '../spec/environment';
import { deliveredServices, madeRepositories, pipelineTasks } from '../spec/rules/images';
import type { SpecPath } from '../spec/rules/report';
import { runningServices } from '../spec/rules/running-services';
import { deployerOf, imageBusName, imageRuleName } from '../spec/sections/delivery';
import type { FunctionSpec } from '../spec/sections/function';
import type { RootStack } from '../terraform/root-stack';
import { registryOf } from './containers';
import { packagedFunction } from './function-code';
import type { Parts } from './parts';

/** What outputs tell about delivery. */
export interface Delivery {
  /** Of the role that GitHub Actions deploys with. */
  readonly deployRoleArn: string | undefined;

  /** What its functions failed at, under `delivery.deployer` and `delivery.notifier`. */
  readonly deadLetters: ReadonlyMap<string, DeadLetters>;
}

type DeliveryPlace = Pick<Parts, 'network' | 'cluster' | 'containers'>;

/** From a push to what runs it and a message about it; and to other accounts, the news of a push. */
export function makeDelivery(stack: RootStack, spec: EnvironmentSpec, place: DeliveryPlace): Delivery {
  const scope = new Construct(stack, 'delivery');
  if (spec.ecrTrustedAccounts.length > 0) forwardPushes(scope, spec);
  if (!spec.delivery) return { deployRoleArn: undefined, deadLetters: new Map() };

  const account = new DataAwsCallerIdentity(scope, 'account').accountId;
  const deployer = makeDeployer(scope, spec, { ...place, account });
  const notifier = makeNotifier(scope, spec, { ...place, account, environment: stack.node.id });
  const { github } = spec.delivery;
  const role =
    github &&
    new DeployRole(scope, 'github', {
      name: github.roleName,
      subjects: github.subjects,
      repositories: madeRepositories(spec).flatMap(({ path }) => owner(place, path).repository?.arn ?? []),
      services: runningServices(spec)
        .filter(({ service }) => service.imageOwner === 'pipeline')
        .map(({ path }) => service(place, path)),
      tasks: pipelineTasks(spec).map(({ family }) => task(place, family)),
    });
  const deadLetters = new Map<string, DeadLetters>();
  if (deployer) deadLetters.set('delivery.deployer', deployer.deadLetters);
  if (notifier) deadLetters.set('delivery.notifier', notifier.deadLetters);
  return { deployRoleArn: role?.arn, deadLetters };
}

function forwardPushes(scope: Construct, spec: EnvironmentSpec): void {
  const { ecrTrustedAccounts, env, project } = spec;
  new ImageForwarding(scope, 'pushes', {
    roleName: imageRuleName(project, env),
    repositories: madeRepositories(spec).map(({ repository }) => repository.name),
    buses: new Map(
      ecrTrustedAccounts.map(({ name, accountId, env: theirs, region }) => [
        name,
        { accountId, region, name: imageBusName(project, theirs), ruleName: imageRuleName(project, env, name) },
      ]),
    ),
  });
}

function makeNotifier(
  scope: Construct,
  spec: EnvironmentSpec,
  place: DeliveryPlace & { readonly account: string; readonly environment: string },
): Notifier | undefined {
  const notifier = spec.delivery?.notifier;
  if (!notifier) return undefined;
  return new Notifier(scope, 'notifier', {
    ...functionPlace(spec, place, notifier),
    environment: place.environment,
    clusterName: place.cluster.clusterName,
    accountId: place.account,
    region: spec.region,
    webhookParameter: notifier.webhookParameter,
  });
}

function makeDeployer(
  scope: Construct,
  spec: EnvironmentSpec,
  place: DeliveryPlace & { readonly account: string },
): Deployer | undefined {
  const deployer = deployerOf(spec);
  if (!deployer) return undefined;
  const elsewhere = registryOf(spec);
  const bus =
    elsewhere &&
    new ImageBus(scope, 'images', {
      name: imageBusName(spec.project, spec.env),
      registryAccountId: elsewhere.accountId,
    });
  const services = deliveredServices(spec).map(({ path, service: { repository } }) => {
    return [repository.name, service(place, path)] as const;
  });
  const tasks = pipelineTasks(spec).flatMap(({ family, repository }) => {
    return repository === undefined ? [] : [[repository, task(place, family)] as const];
  });
  return new Deployer(scope, 'deployer', {
    ...functionPlace(spec, place, deployer),
    clusterName: place.cluster.clusterName,
    registry: elsewhere ?? { accountId: place.account, region: spec.region },
    services: byRepository(services),
    tasks: byRepository(tasks),
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

function byRepository<Runner>(runners: readonly (readonly [repository: string, Runner])[]): Map<string, Runner[]> {
  const found = new Map<string, Runner[]>();
  for (const [repository, runner] of runners) found.set(repository, [...(found.get(repository) ?? []), runner]);
  return found;
}

/** The service that stands at a place of the file. */
function service({ containers }: DeliveryPlace, path: SpecPath): Service {
  return there(containers.services.get(path.join('.')), path.join('.'));
}

/** The task of a family, whatever starts it. */
function task({ containers }: DeliveryPlace, family: string): OneOffTask | StartedTask {
  const tasks = [...containers.startedTasks.values(), ...containers.tasks];
  return there(
    tasks.find((each) => each.family === family),
    family,
  );
}

/** What may have a repository of its own, and stands at a place of the file. */
function owner({ containers }: DeliveryPlace, path: SpecPath): Service | StartedTask {
  const name = path.join('.');
  return there(containers.services.get(name) ?? containers.startedTasks.get(name), name);
}

function there<Found>(found: Found | undefined, name: string): Found {
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}
