import { dropped, either, isYes, type Key, kept, refused, refusedIf, type Table, textOf, to } from '../treatments';
import { accountId, named } from '../values';

const isDefaultVpc = ({ read }: Key) => isYes(read('use_default_vpc'));
const isLocal = ({ read }: Key) => read('ecr_strategy') === 'local';
const removed = (instead: string) => refused(`removed from the dialect in its schema version 6: ${instead}`);

/** What stands at the top of a file. */
export const rootKeys: Table = {
  schema_version: dropped('has no meaning here: the language has one version'),
  project: kept(named),
  env: kept(named),
  is_prod: either(
    ({ value, read }) => isYes(value) && read('env') !== 'prod',
    refused('production is said by what it needs: domain.add_domain_prefix: false, protect and the like'),
    dropped('production is said by what it needs'),
  ),
  region: kept(),
  account_id: kept(accountId),
  aws_profile: refused(
    'a profile belongs to a machine: set AWS_PROFILE where Terraform runs; account_id guards the account',
  ),

  state_bucket: either(
    ({ read }) => Boolean(read('state_lock_table')),
    to('state.bucket'),
    to(
      'state.bucket',
      undefined,
      'with state.existing, because the bucket is there: make the table <project>-terraform-locks with the key LockID too, or write another bucket without existing, and the bootstrap stack makes both',
    ),
  ),
  state_lock_table: to('state.lock_table'),
  state_file: refused(
    'the state under that key describes what the other tool made, and a first plan against it would destroy all of it: leave it out for <project>/<env>/terraform.tfstate, or write another state.key',
  ),
  modules: dropped('no modules are read from a path here'),
  custom_modules: refused(
    'modules of your own have no place here: say what they make in this language, or keep them in a stack of their own',
  ),

  use_default_vpc: either(
    ({ value }) => isYes(value),
    to('network.use_default_vpc'),
    dropped('a network of its own is the default'),
  ),
  vpc_cidr: either(isDefaultVpc, dropped('has no effect beside use_default_vpc'), to('network.cidr')),
  az_count: removed('write network.availability_zones'),
  create_private_subnets: removed('there always are private subnets'),
  enable_nat_gateway: removed('write network.nat_gateways: single, per_zone or none'),

  ecr_strategy: either(
    ({ value, read }) => value === 'local' || Boolean(read('ecr_account_id')),
    dropped('ecr_account_id alone says it'),
    refused('images of another account need its id: write ecr_account_id'),
  ),
  ecr_account_id: either(isLocal, dropped('has no effect beside ecr_strategy: local'), kept(accountId)),
  ecr_account_region: either(isLocal, dropped('has no effect beside ecr_strategy: local'), kept()),
  'ecr_trusted_accounts[].account_id': kept(accountId),
  'ecr_trusted_accounts[].region': kept(),
  'ecr_trusted_accounts[].env': (key) => ({
    as: 'written',
    places: [
      { at: 'ecr_trusted_accounts[].name', value: trustedName(key) },
      { at: key.pattern, value: named(key.value, key) },
    ],
  }),

  api_domain: refused('had no effect in the other tool: domain.api_domain_prefix says it here'),
  slack_deployment_webhook: refused(
    'a webhook is a secret: put it into the SSM parameter that delivery.notifier names, and make a new one if this file was ever shared',
  ),
  manage_dns_records: refusedIf(
    ({ value }) => isYes(value),
    'records of Amplify applications have no place here: see amplify_apps',
    'was not in use',
  ),

  aws_region: refused('not a key of the dialect, though its readme shows it: write region'),
  'database.**': refused('not a section of the dialect, though its readme shows it: write postgres'),
  'environment.**': refused('not a key of the dialect: write env'),
  'mockoon.**': refused('removed from the dialect: write it as one of services'),
  'compute.**': refused(
    'pools of EC2 instances have no place here: containers run on Fargate; give them cpu, memory and spot',
  ),
  'amplify_apps.**': refused(
    'Amplify has no place here: put the built pages into one of buckets, with cdn in front, or keep Amplify in a stack of its own',
  ),
  'pubsub_appsync.**': refusedIf(
    ({ read }) => isYes(read('pubsub_appsync.enabled')),
    'AppSync has no place here: write http_api with functions, or keep AppSync in a stack of its own',
    'was not enabled',
  ),
  'dns.**': refused('not a section of the dialect: write domain'),
};

/** The environment's name, with the account where an environment has several. */
function trustedName(key: Key): unknown {
  const accounts = key.read('ecr_trusted_accounts');
  const alike = Array.isArray(accounts) ? accounts.filter((account) => account?.env === key.value) : [];
  return named(alike.length > 1 ? `${key.value}-${textOf(key.beside('account_id'))}` : key.value, key);
}
