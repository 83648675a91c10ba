/** Something that serves traffic, or that traffic passes. */
export interface Serving {
  /** What stops while a new one takes the place of the old one, and for how long. */
  readonly replaced: string;

  /** What stops once it is gone. */
  readonly destroyed: string;

  /** Terraform's order of making the new one first leaves no gap. */
  readonly gapless?: true;
}

export const served: Serving = {
  replaced: 'nothing answers from the moment the old one goes until the new one is up',
  destroyed: 'whoever uses it gets no answer',
};
export const balancer: Serving = {
  replaced:
    'the old one goes before the new one is up: 2 to 5 minutes without an answer, then another DNS name that records and clients have to learn',
  destroyed: 'nothing behind it can be reached',
};
export const gateway: Serving = {
  replaced:
    'nothing gets out through it for 2 to 5 minutes, connections break, and its public address may be another one',
  destroyed: "nothing gets out through it: tasks can't pull images or reach other services",
};
export const group: Serving = {
  replaced:
    'the old one goes before the new one has healthy targets: requests get 503 until health checks pass, mostly 1 to 3 minutes',
  destroyed: 'requests to it get 503',
  gapless: true,
};
export const rule: Serving = {
  replaced: 'between the old one and the new one, connections are refused for seconds; those that are open may break',
  destroyed: 'connections that it let through are refused from now on',
  gapless: true,
};
export const route: Serving = {
  replaced: 'packets are lost for seconds between the old one and the new one',
  destroyed: 'packets that took it are lost',
};
export const compute: Serving = {
  replaced: 'all of its tasks stop, and new ones start from nothing: mostly 2 to 5 minutes without an answer',
  destroyed: 'all of its tasks stop',
};
export const instance: Serving = {
  replaced: 'it is down until a new one is up, 5 to 20 minutes',
  destroyed: 'connections to it end at once',
};
export const name: Serving = {
  replaced:
    "the name does not resolve for seconds, and resolvers may keep that for the zone's negative TTL (up to 15 minutes)",
  destroyed: 'the name no longer resolves, as soon as its TTL is over',
};
export const certificate: Serving = {
  replaced:
    'AWS refuses to delete a certificate that is in use; a new one is validated by DNS first, mostly 2 to 10 minutes',
  destroyed: 'AWS refuses while it is in use; afterwards TLS with it fails',
  gapless: true,
};
export const permission: Serving = {
  replaced: 'calls are denied for seconds between the old one and the new one',
  destroyed: 'calls that it allowed are denied from now on',
  gapless: true,
};
export const ground: Serving = {
  replaced: 'all that lies in it has to go first: the apply takes everything in it down, or stops half-way',
  destroyed: 'all that lies in it has to go first, or AWS refuses and the apply stops half-way',
};
export const trigger: Serving = {
  replaced: 'events are not handled for seconds to minutes; a queue keeps them meanwhile, a topic does not',
  destroyed: 'its events are no longer handled',
};
