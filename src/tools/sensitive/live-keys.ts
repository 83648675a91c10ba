/** What opens something by itself, told by its form, and what people call it. */
const FORMS: readonly (readonly [kind: string, form: RegExp])[] = [
  ['an access key of AWS', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/],
  ['a token of GitHub', /\b(?:gh[oprsu]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/],
  ['a token of GitLab', /\bglpat-[\w-]{20,}/],
  ['a key of Stripe', /\b[rs]k_live_[A-Za-z0-9]{10,}/],
  ['a token of Slack', /\bxox[abeoprs]-[\w-]{10,}/],
  ['a webhook of Slack', /(?<=\bhooks\.slack\.com\/services\/)[\w/]{8,}/],
  ['a key of SendGrid', /\bSG\.[\w-]{16,}\.[\w-]{16,}/],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a signed token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
  ['a password in a URL', /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"]{0,200}:)(?!\$\{)[^\s/@"]+(?=@)/],
];

/** Without one of these, a look for them finds nothing. */
const HINTS = /A[KS]IA|:\/\/|PRIVATE KEY|gh[oprsu]_|github_pat_|glpat-|k_live_|xox[abeoprs]-|SG\.|npm_|eyJ/;

const ANY = new RegExp(FORMS.map(([, { source }]) => source).join('|'), 'g');

/** A text with all that opens something by itself replaced. */
export function withoutLiveKeys(text: string, replacement: string): string {
  return HINTS.test(text) ? text.replace(ANY, replacement) : text;
}

/** A key in a text, and what kind of key it is. */
export interface LiveKey {
  readonly kind: string;
  readonly key: string;
}

/** The first key that a text holds, if it holds one. */
export function liveKeyIn(text: string): LiveKey | undefined {
  if (!HINTS.test(text)) return undefined;
  for (const [kind, form] of FORMS) {
    const [key] = form.exec(text) ?? [];
    if (key !== undefined) return { kind, key };
  }
  return undefined;
}
