import * as z from 'zod';
import { flag, listed, namedList, oneNumberOf, text, wholeNumber } from '../values/fields';

/** The `waf` section: request limits per client address, in front of the load balancer and the CDN. */
export const wafSection = z.strictObject({
  enabled: flag().default(true),
  rateLimits: namedList(
    z.strictObject({
      ...listed,
      path: text('the start of a path such as "/api/"', /^\/\S{0,199}$/).describe(
        'Requests whose path starts with this are counted.',
      ),
      requests: wholeNumber(10, 2_000_000_000).describe(
        'Requests that one address may send in the window; further ones get 429.',
      ),
      windowSeconds: oneNumberOf(60, 120, 300, 600).default(300),
    }),
    'rate limit',
  )
    .prefault([{ name: 'all', path: '/', requests: 2000 }])
    .describe('By default one: 2000 requests of an address in five minutes, whatever they ask for.'),
});

export type WafSpec = z.output<typeof wafSection>;
export type RateLimitSpec = WafSpec['rateLimits'][number];
