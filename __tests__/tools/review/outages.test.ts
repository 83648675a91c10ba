import { expect, test } from 'vitest';
import { traffic } from '../../../src/tools/review/judges/outages/traffic';
import { findingsOf, planned, reviewOf, verdictsOf } from '../../support/plan';

test('a replaced service says what forces it, for how long nothing answers and what to do instead', () => {
  const replaced = planned(
    'aws_ecs_service.api',
    'delete,create',
    { name: 'shop-api', cluster: 'shop' },
    { name: 'shop-web', cluster: 'shop' },
    { change: { replace_paths: [['name']] } },
  );
  expect(findingsOf(replaced)).toEqual([
    {
      verdict: 'outage',
      address: 'aws_ecs_service.api',
      attribute: 'name',
      before: 'shop-api',
      after: 'shop-web',
      reason: 'the service "shop-api" is replaced',
      effect: 'all of its tasks stop, and new ones start from nothing: usually about 2 to 5 minutes without an answer',
      advice:
        'leave name as it was, or: create it under another name beside the old one, move the traffic, and let go of the old one in a second step',
    },
  ]);
});

test('whatever serves traffic stops when it is destroyed', () => {
  for (const type of Object.keys(traffic)) {
    const { verdict } = reviewOf(planned(`${type}.it`, 'delete', { name: 'a' }));
    expect(['outage', 'loses-data'], type).toContain(verdict);
  }
});

test.each([
  ['aws_db_instance', 'engine_version', '15.4', '16.1'],
  ['aws_db_instance', 'instance_class', 'db.t4g.micro', 'db.t4g.small'],
  ['aws_db_instance', 'multi_az', true, false],
  ['aws_db_instance', 'db_subnet_group_name', 'a', 'b'],
  ['aws_db_instance', 'parameter_group_name', 'a', 'b'],
  ['aws_elasticache_replication_group', 'node_type', 'cache.t4g.micro', 'cache.t4g.small'],
  ['aws_elasticache_replication_group', 'automatic_failover_enabled', true, false],
  ['aws_ecs_service', 'desired_count', 2, 0],
  ['aws_ecs_service', 'deployment_minimum_healthy_percent', 100, 0],
  ['aws_lb_listener', 'port', 443, 8443],
  ['aws_lb_listener', 'certificate_arn', 'arn:a', 'arn:b'],
  ['aws_lb', 'subnets', ['subnet-a', 'subnet-b'], ['subnet-a']],
  ['aws_route53_record', 'records', ['192.0.2.1'], ['192.0.2.2']],
  ['aws_cloudfront_distribution', 'enabled', true, false],
  ['aws_vpc_security_group_ingress_rule', 'from_port', 443, 8443],
  ['aws_lambda_function', 'reserved_concurrent_executions', -1, 0],
  ['aws_lambda_event_source_mapping', 'enabled', true, false],
])('%s: %s from %j to %j', (type, attribute, before, after) => {
  const change = planned(`${type}.it`, 'update', { [attribute]: before }, { [attribute]: after });
  expect(verdictsOf(change)).toEqual([`outage ${type}.it ${attribute}`]);
});

test.each([
  ['aws_db_instance', 'multi_az', false, true],
  ['aws_db_instance', 'engine_version', '16.3', '16'],
  ['aws_db_instance', 'allocated_storage', 20, 40],
  ['aws_ecs_service', 'desired_count', 2, 3],
  ['aws_ecs_service', 'task_definition', 'api:1', 'api:2'],
  ['aws_lb', 'subnets', ['subnet-a'], ['subnet-a', 'subnet-b']],
  ['aws_lb', 'idle_timeout', 60, 30],
])('%s: %s from %j to %j is only behaviour', (type, attribute, before, after) => {
  const change = planned(`${type}.it`, 'update', { [attribute]: before }, { [attribute]: after });
  expect(verdictsOf(change)).toEqual([`behaviour ${type}.it ${attribute}`]);
});

test('an instance class tells whether a standby takes over, and when', () => {
  const effect = (multi_az: boolean, apply_immediately: boolean) => {
    const rest = { multi_az, apply_immediately };
    const [before, after] = [
      { ...rest, instance_class: 'db.t4g.micro' },
      { ...rest, instance_class: 'db.t4g.small' },
    ];
    return findingsOf(planned('aws_db_instance.database', 'update', before, after))[0]?.effect;
  };
  expect(effect(true, true)).toBe(
    'at once, because apply_immediately is on: it changes to its standby, 60 to 120 seconds without a connection',
  );
  expect(effect(false, false)).toBe(
    'in its next maintenance window (apply_immediately is off): without a standby it is down, usually for about 5 to 15 minutes',
  );
});

test('a parameter that needs a restart says that nothing happens until then', () => {
  const group = (value: string, apply_method: string) => ({
    name: 'shop',
    parameter: [
      { name: 'log_statement', value: 'none', apply_method: 'immediate' },
      { name: 'max_connections', value, apply_method },
    ],
  });
  const address = 'aws_db_parameter_group.database';
  const [restart] = findingsOf(
    planned(address, 'update', group('100', 'pending-reboot'), group('200', 'pending-reboot')),
  );
  expect(restart).toMatchObject({
    verdict: 'outage',
    attribute: 'parameter[max_connections].value',
    before: '100',
    after: '200',
    effect:
      'apply_method is pending-reboot: nothing happens until somebody restarts the database, and then it restarts, usually about 1 to 10 minutes without a connection',
  });
  expect(verdictsOf(planned(address, 'update', group('100', 'immediate'), group('200', 'immediate')))).toEqual([
    `behaviour ${address} parameter[max_connections].value`,
  ]);
});

test('a group that is replaced leaves a gap unless the new one is made first', () => {
  const change = (actions: 'create,delete' | 'delete,create') =>
    verdictsOf(planned('aws_lb_target_group.api', actions, { port: 80 }, { port: 81 }));
  expect(change('delete,create')).toEqual(['outage aws_lb_target_group.api']);
  expect(change('create,delete')).toEqual(['behaviour aws_lb_target_group.api']);
});

test('a rule of a group that goes as well is told with the group', () => {
  const group = planned('aws_security_group.old', 'delete', { id: 'sg-1', name: 'old' });
  const rule = planned('aws_vpc_security_group_ingress_rule.old', 'delete', { security_group_id: 'sg-1' });
  const kept = planned('aws_vpc.network', 'no-op', { id: 'vpc-1' }, { id: 'vpc-1' });
  expect(verdictsOf(group, rule, kept)).toEqual([
    'outage aws_security_group.old',
    'behaviour aws_vpc_security_group_ingress_rule.old',
  ]);
  expect(verdictsOf(rule)).toEqual(['outage aws_vpc_security_group_ingress_rule.old']);
});

test('a rule of a group whose traffic other rules let through stops nothing for longer than they take', () => {
  const rule = (cidr_ipv4: string, to_port = 3306) => ({
    security_group_id: 'sg-1',
    ip_protocol: 'tcp',
    from_port: 3306,
    to_port,
    cidr_ipv4,
  });
  const type = 'aws_vpc_security_group_ingress_rule';
  const gone = planned(`${type}.whole`, 'delete', rule('10.20.0.0/16'));
  const half = (name: string, cidr: string) => planned(`${type}.${name}`, 'create', null, rule(cidr));
  const told = (...halves: readonly ReturnType<typeof planned>[]) =>
    findingsOf(gone, ...halves).find(({ address }) => address === `${type}.whole`);
  expect(told(half('low', '10.20.0.0/17'), half('high', '10.20.128.0/17'))).toEqual({
    verdict: 'behaviour',
    address: `${type}.whole`,
    reason:
      'the incoming security group rule "whole" is destroyed: other rules of its group let through all that it did',
    effect: 'where they are made in this plan, new connections may be refused for the seconds between',
    advice: 'where no connection may be refused, add the new ones first and remove this one in a second step',
  });
  expect(told(half('low', '10.20.0.0/17'))?.verdict).toBe('outage');
  expect(told(half('low', '10.20.0.0/17'), half('other', '10.20.192.0/18'))?.verdict).toBe('outage');
  const elsewhere = planned(`${type}.low`, 'create', null, { ...rule('10.20.0.0/16'), security_group_id: 'sg-2' });
  expect(told(elsewhere)?.verdict).toBe('outage');
});

test('a policy that comes back under another address takes nothing away', () => {
  const policy = { role: 'api', policy: '{"Statement":[]}' };
  expect(
    verdictsOf(
      planned('aws_iam_role_policy.old', 'delete', { name: 'old', ...policy }),
      planned('aws_iam_role_policy.new', 'create', null, { name: 'new', ...policy }),
    ),
  ).toEqual(['behaviour aws_iam_role_policy.new', 'behaviour aws_iam_role_policy.old']);
});

test('a text of DNS leads nobody elsewhere', () => {
  const record = (type: string, text: string) => ({ name: 'example.com', type, records: [text] });
  const verdict = (type: string) =>
    reviewOf(planned('aws_route53_record.r', 'update', record(type, '192.0.2.1'), record(type, '192.0.2.2'))).verdict;
  expect(verdict('TXT')).toBe('behaviour');
  expect(verdict('A')).toBe('outage');
});

test('what is opened wider still lets through what it did', () => {
  const group = (...cidr_blocks: string[]) => ({
    name: 'db',
    ingress: [{ from_port: 3306, to_port: 3306, cidr_blocks }],
  });
  const verdict = (before: object, after: object) =>
    reviewOf(planned('aws_security_group.db', 'update', { ...before }, { ...after })).verdict;
  expect(verdict(group('10.20.0.0/16'), group('0.0.0.0/0'))).toBe('exposure');
  expect(verdict(group('10.20.1.0/24'), group('10.20.0.0/16'))).toBe('behaviour');
  expect(verdict(group('10.20.0.0/16'), group('10.20.1.0/24'))).toBe('outage');
  const rule = (from_port: number, to_port: number) => ({ ip_protocol: 'tcp', from_port, to_port });
  const ruleVerdict = (before: object, after: object) =>
    reviewOf(planned('aws_vpc_security_group_ingress_rule.db', 'update', { ...before }, { ...after })).verdict;
  expect(ruleVerdict(rule(80, 443), rule(0, 65535))).toBe('behaviour');
  expect(ruleVerdict(rule(80, 443), rule(443, 443))).toBe('outage');
});

test('a plan that destroys everything says so', () => {
  const all = [
    planned('aws_ecs_service.api', 'delete', { name: 'api' }),
    planned('aws_lb.alb', 'delete', { name: 'a' }),
  ];
  expect(findingsOf(...all)).toContainEqual({
    verdict: 'outage',
    address: 'plan',
    reason: 'this plan destroys everything that shop-prod has: 2 things',
    effect: 'what holds data is named beside this; all else is gone, usually within minutes to an hour',
    advice:
      'if that is not meant, look whether the plan was made with -destroy, in another folder or with another state',
  });
  const kept = planned('aws_vpc.network', 'no-op', { id: 'vpc-1' }, { id: 'vpc-1' });
  expect(findingsOf(...all, kept).map(({ address }) => address)).not.toContain('plan');
});

test('a listener that asks nobody to sign in any more and leads on as before is no outage', () => {
  const listener = (...default_action: readonly object[]) => ({ port: 443, default_action });
  const signIn = { type: 'authenticate-cognito', order: 1, target_group_arn: '', forward: [] };
  const on = (target_group_arn: string, order: number) => ({ type: 'forward', order, target_group_arn, redirect: [] });
  const told = (after: Readonly<Record<string, unknown>>) =>
    findingsOf(planned('aws_lb_listener.it', 'update', listener(signIn, on('arn:a', 2)), after)).filter(
      ({ verdict }) => verdict === 'outage',
    );
  expect(told(listener(on('arn:a', 1)))).toEqual([]);
  expect(told(listener(on('arn:b', 1))).map(({ reason }) => reason)).toContain(
    'the listener "it" answers in another way',
  );
  expect(told({ ...listener(on('arn:a', 1)), port: 8443 }).map(({ attribute }) => attribute)).toContain('port');
  const both = listener(signIn, on('arn:b', 2));
  expect(told(both).map(({ reason }) => reason)).toEqual(['the listener "it" answers in another way']);
});
