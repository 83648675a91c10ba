import type { ResourceGraph } from '../../graph/resource-graph';

/** Whether an ARN or account number is one of the account that a stack is for. */
export class Accounts {
  private readonly own: ReadonlySet<string>;
  private readonly byArn = new Map<string, string>();

  constructor(graph: ResourceGraph) {
    for (const { address, values, mode } of graph.resources)
      if (mode === 'managed' && typeof values['arn'] === 'string') this.byArn.set(values['arn'], address);
    const said = graph.ofType('aws_caller_identity').map(({ values }) => String(values['account_id'] ?? ''));
    const known = said.filter((id) => /^\d{12}$/.test(id));
    this.own = new Set(known.length > 0 ? known : mostFrequent(graph));
  }

  /** `own`, somebody else's number, `*` of any, or `undefined` of what names no account. */
  of(text: string): string | undefined {
    if (text === '*') return '*';
    if (isReference(text)) return /account/i.test(text) && !/caller_identity/.test(text) ? undefined : 'own';
    const [, , service, , account = ''] = text.split(':');
    const number = /^\d{12}$/.test(text) ? text : account;
    if (number === '' || service === undefined) return /^\d{12}$/.test(text) ? this.named(text) : undefined;
    if (isReference(number)) return 'own';
    if (/^[*?]+$/.test(number)) return '*';
    return /^\d{12}$/.test(number) ? this.named(number) : undefined;
  }

  /** Whether the stack says which account it is for; without that, every number looks like somebody else's. */
  get knowsOwn(): boolean {
    return this.own.size > 0;
  }

  /** The address of the stack's own resource that an ARN or a reference names. */
  resourceAt(text: string): string | undefined {
    return /\$\{(aws_\w+\.\w+)/.exec(text)?.[1] ?? this.byArn.get(text);
  }

  private named(number: string): string {
    return this.own.has(number) ? 'own' : number;
  }
}

/** Values that are known only after the apply are of what this stack makes or reads, and so of its own account. */
export function isReference(text: string): boolean {
  return text.includes('${');
}

/** Most ARNs of a stack are of its own account. */
function mostFrequent(graph: ResourceGraph): readonly string[] {
  const counts = new Map<string, number>();
  for (const { values, mode, written } of graph.resources) {
    if (written?.includes('arn')) continue; // somebody else's may be named there
    const [, account] = /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/.exec(String(values['arn'] ?? '')) ?? [];
    if (account !== undefined && mode === 'managed') counts.set(account, (counts.get(account) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([account]) => account)
    .slice(0, 1);
}

/**
 * AWS's own accounts that load balancers write their logs from:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export const AWS_ACCOUNTS: ReadonlySet<string> = new Set([
  '127311923021',
  '033677994240',
  '027434742980',
  '797873946194',
  '098369216593',
  '754344448648',
  '589379963580',
  '718504428378',
  '383597477331',
  '600734575887',
  '114774131450',
  '783225319266',
  '582318560864',
  '985666609251',
  '054676820928',
  '156460612806',
  '652711504416',
  '635631232127',
  '009996457667',
  '897822967062',
  '076674570225',
  '507241528517',
]);
