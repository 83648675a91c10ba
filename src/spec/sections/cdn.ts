import * as z from 'zod';
import { flag, name, oneOf, text, wholeNumber } from '../values/fields';

const origin = text(
  '"alb", "http_api" or a bucket such as "buckets.assets"',
  /^(?:alb|http_api|buckets\.[a-z][a-z0-9-]*)$/,
);

/** The `cdn` section: a CloudFront distribution in front of the load balancer and of buckets. */
export const cdnSection = z.strictObject({
  enabled: flag().default(true),
  origin: origin.default('alb').describe('Where requests go that match no behavior.'),
  http: oneOf('redirect', 'refuse')
    .default('redirect')
    .describe('What plain HTTP gets: the address with HTTPS, or nothing at all (403).'),
  originAccess: oneOf('oac', 'identity')
    .default('oac')
    .describe(
      'How it proves to a bucket who it is: Origin Access Control, or its predecessor, an Origin Access Identity.',
    ),
  defaultRootObject: text('the key of an object such as "index.html", no slash in front', /^[^/\s][^\s]{0,254}$/)
    .optional()
    .describe('What / stands for; by default "index.html" where `origin` is a bucket.'),
  accessLogs: name
    .optional()
    .describe(
      'The bucket under `buckets` that gets a log of every request, under cdn/; with `access_log_target: true`.',
    ),
  priceClass: oneOf('PriceClass_100', 'PriceClass_200', 'PriceClass_All')
    .default('PriceClass_100')
    .describe('Where CloudFront answers from: North America and Europe; most regions; all.'),
  behaviors: z
    .array(
      z.strictObject({
        path: text('a path pattern such as "/assets/*"', /^\/[A-Za-z0-9_\-.*$/~"'@:+?&]{0,254}$/),
        origin: origin.default('alb'),
        cache: oneOf('static', 'none')
          .optional()
          .describe('`static` caches for a day unless the origin says otherwise; the default, except for `http_api`.'),
      }),
      { error: 'expected a list of behaviors, each with its "- path:"' },
    )
    .default([])
    .describe('Paths that are treated differently, first match first.'),
  securityHeaders: z
    .strictObject({
      hstsMaxAgeDays: wholeNumber(0, 730)
        .default(365)
        .describe('Strict-Transport-Security, subdomains included; 0 leaves it out.'),
      contentSecurityPolicy: text('a Content-Security-Policy').default(
        "default-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'self'",
      ),
      frameOptions: oneOf('DENY', 'SAMEORIGIN').default('DENY'),
      referrerPolicy: oneOf('no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin').default(
        'strict-origin-when-cross-origin',
      ),
    })
    .prefault({})
    .describe('Headers added to every answer; X-Content-Type-Options: nosniff always is.'),
});

export type CdnSpec = ReturnType<typeof completeCdn>;

/** Fills in what depends on the origin. */
export function completeCdn(section: z.output<typeof cdnSection>) {
  const { origin, defaultRootObject, behaviors } = section;
  return {
    ...section,
    defaultRootObject: defaultRootObject ?? (origin.startsWith('buckets.') ? 'index.html' : undefined),
    behaviors: behaviors.map((behavior) => ({
      ...behavior,
      cache: behavior.cache ?? (behavior.origin === 'http_api' ? ('none' as const) : ('static' as const)),
    })),
  };
}

/** Whether it passes any requests on to an origin. */
export function reaches(
  cdn: Pick<z.output<typeof cdnSection>, 'origin' | 'behaviors'> | undefined,
  origin: string,
): boolean {
  return cdn !== undefined && [cdn, ...cdn.behaviors].some((route) => route.origin === origin);
}
