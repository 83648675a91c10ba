import { awsName } from './fields';

/** Names in AWS that several sections pin. https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html */
export const securityGroupName = awsName(
  'a security group',
  /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/,
  '1 to 255 letters, digits, spaces and signs such as ".:/-", not "sg-" in front',
);

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
export const ecsName = awsName(
  'an ECS resource',
  /^[A-Za-z0-9_-]{1,255}$/,
  '1 to 255 letters, digits, dashes and underscores',
);

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const functionName = awsName(
  'a function',
  /^[\w-]{1,64}$/,
  'at most 64 letters, digits, dashes and underscores',
);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const roleName = awsName('an IAM role', /^[\w+=,.@-]{1,64}$/, '1 to 64 letters, digits and any of "_+=,.@-"');

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export const logGroupName = awsName('a log group', /^[\w./#-]{1,512}$/, '1 to 512 letters, digits and any of "_./#-"');

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export const secretName = awsName('a secret', /^[\w/+=.@-]{1,512}$/, '1 to 512 letters, digits and any of "/_+=.@-"');

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html#sysman-parameter-name-constraints */
export const parameterName = awsName(
  'an SSM parameter',
  /^(?!\/(?:aws|ssm)(?:\/|$))(?=.{2,1011}$)(?:\/[\w.-]+){1,15}$/,
  'a path such as "/dev/shop/password" of letters, digits and any of "_.-", at most 15 levels, not under "/aws" or "/ssm"',
);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketName = awsName(
  'a bucket',
  /^(?!xn--|sthree-|amzn-s3-demo-)(?!\d+\.\d+\.\d+\.\d+$)(?!.*(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  '3 to 63 small letters, digits, dashes and dots, no IP address and no beginning or end that S3 keeps for itself',
);
