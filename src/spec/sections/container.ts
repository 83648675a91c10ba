import * as z from 'zod';
import type { Context } from '../context';
import { importByName, madeOrExisting } from '../values/adoption';
import { ecsName, logGroupName, roleName, securityGroupName } from '../values/aws-names';
import { ANYWHERE } from '../values/cidr';
import { describeSizes, fargateCpus, fargateMemories } from '../values/fargate';
import { awsName, cidr, flag, oneOf, text, wholeNumber } from '../values/fields';
import { ports } from './ports';
import { scaling } from './scaling';
import { taskEnvironment } from './task-environment';
import { ebsVolume, mounts } from './volumes';

export const image = text(
  'a container image such as "public.ecr.aws/nginx/nginx:1.27"',
  /^[a-z0-9][a-z0-9._\-/:]*(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@sha256:[a-f0-9]{64})?$/,
);

/** How a container is sized and started; shared by the workload, services and one-off tasks. */
export const containerShape = {
  image: image.optional().describe('An image that exists elsewhere; by default that of the repository made here.'),
  imageTag: text('an image tag such as "v1.0.0"', /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/)
    .default('initial')
    .describe('Tag of the first revision in the repository made here; the delivery pipeline registers later ones.'),
  command: z
    .array(text('text'), { error: 'expected a list such as ["node", "worker.js"]' })
    .optional()
    .describe('Instead of the image’s own.'),
  cpu: z
    .literal(fargateCpus as readonly [number, ...number[]], {
      error: `expected a CPU size that Fargate has (${fargateCpus.join(', ')})`,
    })
    .default(256)
    .describe('CPU units; 1024 are one vCPU.'),
  memory: wholeNumber(512, 122_880).default(512).describe('MiB; which ones there are depends on the CPU.'),
  architecture: oneOf('x86_64', 'arm64')
    .default('x86_64')
    .describe('arm64 costs about 20 % less and needs an image built for it.'),
  readonlyRootFilesystem: flag().default(false).describe('Lets the container write to its volumes only.'),
  ephemeralStorage: wholeNumber(21, 200, 'GiB')
    .optional()
    .describe('GiB of disk for the image and what a task writes, gone with the task; without it, 20 GiB.'),
  efs: mounts,
  ...taskEnvironment,
};

/** What a task uses, by name: access, variables and secrets follow from it. */
export const uses = z.array(
  text(
    'the name of something declared, such as "database" or "buckets.media"',
    /^[a-z]+(?:\.[a-z][a-z0-9-]*)?(?:\.(?:read|send|receive))?$/,
  ),
  {
    error: 'expected a list of names such as [database, buckets.media]',
  },
);

export const egress = z
  .union(
    [
      z.literal('all'),
      z.array(
        z.strictObject({
          port: wholeNumber(1, 65_535),
          cidr: cidr.default(ANYWHERE),
          description: text(
            'a description of at most 255 plain characters',
            /^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/,
          ).optional(),
        }),
      ),
    ],
    { error: 'expected a list of port and cidr, or "all"' },
  )
  .default([{ port: 443, cidr: ANYWHERE }])
  .describe(
    'Outbound TCP ports beside those that follow from `uses`, or `all` of every protocol. The default reaches AWS’s APIs and the web over HTTPS.',
  );

const existingRepository = {
  name: awsName(
    'an ECR repository',
    /^(?=.{2,256}$)[a-z0-9]+(?:[._-][a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-][a-z0-9]+)*)*$/,
    '2 to 256 small letters and digits, with single dots, dashes, underscores and slashes between them',
  ).optional(),
};

const madeRepository = {
  ...existingRepository,
  import: importByName('name'),
  scanOnPush: flag().default(true),
  immutableTags: flag()
    .default(true)
    .describe('A tag once pushed stays what it is; deploy with tags that do not move.'),
  keepImages: wholeNumber(1, 1000).default(10).describe('Images to keep, newest first.'),
  expireUntaggedAfterDays: wholeNumber(1, 365).default(7),
};

/** Where an image made for this comes from. */
export const repository = madeOrExisting('repository', madeRepository, existingRepository);

/** What a long-running service has beside its containers; shared by the workload and services. */
export const serviceShape = {
  ...containerShape,
  imageOwner: oneOf('pipeline', 'terraform')
    .optional()
    .describe(
      'Who decides which image runs. With `pipeline`, Terraform leaves the running task definition alone. By default `terraform` when `image` is given.',
    ),
  desiredCount: wholeNumber(0, 5000, 'tasks').default(1).describe('Tasks to start with; scaling changes it later.'),
  uses: uses.optional(),
  ports,
  ingress: oneOf('vpc', 'callers')
    .optional()
    .describe(
      'Who may connect to its port: everything in the VPC, or the load balancer, the HTTP API and those that use it alone. By default `vpc` where there is service discovery.',
    ),
  egress,
  ebsVolume: ebsVolume.optional(),
  ecsExec: flag().default(false).describe('Allows `aws ecs execute-command`: a shell in a running container.'),
  spot: flag().default(false).describe('Fargate Spot: up to 70 % cheaper, tasks stop on two minutes’ notice.'),
  deployment: z
    .strictObject({
      minHealthyPercent: wholeNumber(0, 100, 'percent').default(100),
      maxPercent: wholeNumber(100, 200, 'percent').default(200),
      circuitBreaker: flag()
        .default(true)
        .describe('Stops a deployment whose tasks do not become healthy and rolls it back.'),
    })
    .prefault({}),
  healthCheck: z
    .strictObject({
      intervalSeconds: wholeNumber(5, 300).default(30),
      timeoutSeconds: wholeNumber(2, 120).default(5),
      healthyThreshold: wholeNumber(2, 10, 'checks').default(2),
      unhealthyThreshold: wholeNumber(2, 10, 'checks').default(3),
      successCodes: text(
        'HTTP codes from 200 to 499 such as "200" or "200-299"',
        /^[2-4]\d\d(?:[-,][2-4]\d\d)*$/,
      ).default('200'),
      gracePeriodSeconds: wholeNumber(0, 2_147_483_647)
        .default(60)
        .describe('Failed checks do not count this long after a task has started.'),
      container: flag()
        .optional()
        .describe(
          'ECS asks for the path inside the container too, with curl or wget, whichever the image has; an image without a shell must say `false`. By default for a workload that no load balancer asks.',
        ),
      port: wholeNumber(1, 65_535)
        .optional()
        .describe('One of `ports` that the load balancer asks instead of the one it sends requests to.'),
    })
    .prefault({}),
  targetGroup: z
    .strictObject({
      name: awsName(
        'a target group',
        /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/,
        '1 to 32 letters, digits and dashes, no dash at an end',
      ).optional(),
      deregistrationDelaySeconds: wholeNumber(0, 3600)
        .default(30)
        .describe('How long open requests of a stopping task may take.'),
      stickiness: flag().default(false).describe('Keeps a client on one task by the cookie AWSALB.'),
      stickinessSeconds: wholeNumber(1, 604_800).default(86_400),
    })
    .prefault({}),
  scaling: scaling
    .optional()
    .describe(
      'More tasks under load. By default the workload scales to 4 tasks at 70 % CPU or 80 % memory, a service not.',
    ),
  repository: repository.prefault({}),
  serviceName: ecsName.optional(),
  taskFamily: ecsName.optional(),
  containerName: ecsName.optional(),
  logGroupName: logGroupName.optional(),
  logGroupImport: importByName('log_group_name'),
  logStreamPrefix: text('a log stream prefix without ":" and "*"', /^[^:*]{1,200}$/)
    .optional()
    .describe('Streams are called <prefix>/<container>/<task id>.'),
  securityGroupName: securityGroupName.optional(),
  taskRoleName: roleName.optional(),
  executionRoleName: roleName.optional(),
};

type ServiceFields = z.output<z.ZodObject<typeof serviceShape>>;

/** Fills in what follows from the thing's own name. */
export function completeService<Fields extends ServiceFields>(
  fields: Fields,
  short: string,
  { project, env, prefix }: Context,
  { uses, discovery }: { readonly uses: readonly string[]; readonly discovery: boolean },
) {
  const long = `${prefix}-${short}`;
  return {
    ...fields,
    imageOwner: fields.imageOwner ?? (fields.image === undefined ? ('pipeline' as const) : ('terraform' as const)),
    uses: [...(fields.uses ?? uses)],
    healthCheck: { ...fields.healthCheck, container: fields.healthCheck.container ?? false },
    ingress: fields.ingress ?? (discovery ? ('vpc' as const) : ('callers' as const)),
    discoveryName: short,
    ssmPath: `/${env}/${project}/${short}`,
    serviceName: fields.serviceName ?? long,
    taskFamily: fields.taskFamily ?? long,
    containerName: fields.containerName ?? short,
    logGroupName: fields.logGroupName ?? `/ecs/${prefix}/${short}`,
    logStreamPrefix: fields.logStreamPrefix ?? 'ecs',
    securityGroupName: fields.securityGroupName ?? long,
    taskRoleName: fields.taskRoleName ?? `${long}-task`,
    executionRoleName: fields.executionRoleName ?? `${long}-execution`,
    scaling: fields.scaling && {
      ...fields.scaling,
      min: fields.scaling.min ?? Math.min(fields.desiredCount, fields.scaling.max),
    },
    ebsVolume: fields.ebsVolume && {
      ...fields.ebsVolume,
      roleName: fields.ebsVolume.roleName ?? `${long}-volumes`,
    },
    targetGroup: { ...fields.targetGroup, name: fields.targetGroup.name ?? long },
    repository: { ...fields.repository, name: fields.repository.name ?? `${project}_${short}` },
  };
}

/** `expected` and `advice` when the CPU size does not come with the memory, undefined when it does. */
export function fargateMismatch(cpu: number, memory: number): { expected: string; advice: string } | undefined {
  const memories = fargateMemories(cpu);
  if (memories.includes(memory)) return undefined;
  const fitting = fargateCpus.filter((other) => fargateMemories(other).includes(memory));
  const change = fitting.length > 0 ? `; ${memory} MiB comes with cpu ${fitting.join(' or ')}` : '';
  return {
    expected: `expected a memory that Fargate has for cpu ${cpu} (${describeSizes(memories)} MiB)`,
    advice: `ECS would refuse the task definition${change}`,
  };
}
