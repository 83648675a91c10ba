import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from './support/project';
import { awsAlone } from './support/provider';
import { Workdir } from './support/terraform';

/** What an emulator, or a provider that stands in, refuses although AWS takes it. */
export interface Gap {
  readonly name: string;
  /** In its own words. */
  readonly error: RegExp;
  /** Terraform that meets the gap and nothing else; if it applies, the gap has vanished and leaves this list. */
  readonly probe: object;
  /** What has to be otherwise in a stack that meets it, as Terraform's override file; nothing where no override can say it. */
  readonly override: (resources: Resources) => object | undefined;
}

export type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const database = {
  identifier: 'gap',
  engine: 'postgres',
  engine_version: '16.3',
  instance_class: 'db.t4g.micro',
  allocated_storage: 20,
  username: 'gap',
  password: 'not-a-secret',
  skip_final_snapshot: true,
  backup_window: '03:00-04:00',
  maintenance_window: 'sun:04:00-sun:05:00',
};

export const gaps: readonly Gap[] = [
  {
    name: 'a maintenance window that begins when the backup window ends',
    error: /The backup window and maintenance window must not overlap/,
    probe: { resource: { aws_db_instance: { gap: database } } },
    override: (resources) =>
      overriding(
        resources,
        'aws_db_instance',
        { maintenance_window: 'sun:05:00-sun:06:00' },
        (one) => one['backup_window'] === '03:00-04:00' && one['maintenance_window'] === 'sun:04:00-sun:05:00',
      ),
  },
];

/**
 * What plain moto can't make, by type of resource, in its own words or those with which the provider receives its answer.
 * Where all of a type are made, the type leaves this list.
 */
export const lacksOfMoto: Readonly<Record<string, RegExp>> = {
  aws_apigatewayv2_domain_name: /waiting for API Gateway v2 Domain Name \(.*\) create: unexpected state ''/,
  aws_appautoscaling_target: /Application Auto Scaling: ListTagsForResource, .*StatusCode: 500/,
  aws_budgets_budget: /Budgets: DescribeSubscribersForNotification, .*StatusCode: 500/,
  aws_cloudfront_origin_access_identity: /CloudFront: CreateCloudFrontOriginAccessIdentity, .*StatusCode: 404/,
  aws_cloudfront_response_headers_policy: /CloudFront: CreateResponseHeadersPolicy, .*StatusCode: 404/,
  aws_cloudwatch_query_definition: /CloudWatch Logs: PutQueryDefinition, .*StatusCode: 500/,
  aws_db_instance: /reading RDS DB Instance \(.*\): couldn't find resource/,
  aws_efs_backup_policy: /EFS: PutBackupPolicy, .*StatusCode: 500/,
  aws_elasticache_parameter_group: /ElastiCache: CreateCacheParameterGroup, .*StatusCode: 500/,
  aws_elasticache_user_group: /ElastiCache: CreateUserGroup, .*StatusCode: 500/,
  aws_route53_record: /dkim_signing_attributes\[0\]\.tokens is empty list of string/,
  aws_sesv2_account_suppression_attributes: /SESv2: PutAccountSuppressionAttributes, .*StatusCode: 404/,
  aws_sqs_queue_redrive_allow_policy: /waiting for SQS Queue \(.*\) attribute \(RedriveAllowPolicy\) create: timeout/, // of 20 minutes
};

/** Which of moto's lacks an error tells of; nothing where it is another error. */
export function lackOfMoto(error: string): string | undefined {
  const [, type = ''] = /\b(?:with|in resource\.)\s?(aws_\w+)\./.exec(error) ?? [];
  return lacksOfMoto[type]?.test(error.replaceAll(/\s+/g, ' ')) ? type : undefined;
}

/** What {@link gaps} has of an emulator, of a provider that stands in for AWS's. */
export const gapsOfStandIn: readonly Gap[] = [
  {
    name: 'the DKIM tokens of an email identity',
    error: /dkim_signing_attributes is empty list of object/,
    probe: {
      resource: { aws_sesv2_email_identity: { gap: { email_identity: 'example.com' } } },
      output: { gap: { value: '${aws_sesv2_email_identity.gap.dkim_signing_attributes[0].tokens[0]}' } },
    },
    override: (resources) =>
      overriding(resources, 'aws_route53_record', { name: 'gap', records: ['gap'] }, ({ name }) =>
        String(name).includes('dkim_signing_attributes'),
      ),
  },
  {
    name: 'whose subnets are whose',
    error: /another VPC/,
    probe: {
      data: {
        aws_subnet: { gap: { id: 'subnet-0a1b2c3d', lifecycle: { postcondition: [insideOf('vpc-0a1b2c3d')] } } },
      },
    },
    override: () => undefined,
  },
];

/** Writes what a stack must have otherwise into its folder, where Terraform lays it over; which gaps the stack meets. */
export function overrideGaps(known: readonly Gap[], resources: Resources, path: string): string[] {
  return known.flatMap((gap, index) => {
    const override = gap.override(resources);
    if (override === undefined) return [];
    writeFileSync(join(path, `gap_${index}_override.tf.json`), JSON.stringify(override));
    return [gap.name];
  });
}

/** What applying the gap alone says. A gap that has vanished has no place in the list. */
export async function errorOf(gap: Gap, project: Project, env: NodeJS.ProcessEnv): Promise<string> {
  const path = join(project.path, 'gaps', gap.name.replaceAll(' ', '-'));
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'main.tf.json'), JSON.stringify({ ...awsAlone, ...gap.probe }));
  const workdir = new Workdir(path, env, project.logs);
  await workdir.init();
  return (await workdir.run(['apply', '-no-color', '-auto-approve'])).stderr;
}

function insideOf(vpc: string) {
  return { condition: `\${self.vpc_id == "${vpc}"}`, error_message: 'another VPC' };
}

function overriding(
  resources: Resources,
  type: string,
  values: object,
  meets: (one: Record<string, unknown>) => boolean,
): object | undefined {
  const met = Object.entries(resources[type] ?? {}).filter(([, one]) => meets(one as Record<string, unknown>));
  return met.length === 0
    ? undefined
    : { resource: { [type]: Object.fromEntries(met.map(([name]) => [name, values])) } };
}
