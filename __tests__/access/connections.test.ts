import { TerraformIterator, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { expect, test } from 'vitest';
import { type Connectable, Connections, type ConnectionsProps, type VpcRanges } from '../../src/access/connections';
import { RootStack } from '../../src/terraform/root-stack';
import { all } from '../blocks/reading';

const INGRESS = 'aws_vpc_security_group_ingress_rule';
const EGRESS = 'aws_vpc_security_group_egress_rule';
const CLIENT = '${aws_security_group.client_connections.id}';
const SERVER = '${aws_security_group.server_connections.id}';

test('is one security group without rules, named after its block', () => {
  const terraform = synth(() => {});

  expect(all(terraform, 'aws_security_group')['server_connections']).toEqual({
    name: 'demo-server',
    vpc_id: 'vpc-1',
    description: 'Traffic of demo-server',
    tags: { Name: 'demo-server' },
  });
  expect(all(terraform, INGRESS)).toEqual({});
  expect(all(terraform, EGRESS)).toEqual({});
});

test('opens the listener’s port to all of a VPC, by its one range or by each of those that Terraform finds', () => {
  const found = TerraformIterator.fromList(['10.1.0.0/16', '10.2.0.0/16']);
  const rule = (ranges: VpcRanges) =>
    all(
      synth(({ server }) => server.connections.allowFromVpc(ranges)),
      INGRESS,
    );

  const tcp = { ip_protocol: 'tcp', from_port: 5432, to_port: 5432 };
  const common = { ...tcp, security_group_id: SERVER, description: 'from the VPC' };
  expect(rule('10.0.0.0/16')).toEqual({ server_connections_from_vpc: { ...common, cidr_ipv4: '10.0.0.0/16' } });
  expect(rule(found)).toEqual({
    server_connections_from_vpc: {
      ...common,
      for_each: '${toset(["10.1.0.0/16", "10.2.0.0/16"])}',
      cidr_ipv4: '${each.value}',
    },
  });
});

test('opens the listener’s port to a peer, on both sides', () => {
  const terraform = synth(({ client, server }) => server.connections.allowFrom(client));

  const tcp = { ip_protocol: 'tcp', from_port: 5432, to_port: 5432 };
  expect(all(terraform, INGRESS)).toEqual({
    server_connections_from_client: {
      ...tcp,
      security_group_id: SERVER,
      referenced_security_group_id: CLIENT,
      description: 'from client',
    },
  });
  expect(all(terraform, EGRESS)).toEqual({
    client_connections_to_server: {
      ...tcp,
      security_group_id: CLIENT,
      referenced_security_group_id: SERVER,
      description: 'to server',
    },
  });
});

test('writes a path once, however often it is allowed', () => {
  const terraform = synth(({ client, server }) => {
    server.connections.allowFrom(client);
    server.connections.allowFrom(client);
  });

  expect(Object.keys(all(terraform, INGRESS))).toEqual(['server_connections_from_client']);
  expect(Object.keys(all(terraform, EGRESS))).toEqual(['client_connections_to_server']);
});

test('needs no second rule for a peer that may dial anywhere', () => {
  const terraform = synth(({ client, server }) => server.connections.allowFrom(client), { egress: 'all' });

  expect(Object.keys(all(terraform, INGRESS))).toEqual(['server_connections_from_client']);
  expect(all(terraform, EGRESS)).toEqual({
    client_connections_to_anywhere: {
      security_group_id: CLIENT,
      ip_protocol: '-1',
      cidr_ipv4: '0.0.0.0/0',
      description: 'to anywhere',
    },
  });
});

test('leads nowhere where the rule that stands for no outbound is wanted', () => {
  expect(
    all(
      synth(() => {}, { egress: 'icmp' }),
      EGRESS,
    ),
  ).toEqual({
    client_connections_to_nowhere: {
      security_group_id: CLIENT,
      ip_protocol: 'icmp',
      from_port: 252,
      to_port: 86,
      cidr_ipv4: '255.255.255.255/32',
      description: 'to nowhere: disallows all traffic',
    },
  });
});

test('dials peers by rules of their own beside the one to nowhere', () => {
  const terraform = synth(({ client, server }) => server.connections.allowFrom(client), { egress: 'icmp' });
  expect(Object.keys(all(terraform, EGRESS))).toEqual([
    'client_connections_to_nowhere',
    'client_connections_to_server',
  ]);
});

test('opens a port to the internet only by a method of that name', () => {
  const terraform = synth(({ server }) => server.connections.allowFromInternet(443, 'HTTPS'));

  expect(all(terraform, INGRESS)).toEqual({
    server_connections_from_internet_443: {
      security_group_id: SERVER,
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
      cidr_ipv4: '0.0.0.0/0',
      description: 'HTTPS',
    },
  });
});

test('opens a port to the addresses that AWS lists', () => {
  const terraform = synth(({ server }) => server.connections.allowFromPrefixList(443, { id: 'pl-1', name: 'cdn' }));

  expect(all(terraform, INGRESS)).toEqual({
    server_connections_from_cdn_443: {
      security_group_id: SERVER,
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
      prefix_list_id: 'pl-1',
      description: 'port 443 from cdn',
    },
  });
});

test('dials out to the ranges it is told, each described', () => {
  const terraform = synth(({ client }) => {
    client.connections.allowTo({ port: 443, cidr: '0.0.0.0/0' });
    client.connections.allowTo({ port: 6379, cidr: '10.1.0.0/16', description: 'cache' });
  });

  const out = (port: number, cidr_ipv4: string, description: string) => ({
    security_group_id: CLIENT,
    ip_protocol: 'tcp',
    from_port: port,
    to_port: port,
    cidr_ipv4,
    description,
  });
  expect(all(terraform, EGRESS)).toEqual({
    client_connections_to_anywhere_443: out(443, '0.0.0.0/0', 'port 443 to anywhere'),
    client_connections_to_10_1_0_0_16_6379: out(6379, '10.1.0.0/16', 'cache'),
  });
});

test('fails when asked to reach a block that listens on no port', () => {
  expect(() => synth(({ client, server }) => client.connections.allowFrom(server))).toThrowErrorMatchingInlineSnapshot(
    `[Error: server cannot connect to client, which listens on no port: give its connections a \`port\`]`,
  );
});

interface Peers {
  readonly client: Connectable;
  readonly server: Connectable;
}

function synth(wire: (peers: Peers) => void, client: Partial<ConnectionsProps> = {}): string {
  const stack = new RootStack(Testing.app({ stackTraces: false }), 'demo');
  const peer = (name: string, props: Partial<ConnectionsProps>) => ({
    connections: new Connections(new Construct(stack, name), 'connections', {
      vpcId: 'vpc-1',
      name: `demo-${name}`,
      ...props,
    }),
  });
  wire({ client: peer('client', client), server: peer('server', { port: 5432 }) });
  return Testing.synth(stack);
}
