import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, decoded, statements } from '../reading';

const shop = (notifier = '{}') => synth(`region: eu-central-1\nworkload: {}\ndelivery: { notifier: ${notifier} }\n`);

test('hears of every deployment of the services here, and of no other cluster’s', () => {
  const rule = resource(shop(), 'aws_cloudwatch_event_rule.delivery_notifier_events');
  expect(decoded(rule['event_pattern'])).toEqual({
    source: ['aws.ecs'],
    'detail-type': ['ECS Deployment State Change'],
    resources: [
      {
        prefix:
          'arn:aws:ecs:eu-central-1:${data.aws_caller_identity.delivery_account.account_id}:service/${aws_ecs_cluster.cluster.name}/',
      },
    ],
  });
});

test('may read one parameter, whose value Terraform never sees', () => {
  const terraform = shop('{ webhook_parameter: /dev/platform/slack_webhook }');
  const granted = Object.keys(all(terraform, 'aws_iam_role_policy')).filter((name) =>
    name.startsWith('delivery_notifier'),
  );
  expect(granted.sort()).toEqual([
    'delivery_notifier_role_read_webhook',
    'delivery_notifier_role_send_dead_letters',
    'delivery_notifier_role_write_logs',
  ]);
  expect(statements(resource(terraform, 'aws_iam_role_policy.delivery_notifier_role_read_webhook')['policy'])).toEqual([
    {
      Effect: 'Allow',
      Action: ['ssm:GetParameter'],
      Resource: [
        'arn:aws:ssm:eu-central-1:${data.aws_caller_identity.delivery_account.account_id}:parameter/dev/platform/slack_webhook',
      ],
    },
  ]);
  expect(resource(terraform, 'aws_lambda_function.delivery_notifier')).toMatchObject({
    environment: { variables: { ENVIRONMENT: 'demo-dev', WEBHOOK_PARAMETER: '/dev/platform/slack_webhook' } },
  });
  expect(JSON.parse(terraform).resource).not.toHaveProperty('aws_ssm_parameter');
  expect(JSON.parse(terraform).data).not.toHaveProperty('aws_ssm_parameter');
});

test('keeps what could not be posted, and says what a person fills in', () => {
  const terraform = shop();
  expect(resource(terraform, 'aws_lambda_function.delivery_notifier')).toMatchObject({
    dead_letter_config: { target_arn: '${aws_sqs_queue.delivery_notifier_dead_letters.arn}' },
  });
  expect(JSON.parse(terraform).output.next_steps.value).toContain(
    "Fill in the address of the Slack webhook that hears of deployments: aws ssm put-parameter --region eu-central-1 --type SecureString --name /dev/demo/slack_webhook --value 'https://hooks.slack.com/services/...'",
  );
});

test('is made only where the file asks for it', () => {
  expect(all(synth('region: eu-central-1\nworkload: {}\ndelivery: {}\n'), 'aws_lambda_function')).not.toHaveProperty(
    'delivery_notifier',
  );
});
