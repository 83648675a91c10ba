import { expect, test } from 'vitest';
import { problemsIn, problemsOf } from '../support/problems';

test('accepts the tags that are asked for, wherever they are written', () => {
  const base = 'region: us-east-1\nrequired_tags: [cost_center, owner]\ntags: { owner: team }\n';
  expect(problemsOf('tags: { cost_center: "42" }\n', base)).toBe('');
});

test('accepts a required tag that every resource has by itself', () => {
  expect(problemsOf('region: us-east-1\nrequired_tags: [project, env, stack, managed_by]\n')).toBe('');
});

test('fails on an environment without a required tag, at its own tags', () => {
  const files = {
    'demo/base.yaml': 'region: us-east-1\nrequired_tags: [cost_center, owner]\n',
    'demo/dev.yaml': '# dev\ntags: { owner: team }\n',
  };
  expect(problemsIn(files)).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:1 tags.cost_center: expected a value for the tag "cost_center", which required_tags asks of every environment, got nothing: what has none is missing from reports by this tag"`,
  );
});

test('fails on a required tag without a value', () => {
  expect(problemsOf('region: us-east-1\nrequired_tags: [owner]\ntags:\n  owner: " "\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:10 tags.owner: expected a value for the tag "owner", which required_tags asks of every environment, got " ": what has none is missing from reports by this tag"`,
  );
});

test('fails on a required tag that AWS keeps for itself', () => {
  expect(problemsOf('region: us-east-1\nrequired_tags: ["aws:owner"]\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:17 required_tags[0]: expected a tag such as "cost_center", which does not begin with "aws:", got "aws:owner""`,
  );
});

test('fails on a tag that is required twice', () => {
  expect(problemsOf('region: us-east-1\nrequired_tags: [owner, owner]\ntags: { owner: team }\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:24 required_tags[1]: expected a tag that is not in the list yet, got "owner""`,
  );
});
