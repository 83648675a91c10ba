import { expect, test } from 'vitest';
import { NETWORK, type Stack } from '../../exposure/stack';
import { inBothShapes } from './exposed';

const { 'aws_route.public': version4, ...WITHOUT_ROUTE } = NETWORK;
const TABLE = '${aws_route_table.public.id}';
const OUT_AND_IN = { gateway_id: '${aws_internet_gateway.main.id}' };
const OUT_ONLY = { egress_only_gateway_id: 'eigw-1', gateway_id: '' };

inBothShapes(({ judge, told }) => {
  const server = (route: Stack, more: object = { ipv6_addresses: ['2001:db8::10'] }): Stack => ({
    ...WITHOUT_ROUTE,
    ...route,
    'aws_security_group.app': {
      name: 'app',
      ingress: [
        { protocol: 'tcp', from_port: 8080, to_port: 8080, cidr_blocks: ['0.0.0.0/0'], ipv6_cidr_blocks: ['::/0'] },
      ],
    },
    'aws_instance.app': {
      tags: { Name: 'app' },
      subnet_id: '${aws_subnet.public.id}',
      vpc_security_group_ids: ['${aws_security_group.app.id}'],
      ...more,
    },
  });
  const version6 = (way: object): Stack => ({
    'aws_route.v6': { route_table_id: TABLE, destination_ipv6_cidr_block: '::/0', destination_cidr_block: '', ...way },
  });

  test('a way for IPv6 into a subnet opens what has IPv6 addresses there', () => {
    expect(judge(server({}), server(version6(OUT_AND_IN)))).toEqual([
      {
        verdict: 'exposure',
        address: 'aws_route.v6',
        attribute: 'gateway_id',
        reason: 'anybody on the internet can reach the server "app" on 8080',
        effect: 'nothing on this way asks who they are',
        advice: 'name the security group or the addresses that need it',
      },
    ]);
    expect(told(server(version6(OUT_ONLY)), server(version6(OUT_AND_IN)))).toEqual([
      'exposure aws_route.v6 gateway_id: anybody on the internet can reach the server "app" on 8080',
    ]);
    expect(told(server({}), server(version6(OUT_ONLY)))).toEqual([]);
  });

  test('a way for one version is none for addresses of the other', () => {
    const route = { 'aws_route.public': version4 ?? {} };
    expect(told(server({}), server(route))).toEqual([]);
    const named = { associate_public_ip_address: true };
    expect(told(server({}, named), server(version6(OUT_AND_IN), named))).toEqual([]);
    expect(told(server({}, named), server(route, named))).toEqual([
      'exposure aws_route.public gateway_id: anybody on the internet can reach the server "app" on 8080',
    ]);
  });

  test.each<[string, object, object]>([
    ['a count of addresses', { ipv6_address_count: 1 }, {}],
    ['a subnet that gives each server one', {}, { assign_ipv6_address_on_creation: true }],
  ])('a server has IPv6 with %s', (_, own, subnet) => {
    const stack = (route: Stack): Stack => ({
      ...server(route, own),
      'aws_subnet.public': { ...NETWORK['aws_subnet.public'], ...subnet },
    });
    expect(told(stack({}), stack(version6(OUT_AND_IN)))).toEqual([
      'exposure aws_route.v6 gateway_id: anybody on the internet can reach the server "app" on 8080',
    ]);
    expect(told(server({}, {}), server(version6(OUT_AND_IN), {}))).toEqual([]);
  });

  test('an internal load balancer with IPv6 stays one, whatever the routes are', () => {
    const balancer = (route: Stack, internal: boolean): Stack => ({
      ...server(route, {}),
      'aws_lb.lb': {
        name: 'lb',
        internal,
        ip_address_type: 'dualstack',
        subnets: ['${aws_subnet.public.id}'],
        security_groups: ['${aws_security_group.app.id}'],
      },
      'aws_lb_target_group.app': { name: 'app', port: 8080 },
      'aws_lb_target_group_attachment.app': {
        target_group_arn: '${aws_lb_target_group.app.arn}',
        target_id: '${aws_instance.app.id}',
      },
      'aws_lb_listener.lb': {
        load_balancer_arn: '${aws_lb.lb.arn}',
        port: 8080,
        protocol: 'HTTP',
        default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.app.arn}' }],
      },
    });
    expect(told(balancer({}, true), balancer(version6(OUT_AND_IN), true))).toEqual([]);
    expect(told(balancer({}, false), balancer(version6(OUT_AND_IN), false))).toEqual([
      'exposure aws_route.v6 gateway_id: anybody on the internet can reach the server "app" on 8080, through aws_lb.lb, aws_lb_listener.lb, aws_lb_target_group.app',
    ]);
  });
});
