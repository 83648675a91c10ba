import { setTimeout as pause } from 'node:timers/promises';

const ATTEMPTS = 4;
const TIMEOUT_MILLISECONDS = 5_000;
const FIRST_PAUSE_MILLISECONDS = 500;
const LONGEST_PAUSE_MILLISECONDS = 20_000;

/** Why a message could not be delivered; without the address, which is a secret. */
export class PostError extends Error {
  constructor(
    message: string,
    /** Whether the same may work later. */
    readonly passing: boolean,
    readonly pauseMilliseconds?: number,
  ) {
    super(message);
  }
}

/** Posts a message to a webhook, several times where it is busy or out of order. */
export async function post(webhook: URL, text: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await postOnce(webhook, text);
    } catch (error) {
      if (!(error instanceof PostError) || !error.passing || attempt === ATTEMPTS) throw error;
      const wait = error.pauseMilliseconds ?? FIRST_PAUSE_MILLISECONDS * 2 ** (attempt - 1);
      if (wait > LONGEST_PAUSE_MILLISECONDS) throw error;
      await pause(wait);
    }
  }
}

async function postOnce(webhook: URL, text: string): Promise<void> {
  const response = await fetch(webhook, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
    redirect: 'error', // only the address that a person has filled in
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  }).catch((error: unknown) => {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    throw new PostError(timedOut ? 'the webhook did not answer in time' : 'the webhook could not be reached', true);
  });
  await response.body?.cancel();
  if (response.ok) return;
  const { status } = response;
  throw new PostError(`the webhook answered ${status}`, status === 429 || status >= 500, retryAfter(response));
}

/** Slack says in seconds how long to wait. https://docs.slack.dev/apis/web-api/rate-limits */
function retryAfter({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}
