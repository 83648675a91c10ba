/** What these functions read of Lambda's context object. */
export interface Invocation {
  readonly awsRequestId: string;
}
