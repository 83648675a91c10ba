import { kept, planned, prepared, refused, review } from './github-steps';
import { MARK } from './pinned';
import { type PipelineStack, roleArn } from './pipeline-stack';

/** The workflows of the infrastructure's repository, by file; none without a stack that has `pipeline.github`. */
export function githubWorkflows(stacks: readonly PipelineStack[]): Map<string, string> {
  const ours = stacks.flatMap(({ github, ...stack }) => (github ? [{ ...stack, github }] : []));
  const [first] = ours;
  if (!first) return new Map();
  const { branch } = first.github;
  const matrix = ours.map(({ stack, project, region, accountId, github }) => ({
    stack,
    region,
    environment: github.environment,
    plan_role: roleArn({ accountId, project }, github.planRoleName),
    apply_role: roleArn({ accountId, project }, github.applyRoleName),
  }));
  return new Map([
    ['.github/workflows/plan.yml', plan(branch, matrix)],
    ['.github/workflows/apply.yml', apply(branch, matrix)],
    ['.github/workflows/drift.yml', drift(matrix)],
  ]);
}

type Matrix = readonly Readonly<Record<string, string>>[];

function plan(branch: string, matrix: Matrix): string {
  return `${MARK}
# A pull request plans every stack that it changes, side by side, as a role that reads. The plan is a comment.
name: Plan

on:
  pull_request:
    branches: [${branch}]

permissions: {}

# A plan that is cancelled would leave its lock.
concurrency:
  group: plan-\${{ github.ref }}
  cancel-in-progress: false

jobs:
${changed(matrix, 'npx terrace changed --since "origin/$GITHUB_BASE_REF" --json > "$RUNNER_TEMP/changed.json"')}
  plan:
    name: Plan \${{ matrix.stack }}
    needs: changed
    # GitHub gives forks no token to sign in with.
    if: needs.changed.outputs.stacks != '[]' && github.event.pull_request.head.repo.full_name == github.repository
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    permissions:
      contents: read
      id-token: write
      pull-requests: write
    strategy:
      fail-fast: false
      matrix:
        include: \${{ fromJSON(needs.changed.outputs.stacks) }}
    env:
      STACK: \${{ matrix.stack }}
    steps:
${prepared(true)}${planned('plan_role')}${review('reviewed', 'origin/$GITHUB_BASE_REF')}${kept()}      - name: Comment
        env:
          GH_TOKEN: \${{ github.token }}
          PULL: \${{ github.event.pull_request.number }}
        run: |
          comments="repos/$GITHUB_REPOSITORY/issues/$PULL/comments"
          mine=$(gh api --paginate "$comments" --jq '.[] | select(.user.login == "github-actions[bot]") | select(.body | startswith("<!-- terrace plan \\(env.STACK) -->")) | .id' | head -n 1)
          if [ -n "$mine" ]; then
            gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$mine" --field "body=@reviewed/$STACK.md" > /dev/null
          else
            gh api "$comments" --field "body=@reviewed/$STACK.md" > /dev/null
          fi
${refused()}`;
}

function apply(branch: string, matrix: Matrix): string {
  return `${MARK}
# What is merged is applied once the reviewers of its environment let it through, and only if its plan is the one that the
# pull request showed. Started by hand for one stack, it plans first: the reviewers read that plan in the summary.
name: Apply

on:
  push:
    branches: [${branch}]
  workflow_dispatch:
    inputs:
      stack:
        description: A stack such as ${matrix[0]?.stack}
        required: true

permissions: {}

jobs:
${changed(
  matrix,
  `if [ "$GITHUB_EVENT_NAME" = workflow_dispatch ]; then
            jq -n --arg stack "$ASKED_FOR" '{added: [], changed: [$stack], removed: []}' > "$RUNNER_TEMP/changed.json"
          else
            npx terrace changed --since "$BEFORE" --json > "$RUNNER_TEMP/changed.json"
          fi`,
  `          ASKED_FOR: \${{ inputs.stack }}
          BEFORE: \${{ github.event.before }}
`,
)}
  plan:
    name: Plan \${{ matrix.stack }}
    needs: changed
    if: github.event_name == 'workflow_dispatch' && github.ref == 'refs/heads/${branch}' && needs.changed.outputs.stacks != '[]'
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    permissions:
      contents: read
      id-token: write
    strategy:
      matrix:
        include: \${{ fromJSON(needs.changed.outputs.stacks) }}
    env:
      STACK: \${{ matrix.stack }}
    steps:
${prepared()}${planned('plan_role')}${review('reviewed')}${kept()}${refused()}
  apply:
    name: Apply \${{ matrix.stack }}
    needs: [changed, plan]
    if: >-
      !cancelled() && github.ref == 'refs/heads/${branch}' && needs.changed.result == 'success' &&
      needs.changed.outputs.stacks != '[]' && (needs.plan.result == 'success' || needs.plan.result == 'skipped')
    runs-on: ubuntu-24.04
    timeout-minutes: 120
    environment: \${{ matrix.environment }}
    concurrency:
      group: apply-\${{ matrix.stack }}
      cancel-in-progress: false
    permissions:
      actions: read
      contents: read
      id-token: write
      pull-requests: read
    strategy:
      fail-fast: false
      matrix:
        include: \${{ fromJSON(needs.changed.outputs.stacks) }}
    env:
      STACK: \${{ matrix.stack }}
    steps:
      - name: What was reviewed
        env:
          GH_TOKEN: \${{ github.token }}
        run: |
          run=$GITHUB_RUN_ID
          if [ "$GITHUB_EVENT_NAME" != workflow_dispatch ]; then
            head=$(gh api "repos/$GITHUB_REPOSITORY/commits/$GITHUB_SHA/pulls" --jq 'map(select(.merge_commit_sha == env.GITHUB_SHA)) | first | .head.sha // empty')
            [ -n "$head" ] || { echo "::error::$GITHUB_SHA was merged by no pull request, so nobody has reviewed its plan: start this workflow by hand for $STACK"; exit 1; }
            run=$(gh api "repos/$GITHUB_REPOSITORY/actions/workflows/plan.yml/runs?event=pull_request&status=success&head_sha=$head" --jq '.workflow_runs[0].id // empty')
            [ -n "$run" ] || { echo "::error::no plan of $head succeeded: start this workflow by hand for $STACK"; exit 1; }
          fi
          gh run download "$run" --repo "$GITHUB_REPOSITORY" --name "reviewed-$STACK" --dir "$RUNNER_TEMP/reviewed"
${prepared()}${planned('apply_role')}${review('fresh')}      - name: The plan is the one that was reviewed
        run: |
          diff -u "$RUNNER_TEMP/reviewed/$STACK.json" "fresh/$STACK.json" || { echo "::error::the plan of $STACK is not the one that was reviewed: start this workflow by hand for it, and read the plan there"; exit 1; }
      - name: Apply
        run: terraform -chdir="plans/$STACK" apply -input=false plan.out
`;
}

function drift(matrix: Matrix): string {
  const list = matrix.map(
    ({ stack, region, plan_role: role }) =>
      `          - { stack: ${stack}, region: ${region}, plan_role: "${role}" }\n`,
  );
  return `${MARK}
# Every night: does AWS still look like these files? What differs, or was never applied, becomes an issue.
name: Drift

on:
  schedule:
    - cron: "17 3 * * *"
  workflow_dispatch:

permissions: {}

jobs:
  drift:
    name: Drift of \${{ matrix.stack }}
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    permissions:
      contents: read
      id-token: write
      issues: write
    strategy:
      fail-fast: false
      matrix:
        include:
${list.join('')}    env:
      STACK: \${{ matrix.stack }}
    steps:
${prepared()}${planned('plan_role', '-detailed-exitcode')}${review('reviewed')}      - name: Tell
        if: steps.plan.outputs.code == '2'
        env:
          GH_TOKEN: \${{ github.token }}
        run: |
          open=$(gh issue list --repo "$GITHUB_REPOSITORY" --state open --search "in:title \\"Drift in $STACK\\"" --json number,title --jq 'map(select(.title == "Drift in \\(env.STACK)")) | first | .number // empty')
          if [ -n "$open" ]; then
            gh issue edit "$open" --repo "$GITHUB_REPOSITORY" --body-file "reviewed/$STACK.md" > /dev/null
          else
            gh issue create --repo "$GITHUB_REPOSITORY" --title "Drift in $STACK" --body-file "reviewed/$STACK.md"
          fi
          echo "::error::$STACK is not what its files say"
          exit 1
`;
}

/** The job that says which stacks to plan, as a matrix. Those without roles here are named in the summary. */
function changed(matrix: Matrix, command: string, variables = ''): string {
  const byStack = matrix.map((each) => `            "${each.stack}": ${JSON.stringify(each)}`);
  return `  changed:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      contents: read
    outputs:
      stacks: \${{ steps.changed.outputs.stacks }}
    steps:
${prepared(true)}      - name: Changed stacks
        id: changed
        env:
${variables}          STACKS: |
            {
${byStack.join(',\n')}
            }
        run: |
          ${command}
          echo "stacks=$(jq -c --argjson ours "$STACKS" '[(.added + .changed)[] | $ours[.] // empty]' "$RUNNER_TEMP/changed.json")" >> "$GITHUB_OUTPUT"
          jq -r --argjson ours "$STACKS" '((.added + .changed)[] | select($ours[.] | not) | "- \\(.) differs, and a person applies it: it has no role here"), (.removed[] | "- \\(.) is gone from the files and still there in AWS: its last export destroys it")' "$RUNNER_TEMP/changed.json" >> "$GITHUB_STEP_SUMMARY"
`;
}
