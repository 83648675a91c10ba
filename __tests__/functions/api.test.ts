import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { handler } from '../../functions/api/index';

const written = vi.spyOn(process.stdout, 'write');

beforeEach(() => {
  written.mockReset().mockReturnValue(true);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

test('GET /health answers the environment and, where it is known, the version', async () => {
  vi.stubEnv('ENVIRONMENT', 'staging');
  expect(await get('/health')).toMatchObject({ statusCode: 200, body: '{"status":"ok","environment":"staging"}' });

  vi.stubEnv('VERSION', '1.4.0');
  expect(JSON.parse((await get('/health')).body)).toEqual({ status: 'ok', environment: 'staging', version: '1.4.0' });
});

test('answers the same behind a CDN that sends it what begins with /api', async () => {
  vi.stubEnv('ENVIRONMENT', 'dev');
  expect(await get('/api/health')).toMatchObject({ statusCode: 200, body: '{"status":"ok","environment":"dev"}' });
});

test('GET /health says so when nobody named the environment', async () => {
  vi.stubEnv('ENVIRONMENT', undefined);
  expect(JSON.parse((await get('/health')).body)).toEqual({ status: 'ok', environment: 'unknown' });
});

test('GET /config names what the function has been given, sorted and without what is empty', async () => {
  vi.stubEnv('ENVIRONMENT', 'dev');
  const given = ['REDIS_HOST', 'EMAIL_QUEUE_URL', 'MEDIA_BUCKET', 'ALERTS_TOPIC_ARN', 'SES_DOMAIN', 'DATABASE_HOST'];
  const others = ['HOME_BUCKET_SIZE', 'OLD_DATABASE_HOST', 'HOSTILE'];
  for (const name of [...given, 'COGNITO_USER_POOL_ID', ...others]) vi.stubEnv(name, 'some-value');
  vi.stubEnv('DATABASE_PORT', '');
  const { statusCode, body } = await get('/config');
  expect(statusCode).toBe(200);
  expect(JSON.parse(body)).toEqual({
    environment: 'dev',
    configured: [
      'ALERTS_TOPIC_ARN',
      'COGNITO_USER_POOL_ID',
      'DATABASE_HOST',
      'EMAIL_QUEUE_URL',
      'MEDIA_BUCKET',
      'REDIS_HOST',
      'SES_DOMAIN',
    ],
  });
});

test('GET /config shows neither values nor the names of secrets', async () => {
  const secrets = ['DATABASE_PASSWORD', 'COGNITO_CLIENT_SECRET', 'REDIS_AUTH_TOKEN', 'SES_API_KEY', 'SES_api_key'];
  for (const name of [...secrets, 'DATABASE_URL', 'DATABASE_SECRET_ARN']) vi.stubEnv(name, 'hunter2');
  const { body } = await get('/config');
  expect(JSON.parse(body).configured).toEqual(['DATABASE_SECRET_ARN', 'DATABASE_URL']);
  expect(body).not.toContain('hunter2');
});

test('the stage that API Gateway puts in front of the path does not count', async () => {
  expect(await get('/prod/health', 'prod')).toMatchObject({ statusCode: 200 });
  expect(await get('/prod/health', '$default')).toMatchObject({ statusCode: 404 });
});

test('every answer is JSON that no cache keeps and carries the id of its request', async () => {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-request-id': 'request-1' };
  expect((await get('/health')).headers).toEqual(headers);
  expect((await get('/nothing')).headers).toEqual(headers);
});

test('fails with 404 for a path that does not exist', async () => {
  const { statusCode, body } = await get('/constructor');
  expect(statusCode).toBe(404);
  expect(JSON.parse(body)).toEqual({ error: 'not found', requestId: 'request-1' });
});

test('fails with 405 for another method and says which one is allowed', async () => {
  const { statusCode, headers, body } = await handler(request('POST', '/health'), invocation);
  expect(statusCode).toBe(405);
  expect(headers).toMatchObject({ allow: 'GET', 'x-request-id': 'request-1' });
  expect(JSON.parse(body)).toEqual({ error: 'method not allowed', requestId: 'request-1' });
});

test('fails with 500 and no details for what nobody expected, which one line of the log explains', async () => {
  const event = request('GET', '/health');
  const broken = Object.defineProperty({ ...event }, 'rawPath', {
    get() {
      throw new Error('postgres://admin:hunter2@db\nis gone');
    },
  });
  const { statusCode, headers, body } = await handler(broken, invocation);
  expect(statusCode).toBe(500);
  expect(headers).toMatchObject({ 'x-request-id': 'request-1' });
  expect(JSON.parse(body)).toEqual({ error: 'internal error', requestId: 'request-1' });
  expect(lines()).toEqual([
    {
      level: 'error',
      message: 'request failed',
      requestId: 'request-1',
      error: 'postgres://admin:hunter2@db\nis gone',
      stack: expect.stringContaining('api.test.ts'),
    },
  ]);
});

test.each([{}, undefined])('fails with 500 and the id of the invocation for the event %j', async (event) => {
  const { statusCode, headers } = await handler(event as never, invocation);
  expect(statusCode).toBe(500);
  expect(headers).toMatchObject({ 'x-request-id': 'invocation-1' });
});

test('fails readably when what is thrown is no error', async () => {
  const broken = Object.defineProperty({ ...request('GET', '/health') }, 'rawPath', {
    get() {
      throw 'out of order';
    },
  });
  expect(await handler(broken, invocation)).toMatchObject({ statusCode: 500 });
  expect(lines()).toEqual([
    { level: 'error', message: 'request failed', requestId: 'request-1', error: 'out of order' },
  ]);
});

test('each answered request is one JSON line, whatever its path says', async () => {
  await get('/health');
  await get('/a"\n{}');
  const line = { level: 'info', message: 'request answered', requestId: 'request-1', method: 'GET' };
  expect(lines()).toEqual([
    { ...line, path: '/health', status: 200 },
    { ...line, path: '/a"\n{}', status: 404 },
  ]);
});

const invocation = { awsRequestId: 'invocation-1' };

function get(rawPath: string, stage = '$default') {
  return handler(request('GET', rawPath, stage), invocation);
}

function request(method: string, rawPath: string, stage = '$default') {
  return { rawPath, requestContext: { http: { method }, requestId: 'request-1', stage } };
}

/** What went to the log, of which each write must be exactly one line. */
function lines(): unknown[] {
  return written.mock.calls.map(([text]) => {
    expect(text).toMatch(/^[^\n]+\n$/);
    return JSON.parse(String(text));
  });
}
