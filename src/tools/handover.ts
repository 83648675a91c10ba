/** What the README of an exported stack tells about. */
export interface Handover {
  readonly stack: string;
  readonly region: string;
  readonly account: string | undefined;

  /** `>= 1.11.0` */
  readonly terraform: string;

  readonly providers: readonly RequiredProvider[];
  readonly state: HandedState;

  /** Whether this stack makes the bucket that states lie in. */
  readonly makesStateBucket: boolean;

  readonly outputs: readonly { readonly name: string; readonly description: string }[];
  readonly nextSteps: readonly string[];
}

export interface RequiredProvider {
  /** Its name in the stack, such as `aws`. */
  readonly name: string;

  /** `hashicorp/aws` */
  readonly source: string;

  readonly version: string;
}

/** Where the state lies; `moveTo` are the settings of the bucket that a bootstrap's own state moves into. */
export type HandedState =
  | {
      readonly kind: 's3';
      readonly bucket: string;
      readonly key: string;
      readonly lockTable: string;
      /** The stack that makes the bucket, where one of ours does. */
      readonly madeBy: string | undefined;
    }
  | { readonly kind: 'local'; readonly file: string; readonly moveTo: string | undefined };

interface Synthesized {
  readonly terraform: {
    readonly required_version: string;
    readonly required_providers: Readonly<Record<string, { readonly source: string; readonly version: string }>>;
    readonly backend: { readonly s3?: Readonly<Record<string, string>> };
  };
  readonly provider: {
    readonly aws: readonly { readonly region: string; readonly allowed_account_ids?: readonly string[] }[];
  };
  readonly output?: Readonly<Record<string, { readonly description?: string; readonly value: unknown }>>;
  readonly resource?: {
    readonly aws_s3_bucket?: { readonly state_bucket?: { readonly bucket: string } };
  };
}

/** Reads from its Terraform JSON what there is to say about a stack. */
export function handoverOf(
  stack: string,
  stacks: ReadonlyMap<string, object>,
  { localState, backendConfig }: { readonly localState: string; readonly backendConfig: string | undefined },
): Handover {
  const { terraform, provider, output = {}, resource } = stacks.get(stack) as Synthesized;
  const [aws] = provider.aws;
  const { s3 } = terraform.backend;
  const makesStateBucket = resource?.aws_s3_bucket?.state_bucket !== undefined;
  return {
    stack,
    region: aws?.region ?? '',
    account: aws?.allowed_account_ids?.[0],
    terraform: terraform.required_version,
    providers: Object.entries(terraform.required_providers).map(([name, { source, version }]) => ({
      name,
      source: source.includes('/') ? source : `hashicorp/${source}`,
      version,
    })),
    state: s3
      ? {
          kind: 's3',
          bucket: s3.bucket ?? '',
          key: s3.key ?? '',
          lockTable: s3.dynamodb_table ?? '',
          madeBy: makesStateBucket ? undefined : makerOf(s3.bucket, stacks),
        }
      : { kind: 'local', file: localState, moveTo: backendConfig },
    makesStateBucket,
    outputs: Object.entries(output).map(([name, { description = '' }]) => ({ name, description })),
    nextSteps: (output.next_steps?.value as readonly string[] | undefined) ?? [],
  };
}

function makerOf(bucket: string | undefined, stacks: ReadonlyMap<string, object>): string | undefined {
  const makes = ([, { resource }]: [string, Synthesized]) => resource?.aws_s3_bucket?.state_bucket?.bucket === bucket;
  return ([...stacks] as [string, Synthesized][]).find(makes)?.[0];
}
