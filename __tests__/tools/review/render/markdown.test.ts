import { expect, test } from 'vitest';
import type { Finding } from '../../../../src/tools/review/finding';
import { markdownReview, reviewMark } from '../../../../src/tools/review/render/markdown';
import { code, prose, shortened } from '../../../../src/tools/review/render/markdown-text';
import { manyFindings, reviewOf, sampleReview } from '../../../support/sample-review';

const LIMIT = 65_536;

test('the first ten lines tell whether to stop, of what, and what comes first', () => {
  const comment = markdownReview([sampleReview], { mark: reviewMark('shop-prod') });
  expect(comment.split('\n').slice(0, 10)).toEqual([
    '<!-- terrace review shop-prod -->',
    '### LOSES DATA: shop-prod',
    '**Stop: loses data (1), outage (1)**, changes behaviour (1), harmless (1), accepted: exposure (1). Do not approve this before you know that the data named here may go.',
    '',
    '- **loses data** `aws_db_instance.database` the database "shop-prod" is destroyed',
    '- **outage** `aws_ecs_service.workload` the service "workload" is replaced',
    '- **accepted: exposure** `aws_sqs_queue.queue_jobs` the queue can be read by everybody',
    expect.stringContaining('- **changes behaviour** `aws_route53_zone.domain` a tag of'),
    '',
    '#### loses data (1)',
  ]);
});

test('the head has ten lines at most, however much there is', () => {
  const comment = markdownReview([reviewOf('shop-prod', manyFindings(500))], { mark: reviewMark('shop-prod') });
  const lines = comment.split('\n');
  expect(lines.indexOf('#### loses data (72)')).toBeGreaterThan(0);
  expect(lines.slice(0, 10).join('\n')).toContain('- and 425 more below');
});

test('the head says the same once, whichever attributes it is of', () => {
  const rule = { verdict: 'outage', address: 'aws_x.rule', reason: 'the rule changes' } as const;
  const ports = ['from_port', 'to_port'].map((attribute) => ({ ...rule, attribute }));
  const head = markdownReview([reviewOf('shop-prod', ports)]).split('\n\n#### ')[0];
  expect(head).toMatch(/\n\n- \*\*outage\*\* `aws_x.rule` the rule changes\n?$/);
});

test('a finding says where, what, from what to what, by which line, what happens and what to do instead', () => {
  const finding: Finding = {
    verdict: 'outage',
    address: 'aws_db_instance.database',
    attribute: 'engine_version',
    reason: 'the database restarts',
    before: '15',
    after: '16',
    effect: 'Some minutes without it.',
    advice: 'wait for the window',
    yaml: {
      file: 'environments/shop/prod.yaml',
      line: 7,
      column: 3,
      path: 'postgres.engine_version',
      text: '  engine_version: "16"',
    },
  };
  expect(markdownReview([reviewOf('shop-prod', [finding])])).toContain(
    [
      '- `aws_db_instance.database` `engine_version` the database restarts  ',
      '  `15` → `16`  ',
      '  `environments/shop/prod.yaml:7` `engine_version: "16"`  ',
      '  What happens: Some minutes without it.  ',
      '  Instead: wait for the window',
    ].join('\n'),
  );
});

test('a comment that would be too long leaves out the least important findings, and says how many', () => {
  const all = manyFindings(5_000);
  const comment = markdownReview([reviewOf('shop-prod', all)], { mark: reviewMark('shop-prod') });
  expect(comment.length).toBeLessThanOrEqual(LIMIT);
  const worst = all.filter(({ verdict }) => verdict === 'loses-data');
  expect(worst.filter(({ address }) => !comment.includes(`\`${address}\``))).toEqual([]);
  const [, left = ''] = /\*\*(\d+) of 5000 findings are left out here\*\*/.exec(comment) ?? [];
  const shown = comment.split('\n').filter((line) => /^- `/.test(line)).length;
  expect(shown + Number(left)).toBe(5_000);
  expect(comment).not.toContain('<summary>harmless');
});

test('blocks to accept take no place from the worst, and are left out where these need all', () => {
  const acceptable = (count: number) =>
    manyFindings(count).map((one, index) => ({ ...one, change: `c${String(index).padStart(16, '0')}` }));
  const shown = (findings: readonly Finding[]) => {
    const comment = markdownReview([{ ...reviewOf('shop-prod', findings), file: 'environments/shop/prod.yaml' }]);
    expect(comment.length).toBeLessThanOrEqual(LIMIT);
    const worst = findings.filter(({ verdict }) => verdict === 'loses-data');
    expect(worst.filter(({ address }) => !comment.includes(`\`${address}\``))).toEqual([]);
    return comment;
  };
  expect(shown(acceptable(5_000))).toContain('    change: c0000000000000000\n');
  const full = acceptable(7 * 1_020).filter(({ verdict }) => verdict === 'loses-data');
  expect(shown(full)).not.toContain('To accept what may happen');
});

test('of the worst each is shortened before any other takes its place', () => {
  const worst = manyFindings(7 * 600).filter(({ verdict }) => verdict === 'loses-data');
  const harmless = manyFindings(700).filter(({ verdict }) => verdict === 'harmless');
  const comment = markdownReview([reviewOf('shop-prod', [...harmless, ...worst])]);
  expect(comment.length).toBeLessThanOrEqual(LIMIT);
  expect(worst.every(({ address }) => comment.includes(`\`${address}\``))).toBe(true);
});

test('a comment with very long values stays within the limit, both ends of them to be seen', () => {
  const huge: Finding = {
    ...manyFindings(1)[0],
    verdict: 'outage',
    address: 'aws_x.y',
    reason: 'r'.repeat(90_000),
    after: `${'v'.repeat(90_000)}end`,
  };
  const comment = markdownReview([
    reviewOf(
      'shop-prod',
      Array.from({ length: 200 }, () => huge),
    ),
  ]);
  expect(comment.length).toBeLessThanOrEqual(LIMIT);
  expect(comment).toContain('end`');
});

test('several reviews are one comment with the worst of all, each finding beside its stack', () => {
  const harmless = reviewOf('shop-dev', [{ verdict: 'harmless', address: 'aws_sqs_queue.a', reason: 'a queue comes' }]);
  const comment = markdownReview([harmless, sampleReview]);
  expect(comment).toMatch(/^### LOSES DATA: 2 stacks\n/);
  expect(comment).toContain('- shop-dev: `aws_sqs_queue.a` a queue comes');
  expect(comment).toContain('- shop-prod: `aws_db_instance.database` the database');
});

test('a review of nothing says so', () => {
  expect(markdownReview([reviewOf('shop-prod', [])])).toBe(
    '### HARMLESS: shop-prod\n**Nothing changes**. There is nothing to approve.\n\n',
  );
});

test('texts of others are shown and do nothing', () => {
  expect(prose('<b>&amp;</b> *x* _y_ [a](b) `c` | ~~d~~ $e$')).toBe(
    '&#60;b&#62;&#38;amp;&#60;/b&#62; \\*x\\* \\_y\\_ \\[a\\](b) \\`c\\` \\| \\~\\~d\\~\\~ &#36;e&#36;',
  );
  expect(prose('ask @acme/team about #12 and GH-3')).toBe('ask @<!-- -->acme/team about #<!-- -->12 and GH<!-- -->-3');
  expect(prose('see https://a.example or www.b.example')).toBe(
    'see https:<!-- -->//a.example or www<!-- -->.b.example',
  );
  expect(prose('a\nb')).toBe('a b');
  expect(prose('safe\u202Egnp')).toBe('safe⟨U+202E⟩gnp');
});

test('code ends only where it should', () => {
  expect(code('a`b')).toBe('``a`b``');
  expect(code('``')).toBe('``` `` ```');
  expect(code('')).toBe('`  `');
  expect(code('a\nb')).toBe('`a⏎b`');
});

test('a long text is cut in the middle', () => {
  expect(shortened('abcdefghij', 7)).toBe('abcd…ij'.slice(0, 7));
  expect(shortened('short', 7)).toBe('short');
});
