import { beforeAll, describe, expect, test } from 'vitest';
import { isOutside, type Path } from '../../src/tools/exposure/path';
import { pathsOf } from '../../src/tools/exposure/paths-of';
import { accessText } from '../../src/tools/exposure/table';
import { graphOfSynthesized } from '../../src/tools/graph/graph-of-synthesized';
import { shippedStacks } from '../support/shipped';

/** Every path of every shipped stack is one that the system's document draws or follows from it; there is no other. */
const paths = new Map<string, readonly Path[]>();

beforeAll(() => {
  for (const { stack, terraform } of shippedStacks())
    paths.set(stack, pathsOf(graphOfSynthesized(JSON.parse(terraform))));
}, 300_000);

describe('fckdoomscroll: CloudFront → ALB → tasks on 3000 → Postgres', () => {
  const ALB = 'aws_lb.alb > aws_lb_listener.alb_https > aws_lb_target_group.workload_target_group';
  const OUTSIDE = [
    `the internet → aws_ecs_service.workload on 443 over aws_cloudfront_distribution.cdn > ${ALB}`,
    // The document's group of the load balancer lets in everybody, not only the distribution.
    `the internet → aws_ecs_service.workload on 443 over ${ALB}`,
    'the internet → aws_lb_listener.alb_http on 80 over aws_lb.alb, answered with a redirect to HTTPS',
    'the internet → aws_s3_bucket.bucket_storage on 443 over aws_cloudfront_distribution.cdn',
    'the internet → aws_cognito_user_pool.users on cognito-idp:SignUp',
  ];

  test.each(['dev', 'prod'])('%s lets nobody else in from outside', (env) => {
    const workflows = outside(`fckdoomscroll-${env}`).filter((one) => one.startsWith('any GitHub workflow'));
    expect(outside(`fckdoomscroll-${env}`).filter((one) => !workflows.includes(one))).toEqual([...OUTSIDE].sort());
    expect(workflows).toHaveLength(1);
    expect(workflows[0]).toMatch(
      /^any GitHub workflow matching repo:acme\/fckdoomscroll:[\w:/]+ → aws_iam_role\.delivery_github /,
    );
  });

  test.each(['dev', 'prod'])('%s has two hops inside: to the tasks, and from them to the database', (env) => {
    expect(connections(`fckdoomscroll-${env}`)).toEqual([
      'aws_ecs_service.workload → aws_db_instance.database on 5432',
      'aws_lb.alb → aws_ecs_service.workload on 3000',
    ]);
  });

  test('requests to tasks and files pass a firewall, and TLS 1.2 or newer, on every way', () => {
    for (const one of outsidePaths('fckdoomscroll-prod').filter(({ ports }) => ports.some(({ to }) => to === 443))) {
      expect(
        one.conditions.map(({ kind }) => kind),
        one.to,
      ).toEqual(expect.arrayContaining(['tls', 'waf']));
      expect(Math.min(...one.conditions.map(({ strength = 9 }) => strength))).toBe(1.2);
    }
  });
});

describe('rayman: CloudFront → HTTP API → Lambda and tasks → Postgres, Redis', () => {
  const OVER_ALB = 'aws_lb.alb > aws_lb_listener.alb_https > aws_lb_target_group.workload_target_group';
  const API = 'aws_apigatewayv2_api.http_api';
  const LINK = `${API} > aws_apigatewayv2_vpc_link.http_api_link > ${OVER_ALB}`;
  const ENTRIES = [
    `the internet → aws_lambda_function.function_api on 443 over ${API}`,
    `the internet → aws_ecs_service.workload on 443 over ${LINK}`,
    `the internet → aws_ecs_service.workload on 443 over ${OVER_ALB}`,
    'the internet → aws_lb_listener.alb_http on 80 over aws_lb.alb, answered with a redirect to HTTPS',
  ];
  const CDN = 'aws_cloudfront_distribution.cdn';

  test('dev has no distribution', () => {
    expect(outside('rayman-dev')).toEqual([...ENTRIES].sort());
  });

  test.each(['staging', 'prod'])('%s has one in front, which reads the static bucket and asks the API', (env) => {
    expect(outside(`rayman-${env}`)).toEqual(
      [
        ...ENTRIES,
        `the internet → aws_s3_bucket.bucket_static on 443 over ${CDN}`,
        `the internet → aws_lambda_function.function_api on 443 over ${CDN} > ${API}`,
        `the internet → aws_ecs_service.workload on 443 over ${CDN} > ${LINK}`,
      ].sort(),
    );
  });

  test.each(['dev', 'staging', 'prod'])(
    '%s lets tasks and functions to the database and the cache, and nobody else',
    (env) => {
      const clients = [
        'aws_ecs_service.workload',
        'aws_lambda_function.function_api',
        'aws_lambda_function.function_worker',
      ];
      expect(connections(`rayman-${env}`)).toEqual(
        [
          ...clients.map((one) => `${one} → aws_db_instance.database on 5432`),
          ...clients.map((one) => `${one} → aws_elasticache_replication_group.redis on 6379`),
          'aws_lb.alb → aws_ecs_service.workload on 8080',
          `aws_apigatewayv2_vpc_link.http_api_link → aws_ecs_service.workload on 443 over ${OVER_ALB}`,
        ].sort(),
      );
    },
  );
});

describe('core-business-unit: ALB → tasks on 8000 → RDS Proxy → MySQL', () => {
  test('lets in whoever comes over TLS, and those who sign up', () => {
    expect(outside('core-business-unit-dev')).toEqual([
      'the internet → aws_cognito_user_pool.users on cognito-idp:SignUp',
      'the internet → aws_ecs_service.workload on 443 over aws_lb.alb > aws_lb_listener.alb_https > aws_lb_target_group.workload_target_group',
      'the internet → aws_lb_listener.alb_http on 80 over aws_lb.alb, answered with a redirect to HTTPS',
    ]);
  });

  test('reaches the database through the proxy alone', () => {
    expect(connections('core-business-unit-dev')).toEqual([
      'aws_db_proxy.database_proxy → aws_db_instance.database on 3306',
      'aws_ecs_service.workload → aws_db_proxy.database_proxy on 3306',
      'aws_lb.alb → aws_ecs_service.workload on 8000',
    ]);
  });
});

describe('spydor: ALB → Fargate on 8080 → Oracle on 1521, EFS on 2049, in a network of somebody else’s', () => {
  const BEHIND = 'aws_lb_target_group.workload_target_group';

  test('dev forwards HTTP, prod redirects it; both as far as the given subnets route', () => {
    expect(outside('spydor-dev')).toEqual([
      `the internet → aws_ecs_service.workload on 80 over aws_lb.alb > aws_lb_listener.alb_http > ${BEHIND}, as the given subnets route`,
    ]);
    expect(outside('spydor-prod')).toEqual([
      `the internet → aws_ecs_service.workload on 443 over aws_lb.alb > aws_lb_listener.alb_https > ${BEHIND}, as the given subnets route`,
      'the internet → aws_lb_listener.alb_http on 80 over aws_lb.alb, as the given subnets route, answered with a redirect to HTTPS',
    ]);
  });

  test.each(['dev', 'prod'])('%s lets the containers alone to the database and the files', (env) => {
    const endpoints = connections(`spydor-${env}`).filter((one) => one.includes('aws_vpc_endpoint.'));
    expect(connections(`spydor-${env}`).filter((one) => !endpoints.includes(one))).toEqual([
      'aws_ecs_service.workload → aws_db_instance.database on 1521',
      'aws_ecs_service.workload → aws_efs_file_system.efs_shared on 2049',
      'aws_lb.alb → aws_ecs_service.workload on 8080',
    ]);
    expect(endpoints.every((one) => one.startsWith('the addresses of data.aws_vpc.network → '))).toBe(true);
  });
});

describe('platform: HTTP API or ALB → services → Postgres, EFS', () => {
  test('dev is reached over the HTTP API, by path', () => {
    const link = 'aws_apigatewayv2_api.http_api > aws_apigatewayv2_vpc_link.http_api_link';
    expect(outside('platform-dev')).toEqual(
      [
        'any GitHub workflow matching repo:acme/platform:ref:refs/heads/main → aws_iam_role.delivery_github on sts:AssumeRoleWithWebIdentity',
        // Production pulls its images from here.
        'account 222222222222 → aws_ecr_repository.service_worker_repository on ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer',
        'account 222222222222 → aws_ecr_repository.workload_repository on ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer',
        'the internet → aws_cognito_user_pool.users on cognito-idp:SignUp',
        `the internet → aws_ecs_service.service_worker on 443 over ${link}`,
        `the internet → aws_ecs_service.workload on 443 over ${link}`,
        'the internet → aws_s3_bucket.bucket_assets on s3:GetObject',
      ].sort(),
    );
  });

  test('prod is reached over the load balancer, by path', () => {
    const https = 'aws_lb.alb > aws_lb_listener.alb_https';
    expect(outside('platform-prod')).toEqual([
      'account 111111111111 → aws_cloudwatch_event_bus.delivery_images on events:PutEvents',
      'any GitHub workflow matching repo:acme/platform:environment:production → aws_iam_role.delivery_github on sts:AssumeRoleWithWebIdentity',
      'the internet → aws_cognito_user_pool.users on cognito-idp:SignUp',
      `the internet → aws_ecs_service.service_worker on 443 over ${https} > aws_lb_listener_rule.service_worker_https_route > aws_lb_target_group.service_worker_target_group`,
      `the internet → aws_ecs_service.workload on 443 over ${https} > aws_lb_target_group.workload_target_group`,
      'the internet → aws_lb_listener.alb_http on 80 over aws_lb.alb, answered with a redirect to HTTPS',
      'the internet → aws_s3_bucket.bucket_assets on s3:GetObject',
    ]);
  });

  test('services talk to each other and are open to the VPC on their port, and only what uses the database reaches it', () => {
    const found = connections('platform-prod');
    expect(found).toEqual([
      '10.1.0.0/16 → aws_ecs_service.service_worker on 3000',
      '10.1.0.0/16 → aws_ecs_service.workload on 8080',
      'aws_cloudwatch_event_target.event_task_order_processor_rule_order_events_target → aws_db_instance.database on 5432',
      'aws_ecs_service.service_worker → aws_ecs_service.workload on 8080',
      'aws_ecs_service.workload → aws_db_instance.database on 5432',
      'aws_ecs_service.workload → aws_ecs_service.service_worker on 3000',
      'aws_ecs_service.workload → aws_efs_file_system.efs_uploads on 2049',
      'aws_lb.alb → aws_ecs_service.service_worker on 3000',
      'aws_lb.alb → aws_ecs_service.workload on 8080',
      'aws_scheduler_schedule.scheduled_task_daily_cleanup → aws_db_instance.database on 5432',
    ]);
  });
});

test('bootstrap stacks let in named workflows, and nobody else', () => {
  for (const stack of [...paths.keys()].filter((name) => name.includes('-bootstrap'))) {
    for (const one of outside(stack))
      expect(one, stack).toMatch(/^any GitHub workflow matching repo:acme\/[\w-]+:[^*]+ → aws_iam_role\.pipeline_/);
  }
});

test('nothing in a shipped stack hangs on what is known only after the apply', () => {
  for (const [stack, found] of paths)
    expect(
      found.flatMap(({ unknown }) => unknown),
      stack,
    ).toEqual([]);
});

function outside(stack: string): string[] {
  return lines(outsidePaths(stack));
}

/** Connections between parts; what a policy grants to one of them is held by the tests of grants. */
function connections(stack: string): string[] {
  return lines(of(stack).filter(({ from, ports }) => !isOutside(from) && ports.length > 0));
}

function outsidePaths(stack: string): readonly Path[] {
  return of(stack).filter(({ from }) => isOutside(from));
}

function of(stack: string): readonly Path[] {
  const found = paths.get(stack);
  if (!found) throw new Error(`there is no stack ${stack}`);
  return found;
}

function lines(found: readonly Path[]): string[] {
  const texts = found.map(({ from, to, through, conditions, ...access }) => {
    const special = conditions
      .filter(({ kind }) => kind === 'redirect' || kind === 'network')
      .map(({ text }) => `, ${text}`);
    const over = through.length > 0 ? ` over ${through.join(' > ')}` : '';
    return `${from.name} → ${to} on ${accessText(access)}${over}${special.join('')}`;
  });
  return [...new Set(texts)].sort();
}
