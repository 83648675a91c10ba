import { Fn, Token, Tokenization } from 'cdktf';

/**
 * JSON as Terraform's `jsonencode(…)`, legible in JSON and HCL output and in plans.
 *
 * cdktf 0.21 forgets to escape quotes and backslashes inside the texts of a function call; this does it, leaving the
 * tokens among them alone.
 */
export function jsonText(value: unknown): string {
  return Fn.jsonencode(escaped(value));
}

function escaped(value: unknown): unknown {
  if (typeof value === 'string') return Token.isUnresolved(value) ? escapeAroundTokens(value) : escapeText(value);
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== 'object' || value === null || Tokenization.isResolvable(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, escaped(inner)]));
}

function escapeAroundTokens(text: string): string {
  return text
    .split(/(\$\{TfToken\[[^\]]*\]\})/)
    .map((piece, index) => (index % 2 === 1 ? piece : escapeText(piece)))
    .join('');
}

/** `$${` is what the YAML writes for `${` itself; cdktf doubles the dollar once more. */
function escapeText(text: string): string {
  return text
    .replace(/\$\$\{/g, () => '${')
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"');
}
