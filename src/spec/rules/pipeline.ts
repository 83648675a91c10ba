import type { EnvironmentSpec } from '../environment';
import type { Finding, FindingIn } from './report';

/** What plans and applies an environment. */
export function* pipelineRules({ pipeline, project, state }: EnvironmentSpec): Iterable<Finding> {
  if (!pipeline) return;
  if (state === 'local') {
    yield {
      path: ['state'],
      expected: 'expected a bucket, because a pipeline plans here',
      advice: 'each of its runs would begin an empty state; leave "state: local" out',
    };
  } else if (state.existing) {
    yield {
      path: ['state', 'existing'],
      expected: `expected false, because ${project}-bootstrap makes the roles of the pipeline`,
      advice: 'there is no bootstrap stack where the bucket is there already; leave "pipeline" out',
    };
  }
}

/** One repository plans and applies all; and an apply role reaches names that begin with those of its environment. */
export function* pipelinesAcross(specs: readonly EnvironmentSpec[]): Iterable<FindingIn> {
  const prefix = ({ project, env }: EnvironmentSpec) => `${project}-${env}`;
  const [first] = specs.filter(({ pipeline }) => pipeline);
  for (const spec of specs.filter(({ pipeline }) => pipeline)) {
    for (const key of ['repository', 'branch'] as const) {
      const mine = spec.pipeline?.github[key];
      const theirs = first?.pipeline?.github[key];
      if (mine === theirs || !first) continue;
      yield {
        spec,
        path: ['pipeline', 'github', key],
        expected: `expected "${theirs}" as in ${prefix(first)}, because one repository holds these files`,
        got: mine,
        advice: 'its workflows could not take these roles on',
      };
    }
    for (const other of specs) {
      if (other.accountId !== spec.accountId || !prefix(other).startsWith(`${prefix(spec)}-`)) continue;
      yield {
        spec,
        path: ['pipeline'],
        expected: `expected no ${prefix(other)} in the same account, whose names begin like those of ${prefix(spec)}`,
        got: prefix(spec),
        advice: 'the apply role would reach them; rename one of the two, or write account_id where the accounts differ',
      };
    }
  }
}
