import type { EnvironmentSpec } from '../environment';
import { trustedAcross } from './delivery';
import { pipelinesAcross } from './pipeline';
import type { FindingIn } from './report';
import { uniqueNames } from './unique-names';

const ONCE_IN_AWS = 'a bucket name exists once in all of AWS';
const ONCE_IN_A_REGION =
  'an account has one of a name in a region; write another one here, or account_id where the accounts differ';

/** What two environments must not share, and what those of one system must. */
export function* rulesAcross(specs: readonly EnvironmentSpec[]): Iterable<FindingIn> {
  yield* distinct(specs, 'stack name', ({ project, env }) => [
    {
      path: ['env'],
      value: `${project}-${env}`,
      got: `${project}-${env}`,
      harm: 'one would overwrite the other; rename a folder or a file',
    },
  ]);
  yield* distinct(specs, 'state key', ({ state }) =>
    state === 'local'
      ? []
      : [
          {
            path: ['state', 'key'],
            value: `s3://${state.bucket}/${state.key}`,
            got: state.key,
            harm: 'each apply would destroy what the other made',
          },
        ],
  );
  yield* distinct(specs, 'name', (spec) =>
    [...uniqueNames(spec)]
      .filter(({ within }) => within !== 'environment')
      .map(({ what, path, name, within }) => ({
        path,
        what: `${what} name`,
        value: within === 'aws' ? `${what} ${name}` : `${spec.accountId ?? ''} ${spec.region} ${what} ${name}`,
        got: name,
        harm: within === 'aws' ? ONCE_IN_AWS : ONCE_IN_A_REGION,
      })),
  );
  yield* sharedState(specs);
  yield* trustedAcross(specs);
  yield* pipelinesAcross(specs);
}

interface Claim {
  /** What it is the name of, where that is not the same for all. */
  readonly what?: string;
  readonly path: readonly string[];
  readonly value: string;
  readonly got: string;
  readonly harm: string;
}

function* distinct(
  specs: readonly EnvironmentSpec[],
  what: string,
  claims: (spec: EnvironmentSpec) => Claim[],
): Iterable<FindingIn> {
  const holders = new Map<string, { readonly spec: EnvironmentSpec; readonly path: readonly string[] }>();
  for (const spec of specs) {
    for (const { path, value, got, harm, what: kind = what } of claims(spec)) {
      const holder = holders.get(value);
      if (holder && holder.spec !== spec) {
        const other = `${holder.spec.project}-${holder.spec.env}`;
        yield {
          spec,
          path,
          expected: `expected another ${kind} than that of ${other}`,
          got,
          advice: harm,
        };
      } else {
        holders.set(value, { spec, path });
      }
    }
  }
}

/** Environments of one system and account share a state bucket; what another bootstrap stack makes has another name. */
function* bucketOfItsOwn(
  spec: EnvironmentSpec,
  bucket: string,
  others: readonly EnvironmentSpec[],
): Iterable<FindingIn> {
  const holder = others.find(({ state }) => state !== 'local' && state.bucket === bucket);
  if (!holder) return;
  yield {
    spec,
    path: ['state', 'bucket'],
    expected: `expected another bucket than that of ${holder.project}-${holder.env}, which another bootstrap stack makes`,
    got: bucket,
    advice: `${ONCE_IN_AWS}; pin one here, or write "existing: true" where one bucket keeps all states`,
  };
}

/** One bootstrap stack makes bucket and table for all environments of a system in one account. */
function* sharedState(specs: readonly EnvironmentSpec[]): Iterable<FindingIn> {
  const first = new Map<string, EnvironmentSpec>();
  for (const spec of specs) {
    const { state } = spec;
    if (state === 'local' || state.existing) continue;
    const place = `${spec.project} ${spec.accountId ?? ''}`;
    const other = first.get(place);
    if (other === undefined) {
      yield* bucketOfItsOwn(spec, state.bucket, [...first.values()]);
      first.set(place, spec);
      continue;
    }
    if (other.state === 'local') continue;
    for (const [key, mine, theirs] of [
      ['bucket', state.bucket, other.state.bucket],
      ['lock_table', state.lockTable, other.state.lockTable],
      ['region', state.region, other.state.region],
      ['bootstrapped', state.bootstrapped, other.state.bootstrapped],
    ] as const) {
      if (mine === theirs) continue;
      yield {
        spec,
        path: ['state', key],
        expected: `expected "${theirs}" as in ${other.project}-${other.env}, because one bootstrap stack makes it for the whole account`,
        got: mine,
        advice: 'move it to base.yaml, or write "existing: true" if it is there already',
      };
    }
    if (JSON.stringify(spec.account) !== JSON.stringify(other.account)) {
      yield {
        spec,
        path: ['account'],
        expected: 'expected the same in every environment, because an account has these once',
        advice: 'move it to base.yaml',
      };
    }
  }
}
