import type { Statement } from '../role';
import { filled, ownArns, type Place, type StackContents } from './names';
import { bucket } from './scopes';
import type { ActionGroup } from './statements';

/** What depends on how something is made and not on its type alone. */
export function situations(group: ActionGroup, contents: StackContents, place: Place): Statement[] {
  if (group === 'network') return [...defaultGroup(contents, place), ...existingNetwork(contents, place)];
  if (group === 'containers') return taggedMappings(contents, place);
  if (group === 'databases') return managedPasswords(contents, place);
  return group === 'data' ? emptiedBuckets(contents, place) : [];
}

/** AWS makes a VPC's default security group, and without tags: one that nobody's stack has tagged may get this one's. */
function defaultGroup(contents: StackContents, place: Place): Statement[] {
  if (!contents.has('aws_default_security_group')) return [];
  return [
    {
      actions: ['ec2:CreateTags'],
      resources: [filled('arn:aws:ec2:{region}:{account}:security-group/*', place)],
      condition: {
        StringEquals: { 'aws:RequestTag/stack': `${place.project}-${place.env}` },
        Null: { 'aws:ResourceTag/stack': 'true' },
      },
    },
  ];
}

/** Somebody else's network has no tag of ours; groups and endpoints are made in it all the same. */
function existingNetwork(contents: StackContents, place: Place): Statement[] {
  const found = (
    [
      ['data.aws_vpc', 'vpc', 'id'],
      ['data.aws_subnet', 'subnet', 'id'],
      ['aws_vpc_endpoint', 'route-table', 'route_table_ids'],
    ] as const
  ).flatMap(([type, kind, attribute]) =>
    contents
      .of(type)
      .flatMap((attributes) => attributes[attribute] ?? [])
      .filter((id): id is string => typeof id === 'string' && !id.includes('${'))
      .map((id) => filled(`arn:aws:ec2:{region}:{account}:${kind}/${id}`, place)),
  );
  const actions = [
    ...(contents.has('aws_security_group') ? ['ec2:CreateSecurityGroup'] : []),
    ...(contents.has('aws_vpc_endpoint') ? ['ec2:CreateVpcEndpoint', 'ec2:ModifyVpcEndpoint'] : []),
    ...(contents.has('aws_flow_log') ? ['ec2:CreateFlowLogs'] : []),
  ];
  return found.length > 0 && actions.length > 0 ? [{ actions, resources: [...new Set(found)] }] : [];
}

/** `protect: false` lets a bucket be removed with what is in it. */
function emptiedBuckets(contents: StackContents, place: Place): Statement[] {
  if (!contents.of('aws_s3_bucket').some(({ force_destroy: emptied }) => emptied === true)) return [];
  const arns = ownArns(bucket, contents, place);
  return [
    { actions: ['s3:ListBucketVersions'], resources: arns },
    { actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'], resources: arns.map((arn) => `${arn}/*`) },
  ];
}

/** RDS makes the secret of a managed password in the name of the caller. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html */
function managedPasswords(contents: StackContents, place: Place): Statement[] {
  if (!contents.of('aws_db_instance').some(({ manage_master_user_password: managed }) => managed === true)) return [];
  return [
    {
      actions: ['secretsmanager:CreateSecret', 'secretsmanager:RotateSecret', 'secretsmanager:TagResource'],
      resources: [filled('arn:aws:secretsmanager:{region}:{account}:secret:rds!*', place)],
    },
  ];
}

/** Of a mapping's function AWS tells only when the mapping is made, changed and removed. */
function taggedMappings(contents: StackContents, place: Place): Statement[] {
  if (!contents.has('aws_lambda_event_source_mapping')) return [];
  return [
    {
      actions: ['lambda:TagResource', 'lambda:UntagResource'],
      resources: [filled('arn:aws:lambda:{region}:{account}:event-source-mapping:*', place)],
    },
  ];
}
