import { expect, test } from 'vitest';
import { synth } from '../support/stacks';

test('tells what a pipeline needs, each thing by its name in the file', () => {
  const outputs = values(`
alb: { http: forward }
workload: {}
services: [{ name: reports }, { name: proxy, image: "nginx:1.27" }]
postgres: { application_user: app }
cognito: { web_client_secret: true }
buckets: [{ name: media }]
secrets: [{ name: jwt, fill_in: [key] }]
alarms: {}
`);

  expect(outputs).toMatchObject({
    url: 'http://${aws_lb.alb.dns_name}',
    load_balancer_dns_name: '${aws_lb.alb.dns_name}',
    vpc_id: '${aws_vpc.network.id}',
    cluster_name: '${aws_ecs_cluster.cluster.name}',
    service_names: {
      workload: '${aws_ecs_service.workload.name}',
      'services.reports': '${aws_ecs_service.service_reports.name}',
      'services.proxy': '${aws_ecs_service.service_proxy.name}',
    },
    repository_urls: {
      workload: '${aws_ecr_repository.workload_repository.repository_url}',
      'services.reports': '${aws_ecr_repository.service_reports_repository.repository_url}',
    },
    database_endpoint: '${aws_db_instance.database.endpoint}',
    secret_arns: {
      database: '${aws_secretsmanager_secret.database_secret.arn}',
      cognito: '${aws_secretsmanager_secret.users_secret.arn}',
      jwt: '${aws_secretsmanager_secret.secret_jwt.arn}',
    },
    bucket_names: { media: '${aws_s3_bucket.bucket_media.bucket}' },
    user_pool_id: '${aws_cognito_user_pool.users.id}',
    alarm_topic_arns: {
      critical: '${aws_sns_topic.alarms_topics_critical.arn}',
      warning: '${aws_sns_topic.alarms_topics_warning.arn}',
    },
  });
  expect(outputs['repository_urls']).not.toHaveProperty('services.proxy');
});

test('leaves out what an environment does not have', () => {
  expect(Object.keys(values(''))).toEqual(['account_id', 'cluster_name', 'region', 'vpc_id']);
});

test('gives the address of the domain once it answers over HTTPS', () => {
  const outputs = values('domain: { domain_name: example.com, delegated: true }\nalb: {}\nworkload: {}\ncdn: {}');

  expect(outputs).toMatchObject({
    url: 'https://dev.example.com',
    cdn_dns_name: '${aws_cloudfront_distribution.cdn.domain_name}',
  });
});

test('lists what a person does next, in order', () => {
  const { next_steps } = values(`
domain: { domain_name: example.com }
workload: {}
services: [{ name: proxy, image: "nginx:1.27" }]
tasks: [{ name: migrate }]
postgres: { application_user: app }
secrets: [{ name: mail, fill_in: [user, api_key] }, { name: jwt, generate: { key: 32 } }]
ses: { senders: [noreply@dev.example.com] }
alarms: { warning: { emails: [a@example.com, b@example.com] } }
`);

  const run = (family: string) =>
    `aws ecs run-task --region eu-central-1 --cluster demo_cluster_dev --launch-type FARGATE --enable-ecs-managed-tags --propagate-tags TASK_DEFINITION --task-definition ${family} --network-configuration "$(terraform output -raw task_network)"`;
  expect(next_steps).toEqual([
    'Enter the name servers of the output "name_servers" as NS records of dev.example.com at the parent domain or the registrar; when "dig NS dev.example.com" shows them, set domain.delegated: true and apply again.',
    `Fill in the secret demo/dev/mail: aws secretsmanager put-secret-value --region eu-central-1 --secret-id demo/dev/mail --secret-string '{"user":"...","api_key":"..."}'`,
    `Make the database user app: ${run('demo-dev-database-user')}`,
    `Start the task migrate when it is needed: ${run('demo-dev-migrate')}`,
    'Push the first image of demo-dev-backend as tag "initial" to the repository demo_backend; its tasks start once it is there.',
    'When what demo-dev-backend needs is there, start it: aws ecs update-service --region eu-central-1 --cluster demo_cluster_dev --service demo-dev-backend --force-new-deployment',
    'Follow the link that SES has mailed to noreply@dev.example.com.',
    'Ask AWS to lift the sandbox of SES in eu-central-1 and for the sending rate you need: https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html',
    "Subscribe somebody, or your pager's address, to the topic demo-dev-critical: its critical alarms reach nobody yet.",
    'Confirm the subscription of a@example.com, b@example.com to demo-dev-warning by the mailed link.',
  ]);
});

function values(sections: string): Record<string, unknown> {
  const { output } = JSON.parse(synth(`region: eu-central-1\nstate: local\n${sections}`));
  return Object.fromEntries(Object.entries<{ value: unknown }>(output).map(([name, { value }]) => [name, value]));
}
