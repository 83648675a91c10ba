import { actsOn, coversValue, holdsWith, isAllowedBy, reachesAll } from './coverage';
import { matches, type Statement, type Test } from './policy';

/** An action on a resource that was not allowed, and how it comes to be. */
export interface Allowed {
  readonly action: string;
  readonly resource: string;

  /** Allowed before, where a condition held that is gone or asks less now. */
  readonly lifted: boolean;

  /** What was allowed in the place of a wildcard that is new; none where the action or the resource is. */
  readonly narrower: readonly string[];
}

/** What statements allow that others do not. */
export function newlyAllowed(before: readonly Statement[], after: readonly Statement[]): readonly Allowed[] {
  return after
    .filter(({ allows, otherResources }) => allows && otherResources.length === 0)
    .flatMap((statement) =>
      statement.actions.flatMap((action) =>
        statement.resources.flatMap((resource) => {
          const wanted = { ...statement, actions: [action], resources: [resource] };
          if (isAllowedBy(before, wanted, action)) return [];
          const lifted = before.some((one) => allowsOn(one, wanted, action) && asksMore(one, wanted));
          return [{ action, resource, lifted, narrower: lifted ? [] : narrowerIn(before, action, resource) }];
        }),
      ),
    );
}

function allowsOn(one: Statement, wanted: Statement, action: string): boolean {
  return one.allows && actsOn(one, action) && reachesAll(one, wanted);
}

/** Whether a test is gone or weaker. One more value by its name is none, as one more action by its name is none. */
function asksMore({ tests }: Statement, wanted: Statement): boolean {
  return tests.some((test) => !wanted.tests.some((other) => holdsWith(test, other) || isNamed(test, other)));
}

function isNamed(test: Test, { operator, key, values }: Test): boolean {
  if (operator !== test.operator || key !== test.key || /Bool|Null/.test(operator)) return false;
  return !values.some((value) =>
    test.values.some((known) => known !== value && coversValue(value, known, operator) && !/Not/.test(operator)),
  );
}

/** Actions and resources that one with a wildcard holds, and that alone were allowed. */
function narrowerIn(before: readonly Statement[], action: string, resource: string): readonly string[] {
  const found = before
    .filter(({ allows }) => allows)
    .flatMap(({ actions, resources }) => {
      const acts = actions.filter((one) => matches(action, one) || matches(one, action));
      const on = resources.filter((one) => matches(resource, one) || matches(one, resource));
      if (acts.length === 0 || on.length === 0) return [];
      return [...acts.filter((one) => isWider(action, one)), ...on.filter((one) => isWider(resource, one))];
    });
  return [...new Set(found)];
}

function isWider(one: string, other: string): boolean {
  return /[*?]/.test(one) && !matches(other, one) && matches(one, other);
}
