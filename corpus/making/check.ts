/** What no plan of the corpus may hold: paths and addresses of the machine that made it, and what looks like a secret. */
const forbidden: readonly RegExp[] = [
  /\/(?:tmp|home|root|work|Users|usr)\/[\w.]/,
  /127\.0\.0\.1:[3-6]\d{4}/,
  /AKIA[0-9A-Z]{16}|ASIA[0-9A-Z]{16}/,
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY/,
  /"client_secret":"(?!a-client-secret-made-up-for-the-corpus")[^"]+"/,
  /"(?:password|secret_string|master_password|auth_token)":"[^"]+"/,
];

export function complaints(plan: string): string[] {
  return forbidden.flatMap((one) => {
    const found = one.exec(plan);
    return found ? [`${one} is in it: ${plan.slice(Math.max(0, found.index - 60), found.index + 100)}`] : [];
  });
}

interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly previous_address?: string;
    readonly mode: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Readonly<Record<string, unknown>> | null;
      readonly after: Readonly<Record<string, unknown>> | null;
      readonly after_unknown: unknown;
      readonly replace_paths?: readonly (readonly unknown[])[];
      readonly importing?: unknown;
    };
  }[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

/** A plan in a few lines, for whoever writes the case: the address, what is done, the attributes that differ. */
export function summary(text: string): string[] {
  const { resource_changes = [], output_changes = {} } = JSON.parse(text) as Plan;
  const resources = resource_changes
    .filter(({ change, previous_address }) => change.actions[0] !== 'no-op' || previous_address || change.importing)
    .map(({ address, previous_address, change }) => {
      const { before, after, actions, replace_paths = [], importing } = change;
      const unknown = (change.after_unknown ?? {}) as Readonly<Record<string, unknown>>;
      const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
      const differ =
        before && after ? keys.filter((key) => !same(before[key], after[key]) && unknown[key] !== true) : [];
      const forced =
        replace_paths.length > 0 ? ` forced by ${replace_paths.map((path) => path.join('.')).join(', ')}` : '';
      const moved = previous_address ? ` from ${previous_address}` : '';
      return `${actions.join('+')} ${address}${moved}${importing ? ' (import)' : ''}: ${differ.join(', ')}${forced}`;
    });
  const outputs = Object.entries(output_changes).filter(([, { actions }]) => actions[0] !== 'no-op');
  return [...resources, ...outputs.map(([name, { actions }]) => `${actions.join('+')} output ${name}`)];
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
