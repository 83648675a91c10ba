import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvironments } from '../spec/load/load';
import { SpecError } from '../spec/load/problem';

/** What `terrace init` asks for. */
export interface InitAnswers {
  readonly project: string;
  readonly env: string;
  readonly region: string;

  /** Empty for none: the load balancer then answers plain HTTP under its own name. */
  readonly domain: string;
  readonly database: 'postgres' | 'none';
}

/** Writes a new environment that synthesizes, and gives its file; what AWS would refuse is refused before. */
export function initEnvironment(
  answers: InitAnswers,
  { folder, schema }: { readonly folder: string; readonly schema: string },
): string {
  const home = join(folder, answers.project);
  const file = join(home, `${answers.env}.yaml`);
  if (existsSync(home))
    throw new SpecError([
      {
        at: { file: home, line: 1, column: 1 },
        path: '',
        message: 'expected a new system, got a folder that exists: choose another project',
      },
    ]);
  mkdirSync(home, { recursive: true });
  writeFileSync(file, environmentYaml(answers, schema));
  loadEnvironments([file]);
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
    ...(domain === ''
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
    ...(database === 'postgres'
      ? ['', 'postgres:', '  engine_version: "16"', '  instance_class: db.t4g.micro', '  allocated_storage: 20']
      : []),
    '',
    'logs:',
    '  retention_days: 30',
  ];
  return `${lines.join('\n')}\n`;
}
