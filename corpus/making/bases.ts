/** Where a state comes from: what is applied once before its cases are planned. */
export interface Base {
  readonly account: string;
  readonly region: string;
  /** Folder of environments/ whose YAML the cases change; the Terraform that isn't ours, in a folder of the stack's name, has none. */
  readonly system?: string;
  /** A stack of the same account that is there before. */
  readonly after?: string;
  /** The VPC and the certificate of somebody else that the YAML names. */
  readonly existing?: true;
}

export const bases: Readonly<Record<string, Base>> = {
  'fckdoomscroll-bootstrap': { account: '100000000001', region: 'us-east-1', system: 'fckdoomscroll' },
  'fckdoomscroll-prod': {
    account: '100000000001',
    region: 'us-east-1',
    system: 'fckdoomscroll',
    after: 'fckdoomscroll-bootstrap',
  },
  'rayman-staging': { account: '100000000002', region: 'us-east-1', system: 'rayman' },
  'core-business-unit-dev': { account: '100000000003', region: 'us-east-2', system: 'core-business-unit' },
  'platform-bootstrap-111111111111': { account: '111111111111', region: 'eu-central-1', system: 'platform' },
  'platform-dev': {
    account: '111111111111',
    region: 'eu-central-1',
    system: 'platform',
    after: 'platform-bootstrap-111111111111',
  },
  'spydor-prod': { account: '210987654321', region: 'us-east-1', system: 'spydor', existing: true },
  foreign: { account: '100000000004', region: 'eu-west-1' },
  publisher: { account: '100000000005', region: 'eu-west-1' },
};
