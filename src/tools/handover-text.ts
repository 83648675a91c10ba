import type { HandedState, Handover } from './handover';

/** The first line of a README that an export has written: by it the next export knows the folder for one of its own. */
export function exportMark(stack: string): string {
  return `<!-- made by: terrace export ${stack} -->`;
}

/** The README.md of an exported stack: what to type, in which order, with Terraform alone. */
export function handoverText(handover: Handover): string {
  const { stack, account, providers, state, terraform } = handover;
  const where = `${handover.region}${account === undefined ? '' : ` of account ${account}`}`;
  return `${exportMark(stack)}
# ${stack}

Terraform for AWS, ${where}. It needs this folder, Terraform ${terraform}, credentials of the account and nothing else.
The provider${providers.length === 1 ? '' : 's'}: ${providers.map(({ source, version }) => `${source} ${version}`).join(', ')}.
The next export replaces what this one wrote and leaves the rest, such as \`.terraform\`, plans and files of yours.

## Before

${before(handover)}
## Plan and apply

\`\`\`sh
${init(state)}
terraform plan -out=plan.out
terraform apply plan.out
\`\`\`

In a pipeline, which asks nobody and takes no provider that \`.terraform.lock.hcl\` does not know:

\`\`\`sh
${init(state, ' -input=false -lockfile=readonly')}
terraform plan -input=false -out=plan.out
terraform apply -input=false plan.out
\`\`\`

Read every plan that destroys: \`prevent_destroy\` does not see what has left the configuration. There are no workspaces:
\`terraform workspace new\` would begin an empty state.

## The state

${stateText(handover)}
A run that was killed leaves its lock. Terraform prints the ID; once nobody applies:

\`\`\`sh
terraform force-unlock <ID>
\`\`\`

${after(handover)}## Without .terraform.lock.hcl

or for platforms that it does not know (no checksum of theirs is in it), where the registry can be reached:

\`\`\`sh
terraform providers lock -platform=linux_amd64 -platform=linux_arm64 -platform=darwin_arm64 -platform=darwin_amd64 -platform=windows_amd64
\`\`\`

## With OpenTofu

From OpenTofu 1.11 on, which is the first that knows \`ephemeral\` blocks and write-only arguments: they keep passwords out of
the state. (\`use_lockfile\` of the S3 backend it knows since 1.10.) Older ones refuse the folder by its \`required_version\`.
OpenTofu takes providers from a registry of its own, so \`.terraform.lock.hcl\` has no checksums for it: run
\`tofu providers lock\` with the platforms above, and read the first plan of a state that Terraform has written.
`;
}

function before({ stack, state, makesStateBucket }: Handover): string {
  if (makesStateBucket) {
    return `This stack comes first: it makes the bucket and the lock table that the states of the environments lie in. It is applied
once, and again when an export changes it.
`;
  }
  if (state.kind === 'local') return 'Nothing: the state lies in this folder.\n';
  const place = `the bucket \`${state.bucket}\` and the lock table \`${state.lockTable}\``;
  if (state.madeBy === undefined) return `Somebody else’s ${place.slice(4)} are there already.\n`;
  return `\`${state.madeBy}\` is applied: it makes ${place}. Where it has not been yet, export and apply it before ${stack}.
`;
}

function init(state: HandedState, flags = ''): string {
  return `terraform init${flags}${state.kind === 's3' ? ' -backend-config=backend-config.hcl' : ''}`;
}

function stateText({ stack, state }: Handover): string {
  if (state.kind === 's3') {
    return `It lies in \`s3://${state.bucket}/${state.key}\`. The configuration has these settings too, so that a plain \`terraform init\`
can't begin an empty state elsewhere. A pipeline with a backend of its own gives its own file, with every line of
\`backend-config.hcl\` that differs, and \`dynamodb_table = ""\` where it has no lock table:

\`\`\`sh
terraform init -backend-config=<its file>
\`\`\`

Terraform's warning that \`dynamodb_table\` is deprecated is known: the table notices a state that was lost or rolled back, which
\`use_lockfile\` alone does not.
`;
  }
  const keep = `It lies in this folder, as \`${state.file}\`: keep that file, and out of version control. A stack that was applied from
elsewhere has such a file there: copy it here before the first plan.
`;
  if (state.moveTo === undefined) return keep;
  return `${keep}
Once applied, it moves into the bucket that it has made:

\`\`\`sh
cat > backend_override.tf <<'EOF'
terraform {
  backend "s3" {
${indent(state.moveTo, 4)}
  }
}
EOF
terraform init -migrate-state
\`\`\`

and \`state: { bootstrapped: true }\` in the YAML of ${stack.replace(/-bootstrap.*$/, '')} makes the next export know; \`backend_override.tf\` may go then.
`;
}

function after({ makesStateBucket, outputs, nextSteps }: Handover): string {
  if (makesStateBucket) return '';
  const steps = nextSteps.length === 0 ? ['Nothing is left for a person.'] : numbered(nextSteps);
  return `## After the first apply

${steps.join('\n')}

\`terraform output next_steps\` tells the same, and \`terraform output -json\` gives a pipeline:

${outputs.map(({ name, description }) => `- \`${name}\`: ${description}`).join('\n')}

`;
}

function numbered(steps: readonly string[]): string[] {
  return steps.map((step, index) => `${index + 1}. ${step.replace(/: (aws .*)$/, ': `$1`')}`);
}

function indent(text: string, by: number): string {
  return text.trimEnd().replace(/^/gm, ' '.repeat(by));
}
