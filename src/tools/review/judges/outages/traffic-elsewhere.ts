import { compute, name, permission, type Serving } from './serving';

const pods: Serving = {
  replaced: 'all of its pods stop, and new ones start from nothing: usually about a minute or more without an answer',
  destroyed: 'all of its pods stop',
};
const access: Serving = {
  replaced: 'nothing behind it can be reached for seconds to minutes, and its address may be another one',
  destroyed: 'nothing behind it can be reached',
};
const mounted: Serving = {
  replaced: 'pods that start meanwhile fail',
  destroyed: 'pods that read it no longer start',
};

/** What serves outside of AWS, as the providers next to AWS' call it. */
export const trafficElsewhere: Readonly<Record<string, Serving>> = {
  cloudflare_record: name,
  cloudflare_dns_record: name,
  google_dns_record_set: name,
  google_compute_instance: compute,
  google_cloud_run_service: compute,
  google_cloud_run_v2_service: compute,
  google_container_cluster: compute,
  azurerm_linux_web_app: compute,
  azurerm_kubernetes_cluster: compute,
  helm_release: {
    replaced: 'all that it has installed is removed and installed anew; what its claims hold may go',
    destroyed: 'all that it has installed is removed; what its claims hold may go',
  },
  kubernetes_config_map: mounted,
  kubernetes_config_map_v1: mounted,
  kubernetes_cron_job_v1: { replaced: 'a run may be missed', destroyed: 'it no longer runs' },
  kubernetes_daemonset: pods,
  kubernetes_daemon_set_v1: pods,
  kubernetes_deployment: pods,
  kubernetes_deployment_v1: pods,
  kubernetes_ingress_v1: access,
  kubernetes_role_binding: permission,
  kubernetes_role_binding_v1: permission,
  kubernetes_cluster_role_binding: permission,
  kubernetes_cluster_role_binding_v1: permission,
  kubernetes_secret: mounted,
  kubernetes_secret_v1: mounted,
  kubernetes_service: access,
  kubernetes_service_v1: access,
  kubernetes_service_account: permission,
  kubernetes_service_account_v1: permission,
  kubernetes_stateful_set: pods,
  kubernetes_stateful_set_v1: pods,
};
