import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';

const KEPT_MILLISECONDS = 5 * 60_000;
let kept: { readonly parameter: string; readonly url: URL; readonly until: number } | undefined;

/** The webhook's URL, which nobody but its holder may know: errors name the parameter and never what it holds. */
export async function readWebhook(ssm: SSMClient, parameter: string): Promise<URL> {
  if (kept?.parameter === parameter && Date.now() < kept.until) return kept.url;
  const { Parameter } = await ssm
    .send(new GetParameterCommand({ Name: parameter, WithDecryption: true }))
    .catch((error: unknown) => {
      throw new Error(
        `the parameter ${parameter} could not be read: ${error instanceof Error ? error.name : 'unknown'}`,
      );
    });
  const url = parse(Parameter?.Value ?? '');
  if (!url) throw new Error(`the parameter ${parameter} holds no https address of a webhook`);
  kept = { parameter, url, until: Date.now() + KEPT_MILLISECONDS };
  return url;
}

/** So that a webhook that was replaced is read anew. */
export function forgetWebhook(): void {
  kept = undefined;
}

function parse(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const here = url.hostname === '127.0.0.1' || url.hostname === 'localhost';
  return url.protocol === 'https:' || (here && url.protocol === 'http:') ? url : undefined;
}
