import type { Resource, ResourceGraph } from '../../graph/resource-graph';
import { isMap, textsAt, valueAt, valuesAt } from '../../graph/values';
import type { Caller, Network } from '../network/network';
import { numberOf, tcp } from '../network/ports';
import { inside } from '../network/source';
import { type Condition, type Path, type Ports, path } from '../path';
import { tlsOfPolicy } from './tls';
import { firewallsOf } from './waf';

/** What a listener does with requests: where they end up, on which conditions. */
export interface Forwarded {
  readonly to: string;
  readonly through: readonly string[];
  readonly conditions: readonly Condition[];
  readonly by: readonly string[];
  readonly unknown?: readonly string[];
}

/** Listeners of load balancers, their rules, and what is behind their target groups. */
export class LoadBalancers {
  constructor(private readonly network: Network) {}

  get graph(): ResourceGraph {
    return this.network.graph;
  }

  /** Everybody who is let in at a load balancer, up to the service behind it. */
  paths(): readonly Path[] {
    const modern = this.graph.ofType('aws_lb', 'aws_alb').flatMap((balancer) =>
      this.listenersOf(balancer).flatMap((listener) => {
        const forwarded = this.behind(listener, balancer);
        return this.callers(balancer, this.portsOf(listener)).flatMap((caller) =>
          forwarded.map((one) => pathOf(caller, [balancer.address, listener.address], one)),
        );
      }),
    );
    return [...modern, ...this.graph.ofType('aws_elb').flatMap((balancer) => this.classic(balancer))];
  }

  listenersOf(balancer: Resource): readonly Resource[] {
    return ['aws_lb_listener', 'aws_alb_listener'].flatMap((type) =>
      this.graph.linking(balancer, type, 'load_balancer_arn'),
    );
  }

  balancerOf(listener: Resource): Resource | undefined {
    return ['aws_lb', 'aws_alb'].flatMap((type) => this.graph.linked(listener, 'load_balancer_arn', type))[0];
  }

  portsOf(listener: Resource): Ports {
    const protocol = listener.values['protocol'] === 'UDP' ? 'udp' : 'tcp';
    return { ...tcp(numberOf(listener.values['port']) ?? 443), protocol };
  }

  callers(balancer: Resource, ports: Ports): readonly Caller[] {
    const host = this.network.hostOf(balancer);
    return host ? this.network.callers(host, [ports]) : [];
  }

  /** Where requests that come in at a listener go. */
  behind(listener: Resource, balancer: Resource): readonly Forwarded[] {
    const conditions = [...tlsOf(listener), ...firewallsOf(this.graph, balancer)];
    const rules = ['aws_lb_listener_rule', 'aws_alb_listener_rule'].flatMap((type) =>
      this.graph.linking(listener, type, 'listener_arn'),
    );
    return [
      ...this.actions(listener, balancer, 'default_action', conditions),
      ...rules.flatMap((rule) =>
        this.actions(rule, balancer, 'action', [...conditions, ...requestConditions(rule)], [listener.address]),
      ),
    ];
  }

  private actions(
    holder: Resource,
    balancer: Resource,
    key: string,
    conditions: readonly Condition[],
    by: readonly string[] = [],
  ): readonly Forwarded[] {
    const actions = valuesAt(holder.values, key).filter(isMap);
    const signedIn = actions.some(({ type }) => /^authenticate-/.test(String(type)));
    const auth: readonly Condition[] = signedIn ? [{ kind: 'auth', text: 'sign-in at the load balancer' }] : [];
    const because = [holder.address, ...by, balancer.address];
    return actions.flatMap((action): readonly Forwarded[] => {
      const all = [...conditions, ...auth];
      if (action['type'] === 'redirect')
        return [
          { to: by[0] ?? holder.address, through: [], conditions: [...conditions, redirect(action)], by: because },
        ];
      if (action['type'] !== 'forward') return [];
      const groups = [`${key}.target_group_arn`, `${key}.forward.target_group.arn`].flatMap((argument) =>
        ['aws_lb_target_group', 'aws_alb_target_group'].flatMap((type) => this.graph.linked(holder, argument, type)),
      );
      return [...new Set(groups)].flatMap((group) =>
        this.targets(group, balancer).map((target) => ({
          to: target.address,
          through: [...(by.length > 0 ? [holder.address] : []), group.address],
          conditions: all,
          by: [...because, group.address],
        })),
      );
    });
  }

  /** What is registered with a target group, and lets the load balancer in. */
  private targets(group: Resource, balancer: Resource): readonly Resource[] {
    const services = this.graph.linking(group, 'aws_ecs_service', 'load_balancer.target_group_arn');
    const attached = ['aws_lb_target_group_attachment', 'aws_alb_target_group_attachment']
      .flatMap((type) => this.graph.linking(group, type, 'target_group_arn'))
      .flatMap((one) => TARGETS.flatMap((type) => this.graph.linked(one, 'target_id', type)));
    const scaled = ['aws_autoscaling_group'].flatMap((type) => this.graph.linking(group, type, 'target_group_arns'));
    const found = [...new Set([...services, ...attached, ...scaled])];
    return found.length === 0 ? [group] : found.filter((target) => this.letsIn(target, balancer, group));
  }

  private letsIn(target: Resource, balancer: Resource, { values }: Resource): boolean {
    const [server, client] = [this.network.hostOf(target), this.network.hostOf(balancer)];
    if (!server || !client || server.groups.length === 0) return true;
    const ports = server.listens.length > 0 ? server.listens : [tcp(numberOf(values['port']) ?? 80)];
    const direct = client.groups.length === 0;
    return (
      this.network
        .callers(server, ports)
        .some(({ host, from }) => host === client || from.kind === 'unknown' || direct || from.kind === 'private') ||
      (direct &&
        values['preserve_client_ip'] !== 'false' &&
        server.groups.length > 0 &&
        this.opensToAnybody(server.groups))
    );
  }

  /** Behind a balancer that keeps the clients' addresses, rules for those count. */
  private opensToAnybody(groups: readonly Resource[]): boolean {
    return groups.some((group) => this.network.lets(group).some(({ kind }) => kind === 'internet' || kind === 'range'));
  }

  private classic(balancer: Resource): readonly Path[] {
    const attached = this.graph.linked(balancer, 'instances', 'aws_instance');
    return valuesAt(balancer.values, 'listener')
      .filter(isMap)
      .flatMap((listener) =>
        this.callers(balancer, tcp(numberOf(listener['lb_port']) ?? 80)).flatMap((caller) => {
          const secure = /^(?:https|ssl)$/i.test(String(listener['lb_protocol']));
          const conditions: readonly Condition[] = secure ? [{ kind: 'tls', text: 'TLS', strength: 1.2 }] : [];
          return (attached.length > 0 ? attached : [balancer]).map((to) =>
            pathOf(caller, to === balancer ? [] : [balancer.address], {
              to: to.address,
              through: [],
              conditions,
              by: [balancer.address],
            }),
          );
        }),
      );
  }
}

const TARGETS = ['aws_instance', 'aws_lambda_function', 'aws_lb', 'aws_alb', 'aws_network_interface'];

function pathOf(caller: Caller, through: readonly string[], { to, conditions, by, through: further }: Forwarded): Path {
  return path({
    from: caller.host ? inside(caller.host.resource.address) : caller.from,
    to,
    through: [...through, ...further].filter((one) => one !== to),
    ports: [caller.ports],
    conditions: [...caller.conditions, ...conditions],
    unknown: caller.unknown,
    because: [...new Set([...caller.by, ...by])],
  });
}

/** Of a listener that speaks TLS. */
export function tlsOf(listener: Resource): readonly Condition[] {
  if (!['HTTPS', 'TLS'].includes(String(listener.values['protocol']))) return [];
  const mutual = valueAt(listener.values, 'mutual_authentication.mode') === 'verify';
  const tls = tlsOfPolicy(String(listener.values['ssl_policy'] ?? ''));
  return mutual ? [tls, { kind: 'auth', text: "a client's certificate" }] : [tls];
}

function redirect(action: Readonly<Record<string, unknown>>): Condition {
  const protocol = String(valueAt(action, 'redirect.protocol') ?? '#{protocol}');
  return {
    kind: 'redirect',
    text: protocol === 'HTTPS' ? 'answered with a redirect to HTTPS' : 'answered with a redirect',
  };
}

/** A secret header or certain addresses narrow who gets through; hosts and paths only what for. */
function requestConditions(rule: Resource): readonly Condition[] {
  const headers = textsAt(rule.values, 'condition.http_header.http_header_name');
  const sources = textsAt(rule.values, 'condition.source_ip.values');
  const requests = ['path_pattern', 'host_header', 'http_request_method', 'query_string'].flatMap((key) => {
    const values = textsAt(rule.values, `condition.${key}.values`);
    return values.length > 0 ? [`${WORDS[key] ?? key} ${[...values].sort().join(' or ')}`] : [];
  });
  return [
    ...headers.map((name): Condition => ({ kind: 'header', text: `header ${name}` })),
    ...(sources.length > 0 ? [{ kind: 'source', text: `from ${[...sources].sort().join(', ')}` } as const] : []),
    ...requests.map((text): Condition => ({ kind: 'request', text })),
  ];
}

const WORDS: Readonly<Record<string, string>> = {
  path_pattern: 'path',
  host_header: 'host',
  http_request_method: 'method',
  query_string: 'query',
};
