import type * as z from 'zod';
import type { Context } from '../context';
import { importById, madeOrExisting } from '../values/adoption';
import { awsName, email, listed, movable, text, textList } from '../values/fields';
import { injectedAs, variableName } from '../values/variable-name';

const existing = {
  ...listed,
  variableName: injectedAs('<NAME>_TOPIC_ARN'),
  topicName: awsName('a topic', /^[\w-]{1,256}$/, 'at most 256 letters, digits, dashes and underscores')
    .optional()
    .describe('Its exact name; by default <project>-<name>-<env>.'),
  emails: textList(email, 'an address', 'a list of addresses')
    .default([])
    .describe('Who gets every message; each address confirms by a link first.'),
  queues: textList(text('the name of a queue under "sqs"', /^[a-z][a-z0-9-]*$/), 'a queue', 'a list of queue names')
    .default([])
    .describe('Queues that get every message.'),
};

const made = {
  ...existing,
  ...movable,
  import: importById(
    'the ARN of a topic such as "arn:aws:sns:eu-central-1:123456789012:news"',
    /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
  ),
};

/** One of `topics`: an SNS topic that the application publishes to; subscriptions are ours even where the topic is not. */
export const topicSection = madeOrExisting('topic', made, existing);

export type TopicSpec = ReturnType<typeof completeTopic>;

/** Fills in the name; a renamed topic keeps the one it has in AWS. */
export function completeTopic(section: z.output<typeof topicSection>, { project, env }: Context) {
  return {
    ...section,
    topicName: section.topicName ?? `${project}-${section.was ?? section.name}-${env}`,
    variableName: section.variableName ?? `${variableName(section.name)}_TOPIC_ARN`,
  };
}
