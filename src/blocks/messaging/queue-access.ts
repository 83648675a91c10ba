import type { Consumer, Injection, Usable } from '../../access/usable';

const sending = ['SendMessage'];
const receiving = ['ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility'];

/** A queue as those see it who use it, whoever made it. */
export interface UsedQueue {
  /** What its grants are called after. */
  readonly id: string;
  readonly arn: string;
  readonly injection: Injection;
}

/** What a container learns about a queue. */
export function queueInjection(variable: string, url: string): Injection {
  return { environment: { [variable]: url }, secrets: {} };
}

/** Lets the consumer's code put messages in and take them out. */
export function grantQueue(queue: UsedQueue, consumer: Consumer): void {
  grant(queue, consumer, { verb: 'use', actions: [...sending, ...receiving] });
}

/** For those whose `uses` names `sqs.<name>.send`: they put messages in and take none out. */
export function queueSender(queue: UsedQueue): Usable {
  return {
    injection: queue.injection,
    letUse: (consumer) => grant(queue, consumer, { verb: 'send_to', actions: sending }),
  };
}

/** For those whose `uses` names `sqs.<name>.receive`: they take messages out and put none in. */
export function queueReceiver(queue: UsedQueue): Usable {
  return {
    injection: queue.injection,
    letUse: (consumer) => grant(queue, consumer, { verb: 'receive_from', actions: receiving }),
  };
}

function grant(
  { id, arn }: UsedQueue,
  { role }: Consumer,
  { verb, actions }: { readonly verb: string; readonly actions: readonly string[] },
): void {
  role.allow(`${verb}_queue_${id}`, {
    actions: [...actions, 'GetQueueAttributes', 'GetQueueUrl'].map((action) => `sqs:${action}`),
    resources: [arn],
  });
}
