import type { EnvironmentSpec } from '../environment';
import { didYouMean } from '../load/nearest';
import { either, type Finding } from './report';

/** Cost assumptions name what is there, and a document's figure comes with its explanation. */
export function* costRules({ cost, workload, services }: EnvironmentSpec): Iterable<Finding> {
  const running = [...(workload ? ['workload'] : []), ...services.map(({ name }) => name)];
  for (const name of Object.keys(cost.usage.averageTasks)) {
    if (running.includes(name)) continue;
    yield {
      path: ['cost', 'usage', 'average_tasks', name],
      expected: running.length > 0 ? `expected ${either(running)}` : 'expected no entry, because nothing runs here',
      got: name,
      advice: didYouMean(name, running, undefined),
    };
  }
  if (cost.documentedMonthlyUsd !== undefined && cost.documentedNote === undefined) {
    yield {
      path: ['cost', 'documented_monthly_usd'],
      expected: 'expected "documented_note" beside it',
      advice: 'say why the estimate differs, so that a reader knows which of the two to believe',
    };
  }
}
