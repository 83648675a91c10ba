import { type Moto, startMoto } from '../../__tests__/support/moto';

/** Somebody in an account of the emulator. */
export interface Identity {
  readonly url: string;
  readonly key: string;
  readonly secret: string;
  readonly token?: string;
  readonly region: string;
}

export interface Emulator {
  readonly url: string;
  /** Named by AWS_ENDPOINT_URL, and so somebody's choice; else plain moto, which lacks more. */
  readonly named: boolean;
}

/** The emulator that AWS_ENDPOINT_URL names or moto, started here; or why there is none. */
export async function startEmulator(): Promise<(Emulator & Pick<Moto, 'stop'>) | string> {
  const url = process.env['AWS_ENDPOINT_URL'];
  if (url !== undefined) return { url, named: true, stop: () => {} };
  process.env['MOTO_IAM_LOAD_MANAGED_POLICIES'] = 'true';
  const moto: Moto | string = await startMoto();
  return typeof moto === 'string' ? moto : { ...moto, named: false };
}

/** Whoever holds the keys "test", in a region. */
export function inRegion({ url }: Emulator, region: string): Identity {
  return { url, key: 'test', secret: 'test', region };
}

/** The same in another account, through a role that the emulator hands out to anybody. */
export async function inAccount(identity: Identity, account: string): Promise<Identity> {
  const now = await answerOf(identity, 'sts', { Action: 'GetCallerIdentity', Version: '2011-06-15' });
  if (tag(now, 'Account') === account) return identity;
  const answer = await answerOf(identity, 'sts', {
    Action: 'AssumeRole',
    Version: '2011-06-15',
    RoleArn: `arn:aws:iam::${account}:role/e2e`,
    RoleSessionName: 'e2e',
  });
  return {
    ...identity,
    key: tag(answer, 'AccessKeyId'),
    secret: tag(answer, 'SecretAccessKey'),
    token: tag(answer, 'SessionToken'),
  };
}

/** What Terraform has to find in its environment. */
export function variablesOf({ url, key, secret, token, region }: Identity): NodeJS.ProcessEnv {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: key,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_SESSION_TOKEN: token,
    AWS_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '4',
  };
}

/** Asks a service that speaks JSON. */
export async function ask<T>(identity: Identity, service: string, target: string, body: object): Promise<T> {
  const answer = await send(identity, service, '/', {
    method: 'POST',
    headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(body),
  });
  return JSON.parse(answer) as T;
}

/** Asks S3 for an address below the root. */
export function askS3(identity: Identity, path: string): Promise<string> {
  return send(identity, 's3', path, {});
}

function answerOf(identity: Identity, service: string, form: Record<string, string>): Promise<string> {
  return send(identity, service, '/', { method: 'POST', body: new URLSearchParams(form) });
}

/** The emulator tells services and accounts by this header and checks no signature. */
async function send(
  { url, key, token, region }: Identity,
  service: string,
  path: string,
  init: RequestInit,
): Promise<string> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${key}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const session: Record<string, string> = token === undefined ? {} : { 'x-amz-security-token': token };
  const answer = await fetch(new URL(path, url), {
    ...init,
    headers: { ...(init.headers as Record<string, string>), ...session, authorization },
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${service} ${path} answers ${answer.status}: ${text.slice(0, 300)}`);
  return text;
}

export function tag(xml: string, name: string): string {
  const [, value] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? [];
  if (value === undefined) throw new Error(`there is no <${name}> in ${xml.slice(0, 300)}`);
  return value;
}

/** Contents of all elements of a name. */
export function tags(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, value = '']) => value);
}
