import type { EnvironmentSpec } from '../environment';
import { deployerOf } from '../sections/delivery';
import { deliveredServices, madeRepositories, pipelineTasks, repositoryOwners } from './images';
import type { Finding, FindingIn } from './report';
import { runningServices } from './running-services';

/** Where images come from, who may bring them, and what happens then. */
export function* deliveryRules(spec: EnvironmentSpec): Iterable<Finding> {
  yield* foreignRegistry(spec);
  yield* trustedAccounts(spec);
  yield* keptImages(spec);
  yield* subjects(spec);
  yield* deployer(spec);
  if (spec.delivery?.notifier && runningServices(spec).length === 0) {
    yield {
      path: ['delivery', 'notifier'],
      expected: 'expected a workload or services, whose deployments it tells of',
      got: undefined,
    };
  }
}

/** Environments that are called so are production, where only subjects without wildcards deploy. */
export function isProduction(env: string): boolean {
  return /^prod(?:uction)?(?:-|$)/.test(env);
}

function* foreignRegistry(spec: EnvironmentSpec): Iterable<Finding> {
  const { accountId, ecrAccountId, ecrAccountRegion, region } = spec;
  if (ecrAccountId === undefined) {
    if (ecrAccountRegion !== undefined)
      yield {
        path: ['ecr_account_region'],
        expected: 'expected ecr_account_id beside it, whose repositories these are',
      };
    return;
  }
  if (ecrAccountId === accountId && ecrAccountRegion === region) {
    yield {
      path: ['ecr_account_id'],
      expected: 'expected another account than account_id',
      advice: 'for repositories that are there already write "repository: { name: …, existing: true }"',
    };
  }
  for (const { path, repository } of repositoryOwners(spec)) {
    const { existing, import: imported } = repository;
    for (const [key, value] of Object.entries({ existing, import: imported })) {
      if (!value) continue;
      yield {
        path: [...path, 'repository', key],
        expected: `expected nothing here, because images come from the account ${ecrAccountId} (ecr_account_id)`,
        advice: 'the name alone says which repository is meant',
      };
    }
  }
}

function* trustedAccounts(spec: EnvironmentSpec): Iterable<Finding> {
  const { accountId, ecrTrustedAccounts, region } = spec;
  if (ecrTrustedAccounts.length > 0 && madeRepositories(spec).length === 0) {
    yield {
      path: ['ecr_trusted_accounts'],
      expected: 'expected a repository that is made here, for them to pull from',
      got: undefined,
    };
  }
  const seen = new Map<string, string>();
  for (const trusted of ecrTrustedAccounts) {
    const path = ['ecr_trusted_accounts', trusted.name];
    if (trusted.accountId === accountId && trusted.region === region) {
      yield {
        path: [...path, 'account_id'],
        expected: 'expected another account than account_id',
        advice: 'within an account no repository has to trust it',
      };
    }
    const bus = `${trusted.accountId} ${trusted.region} ${trusted.env}`;
    const other = seen.get(bus);
    if (other !== undefined) {
      yield { path: [...path, 'env'], expected: `expected another environment than that of "${other}"` };
    }
    seen.set(bus, trusted.name);
  }
}

/** Images that a repository should keep for accounts which run them longer than this one does. */
const KEPT_FOR_OTHERS = 20;

/** ECR deletes by number and age alone: it does not know what runs in another account, nor in this one. */
function* keptImages(spec: EnvironmentSpec): Iterable<Finding> {
  const { delivery, ecrTrustedAccounts } = spec;
  if (!delivery || ecrTrustedAccounts.length === 0) return;
  for (const { path, repository } of madeRepositories(spec)) {
    if (repository.keepImages >= KEPT_FOR_OTHERS) continue;
    yield {
      path: [...path, 'repository', 'keep_images'],
      warning: true,
      expected: `expected at least ${KEPT_FOR_OTHERS}, because other accounts run images of it (ecr_trusted_accounts)`,
      got: repository.keepImages,
      advice: `after ${repository.keepImages} more pushes ECR deletes the image that one of them may still run, and its tasks start no more`,
    };
  }
}

/** https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims */
function* subjects({ delivery, env }: EnvironmentSpec): Iterable<Finding> {
  for (const [index, subject] of (delivery?.github?.subjects ?? []).entries()) {
    const path = ['delivery', 'github', 'subjects', String(index)];
    const [, repository = '', what = ''] = /^repo:([^:]+):(.*)$/.exec(subject) ?? [];
    if (!/^[\w.-]+(?:@\d+)?\/[\w.-]+(?:@\d+)?$/.test(repository)) {
      yield {
        path,
        expected: 'expected organization and repository written out, such as "repo:acme/platform:environment:dev"',
        got: subject,
        advice: 'a workflow of any repository that fits could deploy here',
      };
    } else if (isProduction(env) && /[*?]/.test(what)) {
      yield {
        path,
        expected: `expected a subject without wildcards, because ${env} is production`,
        got: subject,
        advice: `any branch that fits could deploy; write "repo:${repository}:environment:${env}" and protect that environment in GitHub`,
      };
    } else if (isProduction(env) && what === 'pull_request') {
      yield {
        path,
        expected: `expected the subject of an environment, branch or tag, because ${env} is production`,
        got: subject,
        advice: `anybody's pull request could deploy; write "repo:${repository}:environment:${env}" and protect that environment in GitHub`,
      };
    }
  }
}

function* deployer(spec: EnvironmentSpec): Iterable<Finding> {
  if (!deployerOf(spec)) return;
  for (const { path, service } of runningServices(spec)) {
    if (service.image !== undefined || service.imageOwner === 'pipeline') continue;
    yield {
      path: [...path, 'image_owner'],
      expected: 'expected pipeline, because the deployer brings what is pushed to its repository',
      advice: 'the next apply would put the earlier image back; or write "deployer: { enabled: false }" under delivery',
    };
  }
  if (deliveredServices(spec).length > 0) return;
  if (pipelineTasks(spec).some(({ repository }) => repository !== undefined)) return;
  if (runningServices(spec).some(({ service }) => service.image === undefined)) return;
  yield {
    path: ['delivery', 'deployer'],
    expected: 'expected a workload, service or task with a repository, whose pushes it deploys',
    got: undefined,
    advice:
      'those with an "image" of their own are not deployed, nor are tasks with "image_owner: terraform"; write "deployer: { enabled: false }"',
  };
}

/** A trusted environment whose own file is here as well: pushes are reported to where it really is. */
export function* trustedAcross(specs: readonly EnvironmentSpec[]): Iterable<FindingIn> {
  for (const spec of specs) {
    for (const { name, accountId, env, region } of spec.ecrTrustedAccounts) {
      const other = specs.find((each) => each.project === spec.project && each.env === env);
      if (!other) continue;
      for (const [key, written, right] of [
        ['account_id', accountId, other.accountId ?? accountId],
        ['region', region, other.region],
      ] as const) {
        if (written === right) continue;
        yield {
          spec,
          path: ['ecr_trusted_accounts', name, key],
          expected: `expected "${right}", where ${other.project}-${other.env} is`,
          advice: 'it would never hear of a push',
        };
      }
    }
  }
}
