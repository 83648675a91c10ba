import { expect, test } from 'vitest';
import { stackChanges } from '../../src/tools/stack-changes';

test('what cdktf notes for itself is no change, and a tag of that name is one', () => {
  const queue = (note: string, tag: string) => ({
    '//': { metadata: note },
    resource: { aws_sqs_queue: { jobs: { '//': { metadata: note }, name: 'jobs', tags: { '//': tag } } } },
  });
  expect(compare(queue('one', 'x'), queue('other', 'x'))).toMatchObject({ changed: [], unchanged: ['demo-dev'] });
  expect(compare(queue('one', 'x'), queue('one', 'y'))).toMatchObject({ changed: ['demo-dev'], unchanged: [] });
});

test('a file that is another, or in another place, is a change', () => {
  const files = (name: string, text: string) => new Map([['demo-dev', new Map([[name, Buffer.from(text)]])]]);
  expect(stackChanges(files('assets/a.zip', '1'), files('assets/a.zip', '2')).changed).toEqual(['demo-dev']);
  expect(stackChanges(files('assets/a.zip', '1'), files('assets/b.zip', '1')).changed).toEqual(['demo-dev']);
  expect(stackChanges(files('assets/a.zip', '1'), files('assets/a.zip', '1')).changed).toEqual([]);
});

function compare(before: object, now: object) {
  const stack = (terraform: object) =>
    new Map([['demo-dev', new Map([['cdk.tf.json', Buffer.from(JSON.stringify(terraform))]])]]);
  return stackChanges(stack(before), stack(now));
}
