import { textsAt } from '../../graph/values';
import type { Guard } from './guard';

type Values = Readonly<Record<string, unknown>>;

const PRETEND = 'mail of whoever pretends to be the domain reaches people, and looks like the domain’s own';

/** Records by which servers that receive mail tell whether it is the domain's: SPF (RFC 7208) and DMARC (RFC 7489). */
export const mailGuards: readonly Guard[] = [
  {
    types: /^aws_route53_record$/,
    path: 'records',
    ofNew: true,
    weaker: (before, after) => letsAnybodySend(after) && !letsAnybodySend(before),
    says: 'lets anybody send mail as the domain',
    effect: PRETEND,
    advice: '-all or ~all, and an include of each service that sends for it',
  },
  {
    types: /^aws_route53_record$/,
    path: 'records',
    weaker: (before, after) => refuses(before) && !refuses(after) && !letsAnybodySend(after),
    says: 'no longer has mail refused that only pretends to be of the domain',
    effect: PRETEND,
    advice: 'keep -all or ~all in SPF, and p=quarantine or p=reject in DMARC',
  },
];

/** `+all` and `?all` let through what nothing else names; so does an `all` of its own. */
function letsAnybodySend(values: Values): boolean {
  return texts(values).some((text) => /^v=spf1\b.*\s[+?]?all(?:\s|$)/i.test(text));
}

/** Whether records have mail refused that others send. */
export function refuses(values: Values): boolean {
  return texts(values).some(
    (text) => /^v=spf1\b.*\s[-~]all(?:\s|$)/i.test(text) || /^v=DMARC1\b.*\bp\s*=\s*(?:quarantine|reject)/i.test(text),
  );
}

function texts(values: Values): readonly string[] {
  if (values['type'] !== 'TXT' && values['type'] !== 'SPF') return [];
  return textsAt(values, 'records').map((text) => text.replace(/^"|"$/g, ''));
}
