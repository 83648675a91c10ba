import { isMap, valueAt, valuesAt } from '../../../graph/values';
import type { Change, Comparison } from '../../change';
import type { Finding } from '../../finding';
import { jsonIn } from '../../meaning';
import { thing } from '../../things';

/** A policy that says who may come: what it no longer lets in, fails. */
interface Trusting {
  readonly types: RegExp;
  readonly key: string;

  /** Goes on from the name of the thing, before who is let in no longer. */
  readonly says: string;
  readonly effect: string | ((gone: readonly string[]) => string);
  readonly advice: string;

  /** Whose loss tells of an outage; others may be shut out on purpose. */
  readonly who: RegExp;
}

const TRUSTING: readonly Trusting[] = [
  {
    types: /^aws_iam_role$/,
    key: 'assume_role_policy',
    says: 'can no longer be taken by',
    effect: 'what runs with it as that is denied everything once the credentials that it has are over, within hours',
    advice: 'see that nothing takes the role in that way any more',
    who: /./,
  },
  {
    types:
      /^aws_(?:s3_bucket|sqs_queue|sns_topic|ecr_repository|secretsmanager_secret|cloudwatch_event_bus)(?:_policy)?$/,
    key: 'policy',
    says: 'no longer lets in',
    effect: 'what that service reads or brings for you is denied from this moment',
    advice: 'keep its statement for as long as the service is set up to come',
    // Services that only write logs are missed by nobody at once.
    who: /^(?!.*(?:log|cloudtrail|config|ssm|inspector)).*\.amazonaws\.com$/,
  },
  {
    types: /^aws_kms_(?:key|key_policy|external_key|replica_key|replica_external_key)$/,
    key: 'policy',
    says: 'no longer lets in',
    // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    effect: (gone) =>
      gone.some((one) => /:root$|^\d{12}$/.test(one))
        ? 'IAM policies of that account allow nothing with the key any more: whoever the key policy does not name can neither encrypt nor decrypt from this moment, and where it leaves nobody who may change it, only AWS Support brings it back'
        : 'who is left out can neither encrypt nor decrypt with the key from this moment, unless the key policy lets in its account and an IAM policy allows it',
    advice: 'see in CloudTrail who uses the key, and keep them and the root of the account in its policy',
    who: /./,
  },
];

/** Roles and policies that no longer let in whom they did. */
export function* judgeTrust({ changes }: Comparison): Iterable<Finding> {
  for (const change of changes) {
    const trusting = TRUSTING.find(({ types }) => types.test(change.type));
    if (!trusting || change.action !== 'update') continue;
    const { key, says, effect, advice, who } = trusting;
    const written = change.attributes.filter(({ path, unknown }) => path.split(/[.[]/)[0] === key && !unknown);
    const changed = written.find(({ path }) => path.includes('.Principal')) ?? written[0];
    if (!changed) continue;
    const left = trustedBy(change.after, key);
    const gone = [...trustedBy(change.before, key)].filter((one) => !left.has(one) && !left.has('*') && who.test(one));
    if (gone.length === 0) continue;
    yield {
      verdict: 'outage',
      address: change.address,
      attribute: changed.path,
      reason: `${thing(change)} ${says} ${gone.join(', ')}`,
      effect: typeof effect === 'string' ? effect : effect(gone),
      advice,
    };
  }
}

function trustedBy(values: Change['after'], key: string): ReadonlySet<string> {
  const statements = valuesAt(jsonIn(values?.[key]), 'Statement');
  const allowing = statements.filter((one) => valueAt(one, 'Effect') === 'Allow');
  return new Set(
    allowing
      .flatMap((one) => valuesAt(one, 'Principal'))
      .flatMap((one) => (isMap(one) ? Object.values(one).flat() : [one]))
      .filter((one) => typeof one === 'string'),
  );
}
