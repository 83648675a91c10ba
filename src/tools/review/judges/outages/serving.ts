import type { Change } from '../../change';
import { QUIET_HOUR } from '../timing';
import { lessLetThrough } from './narrowed';

/** Something that serves traffic, or that traffic passes. Durations are estimates where no link says otherwise. */
export interface Serving {
  /** What stops while a new one takes the place of the old one, and for how long. */
  readonly replaced: string | ((change: Change) => string);

  /** What stops once it is gone. */
  readonly destroyed: string;

  /** Terraform's order of making the new one first leaves no gap. */
  readonly gapless?: true;

  /** How to replace it without a gap. */
  readonly instead?: string;

  /** What to do before it goes. */
  readonly before?: string;
}

const ONE_BY_ONE = 'add the new one beside it, and remove the old one in a second step';
export const BESIDE =
  'make a new one beside it, move what uses it one by one, and let go of the old one in a second step';

export const served: Serving = {
  replaced: 'nothing answers from the moment the old one goes until the new one is up',
  destroyed: 'whoever uses it gets no answer',
};
export const balancer: Serving = {
  replaced:
    'the old one goes before the new one is up: usually about 2 to 5 minutes without an answer, and then another DNS name that records and clients have to learn',
  destroyed: 'nothing behind it can be reached',
  instead: 'make a second one beside it, point the DNS record there, and let go of the old one once nobody asks it',
};
export const gateway: Serving = {
  replaced:
    'nothing gets out through it until the new one is up, usually about 2 to 5 minutes; open connections break, and its public address may be another one',
  destroyed: "nothing gets out through it: tasks can't pull images or reach other services",
  instead: 'make a second one beside it, move the routes there, and let go of the old one in a second step',
};

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html */
export const group: Serving = {
  replaced:
    'AWS refuses to delete it while a listener leads to it, and the apply stops half-way; where none does, requests get 503 until the new one has healthy targets, usually about 1 to 3 minutes',
  destroyed: 'AWS refuses while a listener leads to it; afterwards requests to it get 503',
  gapless: true,
  instead: 'lifecycle { create_before_destroy = true } and another name: then listeners move to the new one first',
};

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html: connections that are open may stay. */
export const rule: Serving = {
  replaced: (change) =>
    lessLetThrough(change)
      ? 'what only the old one let through is refused for as long as the new one is there; between the two, all that it lets through is refused for seconds'
      : 'between the old one and the new one, new connections are refused for seconds',
  destroyed: 'connections that it let through are refused from now on',
  gapless: true,
  instead: ONE_BY_ONE,
};

/** Without a memory of connections, so that open ones break too: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html */
export const aclRule: Serving = {
  replaced: (change) =>
    lessLetThrough(change)
      ? 'what only the old one let through is refused, in open connections too, for as long as the new one is there'
      : 'between the old one and the new one, what it lets through is refused for seconds, in open connections too',
  destroyed: 'what it let through is refused from now on, in open connections too',
  instead: 'add the new one beside it under another number, and remove the old one in a second step',
};
export const route: Serving = {
  replaced: 'packets are lost for seconds between the old one and the new one',
  destroyed: 'packets that took it are lost',
  instead: 'apply it in a quiet hour: a route table holds one route to a destination',
};
export const link: Serving = {
  replaced: 'packets that take it are lost until the new one is up and the routes lead there, usually for minutes',
  destroyed: 'packets that took it are lost',
  instead: BESIDE,
};
export const compute: Serving = {
  replaced: 'all that runs in it stops, and starts anew from nothing: usually about 2 to 5 minutes without an answer',
  destroyed: 'all that runs in it stops',
};
export const instance: Serving = {
  replaced: 'it is down until a new one is up, usually about 5 to 20 minutes',
  destroyed: 'connections to it end at once',
  instead: BESIDE,
};
export const name: Serving = {
  replaced:
    "the name does not resolve for seconds, and resolvers may keep that for the zone's negative TTL (15 minutes unless its SOA record says otherwise)",
  destroyed: 'the name no longer resolves, as soon as its TTL is over',
  instead: 'change its target in place, or make the new name beside it and remove the old one in a second step',
};
export const certificate: Serving = {
  replaced:
    'AWS refuses to delete a certificate that is in use, and the apply stops half-way; a new one is validated by DNS first, usually within minutes',
  destroyed: 'AWS refuses while it is in use; afterwards TLS with it fails',
  gapless: true,
  instead: 'lifecycle { create_before_destroy = true }: then what uses it moves to the new one first',
};
export const permission: Serving = {
  replaced: 'calls are denied for seconds between the old one and the new one',
  destroyed: 'calls that it allowed are denied from now on',
  gapless: true,
  instead: ONE_BY_ONE,
};
export const ground: Serving = {
  replaced: 'all that lies in it has to go first: the apply takes everything in it down, or stops half-way',
  destroyed: 'all that lies in it has to go first, or AWS refuses and the apply stops half-way',
  instead: BESIDE,
};
export const trigger: Serving = {
  replaced: 'events are not handled for seconds to minutes; a queue keeps them meanwhile, a topic does not',
  destroyed: 'its events are no longer handled',
  instead: QUIET_HOUR,
};
