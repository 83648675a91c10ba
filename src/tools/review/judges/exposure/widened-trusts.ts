import { Accounts, isReference } from '../../../exposure/policies/accounts';
import { asksNoMore } from '../../../exposure/policies/coverage';
import { type Policy, type Principal, policyAt, type Statement } from '../../../exposure/policies/policy';
import type { Comparison } from '../../change';
import type { Finding } from '../../finding';
import { inWords } from '../../things';
import { isAt, shownOf } from './decisive';
import { principalText } from './names';

const PATH = 'assume_role_policy';

/** Who else may take a role that was there, among those of the same account and AWS's services: paths tell of all others. */
export function* widenedTrusts({ before: earlier, after: later, changes }: Comparison): Iterable<Finding> {
  let accounts: Accounts | undefined;
  for (const change of changes) {
    if (change.type !== 'aws_iam_role' || !['update', 'replace'].includes(change.action)) continue;
    const before = earlier.get(change.previousAddress ?? change.address);
    const after = later.get(change.address);
    const known = change.attributes.find((one) => isAt(one.path, PATH));
    if (!before || !after || !known) continue;
    accounts ??= new Accounts(later);
    const trusts = [policyAt(earlier, before, PATH), policyAt(later, after, PATH)] as const;
    for (const one of newIn(...trusts, accounts))
      yield { address: change.address, ...shownOf(known), ...findingOf(one, inWords(after), accounts) };
  }
}

function findingOf({ principal, isKnown }: New, role: string, accounts: Accounts) {
  const isService = principal.kind === 'Service';
  const who = isWhole(principal.value) ? 'whatever is in this account' : principalText(principal.value, accounts);
  const reason = `${who} can take ${role}${isKnown ? ' on fewer conditions' : ''}`;
  if (isService)
    return { verdict: 'behaviour', reason, effect: 'whoever may hand the role to that service acts by it' } as const;
  return {
    verdict: 'exposure',
    reason,
    effect: 'what the role may, they may as well, where their own policies let them take it',
    advice: 'name the roles that need it, and keep their conditions',
  } as const;
}

interface New {
  readonly principal: Principal;

  /** Whether he could take it before, and had to fulfil more for it. */
  readonly isKnown: boolean;
}

function newIn(before: Policy, after: Policy, accounts: Accounts): readonly New[] {
  const earlier = before.statements.filter(({ allows }) => allows);
  return after.statements
    .filter(({ allows }) => allows)
    .flatMap((statement) =>
      statement.principals
        .filter((one) => one.kind === 'Service' || isOwn(one, accounts))
        .map((principal) => ({ principal, ways: earlier.filter((one) => names(one, principal, accounts)) }))
        .filter(({ ways }) => !ways.some((one) => asksNoMore(one, statement)))
        .map(({ principal, ways }) => ({ principal, isKnown: ways.length > 0 })),
    );
}

/** What the apply makes anew is mostly what was named before. */
function isOwn({ kind, value }: Principal, accounts: Accounts): boolean {
  return kind === 'AWS' && !isReference(value) && accounts.of(value) === 'own';
}

/** By his name, or as one of his account. */
function names({ principals }: Statement, { kind, value }: Principal, accounts: Accounts): boolean {
  const whole = (other: string) => other === '*' || (isWhole(other) && accounts.of(other) === accounts.of(value));
  return principals.some((one) => one.kind === kind && (one.value === value || (kind === 'AWS' && whole(one.value))));
}

function isWhole(value: string): boolean {
  return /:root$|^\d{12}$/.test(value);
}
