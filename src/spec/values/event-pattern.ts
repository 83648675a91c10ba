/** What a rule asks of an event. */
interface AskedOfEvents {
  readonly sources: readonly string[];
  readonly detailTypes?: readonly string[] | undefined;
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
}

/** The same as EventBridge writes it. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
export function eventPattern({ sources, detailTypes, detail }: AskedOfEvents): object {
  return {
    source: sources,
    ...(detailTypes && { 'detail-type': detailTypes }),
    ...(detail && { detail }),
  };
}
