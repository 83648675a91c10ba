import type { EnvironmentSpec } from '../environment';
import { cdnOrigins } from './cdn-origins';
import { either, type Finding, type SpecPath } from './report';
import { startedTasks } from './started-tasks';

/** What is there already (`existing`) stays as it is; what is taken over (`import`) is what the file describes. */
export function* adoptionRules(spec: EnvironmentSpec): Iterable<Finding> {
  yield* renamedRules(spec);
  yield* identityRules(spec);
  yield* contentRules(spec);
  yield* subscriptionRules(spec);
  yield* originRules(spec);
  yield* twiceRules(spec);
}

/** A key that takes something over, what the thing was called before, and what the key says. */
type Taken = [path: SpecPath, was: string | undefined, taken: unknown];

/** Terraform's `moved` finds the thing in the state, `import` wants it not to be there. */
function* renamedRules(spec: EnvironmentSpec): Iterable<Finding> {
  const { buckets, secrets, sqs, topics, functions, services } = spec;
  const imports: Taken[] = [
    ...Object.entries({ buckets, secrets, sqs, topics, functions }).flatMap(([section, things]) =>
      things.map((each): Taken => [[section, each.name, 'import'], each.was, each.import]),
    ),
    ...Object.entries({ functions, services }).flatMap(([section, things]) =>
      things.map((each): Taken => [[section, each.name, 'log_group_import'], each.was, each.logGroupImport]),
    ),
    ...services.map(
      ({ name, was, repository }): Taken => [['services', name, 'repository', 'import'], was, repository.import],
    ),
    ...startedTasks(spec).flatMap(({ path, task }): Taken[] => [
      [[...path, 'log_group_import'], task.was, task.logGroupImport],
      [[...path, 'repository', 'import'], task.was, task.repository?.import],
    ]),
  ];
  for (const [path, was, taken] of imports) {
    if (was === undefined || !taken) continue;
    yield {
      path,
      expected: 'expected no "was" beside it, because what Terraform moves it has imported before',
      advice: 'take one of the two out',
    };
  }
}

interface Identity {
  readonly path: SpecPath;

  /** The key and the name that the id must agree with. */
  readonly key: string;
  readonly name: string;

  /** What the id says. */
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly named: string | undefined;
  readonly got: string;
}

/** Of another name, Terraform would import the thing to destroy it and make it anew. */
function* identityRules(spec: EnvironmentSpec): Iterable<Finding> {
  for (const { path, key, name, region, account, named, got } of identities(spec)) {
    if (named !== undefined && named !== name) {
      yield {
        path,
        expected: `expected the id of what "${key}" names, "${name}"`,
        got,
        advice: `write "${key}: ${named}" beside it, or Terraform would replace what it has taken over`,
      };
    }
    yield* place(spec, { path, region, account, got });
  }
  const { alarms, cognito } = spec;
  const poolId = cognito?.existing ? cognito.userPoolId : cognito?.import;
  if (poolId !== undefined) {
    const path = ['cognito', cognito?.existing ? 'user_pool_id' : 'import'];
    yield* place(spec, { path, region: poolId.split('_')[0], account: undefined, got: poolId });
  }
  for (const severity of ['critical', 'warning'] as const) {
    const arn = alarms?.[severity].existing;
    if (arn === undefined) continue;
    // Alarms may tell a topic of another account, but none of another region.
    yield* place(spec, {
      path: ['alarms', severity, 'existing'],
      region: arn.split(':')[3],
      account: undefined,
      got: arn,
    });
  }
}

function* identities({ sqs, topics, secrets }: EnvironmentSpec): Iterable<Identity> {
  for (const queue of sqs) {
    if (queue.import === undefined) continue;
    const [, host = '', account, named] = /^https:\/\/([^/]+)\/(\d+)\/(.+)$/.exec(queue.import) ?? [];
    const region = /^sqs\.([a-z0-9-]+)\.amazonaws\./.exec(host)?.[1];
    const path = ['sqs', queue.name, 'import'];
    yield { path, key: 'queue_name', name: queue.queueName, region, account, named, got: queue.import };
  }
  for (const topic of topics) {
    if (topic.import === undefined) continue;
    const [region, account, named] = topic.import.split(':').slice(3);
    const path = ['topics', topic.name, 'import'];
    yield { path, key: 'topic_name', name: topic.topicName, region, account, named, got: topic.import };
  }
  for (const secret of secrets) {
    if (secret.import === undefined) continue;
    const [region, account, , ...rest] = secret.import.split(':').slice(3);
    const named = rest.join(':').slice(0, -'-a1B2c3'.length);
    const path = ['secrets', secret.name, 'import'];
    yield { path, key: 'secret_name', name: secret.secretName, region, account, named, got: secret.import };
  }
}

function* place(
  spec: EnvironmentSpec,
  { path, region, account, got }: Pick<Identity, 'path' | 'region' | 'account' | 'got'>,
): Iterable<Finding> {
  if (region !== undefined && region !== spec.region) {
    yield { path, expected: `expected something in ${spec.region}, the region of this environment`, got };
  }
  if (account !== undefined && spec.accountId !== undefined && account !== spec.accountId) {
    yield { path, expected: `expected something in the account ${spec.accountId} (account_id)`, got };
  }
}

function* contentRules({ secrets }: EnvironmentSpec): Iterable<Finding> {
  for (const secret of secrets) {
    if (secret.import === undefined || secret.generate === undefined) continue;
    yield {
      path: ['secrets', secret.name, 'generate'],
      expected: 'expected "fill_in" beside "import"',
      got: 'generate',
      advice: 'random values would overwrite what the secret holds',
    };
  }
}

/** A topic may put messages into a queue only where the queue's policy says so, which is not ours to write. */
function* subscriptionRules({ topics, sqs }: EnvironmentSpec): Iterable<Finding> {
  for (const topic of topics) {
    for (const [index, name] of topic.queues.entries()) {
      if (!sqs.some((queue) => queue.name === name && queue.existing)) continue;
      yield {
        path: ['topics', topic.name, 'queues', String(index)],
        expected: 'expected a queue that is managed here, because the queue has to let the topic in',
        got: name,
        advice: `the owner of "${name}" subscribes it, and allows sns.amazonaws.com to sqs:SendMessage in its policy; or "import" takes the queue over`,
      };
    }
  }
}

/** CloudFront reads a bucket by the bucket's policy, and writes itself into the ACL of the bucket of its logs. */
function* originRules({ cdn, buckets }: EnvironmentSpec): Iterable<Finding> {
  if (!cdn) return;
  const existing = buckets.filter((bucket) => bucket.existing).map(({ name }) => name);
  for (const { path, origin } of cdnOrigins(cdn)) {
    const name = origin.replace('buckets.', '');
    if (!existing.includes(name)) continue;
    yield {
      path,
      expected:
        'expected a bucket that is managed here, because CloudFront may read what the policy of the bucket lets it',
      got: origin,
      advice: `it would answer 403 until the owner of "${name}" allows cloudfront.amazonaws.com s3:GetObject for the distribution; "import: true" takes the bucket over`,
    };
  }
  if (cdn.accessLogs !== undefined && existing.includes(cdn.accessLogs)) {
    yield {
      path: ['cdn', 'access_logs'],
      expected: 'expected a bucket that is managed here, because CloudFront writes itself into the ACL of the bucket',
      got: cdn.accessLogs,
      advice: 'a bucket of this environment costs no more than what is in it',
    };
  }
}

/** One thing under two addresses would be changed back and forth. */
function* twiceRules({ imports }: EnvironmentSpec): Iterable<Finding> {
  const holders = new Map<string, string>();
  for (const [address, id] of Object.entries(imports)) {
    const thing = `${address.split('.')[0]} ${id}`;
    const holder = holders.get(thing);
    if (holder !== undefined) {
      yield {
        path: ['imports', address],
        expected: 'expected an id that is imported once',
        got: id,
        advice: `${either([holder])} has it already`,
      };
    }
    holders.set(thing, address);
  }
}
