import type { EnvironmentSpec } from '../environment';
import { nameLimit } from '../values/name-limits';
import type { GivenName } from './given-name';
import type { Finding, SpecPath } from './report';
import { givenNames, uniqueNames } from './unique-names';

const MOST_TAGS = 45;

/** Tags that every resource has by itself. */
const ownTags: readonly string[] = ['project', 'env', 'stack', 'managed_by'];

/** Names that follow from project and env: AWS's limits are checked, never met by cutting. */
export function* nameRules(spec: EnvironmentSpec): Iterable<Finding> {
  yield* lengths(spec);
  yield* refusedNames(spec);
  yield* distinctNames(spec);
  yield* tagRules(spec);
}

/** Each key is told of once, with the name that is furthest above its limit. */
function* lengths(spec: EnvironmentSpec): Iterable<Finding> {
  const worst = new Map<string, GivenName>();
  for (const given of givenNames(spec)) {
    const key = given.path.join('.');
    const other = worst.get(key);
    if (excess(given) > (other ? excess(other) : 0)) worst.set(key, given);
  }
  for (const { path, name, what } of worst.values()) {
    const { most, inWords } = nameLimit(what);
    yield {
      path,
      expected: `expected at most ${most} characters, all that AWS allows for ${inWords}`,
      got: name,
      advice: `it has ${name.length}; write a shorter one here`,
    };
  }
}

function excess({ what, name }: GivenName): number {
  return name.length - nameLimit(what).most;
}

/** What AWS refuses in names that follow from those of project and environment. */
function* refusedNames({ project, env, alb, cognito }: EnvironmentSpec): Iterable<Finding> {
  for (const [key, name] of [
    ['project', project],
    ['env', env],
  ] as const) {
    if (!name.includes('--')) continue;
    yield {
      path: [key],
      expected: 'expected no two dashes in a row, which names of databases and repositories must not have',
      got: name,
    };
  }
  if (alb?.name.startsWith('internal-')) {
    yield {
      path: ['alb', 'name'],
      expected: 'expected a name that does not begin with "internal-", which AWS keeps for itself',
      advice: 'write another one here',
    };
  }
  const reserved = /aws|amazon|cognito/.exec(cognito?.userPoolDomainPrefix ?? '')?.[0];
  if (reserved !== undefined) {
    yield {
      path: ['cognito', 'user_pool_domain_prefix'],
      expected: `expected a name without "${reserved}", which AWS keeps for itself`,
      advice: 'write another one here',
    };
  }
}

/** Two things that would get one name in AWS, such as a service called "backend" and the workload. */
function* distinctNames(spec: EnvironmentSpec): Iterable<Finding> {
  const holders = new Map<string, SpecPath>();
  for (const { what, path, name } of uniqueNames(spec)) {
    const holder = holders.get(`${what} ${name}`);
    if (holder === undefined) {
      holders.set(`${what} ${name}`, path);
      continue;
    }
    yield {
      path,
      expected: `expected another ${what} name than ${holder.join('.')}`,
      got: name,
      advice: 'in AWS they would be one and the same; write another one here',
    };
  }
}

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
function* tagRules({ tags, requiredTags }: EnvironmentSpec): Iterable<Finding> {
  for (const key of requiredTags) {
    if (ownTags.includes(key) || (tags[key] ?? '').trim() !== '') continue;
    yield {
      path: ['tags', key],
      expected: `expected a value for the tag "${key}", which required_tags asks of every environment`,
      got: tags[key],
      advice: 'what has none is missing from reports by this tag',
    };
  }
  const own = Object.keys(tags).length;
  if (own > MOST_TAGS) {
    yield {
      path: ['tags'],
      expected: `expected at most ${MOST_TAGS} tags, because AWS allows 50 and each resource has some already`,
      got: own,
    };
  }
  for (const [key, value] of Object.entries(tags)) {
    const path = ['tags', key];
    if (/^aws:/i.test(key))
      yield { path, expected: 'expected a tag that does not begin with "aws:", which AWS keeps for itself', got: key };
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key)) {
      yield { path, expected: 'expected at most 128 letters, digits, spaces and _.:/=+-@ in a tag', got: key };
    }
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value)) {
      yield {
        path,
        expected: 'expected at most 256 letters, digits, spaces and _.:/=+-@ as the value of a tag',
        got: value,
      };
    }
    if (ownTags.includes(key)) {
      yield { path, expected: 'expected another tag, because this one is set on every resource already', got: key };
    }
  }
}
