import type { EnvironmentSpec } from '../spec/environment';
import { runningServices } from '../spec/rules/running-services';
import { databaseOf, existingDatabaseOf } from '../spec/sections/database';
import type { PgadminSpec } from '../spec/sections/pgadmin';
import { engines } from '../spec/values/engines';
import { BILLING_REGION } from './monitoring';

/** What a person does after an apply, in order; Terraform shows it as an output. */
export function nextSteps(spec: EnvironmentSpec): string[] {
  return [
    ...domainSteps(spec),
    ...certificateSteps(spec),
    ...secretSteps(spec),
    ...new Set(variableSteps(spec)),
    ...databaseSteps(spec),
    ...taskSteps(spec),
    ...imageSteps(spec),
    ...startSteps(spec),
    ...pushSteps(spec),
    ...deliverySteps(spec),
    ...emailSteps(spec),
    ...alarmSteps(spec),
    ...budgetSteps(spec),
  ];
}

function* domainSteps({ domain }: EnvironmentSpec): Iterable<string> {
  if (!domain || domain.delegated) return;
  yield `Enter the name servers of the output "name_servers" as NS records of ${domain.name} at the parent domain or the registrar; when "dig NS ${domain.name}" shows them, set domain.delegated: true and apply again.`;
}

/** A certificate made elsewhere covers names that are kept elsewhere; what was uploaded to IAM, nobody renews. */
function* certificateSteps({ alb, domain }: EnvironmentSpec): Iterable<string> {
  if (alb?.certificate && !domain)
    yield 'Point a name that the certificate covers at the output "load_balancer_dns_name" (CNAME, or an alias in Route 53): it is not valid for that address itself.';
  const name = alb?.certificate?.iam;
  if (name === undefined) return;
  yield `Before the certificate ${name} runs out, upload its successor under another name, write that in alb.certificate and apply: aws iam upload-server-certificate --server-certificate-name <name> --certificate-body file://cert.pem --private-key file://private-key.pem --certificate-chain file://chain.pem`;
}

function* secretSteps({ secrets, region }: EnvironmentSpec): Iterable<string> {
  for (const { secretName, fillIn } of secrets) {
    if (!fillIn) continue;
    const example = JSON.stringify(Object.fromEntries(fillIn.map((key) => [key, '...'])));
    yield `Fill in the secret ${secretName}: aws secretsmanager put-secret-value --region ${region} --secret-id ${secretName} --secret-string '${example}'`;
  }
}

/** What ECS fetches before it starts a container, and a person puts there. */
function* variableSteps(spec: EnvironmentSpec): Iterable<string> {
  const { region } = spec;
  const services = runningServices(spec).map(({ service }) => service);
  const written = databaseOf(spec)?.passwordParameters ?? [];
  for (const { ssmParameters, ssmPath, envFilesS3 } of [
    ...services,
    ...spec.tasks,
    ...spec.scheduledTasks,
    ...spec.eventProcessorTasks,
  ]) {
    for (const name of ssmParameters.filter((name) => !written.includes(`${ssmPath}/${name}`)))
      yield `Fill in the parameter ${ssmPath}/${name}, without which no task starts: aws ssm put-parameter --region ${region} --type SecureString --name ${ssmPath}/${name} --value '...'`;
    for (const { bucket, key } of envFilesS3)
      yield `Put the file of variables where tasks look for it, which do not start without: aws s3 cp --region ${region} ./${key.split('/').at(-1)} s3://${bucket}/${key}`;
  }
}

function* imageSteps(spec: EnvironmentSpec): Iterable<string> {
  const { ecrAccountId } = spec;
  const there = (repository: { readonly name?: string | undefined; readonly existing?: boolean | undefined }) => {
    if (ecrAccountId !== undefined)
      return `the repository ${repository.name} of the account ${ecrAccountId} trusts this one (ecr_trusted_accounts there) and`;
    return repository.existing ? `the repository ${repository.name}` : undefined;
  };
  for (const { service } of runningServices(spec)) {
    const { image, repository, imageTag, serviceName } = service;
    if (image !== undefined) continue;
    const elsewhere = there(repository);
    yield elsewhere === undefined
      ? `Push the first image of ${serviceName} as tag "${imageTag}" to the repository ${repository.name}; its tasks start once it is there.`
      : `See to it that ${elsewhere} has an image with the tag "${imageTag}", from which ${serviceName} starts.`;
  }
  for (const { repository, imageTag, taskFamily } of [...spec.scheduledTasks, ...spec.eventProcessorTasks]) {
    if (!repository) continue;
    const elsewhere = there(repository);
    yield elsewhere === undefined
      ? `Push the first image of ${taskFamily} as tag "${imageTag}" to the repository ${repository.name}; the next start runs it.`
      : `See to it that ${elsewhere} has an image with the tag "${imageTag}", from which ${taskFamily} starts.`;
  }
}

/** A deployment whose tasks could not start is given up after a while: ECS tries again when it is told to. */
function* startSteps(spec: EnvironmentSpec): Iterable<string> {
  const { region, cluster } = spec;
  for (const { service } of runningServices(spec)) {
    const { image, repository, ssmParameters, envFilesS3, serviceName } = service;
    const hasImage = image !== undefined || repository.existing;
    if (hasImage && ssmParameters.length === 0 && envFilesS3.length === 0) continue;
    yield `When what ${serviceName} needs is there, start it: aws ecs update-service --region ${region} --cluster ${cluster.name} --service ${serviceName} --force-new-deployment`;
  }
}

function* deliverySteps({ delivery, region }: EnvironmentSpec): Iterable<string> {
  if (delivery?.notifier)
    yield `Fill in the address of the Slack webhook that hears of deployments: aws ssm put-parameter --region ${region} --type SecureString --name ${delivery.notifier.webhookParameter} --value 'https://hooks.slack.com/services/...'`;
  if (delivery?.github)
    yield `Enter the output "deploy_role_arn" as role-to-assume of aws-actions/configure-aws-credentials in the workflow, with "permissions: { id-token: write, contents: read }" and the region ${region}; ${delivery.github.subjects.join(', ')} may take the role on.`;
}

function* databaseSteps(spec: EnvironmentSpec): Iterable<string> {
  const existing = existingDatabaseOf(spec);
  if (existing) {
    const { port } = engines[existing.engine];
    const whom = existing.proxy ? existing.proxy.securityGroupName : 'those that use the database';
    yield `Let the security groups of ${whom} in to port ${port} of ${existing.securityGroupId}: Terraform changes nothing there.`;
  }
  const database = databaseOf(spec);
  if (!database) return;
  if (database.pgadmin) yield openPgadmin(spec, database.pgadmin);
  if (database.applicationUser !== undefined)
    yield `Make the database user ${database.applicationUser}: ${runTask(spec, `${spec.project}-${spec.env}-database-user`)}`;
}

/** A tunnel through the session of ECS Exec: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-sessions-start.html */
function openPgadmin({ cluster, region }: EnvironmentSpec, { email, passwordParameter, service }: PgadminSpec): string {
  const { serviceName, containerPort } = service;
  const at = `--region ${region} --cluster ${cluster.name}`;
  const task = `$(aws ecs list-tasks ${at} --service-name ${serviceName} --query "taskArns[0]" --output text)`;
  const id = `id=$(aws ecs describe-tasks ${at} --tasks ${task} --query "tasks[0].containers[0].runtimeId" --output text)`;
  const tunnel = `aws ssm start-session --region ${region} --target "ecs:${cluster.name}_$(echo $id | cut -d- -f1)_$id" --document-name AWS-StartPortForwardingSession --parameters portNumber=${containerPort},localPortNumber=${containerPort}`;
  return `Open pgAdmin at http://localhost:${containerPort} as ${email} (password: aws ssm get-parameter --region ${region} --with-decryption --query Parameter.Value --output text --name ${passwordParameter}) while this runs: ${id}; ${tunnel}`;
}

function* taskSteps(spec: EnvironmentSpec): Iterable<string> {
  for (const { name, taskFamily } of spec.tasks)
    yield `Start the task ${name} when it is needed: ${runTask(spec, taskFamily)}`;
}

function* pushSteps({ push, region }: EnvironmentSpec): Iterable<string> {
  if (!push) return;
  yield `Write the credential of Firebase Cloud Messaging, the JSON of a service account, into the parameter ${push.parameterName} and apply again, which makes the platform application ${push.name}: aws ssm put-parameter --region ${region} --name ${push.parameterName} --type SecureString --overwrite --value file://service-account.json`;
}

function* emailSteps({ ses, region }: EnvironmentSpec): Iterable<string> {
  if (!ses) return;
  for (const address of [...ses.senders, ...ses.testEmails]) yield `Follow the link that SES has mailed to ${address}.`;
  yield `Ask AWS to lift the sandbox of SES in ${region} and for the sending rate you need: https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html`;
}

function* budgetSteps({ budget, account }: EnvironmentSpec): Iterable<string> {
  if (!budget || account.costAllocationTags.includes('stack')) return;
  yield 'Activate the cost allocation tag "stack" in the billing console, which lists it a day after the first apply: until then the budget sees no costs. In an organization the management account does it. https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html';
}

function* alarmSteps({ alarms, region }: EnvironmentSpec): Iterable<string> {
  if (!alarms) return;
  const { critical, warning, billing } = alarms;
  if (critical.existing === undefined) yield subscribe(critical.emails, critical.name, 'critical alarms reach');
  if (warning.existing === undefined) yield subscribe(warning.emails, warning.name, 'warning alarms reach');
  if (!billing) return;
  if (region !== BILLING_REGION)
    yield subscribe(critical.emails ?? [], `${billing.name} in ${BILLING_REGION}`, 'alarm on the bill reaches');
  yield 'Switch on "Receive CloudWatch billing alerts" in the billing preferences of the account, once: until then AWS reports no figure to the billing alarm. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html';
}

function subscribe(emails: readonly string[], topic: string, what: string): string {
  return emails.length > 0
    ? `Confirm the subscription of ${emails.join(', ')} to ${topic} by the mailed link.`
    : `Subscribe somebody, or your pager's address, to the topic ${topic}: its ${what} nobody yet.`;
}

function runTask({ cluster, region }: EnvironmentSpec, family: string): string {
  return `aws ecs run-task --region ${region} --cluster ${cluster.name} --launch-type FARGATE --enable-ecs-managed-tags --propagate-tags TASK_DEFINITION --task-definition ${family} --network-configuration "$(terraform output -raw task_network)"`;
}
