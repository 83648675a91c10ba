import { vi } from 'vitest';

/** Makes the SDK ask `url` for everything, with credentials that nobody checks; `attempts` is how often it asks. */
export function stubAws(url: string, { attempts }: { readonly attempts: number }): void {
  vi.stubEnv('AWS_ENDPOINT_URL', url);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_MAX_ATTEMPTS', String(attempts));
}
