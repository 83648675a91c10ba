import { ACTIONS, NODE_VERSION, TERRAFORM_VERSION } from './pinned';

/** Checks out and installs; with all of git's history where `terrace changed` needs it. */
export function prepared(history = false): string {
  return `      - uses: ${ACTIONS.checkout}
        with:
          persist-credentials: false${history ? '\n          fetch-depth: 0' : ''}
      - uses: ${ACTIONS.setupNode}
        with:
          node-version: "${NODE_VERSION}"
          cache: npm
      - run: npm ci
`;
}

/** Signs in as a role and plans a stack; `plan.out` holds the state in plain text and never leaves the runner. */
export function planned(role: 'plan_role' | 'apply_role', flags = ''): string {
  return `      - uses: ${ACTIONS.setupTerraform}
        with:
          terraform_version: ${TERRAFORM_VERSION}
          terraform_wrapper: false
      - uses: ${ACTIONS.credentials}
        with:
          role-to-assume: \${{ matrix.${role} }}
          aws-region: \${{ matrix.region }}
      - name: Plan
        id: plan
        run: |
          npx terrace export "$STACK" --to plans
          cd "plans/$STACK"
          terraform init -input=false -backend-config=backend-config.hcl
          ${
            flags === ''
              ? 'terraform plan -input=false -lock-timeout=5m -out=plan.out'
              : `code=0
          terraform plan -input=false -lock-timeout=5m ${flags} -out=plan.out || code=$?
          echo "code=$code" >> "$GITHUB_OUTPUT"
          [ "$code" -ne 1 ]`
          }
`;
}

/**
 * The seam of the review: from plan.out to a comment ($STACK.md) and to what a later plan is compared with ($STACK.json).
 * Both are without sensitive values. Lines of YAML are more exact where the
 * revision is known that AWS is at.
 */
export function review(folder: string, since?: string): string {
  const flag = since === undefined ? '' : ` --since "${since}"`;
  return `      - name: Review
        id: review
        run: |
          terraform -chdir="plans/$STACK" show -json plan.out > "$RUNNER_TEMP/plan.json"
          terraform -chdir="plans/$STACK" show -no-color plan.out > "$RUNNER_TEMP/plan.txt"
          code=0
          npx terrace review "$RUNNER_TEMP/plan.json"${flag} --fail-on loss || code=$?
          echo "code=$code" >> "$GITHUB_OUTPUT"
          npx terrace reviewed "$STACK" --json "$RUNNER_TEMP/plan.json" --text "$RUNNER_TEMP/plan.txt"${flag} --to ${folder}
          cat "${folder}/$STACK.md" >> "$GITHUB_STEP_SUMMARY"
`;
}

/** Ends a run whose plan loses data that nobody has accepted to lose, or whose acceptances fit nothing, once everybody can read it. */
export function refused(): string {
  return `      - name: No data is lost without acceptance
        if: steps.review.outputs.code != '0'
        run: |
          echo "::error::the plan of $STACK loses data that nobody has accepted to lose, or accepts what is not there: read the review"
          exit 1
`;
}

/** Keeps what was reviewed for the apply. */
export function kept(): string {
  return `      - uses: ${ACTIONS.upload}
        with:
          name: reviewed-\${{ matrix.stack }}
          path: reviewed/
          retention-days: 90
`;
}
