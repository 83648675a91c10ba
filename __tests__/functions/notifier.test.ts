import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type DeploymentEvent, parseDeployment } from '../../functions/notifier/event';
import { handler } from '../../functions/notifier/index';
import { messageOf } from '../../functions/notifier/message';
import { post } from '../../functions/notifier/post';
import { forgetWebhook } from '../../functions/notifier/webhook';
import { MOTO_MILLISECONDS, type Moto, startMoto } from '../support/moto';
import { stubAws } from '../support/stub-aws';

// The function itself, with the real SDK, against an emulator of SSM and a server in Slack's place.
let missing: string | undefined;

/** What Slack answers next; after that, 200. */
let answers: { readonly status: number; readonly retryAfter?: string; readonly location?: string }[] = [];
const posted: { readonly path: string; readonly text: string; readonly at: number }[] = [];
let slack: Server;
let address: string;
let moto: Moto | undefined;
let ssm: SSMClient;
const written = vi.spyOn(process.stdout, 'write');

beforeAll(async () => {
  slack = createServer(async (request, response) => {
    posted.push({ path: String(request.url), text: JSON.parse(await text(request)).text, at: Date.now() });
    const { status, retryAfter, location } = answers.shift() ?? { status: 200 };
    response.writeHead(status, {
      ...(retryAfter !== undefined && { 'retry-after': retryAfter }),
      ...(location !== undefined && { location }),
    });
    response.end(status === 200 ? 'ok' : 'no_service');
  });
  await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(slack.address() as AddressInfo).port}/services/T0/B0/hunter2`;
  const started = await startMoto();
  if (typeof started === 'string') {
    missing = started;
    console.warn(`SKIPPED: the notifier against an emulator of SSM, because ${missing}`);
    return;
  }
  moto = started;
  stubAws(moto.url, { attempts: 2 });
  ssm = new SSMClient({ endpoint: moto.url });
}, MOTO_MILLISECONDS);

afterAll(() => {
  vi.unstubAllEnvs();
  slack.close();
  moto?.stop();
});

beforeEach(async () => {
  vi.stubEnv('ENVIRONMENT', 'shop-dev');
  vi.stubEnv('WEBHOOK_PARAMETER', PARAMETER);
  written.mockReset().mockReturnValue(true);
  answers = [];
  posted.length = 0;
  forgetWebhook();
  if (!moto) return;
  await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' });
  await fillIn(address);
});

const integration = test.extend<{ readonly emulator: undefined }>({
  emulator: [
    async ({ skip }, use) => {
      skip(missing !== undefined, missing);
      await use(undefined);
    },
    { auto: true },
  ],
});

integration.each([
  ['started', ':rocket:', 'SERVICE_DEPLOYMENT_IN_PROGRESS', 'ECS deployment ecs-svc/1 in progress.', ''],
  ['succeeded', ':white_check_mark:', 'SERVICE_DEPLOYMENT_COMPLETED', 'ECS deployment ecs-svc/1 completed.', ''],
  [
    'failed',
    ':x:',
    'SERVICE_DEPLOYMENT_FAILED',
    'ECS deployment circuit breaker: tasks failed to start.',
    '\n> ECS deployment circuit breaker: tasks failed to start.',
  ],
  [
    'is being rolled back',
    ':rewind:',
    'SERVICE_DEPLOYMENT_IN_PROGRESS',
    'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/0.',
    '\n> ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/0.',
  ],
])('tells Slack of a deployment that %s', async (what, sign, eventName, reason, why) => {
  await handler(change(eventName, reason), invocation);
  const page =
    'https://eu-central-1.console.aws.amazon.com/ecs/v2/clusters/shop-dev/services/shop-dev-backend/deployments?region=eu-central-1';
  expect(posted).toMatchObject([
    {
      path: '/services/T0/B0/hunter2',
      text: `${sign} shop-dev: deployment of *shop-dev-backend* ${what} (<${page}|ecs-svc/1>)${why}`,
    },
  ]);
});

integration('posts again where Slack is out of order, and logs one success', async () => {
  answers = [{ status: 500 }];
  await handler(change('SERVICE_DEPLOYMENT_COMPLETED'), invocation);
  expect(posted).toHaveLength(2);
  expect(lines()).toMatchObject([
    {
      level: 'info',
      message: 'message posted',
      service: 'shop-dev-backend',
      change: 'succeeded',
      deployment: 'ecs-svc/1',
    },
  ]);
});

integration('fails where Slack stays out of order, for Lambda to try the event again', async () => {
  answers = Array(10).fill({ status: 503 });
  await expect(handler(change('SERVICE_DEPLOYMENT_COMPLETED'), invocation)).rejects.toThrow('the webhook answered 503');
  expect(posted).toHaveLength(4);
});

integration('fails at once for a webhook that is gone, and reads the parameter anew the next time', async () => {
  answers = [{ status: 404 }];
  await expect(handler(change('SERVICE_DEPLOYMENT_COMPLETED'), invocation)).rejects.toThrow('the webhook answered 404');
  expect(posted).toHaveLength(1);

  await fillIn(address.replace('hunter2', 'hunter3'));
  await handler(change('SERVICE_DEPLOYMENT_COMPLETED'), invocation);
  expect(posted.map(({ path }) => path)).toEqual(['/services/T0/B0/hunter2', '/services/T0/B0/hunter3']);
});

integration('reads the parameter once for several messages', async () => {
  await handler(change('SERVICE_DEPLOYMENT_IN_PROGRESS'), invocation);
  await fillIn(address.replace('hunter2', 'hunter3'));
  await handler(change('SERVICE_DEPLOYMENT_COMPLETED'), invocation);
  expect(posted.map(({ path }) => path)).toEqual(['/services/T0/B0/hunter2', '/services/T0/B0/hunter2']);
});

integration('fails for a parameter that is not there, with its name', async () => {
  vi.stubEnv('WEBHOOK_PARAMETER', '/dev/shop/other');
  await expect(handler(change('SERVICE_DEPLOYMENT_COMPLETED'), invocation)).rejects.toThrow(
    'the parameter /dev/shop/other could not be read: ParameterNotFound',
  );
});

integration.each(['fill me in', 'http://hooks.slack.com/services/T0/B0/hunter2', 'ftp://localhost/x'])(
  'fails for a parameter that holds %j, without showing it',
  async (value) => {
    await fillIn(value);
    await expect(handler(change('SERVICE_DEPLOYMENT_COMPLETED'), invocation)).rejects.toThrow(
      /^the parameter \/dev\/shop\/slack_webhook holds no https address of a webhook$/,
    );
  },
);

integration('never shows the address, whatever goes wrong', async () => {
  const errors: unknown[] = [];
  for (const answer of [{ status: 403 }, { status: 307, location: '/elsewhere/hunter2' }]) {
    answers = Array(4).fill(answer);
    errors.push(await handler(change('SERVICE_DEPLOYMENT_COMPLETED'), invocation).catch((error) => error));
  }
  expect(posted.map(({ path }) => path)).not.toContain('/elsewhere/hunter2');
  await fillIn('https://127.0.0.1:1/services/hunter2');
  forgetWebhook();
  errors.push(await handler(change('SERVICE_DEPLOYMENT_COMPLETED'), invocation).catch((error) => error));

  expect(errors.map(String)).toEqual([
    'Error: the webhook answered 403',
    'Error: the webhook could not be reached',
    'Error: the webhook could not be reached',
  ]);
  const shown = errors.map((error) => `${(error as Error).stack} ${JSON.stringify(error)} ${(error as Error).cause}`);
  expect(`${shown.join()} ${JSON.stringify(lines())}`).not.toContain('hunter2');
});

test('waits as long as Slack asks for', async () => {
  answers = [{ status: 429, retryAfter: '2' }];
  await post(new URL(address), 'hello');
  const [first, second] = posted;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_990);
});

test('fails where Slack asks for longer than the function may run', async () => {
  answers = [{ status: 429, retryAfter: '3600' }];
  await expect(post(new URL(address), 'hello')).rejects.toThrow('the webhook answered 429');
  expect(posted).toHaveLength(1);
});

test('fails for a server that does not answer', async () => {
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(silent.address() as AddressInfo).port}/hunter2`);
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException('too late', 'TimeoutError')), 20);
    return controller.signal;
  });
  await expect(post(url, 'hello')).rejects.toThrow('the webhook did not answer in time');
  vi.mocked(AbortSignal.timeout).mockRestore();
  silent.closeAllConnections();
  silent.close();
});

test('ignores what is no change of a deployment', async () => {
  await handler(change('SERVICE_STEADY_STATE'), invocation);
  expect(posted).toEqual([]);
  expect(lines()).toMatchObject([{ level: 'info', message: 'event ignored: no change of a deployment' }]);
});

test('fails for an event that names no service', () => {
  const event = { ...change('SERVICE_DEPLOYMENT_COMPLETED'), resources: ['arn:aws:ecs:eu-central-1:1:cluster/shop'] };
  expect(() => parseDeployment(event)).toThrow('expected the ARN of a service in the event');
});

test('fails without the name of the parameter', async () => {
  vi.stubEnv('WEBHOOK_PARAMETER', undefined);
  await expect(handler(change('SERVICE_DEPLOYMENT_COMPLETED'), invocation)).rejects.toThrow(
    'expected the variable WEBHOOK_PARAMETER',
  );
});

test('what a reason says is text and no markup', () => {
  const deployment = parseDeployment(change('SERVICE_DEPLOYMENT_FAILED', '<!channel> & more\nlines'));
  expect(deployment && messageOf(deployment, 'shop-dev')).toMatch(/\n> &lt;!channel&gt; &amp; more lines$/);
});

const PARAMETER = '/dev/shop/slack_webhook';
const invocation = { awsRequestId: 'invocation-1' };

function change(eventName: string, reason = ''): DeploymentEvent {
  return {
    region: 'eu-central-1',
    resources: ['arn:aws:ecs:eu-central-1:111111111111:service/shop-dev/shop-dev-backend'],
    detail: { eventName, deploymentId: 'ecs-svc/1', reason },
  };
}

/** What a person does with `aws ssm put-parameter`. */
async function fillIn(value: string): Promise<void> {
  await ssm.send(new PutParameterCommand({ Name: PARAMETER, Type: 'SecureString', Value: value, Overwrite: true }));
}

function lines(): unknown[] {
  return written.mock.calls.map(([line]) => JSON.parse(String(line)));
}
