import { expect, test } from 'vitest';
import { copyOfEnvironments, run } from '../support/program';

test('exposure prints every path with where it comes from, leads to and goes through', () => {
  const { status, stdout, stderr } = run('terrace', ['exposure', 'spydor-prod'], copyOfEnvironments());
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^spydor-prod: who reaches it from outside\n {2}from +to +on +through +on condition\n/);
  expect(stdout).toMatch(
    /\n {2}the internet +aws_ecs_service\.workload +443 +aws_lb\.alb > aws_lb_listener\.alb_https > \S+ +as the given subnets route; TLS 1\.2 or newer\n/,
  );
  expect(stdout).toMatch(
    /\nspydor-prod: who reaches whom inside\n[\s\S]+\n {2}aws_ecs_service\.workload +aws_db_instance\.database +1521\n/,
  );
});

test('exposure prints the same for programs and for Markdown', () => {
  const home = copyOfEnvironments();
  const json = JSON.parse(run('terrace', ['exposure', 'spydor-dev', '--format', 'json'], home).stdout);
  expect(json.stack).toBe('spydor-dev');
  expect(json.paths[0]).toMatchObject({
    from: { kind: 'internet', name: 'the internet' },
    to: 'aws_ecs_service.workload',
    ports: [{ protocol: 'tcp', from: 80, to: 80 }],
  });
  const { stdout } = run('terrace', ['exposure', 'spydor-dev', '--format', 'markdown'], home);
  expect(stdout).toContain(
    '### spydor-dev: who reaches it from outside\n\n| from | to | on | through | on condition |\n| --- | --- | --- | --- | --- |\n',
  );
});

test('exposure fails in one line for a stack that there is not', () => {
  const { status, stderr } = run('terrace', ['exposure', 'spydor-prd'], copyOfEnvironments());
  expect(status).toBe(1);
  expect(stderr).toBe('expected the name of a stack, got "spydor-prd": did you mean "spydor-prod"?\n');
});
