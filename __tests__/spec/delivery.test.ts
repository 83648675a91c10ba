import { expect, test } from 'vitest';
import { problemsIn, problemsOf, warningsOf } from '../support/problems';

const problems = (yaml: string) => problemsOf(`region: eu-central-1\n${yaml}`);
const github = (subject: string) =>
  `region: eu-central-1\nworkload: {}\ndelivery: { github: { subjects: ["${subject}"] } }\n`;
const inProd = (subject: string, env = 'prod') => problemsIn({ [`demo/${env}.yaml`]: github(subject) });

test('takes everything that the section may say', () => {
  expect(
    problems(`workload: {}
account: { github_oidc: true }
ecr_trusted_accounts: [{ name: prod, account_id: "222222222222", env: prod, region: eu-west-1 }]
delivery:
  github: { subjects: ["repo:acme/platform:environment:dev"], role_name: ci }
  deployer: { tags: ["v*", "main-*"], function_name: shop-deployer, role_name: shop-deployer }
  notifier: { webhook_parameter: /dev/platform/slack_webhook }
`),
  ).toBe('');
});

test('fails for a subject that any repository could fit, in every environment', () => {
  for (const [subject, shown] of [
    ['repo:acme/*', 'repo:acme/*'],
    ['repo:acme/*:environment:dev', 'repo:acme/*:environment:dev'],
    ['repo:acme/platform*:ref:refs/heads/main', 'repo:acme/platform*:ref:refs/heads/main'],
    ['repo:acme/platform', 'repo:acme/platform'],
  ] as const) {
    expect(problemsOf(github(subject))).toBe(
      `demo/dev.yaml:3:34 delivery.github.subjects[0]: expected organization and repository written out, such as "repo:acme/platform:environment:dev", got "${shown}": a workflow of any repository that fits could deploy here`,
    );
  }
});

test('fails for a wildcard in production, and takes one elsewhere', () => {
  expect(problemsOf(github('repo:acme/platform:ref:refs/heads/*'))).toBe('');
  expect(inProd('repo:acme/platform:ref:refs/heads/*')).toMatchInlineSnapshot(
    `"demo/prod.yaml:3:34 delivery.github.subjects[0]: expected a subject without wildcards, because prod is production, got "repo:acme/platform:ref:refs/heads/*": any branch that fits could deploy; write "repo:acme/platform:environment:prod" and protect that environment in GitHub"`,
  );
  for (const env of ['production', 'prod-eu'])
    expect(inProd('repo:acme/platform:*', env)).toContain('without wildcards');
  expect(inProd('repo:acme/platform:*', 'preprod')).toBe('');
  expect(inProd('repo:acme/platform:environment:prod')).toBe('');
});

test('fails for pull requests in production', () => {
  expect(inProd('repo:acme/platform:pull_request')).toMatchInlineSnapshot(
    `"demo/prod.yaml:3:34 delivery.github.subjects[0]: expected the subject of an environment, branch or tag, because prod is production, got "repo:acme/platform:pull_request": anybody's pull request could deploy; write "repo:acme/platform:environment:prod" and protect that environment in GitHub"`,
  );
});

test('fails for what is no subject, none and one twice', () => {
  expect(problems('workload: {}\ndelivery: { github: { subjects: [acme/platform] } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:34 delivery.github.subjects[0]: expected a subject such as "repo:acme/platform:environment:dev", got "acme/platform""`,
  );
  expect(problems('workload: {}\ndelivery: { github: { subjects: [] } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:23 delivery.github.subjects: expected at least one subject, because nobody could take the role on, got []"`,
  );
  const twice = '["repo:acme/platform:environment:dev", "repo:acme/platform:environment:dev"]';
  expect(problems(`workload: {}\ndelivery: { github: { subjects: ${twice} } }`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:72 delivery.github.subjects[1]: expected a subject that is not in the list yet, got "repo:acme/platform:environment:dev""`,
  );
});

test('fails for a deployer that has nothing to deploy', () => {
  expect(problems('delivery: {}')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:1 delivery.deployer: expected a workload, service or task with a repository, whose pushes it deploys, got nothing: those with an "image" of their own are not deployed, nor are tasks with "image_owner: terraform"; write "deployer: { enabled: false }""`,
  );
  expect(problems('workload: { image: nginx }\ndelivery: {}')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:1 delivery.deployer: expected a workload, service or task with a repository, whose pushes it deploys, got nothing: those with an "image" of their own are not deployed, nor are tasks with "image_owner: terraform"; write "deployer: { enabled: false }""`,
  );
  expect(problems('workload: { image: nginx }\ndelivery: { deployer: { enabled: false } }')).toBe('');
  expect(
    problems('scheduled_tasks: [{ name: a, schedule: rate(1 day), image_owner: terraform }]\ndelivery: {}'),
  ).toContain('expected a workload, service or task with a repository');
});

test('takes a deployer for nothing but tasks that the time or an event starts', () => {
  expect(problems('scheduled_tasks: [{ name: a, schedule: rate(1 day) }]\ndelivery: {}')).toBe('');
  expect(problems('event_processor_tasks: [{ name: a, sources: [x] }]\ndelivery: {}')).toBe('');
});

test('fails for a service with a repository whose image Terraform owns, beside a deployer', () => {
  const service = 'services: [{ name: worker, image_owner: terraform }]\n';
  expect(problems(`workload: {}\n${service}delivery: {}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:41 services.worker.image_owner: expected pipeline, because the deployer brings what is pushed to its repository, got "terraform": the next apply would put the earlier image back; or write "deployer: { enabled: false }" under delivery"`,
  );
  expect(problems(`workload: {}\n${service}delivery: { deployer: { enabled: false } }`)).toBe('');
  expect(problems('workload: {}\nservices: [{ name: worker, image: nginx }]\ndelivery: {}')).toBe('');
});

test('fails for patterns of tags that there can’t be', () => {
  expect(problems('workload: {}\ndelivery: { deployer: { tags: ["v 1"] } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:32 delivery.deployer.tags[0]: expected a pattern of image tags such as "v*", got "v 1""`,
  );
  expect(problems('workload: {}\ndelivery: { deployer: { tags: [] } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:25 delivery.deployer.tags: expected at least one pattern, because no push would be deployed, got []"`,
  );
});

test('fails for a notifier without services, and for a parameter that there can’t be', () => {
  expect(problems('delivery: { notifier: {}, deployer: { enabled: false } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:13 delivery.notifier: expected a workload or services, whose deployments it tells of, got nothing"`,
  );
  for (const name of ['slack_webhook', '/aws/slack', '/dev//slack'])
    expect(problems(`workload: {}\ndelivery: { notifier: { webhook_parameter: ${name} } }`)).toBe(
      `demo/dev.yaml:3:44 delivery.notifier.webhook_parameter: expected the name of a parameter such as "/dev/platform/slack_webhook", got "${name}"`,
    );
});

test('fails for the region of a registry without its account', () => {
  expect(problems('ecr_account_region: eu-west-1')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:21 ecr_account_region: expected ecr_account_id beside it, whose repositories these are, got "eu-west-1""`,
  );
});

test('fails for another account’s registry that is the own one', () => {
  const own = 'account_id: "111111111111"\necr_account_id: "111111111111"\nworkload: {}\n';
  expect(problems(own)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:17 ecr_account_id: expected another account than account_id, got "111111111111": for repositories that are there already write "repository: { name: …, existing: true }""`,
  );
  expect(problems(`${own}ecr_account_region: us-east-1\n`)).toBe('');
});

test('fails for a repository that is there already, or taken over, beside another account’s registry', () => {
  expect(
    problems(`ecr_account_id: "111111111111"
workload: { repository: { name: shop, existing: true } }
services: [{ name: worker, repository: { name: jobs, import: true } }, { name: fixed, image: nginx }]`),
  ).toMatchInlineSnapshot(`
    "demo/dev.yaml:3:49 workload.repository.existing: expected nothing here, because images come from the account 111111111111 (ecr_account_id), got true: the name alone says which repository is meant
    demo/dev.yaml:4:62 services.worker.repository.import: expected nothing here, because images come from the account 111111111111 (ecr_account_id), got true: the name alone says which repository is meant"
  `);
});

test('fails for the same under a task that the time or an event starts', () => {
  expect(
    problems(`ecr_account_id: "111111111111"
scheduled_tasks: [{ name: a, schedule: rate(1 day), repository: { name: jobs, existing: true } }]
event_processor_tasks: [{ name: b, sources: [x], repository: { name: more, import: true } }]`),
  ).toMatchInlineSnapshot(`
    "demo/dev.yaml:3:89 scheduled_tasks.a.repository.existing: expected nothing here, because images come from the account 111111111111 (ecr_account_id), got true: the name alone says which repository is meant
    demo/dev.yaml:4:84 event_processor_tasks.b.repository.import: expected nothing here, because images come from the account 111111111111 (ecr_account_id), got true: the name alone says which repository is meant"
  `);
});

test('fails for trusted accounts without a repository for them', () => {
  const trusted = 'ecr_trusted_accounts: [{ name: prod, account_id: "222222222222", env: prod }]\n';
  expect(problems(trusted)).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:1 ecr_trusted_accounts: expected a repository that is made here, for them to pull from, got nothing"`,
  );
  expect(problems(`${trusted}ecr_account_id: "111111111111"\nworkload: {}`)).toContain(
    'expected a repository that is made here',
  );
  expect(problems(`${trusted}scheduled_tasks: [{ name: a, schedule: rate(1 day) }]`)).toBe('');
});

test('warns of repositories that keep few images for the accounts that run them', () => {
  const warnings = (yaml: string) => warningsOf(`region: eu-central-1\n${yaml}`);
  const trusted = 'ecr_trusted_accounts: [{ name: prod, account_id: "222222222222", env: prod }]\n';
  const here = `workload: { repository: { keep_images: 19 } }
services: [{ name: a, repository: { keep_images: 20 } }, { name: b, image: nginx }]
scheduled_tasks: [{ name: c, schedule: rate(1 day), repository: {} }, { name: d, schedule: rate(1 day) }]
`;
  expect(warnings(`${here}${trusted}delivery: {}`)).toMatchInlineSnapshot(`
    "demo/dev.yaml:2:40 warning: workload.repository.keep_images: expected at least 20, because other accounts run images of it (ecr_trusted_accounts), got 19: after 19 more pushes ECR deletes the image that one of them may still run, and its tasks start no more
    demo/dev.yaml:4:53 warning: scheduled_tasks.c.repository.keep_images: expected at least 20, because other accounts run images of it (ecr_trusted_accounts), got 10: after 10 more pushes ECR deletes the image that one of them may still run, and its tasks start no more"
  `);
  expect(problems(`${here}${trusted}delivery: {}`)).toBe('');
  expect(warnings(`${here}${trusted}`)).toBe('');
  expect(warnings(`${here}delivery: {}`)).toBe('');
});

test('fails for a trusted account that is the own one, and for an environment named twice', () => {
  const account = (name: string, id: string) => `{ name: ${name}, account_id: "${id}", env: prod }`;
  expect(
    problems(`account_id: "111111111111"
workload: {}
ecr_trusted_accounts: [${account('own', '111111111111')}, ${account('a', '222222222222')}, ${account('b', '222222222222')}]`),
  ).toMatchInlineSnapshot(`
    "demo/dev.yaml:4:49 ecr_trusted_accounts.own.account_id: expected another account than account_id, got "111111111111": within an account no repository has to trust it
    demo/dev.yaml:4:174 ecr_trusted_accounts.b.env: expected another environment than that of "a", got "prod""
  `);
});

test('two environments may name the same repositories where only one makes them', () => {
  const base = 'region: eu-central-1\nworkload: { repository: { name: shop } }\nstate: local\n';
  expect(
    problemsIn({
      'demo/base.yaml': base,
      'demo/dev.yaml': 'account_id: "111111111111"\n',
      'demo/prod.yaml': 'account_id: "222222222222"\necr_account_id: "111111111111"\n',
    }),
  ).toBe('');
});

test('so may their tasks that the time or an event starts', () => {
  const dev = 'account_id: "111111111111"\n';
  const named = (prod: string) =>
    problemsIn({
      'demo/base.yaml': `region: eu-central-1
scheduled_tasks: [{ name: a, schedule: rate(1 day), repository: { name: jobs } }]
event_processor_tasks: [{ name: b, sources: [x], repository: { name: more } }]
state: local
`,
      'demo/dev.yaml': dev,
      'demo/prod.yaml': prod,
    });
  expect(named('account_id: "222222222222"\necr_account_id: "111111111111"\n')).toBe('');
  expect(named('account_id: "111111111111"\n')).toContain('expected another repository name');
});

test('fails where a trusted environment is not where its own file says', () => {
  const trusted = (more: string) =>
    problemsIn({
      'demo/dev.yaml': `region: eu-central-1
state: local
account_id: "111111111111"
workload: {}
ecr_trusted_accounts: [{ name: live, env: prod, ${more} }]
`,
      'demo/prod.yaml':
        'region: eu-west-1\nstate: local\naccount_id: "222222222222"\necr_account_id: "111111111111"\necr_account_region: eu-central-1\nworkload: {}\n',
    });
  expect(trusted('account_id: "222222222222", region: eu-west-1')).toBe('');
  expect(trusted('account_id: "222222222222"')).toMatchInlineSnapshot(
    `"demo/dev.yaml:5:24 ecr_trusted_accounts.live.region: expected "eu-west-1", where demo-prod is, got "eu-central-1": it would never hear of a push"`,
  );
  expect(trusted('account_id: "222222222223", region: eu-west-1')).toMatchInlineSnapshot(
    `"demo/dev.yaml:5:61 ecr_trusted_accounts.live.account_id: expected "222222222222", where demo-prod is, got "222222222223": it would never hear of a push"`,
  );
});

test('fails for names that follow from a long project and are longer than AWS allows', () => {
  const long = `${'a'.repeat(40)}/${'e'.repeat(20)}.yaml`;
  const yaml = `region: eu-central-1
workload: { task_role_name: t, execution_role_name: e, repository: { keep_images: 20 } }
ecr_trusted_accounts: [{ name: live, account_id: "222222222222", env: prod }]
delivery: { github: { subjects: ["repo:acme/platform:environment:dev"] }, notifier: {} }
`;
  expect(
    problemsIn({ [long]: yaml })
      .replaceAll('a'.repeat(40), 'aa…')
      .replaceAll('e'.repeat(20), 'ee…'),
  ).toMatchInlineSnapshot(`
    "aa…/ee….yaml:1:1 env: expected at most 64 characters, all that AWS allows for an IAM role, got "aa…-ee…-image-events": it has 74; write a shorter one here
    aa…/ee….yaml:3:32 ecr_trusted_accounts.live.name: expected at most 64 characters, all that AWS allows for an event rule, got "aa…-ee…-image-events-live": it has 79; write a shorter one here
    aa…/ee….yaml:4:1 delivery.deployer.function_name: expected at most 64 characters, all that AWS allows for a function, got "aa…-ee…-deployer": it has 70; write a shorter one here
    aa…/ee….yaml:4:1 delivery.deployer.role_name: expected at most 64 characters, all that AWS allows for an IAM role, got "aa…-ee…-deployer-function": it has 79; write a shorter one here
    aa…/ee….yaml:4:13 delivery.github.role_name: expected at most 64 characters, all that AWS allows for an IAM role, got "aa…-ee…-deploy": it has 68; write a shorter one here
    aa…/ee….yaml:4:75 delivery.notifier.function_name: expected at most 64 characters, all that AWS allows for a function, got "aa…-ee…-notifier": it has 70; write a shorter one here
    aa…/ee….yaml:4:75 delivery.notifier.role_name: expected at most 64 characters, all that AWS allows for an IAM role, got "aa…-ee…-notifier-function": it has 79; write a shorter one here"
  `);
});

test('fails for more to deploy to than Lambda lets the deployer be told of', () => {
  const services = (count: number, more = '') =>
    `delivery: {}\nservices:\n${Array.from({ length: count }, (_, index) => `  - { name: service-${index + 10}${more} }`).join('\n')}`;
  expect(problems(services(44))).toBe('');
  expect(problems(services(45))).toBe(
    'demo/dev.yaml:2:1 delivery.deployer: expected services and tasks to deploy to whose names take at most 4096 bytes in its variables, all that Lambda takes, got 4150: AWS would refuse the function; shorten service_name, container_name, task_family and repository names, or write "image_owner: terraform" for scheduled and event processor tasks',
  );
  expect(problems(services(60, ', image: nginx, image_owner: terraform'))).not.toContain('4096');
});

test('fails for a function of the file that is called like the deployer', () => {
  expect(
    problems('workload: {}\ndelivery: {}\nfunctions: [{ name: deployer, code: functions/api }]'),
  ).toMatchInlineSnapshot(`
    "demo/dev.yaml:3:1 delivery.deployer.function_name: expected another function name than functions.deployer.function_name, got "demo-dev-deployer": in AWS they would be one and the same; write another one here
    demo/dev.yaml:3:1 delivery.deployer.function_name: expected another log group name than functions.deployer.log_group_name, got "/aws/lambda/demo-dev-deployer": in AWS they would be one and the same; write another one here
    demo/dev.yaml:3:1 delivery.deployer.role_name: expected another IAM role name than functions.deployer.role_name, got "demo-dev-deployer-function": in AWS they would be one and the same; write another one here"
  `);
});
