import type { NamedScope, NameSource } from './scope';

/** Terraform JSON of a stack, as far as its actions depend on it. */
export interface StackTerraform {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly ephemeral?: Blocks;
}

type Blocks = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
type Attributes = Readonly<Record<string, unknown>>;

/** Where a stack is: what `{…}` stands for in ARNs. */
export interface Place {
  readonly project: string;
  readonly env: string;

  /** `*` where a stack has more than one. */
  readonly region: string;
  readonly account: string;
}

/** Everything of a stack by its type: `aws_vpc`, `data.aws_vpc`, `ephemeral.aws_ssm_parameter`. */
export class StackContents {
  private readonly byType: ReadonlyMap<string, Readonly<Record<string, Attributes>>>;

  constructor({ resource = {}, data = {}, ephemeral = {} }: StackTerraform) {
    const prefixed = (prefix: string, blocks: Blocks) =>
      Object.entries(blocks).map(([type, named]) => [`${prefix}${type}`, named] as const);
    const all = [...prefixed('', resource), ...prefixed('data.', data), ...prefixed('ephemeral.', ephemeral)];
    this.byType = new Map(all.filter(([type]) => /^(?:data\.|ephemeral\.)?aws_/.test(type)));
  }

  get types(): string[] {
    return [...this.byType.keys()].sort();
  }

  has(type: string): boolean {
    return this.byType.has(type);
  }

  of(type: string): readonly Attributes[] {
    return Object.values(this.byType.get(type) ?? {});
  }

  /** The names that a source gives, those that are known before an apply. */
  names({ type, attribute }: NameSource): string[] {
    const written = this.of(type).map((attributes) => attributes[attribute]);
    return [...new Set(written.filter((value): value is string => typeof value === 'string' && !value.includes('${')))];
  }

  /** The names that things of `type` have themselves or refer to, such as the secret of a version. */
  namesMeantBy(type: string, source: NameSource): string[] {
    if (type === source.type) return this.names(source);
    const references = this.of(type).flatMap((attributes) =>
      Object.values(attributes).flatMap((value) => /^\$\{(\w+)\.(\w+)\.\w+\}$/.exec(String(value)) ?? []),
    );
    const meant = this.byType.get(source.type) ?? {};
    const found = Object.entries(meant).filter(([name]) =>
      references.some((each) => each.startsWith(`\${${source.type}.${name}.`)),
    );
    return found.flatMap(([, attributes]) => {
      const name = attributes[source.attribute];
      return typeof name === 'string' ? [name] : [];
    });
  }
}

/** ARNs of what a stack has under a scope, and of what it would be called that it does not have yet. */
export function ownArns(scope: NamedScope, contents: StackContents, place: Place): string[] {
  const arns = scope.sources.flatMap((source) => {
    const names = ownNames(source, contents, place);
    return source.arns.flatMap((arn) =>
      arn.includes('{name}')
        ? names.map((name) => filled(arn, { ...place, name }))
        : contents.has(source.type)
          ? [filled(arn, place)]
          : [],
    );
  });
  return withoutCovered([...new Set(arns)]);
}

/** Patterns of names, and the names that fit none of them. */
export function ownNames(source: NameSource, contents: StackContents, place: Place): string[] {
  if (!contents.has(source.type)) return [];
  return withoutCovered([...source.patterns.map((pattern) => filled(pattern, place)), ...contents.names(source)]);
}

export function filled(
  text: string,
  { project, env, region, account, name }: Place & { readonly name?: string },
): string {
  const values: Record<string, string | undefined> = {
    project,
    env,
    region,
    account,
    name,
    prefix: `${project}-${env}`,
  };
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}

/** Without what another one of the list allows anyway. */
function withoutCovered(texts: readonly string[]): string[] {
  const distinct = [...new Set(texts)];
  return distinct.filter((text) => !distinct.some((other) => other !== text && covers(other, text)));
}

/** Whether an IAM pattern fits everything that `text` fits. */
function covers(pattern: string, text: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '[^*]');
  return new RegExp(`^${escaped}$`).test(text);
}
