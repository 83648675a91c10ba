import {
  dropped,
  either,
  isYes,
  type Key,
  kept,
  NOTHING,
  refused,
  refusedIf,
  type Table,
  takingEmpty,
  textOf,
  to,
  unlessItSays,
} from '../treatments';

const zoneIsGiven = ({ read }: Key) => Boolean(read('domain.zone_id'));
const isProduction = ({ read }: Key) => read('env') === 'prod';
const isDelegated = (key: Key) => Boolean(key.read('domain.root_zone_id')) && !isProduction(key);

const zone = either(
  zoneIsGiven,
  dropped('domain.zone names the zone that is there'),
  either(
    (key) => isDelegated(key) || isYes(key.value) === (key.pattern !== 'domain.use_existent'),
    to('domain.zone', () => 'create'),
    to('domain.zone', (_, { read }) => ({ existing: textOf(read('domain.domain_name')) }), 'looked up by its name'),
  ),
);

const atTheParent = refused(
  'a zone of its own is made for this environment: enter its name servers under domain.delegations of the environment that has the root domain',
);

/** The other tool never put "prod" in front, whatever the file said. */
const prefix = (pattern: 'kept' | 'moved') =>
  either(
    isProduction,
    to('domain.add_domain_prefix', () => false, 'the other tool never put "prod" in front'),
    pattern === 'kept' ? kept() : to('domain.add_domain_prefix'),
  );

/** Domains and ways in. */
export const edgeKeys: Table = {
  'domain.enabled': kept(),
  'domain.domain_name': kept(),
  'domain.api_domain_prefix': takingEmpty(
    either(
      ({ value }) => value === '',
      refused('an API has a name under the domain here: api.<domain>, or another prefix'),
      either(({ value }) => value === null, dropped(NOTHING), kept()),
    ),
  ),
  'domain.add_env_domain_prefix': prefix('moved'),
  'domain.add_domain_prefix': prefix('kept'),
  'domain.create_domain_zone': zone,
  'domain.use_existent': zone,
  'domain.zone_id': to('domain.zone.existing'),
  'domain.root_zone_id': atTheParent,
  'domain.root_account_id': atTheParent,
  'domain.is_dns_root': refusedIf(
    ({ value }) => isYes(value),
    'other environments are named under domain.delegations',
    'is the case here anyway',
  ),
  'domain.dns_root_account_id': atTheParent,
  'domain.delegation_role_arn': atTheParent,
  'domain.trusted_account_ids': refused(
    'no account may write into another’s zone here: name servers are entered under domain.delegations',
  ),
  'domain.root_domain': refused('domain.domain_name is the root domain'),
  'domain.additional_domains.**': refused(
    'an environment has one domain here: write another environment, or a stack of its own',
  ),
  'domain.name': refused('not a key of the dialect, though its readme shows it: write domain.domain_name'),

  'alb.enabled': kept(),
  'alb.idle_timeout': kept(),

  'cloudfront.**': refused('write it as cdn'),
  'cloudfront_distributions[].name': distribution(dropped('an environment has one distribution, which needs no name')),
  'cloudfront_distributions[].enabled': distribution(to('cdn.enabled')),
  'cloudfront_distributions[].price_class': distribution(to('cdn.price_class')),
  'cloudfront_distributions[].default_root_object': distribution(to('cdn.default_root_object')),
  'cloudfront_distributions[].domain_aliases': distribution(refused('it answers under the environment’s domain')),
  'cloudfront_distributions[].additional_zones.**': distribution(refused('an environment has one domain here')),
  'cloudfront_distributions[].spa_mode': distribution(
    unlessItSays(false, refused('errors are not turned into pages here: have the application answer every path')),
  ),
  'cloudfront_distributions[].origins[].name': origin(
    (key) => to('cdn.origin', () => originOf(key, Number(key.path[3])))(key),
    dropped('behaviors name what they lead to'),
  ),
  'cloudfront_distributions[].origins[].type': distribution(dropped('cdn.origin says it')),
  'cloudfront_distributions[].origins[].bucket_name': distribution(dropped('cdn.origin says it')),
  'cloudfront_distributions[].origins[].domain_name': distribution(dropped('cdn.origin says it')),
  'cloudfront_distributions[].origins[].use_oac': distribution(
    unlessItSays(
      true,
      to('cdn.origin_access', () => 'identity'),
    ),
  ),
  'cloudfront_distributions[].origins[].create_bucket': distribution(
    unlessItSays(false, refused('a bucket is made by its entry in buckets')),
  ),
  'cloudfront_distributions[].origins[].protocol_policy': distribution(
    unlessItSays('https-only', refused('origins are reached over HTTPS here')),
  ),
  'cloudfront_distributions[].origins[].origin_path': distribution(
    refused('an origin is asked for the path that was asked for'),
  ),
  'cloudfront_distributions[].origins[].custom_headers.**': distribution(refused('no header is added here')),
  'cloudfront_distributions[].cache_behaviors[].path_pattern': distribution(
    to('cdn.behaviors[].path', (value) => (textOf(value).startsWith('/') ? value : `/${textOf(value)}`)),
  ),
  'cloudfront_distributions[].cache_behaviors[].origin_name': distribution(
    to('cdn.behaviors[].origin', (value, key) =>
      originOf(
        key,
        originsOf(key).findIndex(({ name }) => name === value),
      ),
    ),
  ),
  'cloudfront_distributions[].cache_behaviors[].viewer_protocol_policy': distribution(
    unlessItSays('redirect-to-https', refused('cdn.http says it for all paths: redirect or refuse')),
  ),
  'cloudfront_distributions[].cache_behaviors[].compress': distribution(
    unlessItSays(true, refused('answers are always compressed')),
  ),
  'cloudfront_distributions[].cache_behaviors[].**': distribution(
    refused('what is cached and for how long is said by cdn.behaviors[].cache: static or none'),
  ),
  'cloudfront_distributions[].logging.enabled': distribution(
    unlessItSays(false, refused('write cdn.access_logs with the name of one of buckets')),
  ),
  'cloudfront_distributions[].logging.**': distribution(
    refused('write cdn.access_logs with the name of one of buckets'),
  ),
  'cloudfront_distributions.**': distribution(refused('has no place in cdn')),
};

interface Origin {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly bucket_name?: unknown;
}

function originsOf({ read }: Key): readonly Origin[] {
  const distributions = read('cloudfront_distributions');
  const origins = Array.isArray(distributions) ? distributions[0]?.origins : undefined;
  return Array.isArray(origins) ? origins : [];
}

/** What `cdn` calls an origin: the load balancer, or a bucket of this file. */
function originOf(key: Key, index: number): string | undefined {
  const found = originsOf(key)[index];
  if (found?.type === 'alb') return 'alb';
  const buckets = key.read('buckets');
  const names: unknown[] = Array.isArray(buckets) ? buckets.map((bucket) => bucket?.name) : [];
  const long = (name: unknown) => `${textOf(key.read('project'))}-${textOf(name)}-${textOf(key.read('env'))}`;
  const bucket = names.find((name) => [name, long(name)].includes(found?.bucket_name));
  return found?.type === 's3' && bucket !== undefined ? `buckets.${textOf(bucket)}` : undefined;
}

/** A distribution that `cdn` can say: the only one, all of whose origins are the load balancer or buckets of this file. */
function distribution(treatment: ReturnType<typeof kept>) {
  const one = ({ read }: Key) =>
    Array.isArray(read('cloudfront_distributions')) && (read('cloudfront_distributions') as unknown[]).length === 1;
  const known = (key: Key) =>
    originsOf(key).length > 0 && originsOf(key).every((_, index) => originOf(key, index) !== undefined);
  return either(
    one,
    either(
      known,
      treatment,
      refused('cdn leads to alb or to one of buckets in this file, and to nothing else: write cdn.origin'),
    ),
    refused('an environment has one distribution here: write cdn'),
  );
}

/** The first origin gets what no behavior says. */
function origin(first: ReturnType<typeof kept>, others: ReturnType<typeof kept>) {
  return distribution(either(({ path }) => path[3] === 0, first, others));
}
