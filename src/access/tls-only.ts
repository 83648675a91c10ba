/** The statement of a resource's policy that refuses everybody who does not come over TLS. */
export function tlsOnly(action: string | readonly string[], resource: string | readonly string[]): object {
  return {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: { AWS: '*' }, // in the spelling that EFS keeps: another would be a change in every plan
    Action: action,
    Resource: resource,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}
