import { dropped, either, isYes, refused, type Table, to } from '../treatments';
import { engineVersion } from '../values';
import { variables } from './containers';
import { byEmail } from './data';

/** The keys of 2023, when files had no sections. */
export const flatKeys: Table = {
  health_endpoint: to('workload.backend_health_endpoint'),
  image_bucket_postfix: to('workload.bucket_postfix'),
  setup_FCM_SNS: to('workload.setup_fcnsns'),
  ...variables('backend_env', 'workload.backend_env_variables'),
  setup_domain: to('domain.enabled'),
  domain: to('domain.domain_name'),
  setup_postgres: to('postgres.enabled'),
  pg_db_name: to('postgres.dbname'),
  pg_username: to('postgres.username'),
  pg_public: to('postgres.public_access'),
  pg_engine: to('postgres.engine_version', engineVersion),
  pgadmin: either(
    ({ value, read }) => isYes(value) && !read('pgadmin_email'),
    refused('whoever signs in to it needs an address: write postgres.pgadmin: { email: … }'),
    dropped('postgres.pgadmin alone says it'),
  ),
  pgadmin_email: either(
    ({ read }) => isYes(read('pgadmin')),
    to('postgres.pgadmin.email'),
    dropped('has no effect without pgadmin'),
  ),
  setup_cognito: to('cognito.enabled'),
  enable_web_client: to('cognito.enable_web_client'),
  enable_dashboard_client: to('cognito.enable_dashboard_client'),
  dashboard_callback_urls: to('cognito.dashboard_callback_urls'),
  enable_user_pool_domain: to('cognito.enable_user_pool_domain'),
  user_pool_domain_prefix: to('cognito.user_pool_domain_prefix'),
  auto_verified_attributes: byEmail,
  allow_backend_task_to_confirm_signup: to('cognito.backend_confirm_signup'),
  setup_ses: to('ses.enabled'),
  ses_domain: to('ses.domain_name'),
  ses_test_emails: to('ses.test_emails'),
};
