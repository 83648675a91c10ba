import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Identity } from './emulator';

/** A call of AWS's API as it went by. */
export interface Call {
  readonly service: string;
  /** `CreateQueue`, and where the protocol has no name for it method and path: `PUT /acme-media?policy`. */
  readonly operation: string;
  readonly body: string;
  /** What AWS answered, or what was answered in its place. */
  status?: number | 'reset';
  failed?: boolean;
}

/** Ways in which a call fails before AWS has seen it. */
export type Failure = 'throttled' | 'error' | 'reset';

/** Says of a call, and of its number, whether it fails. */
export type Failing = (call: Call, number: number) => Failure | undefined;

/** Stands before the emulator, writes down what it is asked, and lets calls fail. */
export class FailingAws {
  readonly calls: Call[] = [];
  private failing: Failing = () => undefined;
  private number = 0;
  private readonly agent = new Agent({ keepAlive: true });
  private readonly server = createServer((incoming, answer) => this.take(incoming, answer));

  constructor(private readonly behind: string) {}

  /** The same somebody, who asks the proxy. */
  async before(identity: Identity): Promise<Identity> {
    if (!this.server.listening) await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return { ...identity, url: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}` };
  }

  /** Counts calls from here on, and lets those fail that are said to. */
  fail(failing: Failing): void {
    this.number = 0;
    this.failing = failing;
  }

  heal(): void {
    this.fail(() => undefined);
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
    this.agent.destroy();
  }

  private take(incoming: IncomingMessage, answer: ServerResponse): void {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const body = Buffer.concat(parts);
      const call: Call = {
        service: serviceOf(incoming),
        operation: operationOf(incoming, body),
        body: body.toString(),
      };
      this.calls.push(call);
      const failure = this.failing(call, ++this.number);
      if (failure === undefined) this.pass(incoming, body, call, answer);
      else refuse(incoming, call, failure, answer);
    });
  }

  private pass(incoming: IncomingMessage, body: Buffer, call: Call, answer: ServerResponse): void {
    const { method, url, headers } = incoming;
    const asked = request(new URL(url ?? '/', this.behind), { method, headers, agent: this.agent }, (got) => {
      call.status = got.statusCode ?? 0;
      answer.writeHead(call.status, got.headers);
      got.pipe(answer);
    });
    asked.on('error', () => answer.destroy());
    asked.end(body);
  }
}

/** Whether a call asks for more than an answer. */
export function writes({ operation }: Call): boolean {
  return !/^(?:Describe|Get|List|GET |HEAD )/.test(operation);
}

/** Calls that have made something, each as what it has asked for. */
export function creations(calls: readonly Call[]): string[] {
  return calls
    .filter(({ status, failed }) => !failed && typeof status === 'number' && status < 300)
    .filter(({ operation }) => CREATES.test(operation))
    .map(({ service, operation, body }) => `${service} ${operation} ${askedFor(body)}`);
}

/** A body without what another apply says in other words: the order of tags, tokens, and ids of things made before. */
function askedFor(body: string): string {
  const words = body
    .replaceAll(TOKEN, '')
    .replaceAll(ID, '')
    .split(/[&,{}[\]]/);
  // In forms the place of a tag is in its name: `TagSpecification.1.Tag.2.Key=stack`.
  const unplaced = words.map((word) => word.replace(/^[\w.]+(?==)/, (name) => name.replaceAll(/\.\d+/g, '')));
  return unplaced.sort().join(' ').trim();
}

/** Those that AWS was asked for twice, and has made twice. */
export function madeTwice(calls: readonly Call[]): string[] {
  const made = creations(calls);
  return made.filter((creation, index) => made.indexOf(creation) !== index);
}

/** By name; in S3 a bucket's own address, and where the protocol knows only paths what is posted to one. */
const CREATES = /^(?:Create|Register|Run|Allocate)\w+$|^PUT \/[^/?]+\/?$|^POST /;
/** What tells a call from its repetition, and is another one in the next apply. */
const TOKEN = /\b(?:ClientToken=[^&]*|"?(?:Client(?:Request)?Token|CreatorRequestId)"?:"[^"]*")/g;
const ID = /\b(?:vpc|subnet|rtb|igw|eipalloc|nat|sg)-[0-9a-f]{8,}/g;

function serviceOf({ headers }: IncomingMessage): string {
  return /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
}

function operationOf({ method, url = '/', headers }: IncomingMessage, body: Buffer): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.replace(/^.*\./, '');
  const action = /^application\/x-www-form-urlencoded/.test(headers['content-type'] ?? '')
    ? new URLSearchParams(body.toString()).get('Action')
    : null;
  return action ?? `${method} ${decodeURIComponent(url).replace(/[?&]x-id=\w+/, '')}`;
}

/** In the words of the protocol that the call speaks. */
function refuse(incoming: IncomingMessage, call: Call, failure: Failure, answer: ServerResponse): void {
  call.failed = true;
  if (failure === 'reset') {
    call.status = 'reset';
    incoming.socket.resetAndDestroy();
    return;
  }
  const throttled = failure === 'throttled';
  const s3 = call.service === 's3';
  const code = throttled ? (s3 ? 'SlowDown' : 'ThrottlingException') : 'InternalError';
  call.status = throttled ? (s3 ? 503 : 400) : 500;
  const type = incoming.headers['content-type'] ?? '';
  const json = /json/.test(type) || incoming.headers['x-amz-target'] !== undefined || isRestJson(call.service);
  const headers = { 'content-type': json ? type || 'application/json' : 'text/xml', 'x-amzn-errortype': code };
  answer.writeHead(call.status, json ? headers : { 'content-type': 'text/xml' });
  answer.end(json ? JSON.stringify({ __type: code, message: 'injected' }) : xml(call.service, code));
}

function isRestJson(service: string): boolean {
  return ['lambda', 'apigateway', 'elasticfilesystem', 'scheduler', 'ses', 'backup', 'mq'].includes(service);
}

function xml(service: string, code: string): string {
  const error = `<Error><Code>${code}</Code><Message>injected</Message></Error>`;
  if (service === 's3') return error;
  return service === 'ec2'
    ? `<Response><Errors>${error}</Errors><RequestID>0</RequestID></Response>`
    : `<ErrorResponse>${error}<RequestId>0</RequestId></ErrorResponse>`;
}
