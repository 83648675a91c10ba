import { CeCostAllocationTag } from '@cdktf/provider-aws/lib/ce-cost-allocation-tag';
import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import { Sesv2AccountSuppressionAttributes } from '@cdktf/provider-aws/lib/sesv2-account-suppression-attributes';
import type { Construct } from 'constructs';
import { AuditTrail } from '../blocks/account/audit-trail';
import { ConfigRecorder } from '../blocks/account/config-recorder';
import { StateStorage } from '../blocks/account/state-storage';
import { GITHUB_AUDIENCE, GITHUB_TOKENS } from '../blocks/delivery/deploy-role';
import type { EnvironmentSpec } from '../spec/environment';
import type { RemoteStateSpec } from '../spec/sections/state';
import { constructId } from '../terraform/logical-ids';
import { RootStack } from '../terraform/root-stack';
import { type EnvironmentPipeline, makePipelines } from './pipeline';
import { Providers } from './providers';
import { addLocalBackend, addS3Backend } from './state-backend';

/** What a system's environments agree on and build upon. */
export interface BootstrapSpec extends Pick<EnvironmentSpec, 'project' | 'accountId' | 'tags' | 'account'> {
  /** `<project>-bootstrap`, with the account's id behind it where a system has several. */
  readonly name: string;
  readonly state: RemoteStateSpec;
}

/**
 * What has to be there before the first environment: the storage of the states, and what an account has only once.
 *
 * Its own state is a local file until `state.bootstrapped: true` moves it into the bucket it has made.
 */
export class BootstrapStack extends RootStack {
  constructor(scope: Construct, spec: BootstrapSpec, pipelines: readonly EnvironmentPipeline[] = []) {
    super(scope, spec.name);
    const { state, account } = spec;
    const { region } = state;
    new Providers(this, { ...spec, region, env: 'bootstrap' });
    if (state.bootstrapped) addS3Backend(this, state, spec.accountId);
    else addLocalBackend(this, this.node.id);

    new StateStorage(this, 'state', state);
    this.record(spec);
    const github =
      account.githubOidc &&
      new IamOpenidConnectProvider(this, 'github', {
        url: `https://${GITHUB_TOKENS}`,
        clientIdList: [GITHUB_AUDIENCE],
      });
    makePipelines(this, pipelines.filter(isHere(spec)), github ? github.arn : undefined);
    if (account.sesSuppression.length > 0) {
      new Sesv2AccountSuppressionAttributes(this, 'ses_suppression', { suppressedReasons: account.sesSuppression });
    }
    for (const tag of account.costAllocationTags) {
      new CeCostAllocationTag(this, `cost_tag_${constructId(tag)}`, { tagKey: tag, status: 'Active' });
    }
  }

  /** Who called what, and what everything looked like. */
  private record({ project: name, state: { region }, account: { cloudtrail, config } }: BootstrapSpec): void {
    if (!cloudtrail && !config) return;
    const { accountId } = this;
    if (cloudtrail)
      new AuditTrail(this, 'trail', { name, bucketName: `${name}-cloudtrail-${accountId}`, region, accountId });
    if (config) new ConfigRecorder(this, 'config', { name, bucketName: `${name}-config-${accountId}`, accountId });
  }
}

function isHere({ project, accountId }: BootstrapSpec) {
  return (each: EnvironmentPipeline) => each.project === project && each.accountId === accountId;
}

/** One bootstrap for each account of a system whose state storage is ours to make. */
export function bootstrapSpecs(specs: readonly EnvironmentSpec[]): BootstrapSpec[] {
  const bootstraps = new Map<string, Omit<BootstrapSpec, 'name'>>();
  for (const { project, accountId, tags, account, state } of specs) {
    if (state === 'local' || state.existing) continue;
    const place = `${project} ${accountId ?? ''}`;
    bootstraps.set(place, {
      project,
      accountId,
      account,
      tags: bootstraps.get(place)?.tags ?? tags,
      state: { ...state, key: `${project}/bootstrap/terraform.tfstate` },
    });
  }
  return [...bootstraps.values()].map((spec, _, all) => {
    const several = all.filter(({ project }) => project === spec.project).length > 1;
    return { ...spec, name: `${spec.project}-bootstrap${several ? `-${spec.accountId ?? 'shared'}` : ''}` };
  });
}
