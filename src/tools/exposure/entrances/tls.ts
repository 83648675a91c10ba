import type { Condition } from '../path';

/**
 * The oldest TLS version that a policy of a load balancer lets through; those named Ext have older ciphers besides:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export function tlsOfPolicy(policy: string): Condition {
  const [, newer] = /TLS13-(1-[0-3])/.exec(policy) ?? [];
  const [, older] = /(?:TLS|FS)-(1-[0-2])/.exec(policy) ?? [];
  const version = Number((newer ?? older ?? (policy === '' ? '1-0' : DEFAULT)).replace('-', '.'));
  const ciphers = /Ext\d/.test(policy) ? 0.01 : 0;
  return { kind: 'tls', text: tlsText(version), strength: version - ciphers };
}

/** ELBSecurityPolicy-2016-08 and what came before. */
const DEFAULT = '1-0';

/** `TLSv1.2_2021` of a distribution, `TLS_1_2` of an API's domain, `Policy-Min-TLS-1-2-2019-07` of a search domain. */
export function tlsOfVersion(text: string): Condition {
  const [, major = '1', minor = '0'] = /TLS\D*(\d)(?:[._-](\d))?(?!\d)/i.exec(text) ?? [];
  const version = /^SSL/.test(text) ? 0.3 : Number(`${major}.${minor}`);
  return { kind: 'tls', text: tlsText(version), strength: version };
}

function tlsText(version: number): string {
  return version < 1 ? 'SSL 3 or newer' : `TLS ${version.toFixed(1)} or newer`;
}
