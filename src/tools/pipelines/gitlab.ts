import { MARK, NODE_VERSION, TERRAFORM_VERSION } from './pinned';
import type { PipelineStack } from './pipeline-stack';

/** `.gitlab-ci.yml`: three jobs for each environment's stack; GitLab names their roles in variables of its environments. */
export function gitlabPipeline(stacks: readonly PipelineStack[]): string {
  const environments = stacks.filter(({ bootstrap }) => !bootstrap);
  return `${MARK}
# PLAN_ROLE_ARN and APPLY_ROLE_ARN are variables of each environment of GitLab; their roles trust GitLab's tokens.
stages: [plan, apply]

default:
  image: node:${NODE_VERSION}-bookworm

.terrace:
  id_tokens:
    AWS_TOKEN: { aud: sts.amazonaws.com }
  variables:
    GIT_DEPTH: "0"
    AWS_WEB_IDENTITY_TOKEN_FILE: /tmp/aws-token
  before_script:
    - umask 077 && printf '%s' "$AWS_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"
    - apt-get -qq update && apt-get -qq install -y jq unzip
    - cd /tmp && curl -fsSO "https://releases.hashicorp.com/terraform/${TERRAFORM_VERSION}/terraform_${TERRAFORM_VERSION}_{linux_amd64.zip,SHA256SUMS}"
    - grep linux_amd64.zip terraform_${TERRAFORM_VERSION}_SHA256SUMS | sha256sum -c - && unzip -qo terraform_${TERRAFORM_VERSION}_linux_amd64.zip terraform -d /usr/local/bin && cd "$CI_PROJECT_DIR"
    - npm ci

.plan:
  extends: .terrace
  stage: plan
  script:
    - |
      if [ -n "\${CI_MERGE_REQUEST_DIFF_BASE_SHA:-}" ]; then
        npx terrace changed --since "$CI_MERGE_REQUEST_DIFF_BASE_SHA" --json | jq -e --arg stack "$STACK" '(.added + .changed) | index($stack)' > /dev/null || { echo "$STACK does not change"; exit 0; }
      fi
      export AWS_ROLE_ARN="$PLAN_ROLE_ARN"
      npx terrace export "$STACK" --to plans
      terraform -chdir="plans/$STACK" init -input=false -backend-config=backend-config.hcl
      code=0
      terraform -chdir="plans/$STACK" plan -input=false -lock-timeout=5m -detailed-exitcode -out=plan.out || code=$?
      [ "$code" -ne 1 ]
      terraform -chdir="plans/$STACK" show -json plan.out > /tmp/plan.json
      terraform -chdir="plans/$STACK" show -no-color plan.out > /tmp/plan.txt
      npx terrace reviewed "$STACK" --json /tmp/plan.json --text /tmp/plan.txt --to reviewed
      npx terrace review /tmp/plan.json --fail-on loss
      [ "$CI_PIPELINE_SOURCE" != schedule ] || [ "$code" -eq 0 ] || { echo "$STACK is not what its files say"; exit 1; }
  artifacts:
    paths: [reviewed/] # without sensitive values; the plan itself stays in the job
    expire_in: 90 days
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_PIPELINE_SOURCE == "schedule"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH

.apply:
  extends: .terrace
  stage: apply
  script:
    - |
      export AWS_ROLE_ARN="$APPLY_ROLE_ARN"
      npx terrace export "$STACK" --to plans
      terraform -chdir="plans/$STACK" init -input=false -backend-config=backend-config.hcl
      terraform -chdir="plans/$STACK" plan -input=false -lock-timeout=5m -out=plan.out
      terraform -chdir="plans/$STACK" show -json plan.out > /tmp/plan.json
      terraform -chdir="plans/$STACK" show -no-color plan.out > /tmp/plan.txt
      npx terrace reviewed "$STACK" --json /tmp/plan.json --text /tmp/plan.txt --to fresh
      diff -u "reviewed/$STACK.json" "fresh/$STACK.json"
      terraform -chdir="plans/$STACK" apply -input=false plan.out
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_PIPELINE_SOURCE != "schedule"
      when: manual

${environments.map(jobs).join('\n')}`;
}

function jobs({ stack, region }: PipelineStack): string {
  const variables = `  variables: { STACK: ${stack}, AWS_REGION: ${region} }\n`;
  return `plan ${stack}:
  extends: .plan
  environment: { name: ${stack}, action: prepare }
${variables}
apply ${stack}:
  extends: .apply
  needs: [plan ${stack}]
  environment: { name: ${stack} }
  resource_group: ${stack}
${variables}`;
}
