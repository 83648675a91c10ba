import { DataAwsIamOpenidConnectProvider } from '@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider';
import { Construct } from 'constructs';
import { Role } from '../../access/role';
import { allowDeployment, type Deliverables } from './deliverable';

/** GitHub's identity provider. https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws */
export const GITHUB_TOKENS = 'token.actions.githubusercontent.com';

/** What a token must be meant for. */
export const GITHUB_AUDIENCE = 'sts.amazonaws.com';

export interface DeployRoleProps extends Deliverables {
  readonly name: string;

  /** Workflow runs that may take it on. */
  readonly subjects: readonly string[];

  /** ARNs of the repositories made here. */
  readonly repositories: readonly string[];
}

/** What a workflow of GitHub Actions deploys with: no keys, its own repositories, services and tasks, and nothing else. */
export class DeployRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: DeployRoleProps) {
    super(scope, id);
    const provider = new DataAwsIamOpenidConnectProvider(this, 'provider', { url: `https://${GITHUB_TOKENS}` });
    const role = new Role(this, 'Default', {
      name: props.name,
      description: 'What GitHub Actions may do to deploy',
      federated: { providerArn: provider.arn, conditions: conditions(props.subjects) },
    });
    this.arn = role.arn;
    if (props.repositories.length > 0) allowPush(role, props.repositories);
    allowDeployment(role, props);
  }
}

/** Exact subjects are compared as they are, so that nothing in them can act as a wildcard. */
function conditions(subjects: readonly string[]) {
  const isPattern = (subject: string) => /[*?]/.test(subject);
  const audience = { [`${GITHUB_TOKENS}:aud`]: GITHUB_AUDIENCE };
  const subject = `${GITHUB_TOKENS}:sub`;
  const exact = subjects.filter((each) => !isPattern(each));
  const patterns = subjects.filter(isPattern);
  return [
    ...(exact.length > 0 ? [{ StringEquals: { ...audience, [subject]: exact } }] : []),
    ...(patterns.length > 0 ? [{ StringEquals: audience, StringLike: { [subject]: patterns } }] : []),
  ];
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html; the last two let a build use earlier layers. */
function allowPush(role: Role, repositories: readonly string[]): void {
  const actions = [
    'BatchCheckLayerAvailability',
    'CompleteLayerUpload',
    'InitiateLayerUpload',
    'PutImage',
    'UploadLayerPart',
    'BatchGetImage',
    'GetDownloadUrlForLayer',
  ];
  role.allow(
    'push_images',
    { actions: actions.map((action) => `ecr:${action}`), resources: repositories },
    // Has no resource.
    { actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
  );
}
