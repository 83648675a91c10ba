import * as z from 'zod';
import type { Context } from '../context';
import { logGroupName } from '../values/aws-names';
import { awsName, flag, oneOf, text, textList, wholeNumber } from '../values/fields';

const method = oneOf('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', '*');

/** The `http_api` section: an API Gateway HTTP API in front of functions and containers. */
export const httpApiSection = z.strictObject({
  enabled: flag().default(true),
  name: awsName('an API', /^[\w .-]{1,128}$/, 'at most 128 letters, digits and any of "_ .-"').optional(),
  routes: z
    .array(
      z.strictObject({
        route: text(
          'a route such as "GET /health", "ANY /users/{proxy+}" or "$default"',
          /^(?:\$default|(?:ANY|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/[\w\-.~/{}+]*)$/,
        ),
        to: text(
          '"workload", a service such as "services.worker" or a function such as "functions.api"',
          /^(?:workload|(?:services|functions)\.[a-z][a-z0-9-]*)$/,
        ),
      }),
      { error: 'expected a list of routes, each with route and to' },
    )
    .min(1, 'expected at least one route')
    .optional()
    .describe(
      'Which requests go where, over a VPC link to containers. By default /<service>/ and all below it to each service, path unchanged, and everything else to the workload.',
    ),
  cors: z
    .strictObject({
      origins: textList(
        text('an origin such as "https://example.com"', /^(?:\*|https?:\/\/[^\s/]+)$/),
        'an origin',
        'a list of origins',
      )
        .optional()
        .describe('By default the environment’s own domain.'),
      methods: z
        .array(method, { error: 'expected a list of methods' })
        .default(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
      headers: textList(text('the name of a header', /^[\w*-]+$/), 'a header', 'a list of headers').default([
        'authorization',
        'content-type',
      ]),
      maxAgeSeconds: wholeNumber(0, 86_400).default(3600),
    })
    .optional()
    .describe('Web pages of other origins that may call it.'),
  throttle: z
    .strictObject({
      rate: wholeNumber(1, 10_000, 'requests a second').default(100),
      burst: wholeNumber(1, 5000, 'requests').default(200),
    })
    .prefault({})
    .describe('Requests that all clients together may make; further ones get 429.'),
  customDomain: flag()
    .optional()
    .describe(
      'Answers as <api_domain_prefix>.<domain>, once the domain is delegated. By default where there is a domain and no load balancer.',
    ),
  logGroupName: logGroupName.optional(),
});

export type HttpApiSpec = ReturnType<typeof completeHttpApi>;

/** What the API's defaults follow from. */
interface BehindHttpApi {
  readonly domainName: string | undefined;
  readonly alb: boolean;
  readonly workload: boolean;
  readonly services: readonly string[];
}

/** Fills in names and routes. */
export function completeHttpApi(
  section: z.output<typeof httpApiSection>,
  { prefix }: Context,
  { domainName, alb, workload, services }: BehindHttpApi,
) {
  const ownOrigin = domainName === undefined ? [] : [`https://${domainName}`];
  return {
    ...section,
    routes: section.routes ?? [
      ...services.flatMap((name) => [
        { route: `ANY /${name}`, to: `services.${name}` },
        { route: `ANY /${name}/{proxy+}`, to: `services.${name}` },
      ]),
      ...(workload ? [{ route: '$default', to: 'workload' }] : []),
    ],
    customDomain: section.customDomain ?? (domainName !== undefined && !alb),
    cors: section.cors && { ...section.cors, origins: section.cors.origins ?? ownOrigin },
    name: section.name ?? prefix,
    logGroupName: section.logGroupName ?? `/aws/apigateway/${prefix}`,
  };
}
