/** GitHub's actions by commit, because a tag can be moved; the comment is the release. */
export const ACTIONS = {
  checkout: 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0',
  setupNode: 'actions/setup-node@a0853c24544627f65ddf259abe73b1d18a591444 # v5.0.0',
  setupTerraform: 'hashicorp/setup-terraform@b9cd54a3c349d3f38e8881555d616ced269862dd # v3.1.2',
  credentials: 'aws-actions/configure-aws-credentials@a03048d87541d1d9fcf2ecf528a4a65ba9bd7838 # v5.0.0',
  upload: 'actions/upload-artifact@330a01c490aca151604b8cf639adc76d48f6c5d4 # v5.0.0',
} as const;

export const TERRAFORM_VERSION = '1.11.4';
export const NODE_VERSION = '20';

/** The first line of a file that the command writes: by it the next run knows the file for its own. */
export const MARK = '# Written by "npx terrace pipelines" from environments/: change those and run it again.';
