import { referencesOf } from '../graph/expression';
import { type Resource, type ResourceGraph, withoutKeys } from '../graph/resource-graph';
import { isMap, textsAt, valuesAt } from '../graph/values';

/** What an ARN ends with, where only the texts of the stack say it: `:::media`, `:parameter/shop/key`. */
const ARN_ENDS: Readonly<Record<string, (values: Resource['values']) => string>> = {
  aws_s3_bucket: ({ bucket }) => `:s3:::${bucket}`,
  aws_ssm_parameter: ({ name }) => `:parameter${String(name).startsWith('/') ? '' : '/'}${name}`,
  aws_sqs_queue: ({ name }) => `:sqs:${name}`,
  aws_sns_topic: ({ name }) => `:sns:${name}`,
  aws_sns_platform_application: ({ platform, name }) => `:app/${platform}/${name}`,
  aws_dynamodb_table: ({ name }) => `:table/${name}`,
};

/** Who names whom in a stack, both ways, each asked for once. */
export class Links {
  private readonly ofEveryKey = new Map<string, Resource[]>();
  private readonly known = new Map<string, Resource>();
  private readonly namers = new Map<string, ReadonlyMap<Resource, readonly Resource[]>>();

  constructor(readonly graph: ResourceGraph) {
    for (const one of graph.resources) {
      const key = withoutKeys(one.address);
      this.ofEveryKey.set(key, [...(this.ofEveryKey.get(key) ?? []), one]);
      for (const text of knownTexts(one)) this.known.set(text, one);
    }
  }

  /** What an argument names, of some types. */
  named(from: Resource, path: string, types: readonly string[]): readonly Resource[] {
    return types.flatMap((type) => this.graph.linked(from, path, type));
  }

  /** Resources of a type whose argument names this one. */
  naming(to: Resource, type: string, path: string): readonly Resource[] {
    const key = `${type} ${path} ${to.type}`;
    let found = this.namers.get(key);
    if (!found) {
      const index = new Map<Resource, Resource[]>();
      for (const from of this.graph.ofType(type)) {
        for (const target of this.graph.linked(from, path, to.type)) {
          index.set(target, [...(index.get(target) ?? []), from]);
        }
      }
      found = index;
      this.namers.set(key, found);
    }
    return found.get(to) ?? [];
  }

  /** Everything that the texts under a path speak of, policies and container definitions among them. */
  mentioned(from: Resource, path: string): readonly Resource[] {
    const written = from.references.filter((one) => one.path === path || one.path.startsWith(`${path}.`));
    const texts = valuesAt(from.values, path).flatMap(textsIn);
    const found = [
      ...[...written, ...texts.flatMap(referencesOf)].flatMap(({ to }) => this.ofEveryKey.get(to) ?? []),
      ...texts.flatMap((text) => this.meant(text) ?? []),
    ];
    return [...new Set(found)];
  }

  /** `arn:…:secret:jwt:key::` and `arn:aws:s3:::media/*` mean the secret and the bucket. */
  private meant(text: string): Resource | undefined {
    const plain = text.replace(/(?::[^:]*::|\/\*|:\*)$/, '');
    if (this.known.has(plain)) return this.known.get(plain);
    if (!plain.startsWith('arn:')) return undefined;
    const [, , service = '', , , ...rest] = plain.replace(/\$\{[^}]*\}/g, '').split(':');
    const name = rest.join(':');
    return [`:${service}:::${name}`, `:${service}:${name}`, `:${name}`]
      .map((end) => this.known.get(end))
      .find((one) => one !== undefined);
  }
}

function knownTexts(one: Resource): string[] {
  const said = ['arn', 'url', 'invoke_arn', 'dns_name', 'bucket_regional_domain_name'].flatMap((name) =>
    textsAt(one.values, name),
  );
  const end = ARN_ENDS[one.type]?.(one.values);
  return end === undefined || end.includes('undefined') || end.includes('${') ? said : [...said, end];
}

/** The texts in a value; of a text that is JSON, those in it. */
function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (isMap(value)) return Object.values(value).flatMap(textsIn);
  if (typeof value !== 'string') return [];
  if (!/^\s*[[{]/.test(value)) return [value];
  try {
    return textsIn(JSON.parse(value));
  } catch {
    return [value];
  }
}
