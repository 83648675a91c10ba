import { Apigatewayv2DomainName } from '@cdktf/provider-aws/lib/apigatewayv2-domain-name';
import { Apigatewayv2VpcLink } from '@cdktf/provider-aws/lib/apigatewayv2-vpc-link';
import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { decoded } from '../reading';

const FUNCTION = 'functions: [{ name: api, code: functions/api }]\n';
const api = (routes: string, more = '') =>
  synth(`region: us-east-1\n${FUNCTION}http_api:\n  routes: ${routes}\n${more}`);
const toFunction = '[{ route: $default, to: functions.api }]';

test('sends requests to a function, which lets this API alone', () => {
  const terraform = api(toFunction);
  expect(resource(terraform, 'aws_apigatewayv2_integration.http_api_functions_api')).toMatchObject({
    integration_type: 'AWS_PROXY',
    integration_uri: '${aws_lambda_function.function_api.invoke_arn}',
    payload_format_version: '2.0',
  });
  expect(resource(terraform, 'aws_lambda_permission.http_api_functions_api_permission')).toMatchObject({
    action: 'lambda:InvokeFunction',
    principal: 'apigateway.amazonaws.com',
    source_arn: '${aws_apigatewayv2_api.http_api.execution_arn}/*/*',
  });
  expect(resource(terraform, 'aws_apigatewayv2_route.http_api_route_default')).toMatchObject({ route_key: '$default' });
  expect(terraform).not.toHaveResourceWithProperties(Apigatewayv2VpcLink, {});
});

test('reaches the workload over a VPC link that only it may dial from', () => {
  const terraform = api('[{ route: "ANY /app/{proxy+}", to: workload }]', 'alb: { http: forward }\nworkload: {}\n');
  expect(resource(terraform, 'aws_apigatewayv2_integration.http_api_workload')).toMatchObject({
    integration_type: 'HTTP_PROXY',
    integration_method: 'ANY',
    connection_type: 'VPC_LINK',
    connection_id: '${aws_apigatewayv2_vpc_link.http_api_link.id}',
    integration_uri: '${aws_lb_listener.alb_http.arn}',
  });
  expect(resource(terraform, 'aws_vpc_security_group_ingress_rule.alb_connections_from_http_api_link')).toMatchObject({
    from_port: 80,
  });
  expect(resource(terraform, 'aws_vpc_security_group_egress_rule.http_api_link_connections_to_alb')).toMatchObject({
    from_port: 80,
  });
});

test('limits and logs every request', () => {
  const stage = resource(
    api(toFunction, '  throttle: { rate: 7, burst: 9 }\n'),
    'aws_apigatewayv2_stage.http_api_stage',
  );
  expect(stage).toMatchObject({
    name: '$default',
    auto_deploy: true,
    access_log_settings: { destination_arn: '${aws_cloudwatch_log_group.http_api_logs.arn}' },
    default_route_settings: { throttling_rate_limit: 7, throttling_burst_limit: 9, detailed_metrics_enabled: true },
  });
  const format = decoded((stage.access_log_settings as { format: string }).format);
  expect(format).toMatchObject({
    requestId: '$context.requestId',
    status: '$context.status',
    ip: '$context.identity.sourceIp',
    error: '$context.error.message',
  });
});

test('keeps its log as long as the file says', () => {
  expect(
    resource(api(toFunction, 'logs: { retention_days: 14 }\n'), 'aws_cloudwatch_log_group.http_api_logs'),
  ).toMatchObject({ retention_in_days: 14 });
});

test('reaches containers without a load balancer by service discovery, over plain HTTP inside the VPC', () => {
  const terraform = api(
    '[{ route: "ANY /mail/{proxy+}", to: services.mail }]',
    'services: [{ name: mail, image: nginx }]\n',
  );
  const integration = resource(terraform, 'aws_apigatewayv2_integration.http_api_services_mail');
  expect(integration).toMatchObject({
    integration_type: 'HTTP_PROXY',
    integration_uri: '${aws_service_discovery_service.service_mail_discovery.arn}',
    connection_id: '${aws_apigatewayv2_vpc_link.http_api_link.id}',
  });
  expect(integration).not.toHaveProperty('tls_config');
  expect(
    resource(terraform, 'aws_vpc_security_group_ingress_rule.service_mail_connections_from_http_api_link'),
  ).toMatchObject({ referenced_security_group_id: '${aws_security_group.http_api_link_connections.id}' });
});

test('lets pages of the environment’s own domain call it when nobody is named', () => {
  const terraform = api(toFunction, '  cors: {}\ndomain: { domain_name: example.com, delegated: true }\n');
  expect(resource(terraform, 'aws_apigatewayv2_api.http_api').cors_configuration).toEqual({
    allow_origins: ['https://dev.example.com'],
    allow_methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allow_headers: ['authorization', 'content-type'],
    max_age: 3600,
  });
});

test('lets pages of named origins call it, with named methods and headers', () => {
  const terraform = api(
    toFunction,
    '  cors: { origins: ["https://example.com"], methods: [GET], headers: [x-shop], max_age_seconds: 60 }\n',
  );
  expect(resource(terraform, 'aws_apigatewayv2_api.http_api').cors_configuration).toEqual({
    allow_origins: ['https://example.com'],
    allow_methods: ['GET'],
    allow_headers: ['x-shop'],
    max_age: 60,
  });
  expect(resource(api(toFunction), 'aws_apigatewayv2_api.http_api')).not.toHaveProperty('cors_configuration');
});

test('answers under a name of its own once the domain is delegated', () => {
  const domain = (delegated: boolean) =>
    `  custom_domain: true\ndomain: { domain_name: example.com, delegated: ${delegated} }\n`;
  const terraform = api(toFunction, domain(true));
  expect(resource(terraform, 'aws_apigatewayv2_domain_name.http_api_domain')).toMatchObject({
    domain_name: 'api.dev.example.com',
    domain_name_configuration: { endpoint_type: 'REGIONAL', security_policy: 'TLS_1_2' },
  });
  expect(resource(terraform, 'aws_route53_record.domain_api_dev_example_com_a')).toMatchObject({
    name: 'api.dev.example.com',
    type: 'A',
  });
  expect(api(toFunction, domain(false))).not.toHaveResourceWithProperties(Apigatewayv2DomainName, {});
});
