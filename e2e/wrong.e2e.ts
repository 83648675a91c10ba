import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsOf } from './support/faults/faults';
import { type Life, stackAlone } from './support/life';
import { Project, type Synthesized } from './support/project';
import { needs } from './support/what-is-here';

// What a block that is wrong would write, put into a stack that is applied: the checks of every stack have to notice.
const { skipped } = needs('stand-in', 'stacks that are wrong on purpose');

/** A stack that one may write to. */
type Stack = Synthesized & {
  resource: Record<string, Record<string, Record<string, unknown>>>;
  terraform: { backend: { s3: Record<string, unknown> } };
};

const zones = ['a', 'b'];
const STACK = 'fckdoomscroll-dev';
const project = new Project('shipped');
let applied: Life;
afterAll(() => project.remove());

describe.skipIf(skipped).concurrent('the checks of every stack notice', () => {
  beforeAll(async () => {
    project.synthesize();
    applied = await stackAlone(project, STACK);
    await applied.must(['apply', '-no-color', '-auto-approve']);
  });

  test('nothing where nothing is wrong', () => noticed((stack) => stack, []));

  test('public subnets that lead nowhere, and with them the private ones behind their NAT gateway', () =>
    noticed(without('aws_route', 'network_public_internet'), [
      ...closed('one to aws_nat_gateway.network_nat, which has none itself'),
      ...zones.map(
        (zone) =>
          `aws_subnet.network_public_${zone}: expected a default route to the internet gateway, got none: load balancers and NAT gateways in it reach nobody`,
      ),
      'expected every address that was reviewed, got no aws_route.network_public_internet: Terraform destroys what has another one; keep it, or write "was:" and run "npm run golden"',
    ]));

  test('private subnets that lead nowhere, because their route stands in a table of others', () =>
    noticed((stack) => {
      const routes = stack.resource['aws_route'] ?? {};
      const astray = { ...routes['network_private_nat'], route_table_id: '${aws_vpc.network.default_route_table_id}' };
      return { ...stack, resource: { ...stack.resource, aws_route: { ...routes, network_private_nat: astray } } };
    }, closed('none')));

  test('a password that is no write-only argument', () =>
    noticed(
      (stack) => {
        const { password_wo, ...database } = stack.resource['aws_db_instance']?.['database'] ?? {};
        const plain = { ...database, password: 'plain-0123456789' };
        return { ...stack, resource: { ...stack.resource, aws_db_instance: { database: plain } } };
      },
      [
        'aws_db_instance.database: expected no password in the state, got one in plain text: a secret goes into a write-only argument, and others refer to it',
      ],
    ));

  test('a password that a resource generates and a variable of a container holds', () =>
    noticed(
      (stack) => {
        const random_password = { wrong: { length: 32, special: false } };
        const told = withVariable(stack, 'random_password.wrong.result');
        return { ...told, resource: { ...told.resource, random_password } };
      },
      [
        'aws_ecs_task_definition.workload_task: expected no container_definitions in the state, got one in plain text: a secret goes into a write-only argument, and others refer to it',
        'expected no address but those that were reviewed, got random_password.wrong: run "npm run golden" where it is meant',
        ...['bcrypt_hash', 'result'].map(
          (path) =>
            `random_password.wrong: expected no ${path} in the state, got one in plain text: a secret goes into a write-only argument, and others refer to it`,
        ),
      ],
    ));

  test('the generated password in a variable of a container, which Terraform refuses itself', async () => {
    const life = applied.copy();
    life.changes((stack: Stack) =>
      withVariable(stack, 'ephemeral.aws_ssm_parameter.database_password_read_back.value'),
    );
    expect((await life.run(['plan', '-no-color'])).stderr).toContain('Invalid use of ephemeral value');
  });

  test('an address that is another', () =>
    noticed(
      (stack) => {
        const { database, ...others } = stack.resource['aws_db_instance'] ?? {};
        const renamed = { ...stack.resource, aws_db_instance: { ...others, store: database } };
        const text = JSON.stringify({ ...stack, resource: renamed });
        return JSON.parse(text.replaceAll('aws_db_instance.database.', 'aws_db_instance.store.')) as Stack;
      },
      [
        'expected every address that was reviewed, got no aws_db_instance.database: Terraform destroys what has another one; keep it, or write "was:" and run "npm run golden"',
        'expected no address but those that were reviewed, got aws_db_instance.store: run "npm run golden" where it is meant',
      ],
    ));

  for (const lock of ['dynamodb_table', 'use_lockfile']) {
    test(`a state without ${lock}`, async () => {
      const stack = project.json(STACK);
      const { [lock]: _, ...s3 } = stack.terraform.backend.s3 as Stack['terraform']['backend']['s3'];
      const open = { ...stack, terraform: { backend: { s3 } } } as Stack;
      expect(faultsOf(STACK, open, await applied.applied())).toEqual([
        `backend: expected ${lock}, got undefined: two who apply at once would write over each other`,
      ]);
    });
  }
});

/** Applies the stack as it is wrongly, and has it checked as every stack is. */
async function noticed(change: (stack: Stack) => Stack, sentences: readonly string[]): Promise<void> {
  const life = applied.copy();
  const changed = life.changes(change);
  await life.must(['apply', '-no-color', '-auto-approve', '-refresh=false']);
  expect(faultsOf(STACK, changed, await life.applied()).sort()).toEqual(sentences);
  rmSync(life.path, { recursive: true });
}

/** What is said of private subnets that have no way out. */
function closed(wayOut: string): string[] {
  return zones.map(
    (zone) =>
      `aws_subnet.network_private_${zone}: expected a default route to a NAT gateway or the endpoints of ecr.api, ecr.dkr, logs, secretsmanager, got ${wayOut}: aws_ecs_service.workload in it reaches nothing outside the VPC`,
  );
}

function without(type: string, name: string) {
  return (stack: Stack): Stack => {
    const { [name]: _, ...others } = stack.resource[type] ?? {};
    return { ...stack, resource: { ...stack.resource, [type]: others } };
  };
}

function withVariable(stack: Stack, value: string): Stack {
  const tasks = stack.resource['aws_ecs_task_definition'] ?? {};
  const definitions = String(tasks['workload_task']?.['container_definitions']);
  const variable = `"environment" = [{"name" = "WRONG", "value" = ${value}}, `;
  const told = { ...tasks['workload_task'], container_definitions: definitions.replace('"environment" = [', variable) };
  return { ...stack, resource: { ...stack.resource, aws_ecs_task_definition: { ...tasks, workload_task: told } } };
}
