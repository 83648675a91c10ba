import * as z from 'zod';
import { flag, oneOf, text, wholeNumber } from '../values/fields';

const origin = text('"alb" or a bucket such as "buckets.assets"', /^(?:alb|buckets\.[a-z][a-z0-9-]*)$/);

/** The `cdn` section: a CloudFront distribution in front of the load balancer and of buckets. */
export const cdnSection = z.strictObject({
  enabled: flag().default(true),
  origin: origin.default('alb').describe('Where requests go that match no behavior.'),
  priceClass: oneOf('PriceClass_100', 'PriceClass_200', 'PriceClass_All')
    .default('PriceClass_100')
    .describe('Where CloudFront answers from: North America and Europe; most regions; all.'),
  behaviors: z
    .array(
      z.strictObject({
        path: text('a path pattern such as "/assets/*"', /^\/[A-Za-z0-9_\-.*$/~"'@:+?&]{0,254}$/),
        origin: origin.default('alb'),
        cache: oneOf('static', 'none')
          .default('static')
          .describe('`static` caches for a day unless the origin says otherwise.'),
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

export type CdnSpec = z.output<typeof cdnSection>;
