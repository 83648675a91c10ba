import type { Change, Deployment } from './event';

const signs: Readonly<Record<Change, string>> = {
  started: ':rocket:',
  succeeded: ':white_check_mark:',
  failed: ':x:',
  'rolled back': ':rewind:',
};

/** A message in Slack's markup. https://docs.slack.dev/messaging/formatting-message-text */
export function messageOf({ change, cluster, service, region, id, reason }: Deployment, environment: string): string {
  const page = `https://${region}.console.aws.amazon.com/ecs/v2/clusters/${cluster}/services/${service}/deployments?region=${region}`;
  const what = change === 'rolled back' ? 'is being rolled back' : change;
  const why = change === 'failed' || change === 'rolled back' ? `\n> ${plain(reason)}` : '';
  return `${signs[change]} ${plain(environment)}: deployment of *${plain(service)}* ${what} (<${page}|${plain(id)}>)${why}`;
}

/** Text in which nothing is markup. */
function plain(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\s+/g, ' ');
}
