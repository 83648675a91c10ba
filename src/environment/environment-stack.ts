import type { Construct } from 'constructs';
import { Cluster } from '../blocks/containers/cluster';
import type { EnvironmentSpec } from '../spec/environment';
import { RootStack } from '../terraform/root-stack';
import { allowAccessLogs } from './access-logs';
import { makeContainers } from './containers';
import { makeData } from './data';
import { makeDelivery } from './delivery';
import { limitRequests, makeCdn, makeDns, makeHttpApi, makeLoadBalancer, pointNames } from './edge';
import { applyImports, type RefusedImports } from './imports';
import { makeMonitoring } from './monitoring';
import { makeNetwork } from './network';
import { addOutputs } from './outputs';
import { applyOverrides } from './overrides';
import { openEgress, openPorts } from './ports';
import { Providers } from './providers';
import { rotateSecrets } from './rotations';
import { addState } from './state-backend';

/**
 * One environment as one Terraform stack.
 *
 * Start reading here. It says what there is, who may connect to whom and who
 * may use what, and nothing else: resource arguments live in the blocks.
 */
export class EnvironmentStack extends RootStack {
  /** Addresses under `overrides` that no resource here has. */
  readonly unknownOverrides: readonly string[];

  /** Addresses under `imports` that can't be imported. */
  readonly refusedImports: RefusedImports;

  constructor(scope: Construct, spec: EnvironmentSpec) {
    super(scope, `${spec.project}-${spec.env}`);
    const providers = new Providers(this, spec);
    addState(this, spec);

    // What there is.
    const network = makeNetwork(this, spec);
    const dns = makeDns(this, spec);
    const domain = spec.domain && dns;
    const data = makeData(this, spec, { network, dns, providers });
    const alb = makeLoadBalancer(this, spec, { network, dns, data });
    const cluster = new Cluster(this, 'cluster', spec.cluster);
    const containers = makeContainers(this, spec, { network, cluster, alb, data });
    const httpApi = makeHttpApi(this, spec, { network, domain, alb, containers });
    const delivery = makeDelivery(this, spec, { network, cluster, containers });
    const cdn = makeCdn(this, spec, { domain, data, providers, httpApi });
    const alarms = makeMonitoring(this, spec, { network, containers, alb, httpApi, data, delivery, providers });
    limitRequests(this, spec, { alb, cdn });
    pointNames(spec, dns, { alb, cdn });

    // Who may connect to whom.
    const services = [...containers.services.values(), ...(containers.pgadmin ? [containers.pgadmin] : [])];
    const functions = [...containers.functions.values()];
    const startedTasks = [...containers.startedTasks.values()];
    alb?.openToClients();
    for (const dialer of [...services, ...functions, ...startedTasks]) openEgress(dialer, network);
    httpApi?.openTargets();
    for (const { balancer, connections } of services) if (balancer) connections.allowFrom(balancer);
    openPorts(containers, alb);

    // Who may use what.
    for (const { node, arn, subscribers } of data.topics.values())
      for (const queue of subscribers) queue.allowTopic(node.id, arn);
    for (const consumer of [...services, ...functions, ...containers.tasks, ...startedTasks])
      for (const used of consumer.uses) used.letUse(consumer);
    for (const service of services) service.startAfterGrants();
    rotateSecrets(spec, { data, containers });
    cdn?.openBuckets();
    alb?.openLogBucket();
    allowAccessLogs(spec, data);

    providers.addMissing();
    addOutputs(this, spec, { network, domain, dns, data, alb, httpApi, cluster, containers, cdn, alarms, delivery });
    this.refusedImports = applyImports(this, spec.imports);
    this.unknownOverrides = applyOverrides(this, spec.overrides);
  }
}
