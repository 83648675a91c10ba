import type { EnvironmentSpec } from '../../spec/environment';
import { isProduction } from '../../spec/rules/delivery';
import { deliveredServices, madeRepositories } from '../../spec/rules/images';
import { deployerOf } from '../../spec/sections/delivery';
import { ACTIONS, MARK, NODE_VERSION } from './pinned';
import { roleArn } from './pipeline-stack';

/**
 * The workflow of a system's own repository, by file, where `delivery.github` names that repository. A system whose deployer
 * reacts to every push needs none: its workflow ends with the push.
 */
export function applicationWorkflows(specs: readonly EnvironmentSpec[]): Map<string, string> {
  const delivering = specs.filter((spec) => spec.delivery?.github && !deployerOf(spec) && targets(spec).length > 0);
  const systems = [...new Set(delivering.map(({ project }) => project))];
  return new Map(
    systems.map((system) => [
      `pipelines/${system}.yml`,
      workflow(
        system,
        delivering.filter(({ project }) => project === system),
      ),
    ]),
  );
}

/** Services whose image a pipeline brings, to a repository of this environment's own. */
function targets(spec: EnvironmentSpec) {
  const here = madeRepositories(spec).map(({ path }) => path.join('.'));
  return deliveredServices(spec).filter(({ path }) => here.includes(path.join('.')));
}

function workflow(system: string, specs: readonly EnvironmentSpec[]): string {
  const tested = specs.filter(({ env }) => !isProduction(env)).map(({ env }) => env);
  const ordered = [...specs].sort((one, other) => Number(isProduction(one.env)) - Number(isProduction(other.env)));
  return `${MARK}
# The application's own pipeline: copy it to .github/workflows/deploy.yml of the repository that ${system} is built in. It expects
# \`npm test\` and a Dockerfile there, for a further service in the folder of its name; SLACK_WEBHOOK is a secret and may be missing.
name: Deploy

on:
  push:
    branches: [main]
  workflow_dispatch:

permissions: {}

jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    permissions:
      contents: read
    steps:
      - uses: ${ACTIONS.checkout}
        with:
          persist-credentials: false
      - uses: ${ACTIONS.setupNode}
        with:
          node-version: "${NODE_VERSION}"
          cache: npm
      - run: npm ci
      - run: npm test
      - run: npm run build --if-present

${ordered.map((spec) => deployment(spec, isProduction(spec.env) ? ['test', ...tested] : ['test'])).join('\n')}`;
}

function deployment(spec: EnvironmentSpec, needs: readonly string[]): string {
  const { env, region, delivery, cluster, domain } = spec;
  const github = delivery?.github;
  const environment = github?.subjects.map((subject) => /:environment:([^*?]+)$/.exec(subject)?.[1]).find(Boolean);
  const services = targets(spec).map(
    ({ name, service }) =>
      `          - { service: ${service.serviceName}, family: ${service.taskFamily}, container: ${service.containerName}, repository: ${service.repository.name}, context: ${name.replace(/^workload$/, '.').replace(/^services\./, '')}, health: "${name === 'workload' ? service.healthEndpoint : ''}" }\n`,
  );
  return `  ${env}:
    name: Deploy \${{ matrix.service }} to ${env}
    needs: [${needs.join(', ')}]
    runs-on: ubuntu-24.04
    timeout-minutes: 60
${environment === undefined ? '' : `    environment: ${environment}\n`}    concurrency:
      group: deploy-${env}-\${{ matrix.service }}
      cancel-in-progress: false
    permissions:
      contents: read
      id-token: write
    strategy:
      fail-fast: false
      matrix:
        include:
${services.join('')}    env:
      CLUSTER: ${cluster.name}
      SERVICE: \${{ matrix.service }}
      FAMILY: \${{ matrix.family }}
      CONTAINER: \${{ matrix.container }}
      REPOSITORY: \${{ matrix.repository }}
    steps:
      - uses: ${ACTIONS.checkout}
        with:
          persist-credentials: false
      - uses: ${ACTIONS.credentials}
        with:
          role-to-assume: ${roleArn(spec, github?.roleName ?? '', '/')}
          aws-region: ${region}
      - name: Build and push
        id: image
        env:
          CONTEXT: \${{ matrix.context }}
        run: |
          registry="$(aws sts get-caller-identity --query Account --output text).dkr.ecr.$AWS_REGION.amazonaws.com"
          aws ecr get-login-password | docker login --username AWS --password-stdin "$registry"
          # The commit: a tag that nobody can move. A second run finds the image there.
          image="$registry/$REPOSITORY:$GITHUB_SHA"
          if [ "$(aws ecr batch-get-image --repository-name "$REPOSITORY" --image-ids imageTag="$GITHUB_SHA" --query 'length(images)')" = 0 ]; then
            docker build --tag "$image" "$CONTEXT"
            docker push "$image"
          fi
          echo "image=$image" >> "$GITHUB_OUTPUT"
      - name: Deploy
        env:
          IMAGE: \${{ steps.image.outputs.image }}
        run: |
          aws ecs describe-task-definition --task-definition "$FAMILY" --include TAGS > "$RUNNER_TEMP/newest.json"
          jq '(.tags // []) as $tags | .taskDefinition | (.containerDefinitions[] | select(.name == env.CONTAINER) | .image) = env.IMAGE
            | del(.taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt, .registeredBy, .deregisteredAt)
            | if ($tags | length) > 0 then .tags = $tags else . end' "$RUNNER_TEMP/newest.json" > "$RUNNER_TEMP/next.json"
          revision=$(aws ecs register-task-definition --cli-input-json "file://$RUNNER_TEMP/next.json" --query taskDefinition.taskDefinitionArn --output text)
          aws ecs update-service --cluster "$CLUSTER" --service "$SERVICE" --task-definition "$revision" > /dev/null
          aws ecs wait services-stable --cluster "$CLUSTER" --services "$SERVICE"
          running=$(aws ecs describe-services --cluster "$CLUSTER" --services "$SERVICE" --query 'services[0].taskDefinition' --output text)
          [ "$running" = "$revision" ] || { echo "::error::ECS has rolled $SERVICE back to $running"; exit 1; }
      - name: Smoke test
        if: matrix.health != ''
        env:
          URL: ${domain?.delegated ? `https://${domain.name}` : '${{ vars.URL }}'}\${{ matrix.health }}
        run: curl --fail --silent --show-error --retry 10 --retry-all-errors --retry-delay 6 "$URL"
      - name: Notify
        if: always()
        env:
          WEBHOOK: \${{ secrets.SLACK_WEBHOOK }}
          TEXT: "\${{ job.status }}: \${{ matrix.service }} ${env}, \${{ github.sha }} (\${{ github.server_url }}/\${{ github.repository }}/actions/runs/\${{ github.run_id }})"
        run: |
          [ -z "$WEBHOOK" ] || jq -n '{text: env.TEXT}' | curl --fail --silent --show-error --header 'Content-Type: application/json' --data @- "$WEBHOOK"
`;
}
