import type { Usable } from '../../access/usable';

/** Confirms a user without the mailed code: granted only where the file says so. */
export const CONFIRM_SIGN_UP = 'AdminConfirmSignUp';

/** What a backend does that manages users. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html */
const actions: readonly string[] = [
  'AdminAddUserToGroup',
  'AdminCreateUser',
  'AdminDeleteUser',
  'AdminDisableUser',
  'AdminEnableUser',
  'AdminGetUser',
  'AdminListGroupsForUser',
  'AdminRemoveUserFromGroup',
  'AdminResetUserPassword',
  'AdminSetUserPassword',
  'AdminUpdateUserAttributes',
  'ListUsers',
  'ListUsersInGroup',
];

/** Lets the consumer's code manage the users of one pool, `further` actions included. */
export function userManagement(
  pool: { readonly arn: string; readonly id: string },
  further: readonly string[] = [],
): Usable {
  return {
    injection: { environment: { COGNITO_USER_POOL_ID: pool.id }, secrets: {} },
    letUse: ({ role }) =>
      role.allow('manage_users', {
        actions: [...actions, ...further].map((action) => `cognito-idp:${action}`),
        resources: [pool.arn],
      }),
  };
}
