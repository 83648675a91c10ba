import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { RandomProvider } from '@cdktf/provider-random/lib/provider';
import type { Construct } from 'constructs';
import type { EnvironmentSpec } from '../spec/environment';
import { Ephemeral } from '../terraform/ephemeral';

/** What the providers take from an environment. */
export type ProvidersProps = Pick<EnvironmentSpec, 'project' | 'env' | 'region' | 'accountId' | 'tags'>;

/** The providers of a stack: its own region, and others as they are needed. */
export class Providers {
  private readonly aliased = new Map<string, AwsProvider>();

  constructor(
    private readonly scope: Construct,
    private readonly props: ProvidersProps,
  ) {
    new AwsProvider(scope, 'aws', this.settings(props.region));
  }

  /** The provider for a region, or undefined where it is the stack's own. */
  in(region: string): AwsProvider | undefined {
    if (region === this.props.region) return undefined;
    const alias = region.replace(/-/g, '_');
    const provider =
      this.aliased.get(region) ?? new AwsProvider(this.scope, `aws_${alias}`, { ...this.settings(region), alias });
    this.aliased.set(region, provider);
    return provider;
  }

  /** Declares hashicorp/random where something generates an ephemeral password. */
  addMissing(): void {
    const generates = this.scope.node
      .findAll()
      .some((child) => child instanceof Ephemeral && child.type === 'random_password');
    if (generates) new RandomProvider(this.scope, 'random', {});
  }

  private settings(region: string) {
    const { project, env, accountId } = this.props;
    const tags = { ...this.props.tags, project, env, stack: `${project}-${env}`, managed_by: 'terraform' };
    return { region, defaultTags: [{ tags }], ...(accountId !== undefined && { allowedAccountIds: [accountId] }) };
  }
}
