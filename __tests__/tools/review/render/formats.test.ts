import { expect, test } from 'vitest';
import type { Finding } from '../../../../src/tools/review/finding';
import { htmlReview } from '../../../../src/tools/review/render/html';
import { jsonReview } from '../../../../src/tools/review/render/json';
import { markdownReview } from '../../../../src/tools/review/render/markdown';
import { textReview } from '../../../../src/tools/review/render/text';
import { type Review, sorted } from '../../../../src/tools/review/review';
import { reviewOf, sampleComparison } from '../../../support/sample-review';

const at = { file: 'environments/shop/prod.yaml', line: 9, column: 7 };
const acceptance = { reason: 'copied before', until: '2026-12-31', at };

const destroyed: Finding = {
  verdict: 'loses-data',
  address: 'aws_db_instance.database',
  reason: 'the database "shop" is destroyed',
  change: 'c0123456789abcdef',
};
const outage: Finding = { verdict: 'outage', address: 'aws_lb.alb', reason: 'the load balancer "alb" is replaced' };
const opened: Finding = { verdict: 'exposure', address: 'aws_sqs_queue.jobs', reason: 'the queue "jobs" is public' };
const quiet: Finding = { verdict: 'behaviour', address: 'aws_lb.alb', attribute: 'idle_timeout', reason: 'it changes' };

/** The words of every format, without marks. */
async function formats(...reviews: readonly Review[]) {
  const pages = reviews.map((review) => ({ review, comparison: { ...sampleComparison, changes: [] } }));
  return {
    text: textReview(reviews),
    markdown: markdownReview(reviews),
    html: (await htmlReview(pages)).replace(/<style>.*?<\/style>/s, ''),
  };
}

test('every format counts all reasons to stop in its first line', async () => {
  const { text, markdown, html } = await formats(
    reviewOf('shop', [destroyed, outage, { ...outage, address: 'aws_lb.other' }, opened, quiet]),
  );
  const stop = 'Stop: loses data (1), outage (2), exposure (1)';
  expect(text).toContain(`LOSES DATA: shop\n${stop}, changes behaviour (1)\n`);
  expect(markdown).toContain(`### LOSES DATA: shop\n**${stop}**, changes behaviour (1). Do not approve this`);
  expect(html).toContain(`<h1 class="verdict loses-data">${stop}</h1>`);
  expect(html).toContain('id="show-behaviour" checked> changes behaviour (1)</label>');
});

test('every format says in its head that harm is accepted and happens', async () => {
  const { text, markdown, html } = await formats(
    reviewOf('shop', [
      { ...destroyed, accepted: acceptance },
      { ...quiet, verdict: 'harmless' },
    ]),
  );
  const sentence = 'What does harm here is accepted in the environment file, and happens: read it below.';
  expect(text.split('\n').slice(0, 4)).toEqual([
    'HARMLESS, BUT FOR WHAT IS ACCEPTED: shop',
    'Harmless (1), accepted: loses data (1)',
    sentence,
    '  accepted: loses data: the database "shop" is destroyed',
  ]);
  expect(markdown.split('\n').slice(0, 4)).toEqual([
    '### HARMLESS, BUT FOR WHAT IS ACCEPTED: shop',
    `**Harmless (1)**, accepted: loses data (1). ${sentence}`,
    '',
    '- **accepted: loses data** `aws_db_instance.database` the database "shop" is destroyed',
  ]);
  expect(html).toContain('<title>HARMLESS, BUT FOR WHAT IS ACCEPTED: shop</title>');
  expect(html).toContain(`<p>${sentence}</p>`);
  expect(html).toContain('<span class="tag">accepted: loses data (1)</span>');
});

test('what is unknown is to be found out, though its rank is lower than a change for certain', async () => {
  const unknown: Finding = { verdict: 'unknown', address: 'acme_store.a', reason: 'the acme store "a" is destroyed' };
  const many = Array.from(
    { length: 9 },
    (_, index): Finding => ({ ...quiet, address: `aws_lb.n${index}`, reason: `n${index}` }),
  );
  const { text, markdown, html } = await formats(reviewOf('shop', [...many, unknown]));
  const sentence =
    'Read what changes before you approve it. Find out what is named here before you approve it: the plan does not tell.';
  for (const format of [text, markdown, html]) expect(format).toContain(sentence);
  for (const format of [text, markdown])
    expect(format.split('\n').slice(0, 6).join('\n')).toContain('the acme store "a" is destroyed');
});

test('where everything is accepted nothing else changes', () => {
  expect(textReview([reviewOf('shop', [{ ...destroyed, accepted: acceptance }])]).split('\n')[1]).toBe(
    'Nothing else changes, accepted: loses data (1)',
  );
});

test('accepted harm is told beside milder things that nobody has accepted', async () => {
  const { text } = await formats(reviewOf('shop', [{ ...destroyed, accepted: acceptance }, quiet]));
  expect(text).toMatch(/^CHANGES BEHAVIOUR, BUT FOR WHAT IS ACCEPTED: shop\n/);
  const worse = await formats(reviewOf('shop', [{ ...opened, accepted: acceptance }, outage]));
  expect(worse.text).toMatch(
    /^OUTAGE: shop\nStop: outage \(1\), accepted: exposure \(1\)\nApprove this only for a time/,
  );
});

test('every format tells the database before its logs, in the head and in the list', async () => {
  const holders = ['aws_cloudwatch_log_group.a', 'aws_s3_bucket.b', 'aws_db_instance.c', 'aws_iam_role.d'];
  const findings = holders.map(
    (address): Finding => ({ verdict: 'loses-data', address, reason: `thing ${address.at(-1)} goes` }),
  );
  const all = await formats(sorted({ stack: 'shop', findings }));
  for (const [format, text] of Object.entries(all)) {
    const said = [...text.matchAll(/thing ([abcd]) goes/g)].map(([, name]) => name).join('');
    expect(said, format).toBe(format === 'html' ? 'cbad' : 'cbadcbad');
  }
});

test('the worst of several stacks comes first, whichever stack it is of', () => {
  const logs: Finding = { ...destroyed, address: 'aws_cloudwatch_log_group.logs', reason: 'the logs go' };
  const text = textReview([reviewOf('shop-dev', [logs]), reviewOf('shop-prod', [destroyed])]);
  expect(text.split('\n').slice(3, 5)).toEqual([
    '  loses data: shop-prod: the database "shop" is destroyed',
    '  loses data: shop-dev: the logs go',
  ]);
});

test("plans of Terraform that isn't ours are called by their files", async () => {
  const foreign = (plan: string): Review => ({ ...reviewOf(undefined, [opened]), plan });
  const { text, markdown, html } = await formats(foreign('a/plan.json'), foreign('b/plan.json'));
  expect(text).toContain('  exposure: b/plan.json: the queue "jobs" is public');
  expect(markdown).toContain('- b/plan.json: `aws_sqs_queue.jobs` the queue "jobs" is public');
  expect(html).toContain('<h2><bdi>b/plan.json</bdi>: exposure</h2>');
  const own: Review[] = ['a', 'b'].map((plan) => ({ ...reviewOf('shop', [opened]), plan }));
  expect(textReview(own)).toContain('  exposure: shop (b): the queue "jobs" is public');
});

test('two things of one name are told apart by their addresses', async () => {
  const twin = { ...opened, address: 'module.b.aws_sqs_queue.jobs' };
  const { text, html } = await formats(reviewOf('shop', [opened, twin, outage]));
  expect(text).toContain('  outage: the load balancer "alb" is replaced\n');
  expect(text).toContain('  exposure: the queue "jobs" is public [aws_sqs_queue.jobs]\n');
  expect(text).toContain('  exposure: the queue "jobs" is public [module.b.aws_sqs_queue.jobs]\n');
  expect(html).toContain('</bdi> <small><code><bdi>module.b.aws_sqs_queue.jobs</bdi></code></small></summary>');
});

test('every format has the block to accept a finding, with the word that binds it, for its file', async () => {
  const review = { ...reviewOf('shop', [destroyed, quiet]), file: 'environments/shop/prod.yaml' };
  const { text, markdown, html } = await formats(review);
  const block = `accept:
  - address: aws_db_instance.database
    verdict: loses-data
    reason: # why it may happen
    until: # the last day on which it may, such as 2026-12-31
    change: c0123456789abcdef`;
  expect(text).toContain(`What may happen is accepted in environments/shop/prod.yaml:\n\n${block}\n`);
  expect(markdown).toContain(
    `<details><summary>To accept what may happen</summary>\n\nIn \`environments/shop/prod.yaml\`, with a reason and a last day:\n\n\`\`\`yaml\n${block}\n\`\`\`\n\n</details>`,
  );
  expect(html).toContain(`<pre tabindex="0"><code>${block}</code></pre>`);
  expect(JSON.parse(jsonReview([review])).findings[0].change).toBe('c0123456789abcdef');
  const none = await formats(reviewOf('shop', [{ ...destroyed, accepted: acceptance }]));
  for (const each of Object.values(none)) expect(each).not.toContain('change: c0123456789abcdef');
});

test('of more blocks than anybody accepts it is said where the others are', async () => {
  const many = Array.from({ length: 25 }, (_, index) => ({ ...destroyed, address: `aws_db_instance.n${index}` }));
  const { text, markdown, html } = await formats(reviewOf('shop', many));
  expect(text).toContain('What may happen is accepted in the environment file of shop:');
  expect(text).toContain('\n\nand 5 more: "--format json" has the change of each\n');
  expect(markdown).toContain('And 5 more: `terrace review --format json` has the `change` of each.');
  expect(html).toContain('<p>And 5 more: <code>terrace review --format json</code> has the change of each.</p>');
});

test('every format tells which acceptances are refused, and why', async () => {
  const refused = [{ at, path: 'accept[0].until', message: 'expected a later day' }];
  const review = { ...reviewOf('shop', [quiet]), refused };
  const { text, markdown, html } = await formats(review);
  const place = 'environments/shop/prod.yaml:9:7';
  expect(text).toContain('Changes behaviour (1), refused acceptances (1)\n');
  expect(html).toContain('<span class="tag">refused acceptances (1)</span>');
  expect(text).toContain(`REFUSED ACCEPTANCES\n\n  ${place} accept[0].until: expected a later day\n`);
  expect(markdown).toContain('**Changes behaviour (1)**, refused acceptances (1).');
  expect(markdown).toContain(
    `#### refused acceptances (1)\n\n- \`${place}\` \`accept[0].until\`: expected a later day\n`,
  );
  expect(html).toContain('<h2 id="s0-refused">Refused acceptances (1)</h2>');
  expect(html).toContain(`<li><code><bdi>${place}</bdi></code>`);
  expect(JSON.parse(jsonReview([review])).refused).toEqual([
    { ...at, path: 'accept[0].until', message: 'expected a later day' },
  ]);
  expect(JSON.parse(jsonReview([review, reviewOf('other', [])])).refused[0].stack).toBe('shop');
});

test('where a line of YAML says the section alone, or is gone, every format says so', async () => {
  const line = { ...at, path: 'postgres', text: 'postgres:' };
  const told = (more: object) => formats(reviewOf('shop', [{ ...quiet, yaml: { ...line, ...more } }]));
  const section = await told({ section: true });
  expect(section.text).toContain('    environments/shop/prod.yaml:9:7 postgres (section)\n');
  expect(section.markdown).toContain('`environments/shop/prod.yaml:9` `postgres:` (section)');
  expect(section.html).toContain('<dt>YAML (section)</dt>');
  const removed = await told({ removed: true });
  expect(removed.text).toContain('    environments/shop/prod.yaml:9:7 postgres (removed)\n');
  expect(removed.html).toContain('<dt>YAML (removed)</dt>');
});
