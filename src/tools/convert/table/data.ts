import {
  dropped,
  either,
  isYes,
  type Key,
  kept,
  refused,
  type Table,
  takingEmpty,
  to,
  unlessItSays,
} from '../treatments';
import { engineVersion, named } from '../values';

const isAurora = ({ read }: Key) => isYes(read('postgres.aurora'));
const ofAurora = either(
  isAurora,
  refused('Aurora has no place here, and an instance has no capacity units: see postgres.aurora'),
  dropped('has no effect without aurora'),
);

/** A list without `email` switched the verification off. */
export const byEmail = takingEmpty(
  either(
    ({ value }) => value === null || [value].flat().join() === 'email',
    dropped('addresses are verified by email here, and nothing else is'),
    refused('addresses are verified by email here, and nothing else is'),
  ),
);

/** Databases, users and files. */
export const dataKeys: Table = {
  'postgres.enabled': kept(),
  'postgres.dbname': kept(),
  'postgres.username': kept(),
  'postgres.public_access': kept(),
  'postgres.engine_version': kept(engineVersion),
  'postgres.aurora': either(
    isAurora,
    refused(
      'Aurora has no place here: as it stands an RDS instance is made; choose its instance_class, and take the data over with a dump, or keep the cluster and write postgres: { existing: true, … }',
    ),
    dropped('an RDS instance is what is made here'),
  ),
  'postgres.min_capacity': ofAurora,
  'postgres.max_capacity': ofAurora,
  'postgres.instance_class': kept(),
  'postgres.allocated_storage': kept(),
  'postgres.storage_type': kept(),
  'postgres.multi_az': kept(),
  'postgres.storage_encrypted': unlessItSays(
    true,
    refused('every database is encrypted here'),
    'every database is encrypted here',
  ),
  'postgres.deletion_protection': kept(),
  'postgres.skip_final_snapshot': unlessItSays(
    false,
    refused('a database leaves a final snapshot here; protect: false takes it away together with all other protection'),
  ),
  'postgres.iam_database_authentication_enabled': unlessItSays(
    false,
    refused('containers sign in with the user and password of a secret here; RDS Proxy or tokens of IAM are not made'),
  ),
  'cognito.enabled': kept(),
  'cognito.enable_web_client': kept(),
  'cognito.enable_dashboard_client': kept(),
  'cognito.dashboard_callback_urls': kept(),
  'cognito.dashboard_callback_ur_ls': to(
    'cognito.dashboard_callback_urls',
    undefined,
    'a misspelling of the other tool that its templates never read',
  ),
  'cognito.enable_user_pool_domain': kept(),
  'cognito.user_pool_domain_prefix': kept(),
  'cognito.backend_confirm_signup': kept(),
  'cognito.auto_verified_attributes': byEmail,

  'buckets[].name': kept(named),
  'buckets[].public': kept(),
  'buckets[].versioning': kept(),
  'buckets[].cors_rules[].allowed_headers': kept(),
  'buckets[].cors_rules[].allowed_methods': kept(),
  'buckets[].cors_rules[].allowed_origins': kept(),
  'buckets[].cors_rules[].expose_headers': kept(),
  'buckets[].cors_rules[].max_age_seconds': kept(),

  'efs[].name': kept(named),
  'efs[].path': kept(),
  'efs[].uid': kept(),
  'efs[].gid': kept(),
  'efs[].permissions': kept(),
};
