import { isMap, textsAt, valueAt, valuesAt } from '../../graph/values';
import { tlsOfPolicy, tlsOfVersion } from '../entrances/tls';
import { becomes, type Guard, gains, off, was } from './guard';

const PLAIN = 'whoever sits on the way reads and changes what is sent';
const OLD = 'clients may agree on a version of TLS that is known to be broken';
const KEEP = 'leave it as it was';

/** What keeps connections from being read on their way. */
export const tlsGuards: readonly Guard[] = [
  {
    types: /^aws_a?lb_listener$/,
    path: 'ssl_policy',
    weaker: ({ ssl_policy: before }, { ssl_policy: after }) =>
      isText(before) && isText(after) && strength(tlsOfPolicy(after)) < strength(tlsOfPolicy(before)),
    says: 'takes older TLS',
    effect: OLD,
    advice: 'keep the policy; one old client is better served by a listener of its own',
  },
  {
    types: /^aws_a?lb_listener$/,
    path: 'protocol',
    weaker: ({ protocol: before }, { protocol: after }) =>
      /^(?:HTTPS|TLS)$/.test(String(before)) && /^(?:HTTP|TCP)$/.test(String(after)),
    says: 'speaks no TLS any more',
    effect: PLAIN,
    advice: KEEP,
  },
  {
    types: /^aws_cloudfront_distribution$/,
    path: 'viewer_certificate',
    weaker: (before, after) => {
      const [one, other] = [before, after].map(
        (values) => textsAt(values, 'viewer_certificate.minimum_protocol_version')[0],
      );
      return one !== undefined && other !== undefined && strength(tlsOfVersion(other)) < strength(tlsOfVersion(one));
    },
    says: 'takes older TLS',
    effect: OLD,
    advice: KEEP,
  },
  {
    types: /^aws_cloudfront_distribution$/,
    path: 'default_cache_behavior',
    weaker: (before, after) => plainBehaviours(after) > plainBehaviours(before),
    says: 'answers over plain HTTP',
    effect: PLAIN,
    advice: 'redirect-to-https',
  },
  {
    types: /^aws_cloudfront_distribution$/,
    path: 'origin',
    weaker: (before, after) => plainOrigins(after) > plainOrigins(before),
    says: 'asks an origin over plain HTTP',
    effect: PLAIN,
    advice: 'https-only',
  },
  {
    types: /^aws_cloudfront_distribution$/,
    path: 'origin.custom_origin_config.origin_ssl_protocols',
    weaker: (before, after) => oldestOrigin(after) < oldestOrigin(before),
    says: 'takes older TLS of an origin',
    effect: OLD.replace('clients', 'it and the origin'),
    advice: 'TLSv1.2',
  },
  {
    types: /^aws_transfer_server$/,
    path: 'protocols',
    ofNew: true,
    weaker: gains('protocols', 'FTP'),
    says: 'speaks FTP, which encrypts nothing',
    effect: `passwords too: ${PLAIN}`,
    advice: 'SFTP or FTPS',
  },
  {
    types: /^aws_transfer_server$/,
    path: 'security_policy_name',
    weaker: ({ security_policy_name: before }, { security_policy_name: after }) => isOlderPolicy(after, before),
    says: 'takes older ciphers',
    effect: 'clients may agree on ciphers and key exchanges that AWS has taken out of its newer policies',
    advice: KEEP,
  },
  {
    types: /^aws_apigatewayv2_domain_name$/,
    path: 'domain_name_configuration.security_policy',
    weaker: was('domain_name_configuration.security_policy', 'TLS_1_2'),
    says: 'takes older TLS',
    effect: OLD,
    advice: KEEP,
  },
  {
    types: /^aws_api_gateway_domain_name$/,
    path: 'security_policy',
    weaker: was('security_policy', 'TLS_1_2'),
    says: 'takes older TLS',
    effect: OLD,
    advice: KEEP,
  },
  {
    types: /^aws_db_proxy$/,
    path: 'require_tls',
    weaker: off('require_tls'),
    says: 'takes connections without TLS',
    effect: PLAIN,
    advice: KEEP,
  },
  {
    types: /^aws_(?:opensearch|elasticsearch)_domain$/,
    path: 'domain_endpoint_options.enforce_https',
    weaker: off('domain_endpoint_options.enforce_https'),
    says: 'answers over plain HTTP',
    effect: PLAIN,
    advice: KEEP,
  },
  {
    types: /^aws_(?:opensearch|elasticsearch)_domain$/,
    path: 'node_to_node_encryption.enabled',
    weaker: off('node_to_node_encryption.enabled'),
    says: 'no longer encrypts between its nodes',
    effect: PLAIN,
    advice: KEEP,
  },
  {
    types: /^aws_elasticache_|^aws_memorydb_/,
    path: 'transit_encryption_enabled',
    weaker: off('transit_encryption_enabled'),
    says: 'speaks no TLS any more',
    effect: PLAIN,
    advice: KEEP,
  },
  {
    types: /^aws_elasticache_/,
    path: 'transit_encryption_mode',
    weaker: becomes('transit_encryption_mode', 'preferred'),
    says: 'takes connections without TLS as well',
    effect: PLAIN,
    advice: KEEP,
  },
  {
    types: /^aws_(?:db|rds_cluster|docdb_cluster|redshift)_parameter_group$/,
    path: 'parameter',
    weaker: (before, after) => forcesTls(before) && !forcesTls(after),
    says: 'lets databases take connections without TLS',
    effect: PLAIN,
    advice: KEEP,
  },
  {
    types: /^aws_ecs_task_definition$/,
    path: 'volume',
    weaker: (before, after) =>
      transit(before) > 0 && transit(after) < transit(before) && volumes(after) >= volumes(before),
    says: 'mounts files without TLS',
    effect: PLAIN,
    advice: KEEP,
  },
  {
    types: /^aws_msk_cluster$/,
    path: 'encryption_info.encryption_in_transit.client_broker',
    weaker: was('encryption_info.encryption_in_transit.client_broker', 'TLS'),
    says: 'takes connections without TLS',
    effect: PLAIN,
    advice: KEEP,
  },
];

type Values = Readonly<Record<string, unknown>>;

function strength({ strength: known = 1 }: { readonly strength?: number }): number {
  return known;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function plainBehaviours(values: Values): number {
  return ['default_cache_behavior', 'ordered_cache_behavior'].flatMap((key) =>
    textsAt(values, `${key}.viewer_protocol_policy`).filter((one) => one === 'allow-all'),
  ).length;
}

function plainOrigins(values: Values): number {
  return textsAt(values, 'origin.custom_origin_config.origin_protocol_policy').filter((one) => one !== 'https-only')
    .length;
}

function oldestOrigin(values: Values): number {
  const known = textsAt(values, 'origin.custom_origin_config.origin_ssl_protocols').map(tlsOfVersion);
  return Math.min(...known.map(strength));
}

/** `TransferSecurityPolicy-FIPS-2024-01`: https://docs.aws.amazon.com/transfer/latest/userguide/security-policies.html */
function isOlderPolicy(after: unknown, before: unknown): boolean {
  const [one = '', other = ''] = [after, before].map((name) => /(\d{4}-\d{2})$/.exec(String(name))?.[1]);
  return one !== '' && other !== '' && one < other;
}

function forcesTls(values: Values): boolean {
  return valuesAt(values, 'parameter').some(
    (one) =>
      isMap(one) &&
      /^(?:rds\.force_ssl|require_secure_transport|require_ssl|tls)$/.test(String(one['name'])) &&
      /^(?:1|ON|true|enabled)$/i.test(String(valueAt(one, 'value'))),
  );
}

function transit(values: Values): number {
  return textsAt(values, 'volume.efs_volume_configuration.transit_encryption').filter((one) => one === 'ENABLED')
    .length;
}

function volumes(values: Values): number {
  return valuesAt(values, 'volume').length;
}
