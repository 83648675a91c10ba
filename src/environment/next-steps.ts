import type { EnvironmentSpec } from '../spec/environment';
import { databaseOf } from '../spec/sections/database';
import type { ServiceSpec } from '../spec/sections/service';
import { workloadAsService } from '../spec/sections/workload';

/** What a person does after an apply, in order; Terraform shows it as an output. */
export function nextSteps(spec: EnvironmentSpec): string[] {
  return [
    ...domainSteps(spec),
    ...secretSteps(spec),
    ...databaseSteps(spec),
    ...taskSteps(spec),
    ...imageSteps(spec),
    ...emailSteps(spec),
    ...alarmSteps(spec),
  ];
}

function* domainSteps({ domain }: EnvironmentSpec): Iterable<string> {
  if (!domain || domain.delegated) return;
  yield `Enter the name servers of the output "name_servers" as NS records of ${domain.name} at the parent domain or the registrar; when "dig NS ${domain.name}" shows them, set domain.delegated: true and apply again.`;
}

function* secretSteps({ secrets, region }: EnvironmentSpec): Iterable<string> {
  for (const { secretName, fillIn } of secrets) {
    if (!fillIn) continue;
    const example = JSON.stringify(Object.fromEntries(fillIn.map((key) => [key, '...'])));
    yield `Fill in the secret ${secretName}: aws secretsmanager put-secret-value --region ${region} --secret-id ${secretName} --secret-string '${example}'`;
  }
}

function* imageSteps(spec: EnvironmentSpec): Iterable<string> {
  const services: ServiceSpec[] = [...(spec.workload ? [workloadAsService(spec.workload)] : []), ...spec.services];
  for (const { image, repository, imageTag, serviceName } of services) {
    if (image !== undefined) continue;
    yield `Push the first image of ${serviceName} as tag "${imageTag}" to the repository ${repository.name}; its tasks start once it is there: aws ecs update-service --region ${spec.region} --cluster ${spec.cluster.name} --service ${serviceName} --force-new-deployment`;
  }
}

function* databaseSteps(spec: EnvironmentSpec): Iterable<string> {
  const database = databaseOf(spec);
  if (database?.applicationUser === undefined) return;
  yield `Make the database user ${database.applicationUser}: ${runTask(spec, `${spec.project}-${spec.env}-database-user`)}`;
}

function* taskSteps(spec: EnvironmentSpec): Iterable<string> {
  for (const { name, taskFamily } of spec.tasks)
    yield `Start the task ${name} when it is needed: ${runTask(spec, taskFamily)}`;
}

function* emailSteps({ ses, region }: EnvironmentSpec): Iterable<string> {
  if (!ses) return;
  for (const sender of ses.senders) yield `Follow the link that SES has mailed to ${sender}.`;
  yield `Ask AWS to lift the sandbox of SES in ${region} and for the sending rate you need: https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html`;
}

function* alarmSteps({ alarms }: EnvironmentSpec): Iterable<string> {
  if (!alarms) return;
  for (const severity of ['critical', 'warning'] as const) {
    const { emails, name } = alarms[severity];
    yield emails.length > 0
      ? `Confirm the subscription of ${emails.join(', ')} to ${name} by the mailed link.`
      : `Subscribe somebody, or your pager's address, to the topic ${name}: its ${severity} alarms reach nobody yet.`;
  }
}

function runTask({ cluster, region }: EnvironmentSpec, family: string): string {
  return `aws ecs run-task --region ${region} --cluster ${cluster.name} --launch-type FARGATE --task-definition ${family} --network-configuration "$(terraform output -raw task_network)"`;
}
