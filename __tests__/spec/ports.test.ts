import { expect, test } from 'vitest';
import { problemsOf } from '../support/problems';

test('accepts further ports for the load balancer, for others by name and for ranges', () => {
  const yaml = `alb: { http: forward }
workload:
  ports:
    - { port: 9090, from: [alb, workload, services.collector, functions.probe, 10.1.0.0/16, 10.2.0.1/32] }
    - { port: 9091, from: [services.collector] }
  health_check: { port: 9090 }
services:
  - { name: collector, ports: [{ port: 9090, from: [workload] }] }
  - { name: reports, route: { path: /reports, priority: 1 }, ports: [{ port: 9090, from: [alb] }] }
functions: [{ name: probe, image: "probe:1" }]`;
  expect(problems(yaml)).toBe('');
});

test('accepts the main port as the one that health checks ask', () => {
  expect(problems('workload: { backend_image_port: 80, health_check: { port: 80 } }')).toBe('');
});

test('fails on a port that the container has already', () => {
  expect(problems(ports('{ port: 8080, from: [workload] }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:29 workload.ports[0].port: expected another port than 8080, which the container has already, got 8080"`,
  );
  expect(
    problems(ports('{ port: 9090, from: [workload] }, { port: 9090, from: [10.0.0.0/16] }')),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:63 workload.ports[1].port: expected another port than 8080, 9090, which the container has already, got 9090"`,
  );
});

test('fails on a port for nobody', () => {
  expect(problems(ports('{ port: 9090 }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:21 workload.ports[0].from: expected a list such as [alb, services.reports, 10.0.0.0/16], got nothing"`,
  );
  expect(problems(ports('{ port: 9090, from: [] }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:35 workload.ports[0].from: expected at least one that may connect, got []"`,
  );
});

test('fails on a peer that is neither a name nor a range', () => {
  expect(problems(ports('{ port: 9090, from: [internet] }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:42 workload.ports[0].from[0]: expected "alb", "workload", a service or function such as "services.reports", or an IPv4 range such as "10.0.0.0/16", got "internet""`,
  );
  expect(problems(ports('{ port: 9090, from: [10.0.0.256/32] }'))).toContain('workload.ports[0].from[0]: expected');
});

test('fails on a peer that is not there, with the nearest one', () => {
  expect(
    problems(`${ports('{ port: 9090, from: [services.colector] }')}\nservices: [{ name: collector }]`),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:42 workload.ports[0].from[0]: expected something that this environment runs, got "services.colector": did you mean "services.collector"?"`,
  );
  expect(problems(ports('{ port: 9090, from: [functions.probe] }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:42 workload.ports[0].from[0]: expected something that this environment runs, got "functions.probe": there is "workload""`,
  );
});

test('fails on a peer that is named twice', () => {
  expect(problems(ports('{ port: 9090, from: [workload, workload] }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:52 workload.ports[0].from[1]: expected each once, got "workload""`,
  );
});

test('fails on the load balancer as a peer of a service that it sends nothing', () => {
  expect(problems(ports('{ port: 9090, from: [alb] }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:42 workload.ports[0].from[0]: expected something else than the load balancer, which sends this service nothing, got "alb""`,
  );
  expect(
    problems(
      'alb: { http: forward }\nworkload: {}\nservices: [{ name: worker, ports: [{ port: 9090, from: [alb] }] }]',
    ),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:57 services.worker.ports[0].from[0]: expected something else than the load balancer, which sends this service nothing, got "alb""`,
  );
});

test('fails on a function outside the VPC as a peer', () => {
  expect(
    problems(
      `${ports('{ port: 9090, from: [functions.probe] }')}\nfunctions: [{ name: probe, image: "probe:1", vpc: false }]`,
    ),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:42 workload.ports[0].from[0]: expected a function with "vpc: true", got "functions.probe": outside the VPC it reaches no container"`,
  );
});

test('fails on a port for the whole internet', () => {
  expect(problems(ports('{ port: 9090, from: [0.0.0.0/0] }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:42 workload.ports[0].from[0]: expected a narrower range, got "0.0.0.0/0": tasks stand in private subnets, where nobody comes from the internet but through the load balancer"`,
  );
});

test('fails on a range that does not begin with its first address', () => {
  expect(problems(ports('{ port: 9090, from: [10.1.2.3/16] }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:42 workload.ports[0].from[0]: expected the first address of a range, got "10.1.2.3/16": write "10.1.0.0/16""`,
  );
});

test('fails on a range that the network ACL would not let in', () => {
  const behindAcl = (from: string, port: number) =>
    problems(`${ports(`{ port: ${port}, from: [${from}] }`)}\nnetwork: { network_acls: true }`);

  expect(behindAcl('192.168.0.0/16', 389)).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:41 workload.ports[0].from[0]: expected a range within 10.0.0.0/16, because network_acls lets no others in below port 1024, got "192.168.0.0/16""`,
  );
  expect(behindAcl('192.168.0.0/16', 1024)).toBe('');
  expect(behindAcl('10.0.0.0/20', 389)).toBe('');
});

test('fails on health checks at a port that the load balancer does not reach', () => {
  expect(
    problems(
      'alb: { http: forward }\nworkload: { health_check: { port: 9091 }, ports: [{ port: 9090, from: [alb] }, { port: 9091, from: [workload] }] }',
    ),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:35 workload.health_check.port: expected 8080 or 9090, which the load balancer reaches, got 9091: add "- { port: 9091, from: [alb] }" to ports"`,
  );
});

test('fails on egress to anywhere where a network ACL lets out some ports only', () => {
  expect(problems('workload: { egress: all }')).toBe('');
  expect(problems('workload: { egress: all }\nnetwork: { network_acls: true }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:21 workload.egress: expected a list of port and cidr, because network_acls lets out 80, 443, ports from 1024 on and listed ones, got "all""`,
  );
});

function ports(list: string): string {
  return `workload: { ports: [${list}] }`;
}

function problems(yaml: string): string {
  return problemsOf(`${yaml}\nregion: us-east-1\n`);
}
