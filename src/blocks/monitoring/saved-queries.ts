import { CloudwatchQueryDefinition } from '@cdktf/provider-aws/lib/cloudwatch-query-definition';
import { Construct } from 'constructs';
import type { LogsSpec } from '../../spec/sections/logs';
import { constructId } from '../../terraform/logical-ids';
import { Moved } from '../../terraform/moved';

export interface SavedQueriesProps {
  /** `<project>-<env>`, the folder the console shows them in. */
  readonly name: string;
  readonly queries: LogsSpec['savedQueries'];
  readonly logGroupNames: readonly string[];
}

/** Logs Insights queries that everybody finds in the console. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { name, queries, logGroupNames }: SavedQueriesProps) {
    super(scope, id);
    for (const query of queries) {
      const place = new Construct(this, constructId(query.name));
      new CloudwatchQueryDefinition(place, 'Default', {
        name: `${name}/${query.name}`,
        logGroupNames: [...logGroupNames],
        queryString: query.query.trim(),
      });
      if (query.was !== undefined) new Moved(place, query.was);
    }
  }
}
