import { referencesOf } from '../graph/expression';
import { type Resource, type ResourceGraph, withoutKeys } from '../graph/resource-graph';
import { isMap, textsAt, valuesAt } from '../graph/values';
import { kindOf } from './kinds';

/** What an ARN ends with, where only the texts of the stack say it: `:::media`, `:parameter/shop/key`. */
const ARN_ENDS: Readonly<Record<string, (values: Resource['values']) => string>> = {
  aws_s3_bucket: ({ bucket }) => `:s3:::${bucket}`,
  aws_ssm_parameter: ({ name }) => `:parameter${String(name).startsWith('/') ? '' : '/'}${name}`,
  aws_sqs_queue: ({ name }) => `:sqs:${name}`,
  aws_sns_topic: ({ name }) => `:sns:${name}`,
  aws_sns_platform_application: ({ platform, name }) => `:app/${platform}/${name}`,
  aws_dynamodb_table: ({ name }) => `:table/${name}`,
};

/** Attributes that no two resources share. */
const TELLING = ['arn', 'url', 'invoke_arn', 'dns_name', 'bucket_regional_domain_name', 'primary_endpoint_address'];

/** What code is told of types that it does not know by an ARN. */
const NAMED_BY: Readonly<Record<string, readonly string[]>> = {
  aws_cognito_user_pool: ['id'],
  aws_cognito_user_pool_client: ['id'],
  aws_db_instance: ['address', 'endpoint'],
  aws_db_proxy: ['endpoint'],
  aws_efs_file_system: ['id'],
  aws_s3_bucket: ['bucket'],
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
      // A version of a secret has the secret's ARN: what is a thing of its own is meant.
      for (const text of knownTexts(one)) if (kindOf(one) || !this.known.has(text)) this.known.set(text, one);
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
        const json = textsAt(from.values, path).some((text) => text.startsWith('{'));
        const targets = json ? this.mentioned(from, path) : this.graph.linked(from, path, to.type);
        for (const target of targets.filter((one) => one.type === to.type)) {
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
  const said = [...TELLING, ...(NAMED_BY[one.type] ?? [])].flatMap((name) => textsAt(one.values, name));
  const end = ARN_ENDS[one.type]?.(one.values);
  return [...said, ...(end === undefined || end.includes('undefined') ? [] : [end])].filter(
    (text) => !text.includes('${'),
  );
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
