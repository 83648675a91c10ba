import { expect, test } from 'vitest';
import { findingsOf, planned } from '../../support/plan';

const database = { identifier: 'shop', skip_final_snapshot: true, delete_automated_backups: true };

test.each([
  [
    'replace_because_tainted',
    'the database "shop" is replaced by a new, empty one, losing its data and automated backups: it is tainted',
    'an earlier apply left it half made, or somebody ran "terraform taint": if it works, run "terraform untaint aws_db_instance.main" and plan anew, which keeps it; otherwise take a snapshot first and restore from it',
  ],
  [
    'replace_by_request',
    'the database "shop" is replaced by a new, empty one, losing its data and automated backups: the plan was made with -replace',
    'make the plan without -replace=aws_db_instance.main; otherwise take a snapshot first and restore from it',
  ],
  [
    'replace_by_triggers',
    'the database "shop" is replaced by a new, empty one, losing its data and automated backups: something in its replace_triggered_by changes',
    'leave what triggers it as it was, or take that out of replace_triggered_by; otherwise take a snapshot first and restore from it',
  ],
])('what is replaced for no argument of its own says why, and how to keep it: %s', (action_reason, reason, advice) => {
  const change = planned('aws_db_instance.main', 'delete,create', database, database, { action_reason });
  expect(findingsOf(change)).toMatchObject([{ verdict: 'loses-data', reason, advice }]);
});

test.each([
  [
    'aws_instance.web[1]',
    'delete_because_count_index',
    'the server "web[1]" is destroyed: its count has become smaller',
    'leave the count as it was: a smaller one always takes the last; with for_each, the one that is meant goes',
  ],
  [
    'aws_instance.web["blue"]',
    'delete_because_each_key',
    'the server "web[blue]" is destroyed: its key is no longer in for_each',
    'put the key back; if it is another name for the same thing, write a moved block',
  ],
  [
    'aws_instance.web',
    'delete_because_wrong_repetition',
    'the server "web" is destroyed: its count or for_each has come or gone',
    'a moved block from aws_instance.web to its address with the key, or without it, keeps it',
  ],
  [
    'aws_instance.web',
    'delete_because_no_move_target',
    'the server "web" is destroyed: a moved block takes it to where nothing is configured',
    'mend the "to" of the moved block',
  ],
  [
    'module.shop.aws_instance.web',
    'delete_because_no_module',
    'the server "shop.web" is destroyed: its module is no longer in the configuration',
    'see that nothing uses it any more',
  ],
  [
    'aws_instance.web',
    'delete_because_no_resource_config',
    'the server "web" is destroyed',
    'see that nothing uses it any more',
  ],
])('what goes says why Terraform lets it go: %s %s', (address, action_reason, reason, advice) => {
  const findings = findingsOf(planned(address, 'delete', { ami: 'ami-1' }, null, { action_reason }));
  expect(findings).toContainEqual({
    verdict: 'outage',
    address,
    reason,
    effect: 'connections to it end at once',
    advice,
  });
});

test('a shell takes the address of what is tainted as it is told', () => {
  const change = planned(
    'aws_lb.alb["a"]',
    'delete,create',
    { name: 'a' },
    { name: 'a' },
    {
      action_reason: 'replace_because_tainted',
    },
  );
  expect(findingsOf(change)[0]?.advice).toContain(`run "terraform untaint 'aws_lb.alb["a"]'" and plan anew`);
});

test('a copy that an earlier replacement has left over is not kept by the configuration', () => {
  const [first] = findingsOf(planned('aws_db_instance.main', 'delete', database, null, { deposed: 'ab12' }));
  expect(first?.advice).toBe(
    'see that nothing is in it that the one in its place lacks; take a snapshot first and restore from it',
  );
});
