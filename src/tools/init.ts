import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environmentFile } from '../spec/environment-file';
import { type Problem, SpecError } from '../spec/load/problem';
import { domainName, name } from '../spec/values/fields';

/** What `terrace init` asks for. */
export interface InitAnswers {
  readonly project: string;
  readonly env: string;
  readonly region: string;

  /** `none`: the load balancer then answers plain HTTP under its own name. */
  readonly domain: string;

  /** `postgres` or `none`. */
  readonly database: string;
}

/** Writes a new environment that synthesizes, and gives its file; answers that the language would refuse are refused. */
export function initEnvironment(
  answers: InitAnswers,
  { folder, schema }: { readonly folder: string; readonly schema: string },
): string {
  const file = join(folder, answers.project, `${answers.env}.yaml`);
  const problems = answerProblems(answers);
  if (problems.length > 0) throw new SpecError(problems);
  if (existsSync(file))
    throw new SpecError([
      problem(file, 'expected a new environment, got a file that exists: choose another project or env'),
    ]);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, environmentYaml(answers, schema));
  return file;
}

/** The text of a small environment: about 25 lines, each of which a person will want to change one day. */
export function environmentYaml({ project, env, region, domain, database }: InitAnswers, schema: string): string {
  const lines = [
    `# yaml-language-server: $schema=${schema}`,
    `project: ${project}`,
    `env: ${env}`,
    `region: ${region}`,
    '',
    ...(domain === 'none'
      ? ['alb:', '  http: forward # plain HTTP; add "domain:" and remove this line for HTTPS']
      : [
          'domain:',
          `  domain_name: ${domain}`,
          `  add_domain_prefix: true # ${env}.${domain}`,
          '  delegated: false # true once the output "name_servers" is entered at the parent: HTTPS starts then',
          '',
          'alb:',
          '  enabled: true',
        ]),
    '',
    'workload:',
    '  backend_image_port: 8080',
    '  backend_health_endpoint: /health',
    '  cpu: 256',
    '  memory: 512',
    '  desired_count: 1',
    '  backend_env_variables:',
    '    - { name: LOG_LEVEL, value: info }',
    '  repository:',
    `    name: ${project}-${env}/backend # where the images go`,
    ...(database === 'postgres'
      ? ['', 'postgres:', '  engine_version: "16"', '  instance_class: db.t4g.micro', '  allocated_storage: 20']
      : []),
    '',
    'logs:',
    '  retention_days: 30',
  ];
  return `${lines.join('\n')}\n`;
}

function answerProblems(answers: InitAnswers): Problem[] {
  const checks = {
    project: name.safeParse(answers.project),
    env: name.safeParse(answers.env),
    region: environmentFile.shape.region.safeParse(answers.region),
    domain: answers.domain === 'none' ? undefined : domainName.safeParse(answers.domain),
  };
  const problems = Object.entries(checks).flatMap(([key, result]) => {
    const message = result?.error?.issues[0]?.message;
    return message === undefined
      ? []
      : [problem(`--${key}`, `${message}, got ${JSON.stringify(answers[key as keyof InitAnswers])}`)];
  });
  const taken = ['base', 'bootstrap'].includes(answers.env)
    ? [
        problem(
          '--env',
          `expected the name of an environment, got ${JSON.stringify(answers.env)}, which means something else here`,
        ),
      ]
    : [];
  const engine = ['postgres', 'none'].includes(answers.database)
    ? []
    : [problem('--database', `expected "postgres" or "none", got ${JSON.stringify(answers.database)}`)];
  return [...engine, ...taken, ...problems];
}

function problem(file: string, message: string): Problem {
  return { at: { file, line: 0, column: 0 }, path: '', message };
}
