import { expect, test } from 'vitest';
import { locks } from '../../../../src/tools/exposure/guards/account-guards';
import { judgeExposure } from '../../../../src/tools/review/judges/exposure/exposure';
import { comparison, NETWORK, type Stack, synthesized } from '../../exposure/stack';
import { inBothShapes } from './exposed';

const PRIVATE = [{ endpoint_public_access: false }];

inBothShapes(({ judge, told }) => {
  test.each<[string, string, string, object, object]>([
    [
      'aws_ebs_snapshot_block_public_access',
      'state',
      'no longer keeps copies of disks from being shared with everybody',
      { state: 'block-all-sharing' },
      { state: 'unblocked' },
    ],
    [
      'aws_ec2_image_block_public_access',
      'state',
      'no longer keeps copies of disks from being shared with everybody',
      { state: 'block-new-sharing' },
      { state: 'unblocked' },
    ],
    [
      'aws_vpc_block_public_access_options',
      'internet_gateway_block_mode',
      'no longer keeps the internet out of every network of the region',
      { internet_gateway_block_mode: 'block-bidirectional' },
      { internet_gateway_block_mode: 'off' },
    ],
    [
      'aws_emr_block_public_access_configuration',
      'block_public_security_group_rules',
      'lets clusters start with security groups that are open to everybody',
      { block_public_security_group_rules: true },
      { block_public_security_group_rules: false },
    ],
    [
      'aws_secretsmanager_secret_policy',
      'block_public_policy',
      'may let everybody in',
      { block_public_policy: true },
      { block_public_policy: false },
    ],
    [
      'aws_ram_resource_share',
      'allow_external_principals',
      'may be for accounts outside of the organization',
      { allow_external_principals: false },
      { allow_external_principals: true },
    ],
    ['aws_ssm_parameter', 'type', 'keeps its value unencrypted', { type: 'SecureString' }, { type: 'String' }],
    [
      'aws_cloudwatch_log_group',
      'kms_key_id',
      'is no longer encrypted with a key of its own',
      { kms_key_id: 'arn:aws:kms:eu-west-1:111111111111:key/1' },
      { kms_key_id: '' },
    ],
    [
      'aws_eks_cluster',
      'encryption_config',
      "keeps Kubernetes' secrets without a key of its own",
      { vpc_config: PRIVATE, encryption_config: [{ provider: [{ key_arn: 'arn:aws:kms:eu-west-1:1:key/1' }] }] },
      { vpc_config: PRIVATE, encryption_config: [] },
    ],
    [
      'aws_eks_node_group',
      'remote_access',
      'opens SSH on its servers to the whole internet',
      { remote_access: [{ ec2_ssh_key: 'key', source_security_group_ids: ['sg-1'] }] },
      { remote_access: [{ ec2_ssh_key: 'key', source_security_group_ids: [] }] },
    ],
    [
      'aws_sagemaker_notebook_instance',
      'direct_internet_access',
      'reaches the internet past the network that it is in',
      { direct_internet_access: 'Disabled' },
      { direct_internet_access: 'Enabled' },
    ],
    [
      'aws_codebuild_project',
      'project_visibility',
      'shows its builds, their logs and files to everybody',
      { project_visibility: 'PRIVATE' },
      { project_visibility: 'PUBLIC_READ' },
    ],
    [
      'aws_ecs_task_definition',
      'container_definitions',
      'lets a container write to its own files',
      { container_definitions: JSON.stringify([{ image: 'a', readonlyRootFilesystem: true }, { image: 'b' }]) },
      { container_definitions: JSON.stringify([{ image: 'a' }, { image: 'b' }]) },
    ],
    [
      'aws_ecs_task_definition',
      'pid_mode',
      'sees what else runs on its machine',
      { pid_mode: 'task' },
      { pid_mode: 'host' },
    ],
    [
      'aws_vpc_endpoint_service',
      'acceptance_required',
      'takes connections that nobody has accepted',
      { acceptance_required: true },
      { acceptance_required: false },
    ],
    [
      'aws_opensearchserverless_security_policy',
      'policy',
      'lets collections be reached from the internet',
      { policy: '[{"AllowFromPublic": false, "SourceVPCEs": ["vpce-1"]}]' },
      { policy: '[{"AllowFromPublic": true}]' },
    ],
    [
      'aws_cloudtrail',
      'is_organization_trail',
      'records one account only',
      { is_organization_trail: true },
      { is_organization_trail: false },
    ],
    [
      'aws_cloudtrail',
      'event_selector',
      'records no calls that change something any more',
      { event_selector: [{ include_management_events: true }] },
      { event_selector: [{ include_management_events: false }] },
    ],
  ])('%s is told when its %s is weaker, and not when it is stronger', (type, attribute, says, strong, weak) => {
    const stack = (values: object): Stack => ({ [`${type}.x`]: { name: 'x', ...values } });
    expect(told(stack(strong), stack(weak))).toEqual([
      expect.stringMatching(`^exposure ${type}.x ${attribute}: the .* "x" ${says}$`),
    ]);
    expect(judge(stack(weak), stack(strong))).toEqual([]);
    expect(judge(stack(weak), { [`${type}.x`]: { name: 'y', ...weak } })).toEqual([]);
  });

  test('what is open to everybody from its first day is told of what is new as well', () => {
    expect(told({}, { 'aws_eks_node_group.x': { remote_access: [{ ec2_ssh_key: 'key' }] } })).toEqual([
      'exposure aws_eks_node_group.x remote_access: the EKS node group "x" opens SSH on its servers to the whole internet',
    ]);
  });

  test.each<[string, string, object, object]>([
    ['aws_transfer_server', 'on 22', { endpoint_type: 'VPC' }, { endpoint_type: 'PUBLIC' }],
    [
      'aws_apprunner_service',
      'on 443',
      { network_configuration: [{ ingress_configuration: [{ is_publicly_accessible: false }] }] },
      { network_configuration: [{ ingress_configuration: [{ is_publicly_accessible: true }] }] },
    ],
    [
      'aws_appsync_graphql_api',
      'on 443 without a signature of AWS',
      { authentication_type: 'AWS_IAM' },
      { authentication_type: 'API_KEY' },
    ],
    [
      'aws_appsync_graphql_api',
      'on 443 without a signature of AWS',
      { authentication_type: 'AWS_IAM', additional_authentication_provider: [] },
      { authentication_type: 'AWS_IAM', additional_authentication_provider: [{ authentication_type: 'API_KEY' }] },
    ],
    ['aws_appsync_graphql_api', 'on 443', { visibility: 'PRIVATE' }, { visibility: 'GLOBAL' }],
    [
      'aws_mwaa_environment',
      'on 443',
      { webserver_access_mode: 'PRIVATE_ONLY' },
      { webserver_access_mode: 'PUBLIC_ONLY' },
    ],
    ['aws_grafana_workspace', 'on 443', { network_access_control: [{ vpce_ids: ['vpce-1'] }] }, {}],
    [
      'aws_msk_cluster',
      'on 9194-9198',
      { broker_node_group_info: [{ connectivity_info: [{ public_access: [{ type: 'DISABLED' }] }] }] },
      { broker_node_group_info: [{ connectivity_info: [{ public_access: [{ type: 'SERVICE_PROVIDED_EIPS' }] }] }] },
    ],
    [
      'aws_lightsail_instance_public_ports',
      'on 22',
      { port_info: [{ protocol: 'tcp', from_port: 22, to_port: 22, cidrs: ['10.0.0.0/8'] }] },
      { port_info: [{ protocol: 'tcp', from_port: 22, to_port: 22, cidrs: ['0.0.0.0/0'] }] },
    ],
  ])('%s is told when the internet gets in %s', (type, on, closed, open) => {
    const stack = (values: object): Stack => ({ [`${type}.x`]: { name: 'x', ...values } });
    expect(told(stack(closed), stack(open)).filter((one) => one.startsWith('exposure'))).toEqual([
      expect.stringMatching(`^exposure ${type}.x .*: anybody on the internet can reach the .* "x" ${on}$`),
    ]);
    expect(judge(stack(open), stack(closed))).toEqual([]);
  });

  test('a cluster is on the internet with one of its instances', () => {
    const cluster = (isPublic: boolean): Stack => ({
      ...NETWORK,
      'aws_security_group.db': {
        name: 'db',
        ingress: [{ protocol: 'tcp', from_port: 0, to_port: 65_535, cidr_blocks: ['0.0.0.0/0'] }],
      },
      'aws_neptune_subnet_group.n': { name: 'n', subnet_ids: ['${aws_subnet.public.id}'] },
      'aws_neptune_cluster.n': {
        cluster_identifier: 'n',
        neptune_subnet_group_name: 'n',
        vpc_security_group_ids: ['${aws_security_group.db.id}'],
      },
      'aws_neptune_cluster_instance.one': { identifier: 'one', cluster_identifier: 'n', publicly_accessible: isPublic },
    });
    expect(told(cluster(false), cluster(true))).toEqual([
      'exposure aws_neptune_cluster_instance.one publicly_accessible: anybody on the internet can reach the Neptune cluster "n" on 8182',
    ]);
  });

  test('a file or bucket that a list of access opens is told, unless lists are not heeded', () => {
    const object = (acl: string, ...beside: readonly Stack[]): Stack =>
      Object.assign({ 'aws_s3_object.o': { bucket: 'b', key: 'a.txt', acl } }, ...beside);
    const place = 'exposure aws_s3_object.o acl: anybody';
    expect(told(object('private'), object('public-read'))).toEqual([
      `${place} on the internet can use the object "a.txt" (s3:GetObject)`,
    ]);
    expect(told(object('private'), object('authenticated-read'))).toEqual([
      `${place} in any AWS account can use the object "a.txt" (s3:GetObject)`,
    ]);
    const bucket: Stack = { 'aws_s3_bucket.b': { bucket: 'b' } };
    const enforced: Stack = {
      ...bucket,
      'aws_s3_bucket_ownership_controls.b': { bucket: 'b', rule: [{ object_ownership: 'BucketOwnerEnforced' }] },
    };
    const blocked: Stack = {
      ...bucket,
      'aws_s3_bucket_public_access_block.b': { bucket: 'b', ignore_public_acls: true },
    };
    for (const beside of [enforced, blocked])
      expect(told(object('private', beside), object('public-read', beside))).toEqual([]);
    const list = (acl: string): Stack => ({ 'aws_s3_bucket_acl.l': { bucket: 'elsewhere', acl } });
    expect(told(list('private'), list('public-read'))).toEqual([
      'exposure aws_s3_bucket_acl.l acl: anybody on the internet can use the S3 bucket ACL "elsewhere" (s3:ListBucket)',
    ]);
  });

  test('documents and snapshots that are shared are told with whom', () => {
    const document = (ids: string): Stack => ({
      'aws_ssm_document.d': { name: 'd', permissions: { type: 'Share', account_ids: ids } },
    });
    expect(told(document(''), document('222222222222, 333333333333'))).toEqual([
      'exposure aws_ssm_document.d permissions: account 222222222222 can use the SSM document "d" (ssm:GetDocument)',
      'exposure aws_ssm_document.d permissions: account 333333333333 can use the SSM document "d" (ssm:GetDocument)',
    ]);
    expect(told(document(''), document('All'))).toEqual([
      'exposure aws_ssm_document.d permissions: anybody in any AWS account can use the SSM document "d" (ssm:GetDocument)',
    ]);
  });

  test('a group that a server newly has opens what the group opens', () => {
    const groups = (...ids: readonly string[]): Stack => ({
      ...NETWORK,
      'aws_security_group.ssh': {
        name: 'ssh',
        ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['0.0.0.0/0'] }],
      },
      'aws_security_group.plain': { name: 'plain' },
      'aws_instance.web': {
        tags: { Name: 'web' },
        subnet_id: '${aws_subnet.public.id}',
        associate_public_ip_address: true,
        vpc_security_group_ids: ids,
      },
    });
    const plain = '${aws_security_group.plain.id}';
    expect(told(groups(plain), groups(plain, '${aws_security_group.ssh.id}'))).toEqual([
      'exposure aws_instance.web vpc_security_group_ids: anybody on the internet can reach the server "web" on 22',
    ]);
  });

  test('a range that a prefix list gets opens what the list lets in, and is told of the list', () => {
    const list = (cidr: string): Stack => ({
      ...NETWORK,
      'aws_ec2_managed_prefix_list.office': { name: 'office', entry: [{ cidr }] },
      'aws_security_group.ssh': { name: 'ssh' },
      'aws_vpc_security_group_ingress_rule.ssh': {
        security_group_id: '${aws_security_group.ssh.id}',
        prefix_list_id: '${aws_ec2_managed_prefix_list.office.id}',
        ip_protocol: 'tcp',
        from_port: 22,
        to_port: 22,
      },
      'aws_instance.web': {
        tags: { Name: 'web' },
        subnet_id: '${aws_subnet.public.id}',
        associate_public_ip_address: true,
        vpc_security_group_ids: ['${aws_security_group.ssh.id}'],
      },
    });
    expect(told(list('203.0.113.0/24'), list('0.0.0.0/0'))).toEqual([
      'exposure aws_ec2_managed_prefix_list.office entry: anybody on the internet can reach the server "web" on 22',
    ]);
  });

  test('servers of a launch configuration are as open as its groups', () => {
    const group = (cidr: string): Stack => ({
      'aws_security_group.ssh': {
        name: 'ssh',
        ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: [cidr] }],
      },
      'aws_launch_configuration.web': {
        name: 'web',
        associate_public_ip_address: true,
        security_groups: ['${aws_security_group.ssh.id}'],
      },
    });
    expect(told(group('10.0.0.0/8'), group('0.0.0.0/0'))).toEqual([
      'exposure aws_security_group.ssh ingress: anybody on the internet can reach the launch configuration "web" on 22',
    ]);
  });

  test('a distribution in front of a server of somebody else’s is told for what it asks no longer', () => {
    const distribution = (keys: readonly string[]): Stack => ({
      'aws_cloudfront_distribution.d': {
        enabled: true,
        origin: [{ origin_id: 'o', domain_name: 'shop.example.com' }],
        default_cache_behavior: [
          { target_origin_id: 'o', viewer_protocol_policy: 'https-only', trusted_key_groups: keys },
        ],
        viewer_certificate: [{ minimum_protocol_version: 'TLSv1.2_2021' }],
      },
    });
    expect(told(distribution(['key']), distribution([]))).toEqual([
      'exposure aws_cloudfront_distribution.d default_cache_behavior: anybody on the internet can reach shop.example.com on 443 without a signed URL, through aws_cloudfront_distribution.d',
    ]);
    expect(told({}, distribution([]))).toEqual([]);
  });

  test('that anybody may sign up is told once', () => {
    const pool = (adminsOnly: boolean): Stack => ({
      'aws_cognito_user_pool.p': {
        name: 'p',
        admin_create_user_config: [{ allow_admin_create_user_only: adminsOnly }],
      },
    });
    expect(told(pool(true), pool(false))).toEqual([
      'exposure aws_cognito_user_pool.p admin_create_user_config: anybody on the internet can use the user pool "p" (cognito-idp:SignUp)',
    ]);
  });

  test.each(Object.entries(locks))('%s that goes is told', (type, effect) => {
    expect(judge({ [`${type}.x`]: { name: 'x' } }, {})).toEqual([
      {
        verdict: 'exposure',
        address: `${type}.x`,
        reason: expect.stringMatching(/^the .* "x" goes$/),
        effect,
        advice: 'leave it there',
      },
    ]);
  });

  test('a method that asks for no key any more is told', () => {
    const method = (required: boolean): Stack => ({
      'aws_api_gateway_rest_api.api': { name: 'api' },
      'aws_api_gateway_method.get': {
        rest_api_id: '${aws_api_gateway_rest_api.api.id}',
        http_method: 'GET',
        authorization: 'NONE',
        api_key_required: required,
      },
    });
    expect(told(method(true), method(false))).toEqual([
      'exposure aws_api_gateway_method.get api_key_required: anybody on the internet can reach the REST API "api" on 443 without an API key',
    ]);
  });

  test('what hands data to another account is told, to this one or to people it is not', () => {
    const account: Stack = { 'data.aws_caller_identity.me': { account_id: '111111111111' } };
    const made = (address: string, values: object) => told(account, { ...account, [address]: { ...values } });
    const topic = (endpoint: string) => made('aws_sns_topic_subscription.s', { topic_arn: 'alarms', endpoint });
    expect(topic('arn:aws:sqs:eu-west-1:222222222222:jobs')).toEqual([
      'exposure aws_sns_topic_subscription.s endpoint: jobs of account 222222222222 gets all that is published to the topic alarms',
    ]);
    expect(topic('arn:aws:sqs:eu-west-1:111111111111:jobs')).toEqual([]);
    expect(topic('team@example.com')).toEqual([]);
    const logs = { log_group_name: '/app', destination_arn: 'arn:aws:logs:eu-west-1:222222222222:destination:all' };
    expect(made('aws_cloudwatch_log_subscription_filter.f', logs)).toEqual([
      'exposure aws_cloudwatch_log_subscription_filter.f destination_arn: destination:all of account 222222222222 gets all that the log group /app holds from now on',
    ]);
    const events = { rule: 'nightly', arn: 'arn:aws:events:eu-west-1:222222222222:event-bus/default' };
    expect(made('aws_cloudwatch_event_target.t', events)).toEqual([
      'exposure aws_cloudwatch_event_target.t arn: event-bus/default of account 222222222222 gets the events of the event rule nightly',
    ]);
    expect(made('aws_oam_link.l', { sink_identifier: 'arn:aws:oam:eu-west-1:222222222222:sink/1' })).toEqual([
      'exposure aws_oam_link.l sink_identifier: sink/1 of account 222222222222 sees metrics, logs and traces of this account',
    ]);
    const copies = {
      bucket: 'files',
      rule: [{ destination: [{ bucket: 'arn:aws:s3:::x', account: '222222222222' }] }],
    };
    expect(made('aws_s3_bucket_replication_configuration.r', copies)).toEqual([
      'exposure aws_s3_bucket_replication_configuration.r rule: account 222222222222 gets a copy of what is new in the bucket files',
    ]);
    const images = { replication_configuration: [{ rule: [{ destination: [{ registry_id: '222222222222' }] }] }] };
    expect(made('aws_ecr_replication_configuration.r', images)).toEqual([
      'exposure aws_ecr_replication_configuration.r replication_configuration: account 222222222222 gets a copy of every image that is pushed',
    ]);
    const vault = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:far';
    expect(
      made('aws_backup_plan.p', { name: 'daily', rule: [{ copy_action: [{ destination_vault_arn: vault }] }] }),
    ).toEqual([
      'exposure aws_backup_plan.p rule: backup-vault:far of account 222222222222 gets a copy of the backups of the backup plan "daily"',
    ]);
  });
});

test('of which account a stack is, nobody guesses', () => {
  const link: Stack = { 'aws_oam_link.l': { sink_identifier: 'arn:aws:oam:eu-west-1:222222222222:sink/1' } };
  expect([...judgeExposure(comparison({}, link, synthesized))]).toEqual([]);
});
