/** All resources of a type in synthesized Terraform, by their names. */
export function all(terraform: string, type: string): Record<string, Record<string, unknown>> {
  return JSON.parse(terraform).resource?.[type] ?? {};
}

/** What `${jsonencode(…)}` is given, with references as texts. */
export function decoded(value: unknown): unknown {
  const [, hcl = ''] = /^\$\{jsonencode\((.*)\)\}$/s.exec(String(value)) ?? [];
  const json = hcl.replace(/"(?:[^"\\]|\\.)*"|( = )|(?:data\.|ephemeral\.)?[a-z]\w*\.[\w.[\]]*\w/g, (token, equals) => {
    if (token.startsWith('"')) return token;
    return equals ? ': ' : `"${token}"`;
  });
  return JSON.parse(json);
}

/** The statements of an IAM, bucket, topic or key policy. */
export function statements(policy: unknown): unknown {
  return (decoded(policy) as { readonly Statement: unknown }).Statement;
}

/** The only container of a task definition. */
export function container(definition: Record<string, unknown>): Record<string, unknown> {
  const [only] = decoded(definition['container_definitions']) as Record<string, unknown>[];
  if (!only) throw new Error('there is no container');
  return only;
}
