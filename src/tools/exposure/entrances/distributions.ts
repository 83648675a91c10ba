import type { Resource, ResourceGraph } from '../../graph/resource-graph';
import { isMap, isMarked, textsAt, valueAt, valuesAt } from '../../graph/values';
import type { Network } from '../network/network';
import { numberOf, tcp } from '../network/ports';
import { type Condition, INTERNET, type Path, type Ports, path, type Source } from '../path';
import type { Forwarded, LoadBalancers } from './load-balancers';
import { tlsOfVersion } from './tls';
import { firewall } from './waf';

type Block = Readonly<Record<string, unknown>>;

/** What CloudFront hands out, from where, and to whom. */
export class Distributions {
  constructor(
    private readonly network: Network,
    private readonly balancers: LoadBalancers,

    /** What other parts of the stack open, such as buckets to a distribution. */
    private readonly others: readonly Path[],
  ) {}

  paths(): readonly Path[] {
    return this.graph.ofType('aws_cloudfront_distribution').flatMap((distribution) => {
      if (distribution.mode === 'data' || distribution.values['enabled'] === false) return [];
      return valuesAt(distribution.values, 'origin')
        .filter(isMap)
        .flatMap((origin) => this.ofOrigin(distribution, origin));
    });
  }

  private get graph(): ResourceGraph {
    return this.network.graph;
  }

  private ofOrigin(distribution: Resource, origin: Block): readonly Path[] {
    const id = origin['origin_id'];
    const behaviours = ['default_cache_behavior', 'ordered_cache_behavior']
      .flatMap((key) => valuesAt(distribution.values, key))
      .filter(isMap)
      .filter((one) => one['target_origin_id'] === id || this.inGroup(distribution, one['target_origin_id'], id));
    if (behaviours.length === 0) return [];
    const conditions = this.conditions(distribution, behaviours);
    const plain = behaviours.some((one) => one['viewer_protocol_policy'] === 'allow-all');
    const ports = plain ? [tcp(80), tcp(443)] : [tcp(443)];
    return this.behind(distribution, origin).map((found) =>
      path({
        from: INTERNET,
        to: found.to,
        through: [distribution.address, ...found.through],
        ports,
        conditions: [...conditions, ...found.conditions],
        unknown: found.unknown ?? [],
        because: [distribution.address, ...found.by],
      }),
    );
  }

  private inGroup(distribution: Resource, group: unknown, id: unknown): boolean {
    return valuesAt(distribution.values, 'origin_group')
      .filter(isMap)
      .some((one) => one['origin_id'] === group && textsAt(one, 'member.origin_id').includes(String(id)));
  }

  /** Behaviours of one origin together: what the weakest of them asks. */
  private conditions(distribution: Resource, behaviours: readonly Block[]): readonly Condition[] {
    const { values } = distribution;
    const plain = behaviours.some((one) => one['viewer_protocol_policy'] === 'allow-all');
    const own = valueAt(values, 'viewer_certificate.cloudfront_default_certificate') !== true;
    const version = own ? String(valueAt(values, 'viewer_certificate.minimum_protocol_version') ?? 'TLSv1') : 'TLSv1';
    const signed = behaviours.every((one) =>
      ['trusted_key_groups', 'trusted_signers'].some((key) => valuesAt(one, key).length > 0),
    );
    const countries = textsAt(values, 'restrictions.geo_restriction.locations');
    const guarded =
      textsAt(values, 'web_acl_id').some((text) => text !== '') || isMarked(distribution.unknown, 'web_acl_id');
    const written = distribution.written?.includes('web_acl_id') ?? true;
    return [
      ...(plain ? [] : [tlsOfVersion(version)]),
      ...(guarded && written ? [firewall(this.graph, distribution, 'web_acl_id')] : []),
      ...(signed ? [{ kind: 'auth', text: 'a signed URL' } as const] : []),
      ...(countries.length > 0 ? [{ kind: 'source', text: 'some countries' } as const] : []),
    ];
  }

  private behind(distribution: Resource, origin: Block): readonly Forwarded[] {
    const said = textsAt(origin, 'domain_name');
    const records = said.flatMap((text) => this.records(text));
    const names = [...said, ...records.flatMap(({ values }) => ALIASES.flatMap((key) => textsAt(values, key)))];
    const here = (type: string) => [
      ...new Set([
        ...this.meant(distribution, type, names),
        ...records.flatMap((one) => ALIASES.flatMap((key) => this.graph.linked(one, key, type))),
      ]),
    ];
    const buckets = here('aws_s3_bucket').flatMap((bucket) => this.handedOut(bucket, distribution));
    const balancers = ['aws_lb', 'aws_alb'].flatMap(here);
    const apis = ['aws_apigatewayv2_api', 'aws_api_gateway_rest_api'].flatMap(here);
    const urls = here('aws_lambda_function_url');
    if (here('aws_s3_bucket').length + balancers.length + apis.length + urls.length === 0)
      return [{ to: names[0] ?? distribution.address, through: [], conditions: [], by: [] }];
    return [
      ...buckets,
      ...balancers.flatMap((one) => this.overBalancer(one, origin)),
      ...[...apis, ...urls].flatMap((one) => this.overOther(one)),
    ];
  }

  /** Names of ours that lead to what AWS names. */
  private records(name: string): readonly Resource[] {
    return this.graph.named('aws_route53_record', name);
  }

  private meant(distribution: Resource, type: string, names: readonly string[]): readonly Resource[] {
    const found = names.flatMap((name) => {
      const [, address] = /\$\{((?:data\.)?aws_\w+\.\w+)/.exec(name) ?? [];
      if (address !== undefined) return this.graph.get(address) ?? [];
      const host = name.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
      return [name, host, `https://${host}`, `https://${host}/`].flatMap((one) => this.graph.named(type, one));
    });
    const referred = names.length > 0 ? [] : this.graph.linked(distribution, 'origin.domain_name', type);
    return [...new Set([...found, ...referred])].filter((one) => one.type === type);
  }

  /** A bucket whose policy lets the distribution in, or everybody, or somebody whom only the apply tells. */
  private handedOut(bucket: Resource, distribution: Resource): readonly Forwarded[] {
    const ways = this.others.filter(({ to, from }) => to === bucket.address && lets(from, distribution));
    const known = ways.some(({ unknown }) => unknown.length === 0);
    const unknown = known ? [] : [...new Set(ways.flatMap((one) => one.unknown))];
    const by = [...new Set(ways.flatMap(({ because }) => because))];
    return ways.length === 0 ? [] : [{ to: bucket.address, through: [], conditions: [], by, unknown }];
  }

  private overBalancer(balancer: Resource, origin: Block): readonly Forwarded[] {
    const host = this.network.hostOf(balancer);
    return this.balancers.listenersOf(balancer).flatMap((listener) => {
      const port = numberOf(listener.values['port']);
      if (!originPorts(origin).some(({ from }) => from === port) || !host) return [];
      const lets = this.network
        .callers(host, [this.balancers.portsOf(listener)])
        .some(({ from }) => from.kind === 'internet' || /CloudFront/.test(from.name) || from.kind === 'unknown');
      if (!lets && valuesAt(origin, 'vpc_origin_config').length === 0) return [];
      return this.balancers.behind(listener, balancer).map((one) => ({
        ...one,
        through: [balancer.address, listener.address, ...one.through].filter((step) => step !== one.to),
        conditions: one.conditions.filter(({ kind }) => kind !== 'tls'),
      }));
    });
  }

  /** An API or a function's URL goes on as it does for everybody. */
  private overOther(entry: Resource): readonly Forwarded[] {
    const paths = this.others.filter(
      ({ from, through, to }) => from.kind === 'internet' && (through[0] === entry.address || to === entry.address),
    );
    return paths.map(({ to, through, conditions, because }) => ({
      to,
      through,
      conditions: conditions.filter(({ kind }) => kind !== 'tls'),
      by: because,
    }));
  }
}

function lets({ kind, name }: Source, { address }: Resource): boolean {
  if (kind === 'internet' || kind === 'any-account' || kind === 'unknown') return true;
  return kind === 'inside' && (name === address || name.startsWith('aws_cloudfront_origin_access_identity.'));
}

const ALIASES = ['alias.name', 'records'];

function originPorts(origin: Block): readonly Ports[] {
  const config = valuesAt(origin, 'custom_origin_config').filter(isMap)[0];
  const policy = config?.['origin_protocol_policy'];
  const plain = tcp(numberOf(config?.['http_port']) ?? 80);
  const secure = tcp(numberOf(config?.['https_port']) ?? 443);
  if (policy === 'https-only') return [secure];
  return policy === 'http-only' ? [plain] : [plain, secure];
}
