import * as z from 'zod';
import type { Context } from '../context';
import { domainName, flag, listed, namedList, oneOf, text, textList } from '../values/fields';

const zoneId = text('a hosted zone id such as "Z0123456789ABC"', /^Z[A-Z0-9]{3,31}$/);

const existingZone = z.union([zoneId, domainName], {
  error: 'expected the id of a hosted zone such as "Z0123456789ABC", or its name such as "example.com"',
});

const zoneForms = 'expected "create", "existing: <hosted zone id or name>" or "import: <hosted zone id>"';

/** The `domain` section: the hosted zone, the environment's names in it and their certificates. */
export const domainSection = z.strictObject({
  enabled: flag().default(true),
  domainName: domainName.describe('The root domain, such as example.com.'),
  apiDomainPrefix: text('one label of a domain name, such as "api"', /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
    .default('api')
    .describe('Label of the API’s name.'),
  addDomainPrefix: flag()
    .default(true)
    .describe('Puts the environment in front: dev.example.com. Production usually turns it off.'),
  zone: z
    .union(
      [
        z.literal('create'),
        z
          .strictObject({ existing: existingZone.optional(), import: zoneId.optional() })
          .refine((zone) => (zone.existing === undefined) !== (zone.import === undefined), zoneForms),
      ],
      {
        error: zoneForms,
      },
    )
    .default('create')
    .describe(
      'A new hosted zone for the environment’s domain, one that is there already, or one that Terraform takes over.',
    ),
  certificates: z
    .array(oneOf('wildcard', 'api'), { error: 'expected a list of "wildcard" and "api"' })
    .default(['wildcard', 'api'])
    .describe(
      'Certificates to have at hand beside those that the load balancer and the CDN show: `wildcard` for the environment’s domain and all names under it, `api` for the API’s name.',
    ),
  delegations: namedList(
    z.strictObject({
      ...listed,
      nameServers: textList(domainName, 'a name server', 'a list of name servers')
        .min(2, 'expected at least two name servers')
        .describe('What the other environment’s output "name_servers" says.'),
    }),
    'delegation',
  ).describe('Subdomains whose records are kept in zones of their own, such as that of another environment.'),
  delegated: flag()
    .optional()
    .describe(
      'Whether the parent’s name servers point here. Until then certificates are requested but not waited for, and nothing is served over HTTPS. By default true for a zone that was there before, false for a new one.',
    ),
});

export type DomainSpec = ReturnType<typeof completeDomain>;

/** Fills in the environment's names. */
export function completeDomain(section: z.output<typeof domainSection>, { env }: Pick<Context, 'env'>) {
  return {
    ...section,
    delegated: section.delegated ?? section.zone !== 'create',
    name: environmentDomain(section, env),
    apiName: `${section.apiDomainPrefix}.${environmentDomain(section, env)}`,
  };
}

/** A domain whose zone is there already, for names that are written out without a domain section. */
export function existingDomain(domainName: string): DomainSpec {
  const section = domainSection.parse({
    domainName,
    addDomainPrefix: false,
    zone: { existing: domainName },
    certificates: [],
  });
  return completeDomain(section, { env: '' });
}

/** The zone that a name most likely is in: `example.com` of `api.example.com`. */
export function parentDomain(name: string): string {
  const labels = name.split('.');
  return labels.length > 2 ? labels.slice(1).join('.') : name;
}

/** Whether records of `name` belong into the zone of `zone`. */
export function isWithin(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}

/** `dev.example.com`, or the root domain itself. */
function environmentDomain(section: z.output<typeof domainSection>, env: string): string {
  return section.addDomainPrefix ? `${env}.${section.domainName}` : section.domainName;
}
