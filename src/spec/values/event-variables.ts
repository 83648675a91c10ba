/**
 * What every task that an event starts is told about it: the variable's name and where its value is in the event.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 */
export const eventVariables: Readonly<Record<string, string>> = {
  EVENT_ID: '$.id',
  EVENT_SOURCE: '$.source',
  EVENT_DETAIL_TYPE: '$.detail-type',
  EVENT_TIME: '$.time',
};
