import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvironments } from '../../src/spec/load/load';
import { type Identity, variablesOf } from './emulator';
import type { Project } from './project';
import { Workdir } from './terraform';

type Spec = ReturnType<typeof loadEnvironments>[number]['spec'];

/** What the YAML of a project means. */
export function specsOf(project: Project): Spec[] {
  return loadEnvironments([join(project.path, 'environments')]).map(({ spec }) => spec);
}

/** Names of the systems there are. */
export function systemsOf(project: Project): string[] {
  return [...new Set(specsOf(project).map((spec) => spec.project))].sort();
}

/** Makes what an environment says is there already, and puts the ids of what was made into its YAML. */
export async function makeWhatIsThere(project: Project, spec: Spec, identity: Identity): Promise<void> {
  const network = spec.network.existing;
  if (network) {
    const { public: open = [], private: closed = [], database = [] } = network.subnets;
    const variables = {
      vpc: network.vpcId,
      public: open,
      private: closed,
      database,
      route_tables: network.routeTables ?? [],
    };
    const { ids } = await makeFixture<{ ids: Record<string, string> }>('network', project, spec, identity, variables);
    project.replace(spec.project, ids);
  }
  const certificate = spec.alb?.certificate?.iam;
  if (certificate) await makeOnce('certificate', project, spec, identity, { name: certificate });
}

/** What an account has once, as a bootstrap makes it: another part of the run may have done so. Gives what takes it away again. */
export async function makeOnce(...fixture: Parameters<typeof makeFixture>): Promise<() => Promise<unknown>> {
  try {
    await makeFixture(...fixture);
  } catch (error) {
    if (!String(error).includes('EntityAlreadyExists')) throw error;
    return async () => undefined;
  }
  const [name, project, spec, identity] = fixture;
  return () =>
    workdirOf(name, project, spec, identity).must([
      'destroy',
      '-no-color',
      '-auto-approve',
      `-var=region=${spec.region}`,
    ]);
}

/** Makes the bucket and the table that the states of a system lie in. */
export async function makeStatePlace(project: Project, identity: Identity): Promise<void> {
  const [spec] = specsOf(project);
  if (spec === undefined || spec.state === 'local') throw new Error('there is no environment with a state in S3');
  const { bucket, lockTable } = spec.state;
  await makeFixture('state', project, spec, identity, { bucket, table: lockTable });
}

/** Applies a folder of e2e/fixtures and gives its outputs. */
export async function makeFixture<T>(
  name: string,
  project: Project,
  spec: Spec,
  identity: Identity,
  variables: object,
): Promise<T> {
  const workdir = workdirOf(name, project, spec, identity);
  cpSync(join(__dirname, '..', 'fixtures', name), workdir.path, { recursive: true });
  await workdir.init();
  const given = Object.entries({ ...variables, region: spec.region });
  const flags = given.map(([key, value]) => `-var=${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  await workdir.must(['apply', '-no-color', '-auto-approve', ...flags]);
  const outputs = JSON.parse(await workdir.must(['output', '-json'])) as Record<string, { value: unknown }>;
  return Object.fromEntries(Object.entries(outputs).map(([key, { value }]) => [key, value])) as T;
}

function workdirOf(name: string, project: Project, spec: Spec, identity: Identity): Workdir {
  const path = join(project.path, 'fixtures', `${name}-${spec.project}-${spec.env}`);
  return new Workdir(path, variablesOf(identity), project.logs);
}
