import { testingMatchers } from 'cdktf';
import { expect } from 'vitest';

interface ResourceType {
  readonly tfResourceType: string;
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: vitest declares it so
  interface Matchers<T = any> {
    /** At least one resource of `type` has these (snake_case) arguments. */
    toHaveResourceWithProperties(type: ResourceType, properties: object): T;

    /** At least one data source of `type` has these (snake_case) arguments. */
    toHaveDataSourceWithProperties(type: ResourceType, properties: object): T;
  }
}

const matches = (found: unknown[], wanted: object) =>
  expect.arrayContaining([expect.objectContaining(wanted)]).asymmetricMatch(found);
const haveResource = testingMatchers.getToHaveResourceWithProperties(matches);
const haveDataSource = testingMatchers.getToHaveDataSourceWithProperties(matches);

expect.extend({
  toHaveResourceWithProperties(terraform: string, type: ResourceType, properties: object) {
    const { pass, message } = haveResource(terraform, type, properties);
    return { pass, message: () => message };
  },
  toHaveDataSourceWithProperties(terraform: string, type: ResourceType, properties: object) {
    const { pass, message } = haveDataSource(terraform, type, properties);
    return { pass, message: () => message };
  },
});
