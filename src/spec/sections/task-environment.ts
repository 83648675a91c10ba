import * as z from 'zod';
import { flag, text, textList } from '../values/fields';

/** X-Ray's own image of its daemon. */
export const XRAY_DAEMON = 'public.ecr.aws/xray/aws-xray-daemon:3.x';

/** What a container gets beside its variables and what it uses: configuration kept elsewhere, tracing, further permissions. */
export const taskEnvironment = {
  xrayEnabled: flag()
    .default(false)
    .describe('Adds the X-Ray daemon as a sidecar, which passes the traces of the container on, and lets it do so.'),
  ssmParameters: textList(
    text('the name of an SSM parameter without its path such as "api_key"', /^[A-Za-z][\w.-]{0,99}$/),
    'a parameter',
    'a list of parameter names',
  )
    .default([])
    .describe(
      'SSM parameters under /<env>/<project>/backend/ (a service: /<env>/<project>/<service>/) that become variables when a task starts: api_key becomes API_KEY. A person fills them in; Terraform never reads them.',
    ),
  envFilesS3: z
    .array(
      z.strictObject({
        bucket: text(
          'the exact name of a bucket, 3 to 63 small letters, digits, dashes and dots',
          /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
        ),
        key: text('the key of a file that ends in .env, such as "backend/app.env"', /^[^\s]{1,1020}\.env$/),
      }),
      { error: 'expected a list of bucket and key' },
    )
    .max(10, 'expected at most 10 files, as many as ECS takes')
    .default([])
    .describe('Files of NAME=value lines in S3 that become variables when a task starts; nothing secret in them.'),
  policy: z
    .array(
      z.strictObject({
        actions: textList(
          text('an action such as "s3:GetObject", not all of a service', /^[a-z0-9-]+:(?=[^*])[A-Za-z*]+$/),
          'an action',
          'a list of actions',
        ).min(1, 'expected at least one action'),
        resources: textList(
          text('an ARN such as "arn:aws:s3:::my-bucket/*", or "*"', /^(?:\*|arn:aws:\S+)$/),
          'a resource',
          'a list of ARNs',
        ).min(1, 'expected at least one resource'),
      }),
      { error: 'expected a list of actions and resources' },
    )
    .default([])
    .describe('What the code may do beside what follows from `uses`.'),
};
