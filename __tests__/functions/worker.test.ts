import { beforeEach, expect, test, vi } from 'vitest';
import { handler } from '../../functions/worker/index';

const written = vi.spyOn(process.stdout, 'write');

beforeEach(() => {
  written.mockReset().mockReturnValue(true);
});

test('does an e-mail job and logs it without the address', async () => {
  expect(await work({ type: 'email', to: 'ann@example.com', template: 'welcome' })).toEqual([]);
  expect(lines()).toEqual([
    { level: 'info', message: 'email job done', requestId: 'invocation-1', messageId: 'm0', template: 'welcome' },
  ]);
});

test('does a processing job and logs it', async () => {
  expect(await work({ type: 'processing', object: 'uploads/cat.jpg' })).toEqual([]);
  expect(lines()).toEqual([
    {
      level: 'info',
      message: 'processing job done',
      requestId: 'invocation-1',
      messageId: 'm0',
      object: 'uploads/cat.jpg',
    },
  ]);
});

test('an empty batch has no failures', async () => {
  expect(await work()).toEqual([]);
});

test('fails for the bad messages of a batch only, in their order', async () => {
  const good = { type: 'processing', object: 'a' };
  expect(await work('{', good, { type: 'fax' }, good, { type: 'email' })).toEqual([
    { itemIdentifier: 'm0' },
    { itemIdentifier: 'm2' },
    { itemIdentifier: 'm4' },
  ]);
  expect(lines().filter(({ message }) => message === 'processing job done')).toHaveLength(2);
});

test('batches at the same time do not mix', async () => {
  const [first, second] = await Promise.all([
    work({ type: 'processing', object: 'a' }, '{'),
    work('{', { type: 'processing', object: 'a' }),
  ]);
  expect(first).toEqual([{ itemIdentifier: 'm1' }]);
  expect(second).toEqual([{ itemIdentifier: 'm0' }]);
});

test('fails for a body that is not JSON, without repeating it in the log', async () => {
  expect(await work('ann@example.com')).toEqual([{ itemIdentifier: 'm0' }]);
  expect(lines()).toEqual([
    {
      level: 'error',
      message: 'job failed',
      requestId: 'invocation-1',
      messageId: 'm0',
      error: 'the body is not JSON',
      stack: expect.stringContaining('job.ts'),
    },
  ]);
  expect(JSON.stringify(lines())).not.toContain('ann@');
});

test.each([null, [], 'text', 7])('fails for the body %j, which is no object', async (body) => {
  expect(await errorOf(JSON.stringify(body))).toBe('the body is not a JSON object');
});

test.each([{}, { type: 7 }, { type: '' }])('fails for %j, which has no type', async (job) => {
  expect(await errorOf(job)).toBe('expected a text in "type"');
});

test.each(['fax', 'constructor'])('fails for the unknown type %j', async (type) => {
  expect(await errorOf({ type })).toBe(`unknown type "${type}": expected one of email, processing`);
});

test('fails for an e-mail job without a template', async () => {
  expect(await errorOf({ type: 'email', to: 'ann@example.com' })).toBe('expected a text in "template"');
});

test('fails for an e-mail job without an address', async () => {
  expect(await errorOf({ type: 'email', template: 'welcome' })).toBe('expected a text in "to"');
});

test.each(['ann', '@example.com', 'ann@', 'a b@example.com', 'a@b@c', 'a@b.c\nBcc: d@e.f'])(
  'fails for an e-mail job to %j',
  async (to) => {
    expect(await errorOf({ type: 'email', template: 'welcome', to })).toBe('expected an e-mail address in "to"');
  },
);

test('fails for a processing job without an object', async () => {
  expect(await errorOf({ type: 'processing' })).toBe('expected a text in "object"');
});

/** Has the worker do one batch of bodies, called m0, m1, … */
async function work(...bodies: (object | string)[]) {
  const Records = bodies.map((body, index) => ({
    messageId: `m${index}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }));
  return (await handler({ Records }, { awsRequestId: 'invocation-1' })).batchItemFailures;
}

/** Why the worker refuses a message. */
async function errorOf(body: object | string): Promise<unknown> {
  expect(await work(body)).toEqual([{ itemIdentifier: 'm0' }]);
  return lines()[0]?.['error'];
}

function lines(): Record<string, unknown>[] {
  return written.mock.calls.map(([text]) => JSON.parse(String(text)));
}
