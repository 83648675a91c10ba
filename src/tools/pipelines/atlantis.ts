import { MARK } from './pinned';
import type { PipelineStack } from './pipeline-stack';

/** `atlantis.yaml`: a project for each stack. Atlantis keeps a plan until it is applied, so what was reviewed is applied. */
export function atlantisConfig(stacks: readonly PipelineStack[]): string {
  return `${MARK}
# The server has to allow custom workflows; its own credentials plan and apply.
version: 3
automerge: false
parallel_plan: true
parallel_apply: true
projects:
${stacks.map(project).join('')}workflows:
  terrace:
    plan:
      steps:
        - run: npm ci
        - run: npx terrace export "$PROJECT_NAME" --to .atlantis
        - run: terraform -chdir=".atlantis/$PROJECT_NAME" init -input=false
        - run: terraform -chdir=".atlantis/$PROJECT_NAME" plan -input=false -lock-timeout=5m -out="$PLANFILE"
        - run: terraform -chdir=".atlantis/$PROJECT_NAME" show -json "$PLANFILE" > "$PLANFILE.json" && npx terrace review "$PLANFILE.json" --fail-on loss
    apply:
      steps:
        - run: terraform -chdir=".atlantis/$PROJECT_NAME" apply -input=false "$PLANFILE"
`;
}

function project({ stack, project, bootstrap }: PipelineStack): string {
  return `  - name: ${stack}
    dir: .
    workflow: terrace
    execution_order_group: ${bootstrap ? 0 : 1}
    autoplan:
      when_modified: ["environments/${project}/*.yaml", "functions/**", "src/**", "package-lock.json"]
    plan_requirements: [undiverged]
    apply_requirements: [approved, mergeable, undiverged]
`;
}
