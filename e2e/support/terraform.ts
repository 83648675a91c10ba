import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly ended: Promise<Ended>;
  /** To Terraform and its providers alike. */
  signal(signal: NodeJS.Signals): void;
}

/** A stack's folder as Terraform is run in it, and everything that it has said there. */
export class Workdir {
  private runs = 0;

  constructor(
    readonly path: string,
    readonly env: NodeJS.ProcessEnv,
    private readonly logs: string,
  ) {
    mkdirSync(logs, { recursive: true });
  }

  /** Runs a command to its end. */
  run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return this.launch(args, env, false).ended;
  }

  /** Runs a command that has to succeed; its standard output. */
  async must(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    const { status, stdout, stderr } = await this.run(args, env);
    if (status !== 0)
      throw new Error(`terraform ${args.join(' ')} in ${basename(this.path)} ends with ${status}:\n${stderr}`);
    return stdout;
  }

  /** Starts one that is to be stopped on the way, with its providers: as when the machine goes away that it runs on. */
  start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Started {
    return this.launch(args, env, true);
  }

  private launch(args: readonly string[], env: NodeJS.ProcessEnv, ownGroup: boolean): Started {
    const log = join(this.logs, `${basename(this.path)}.${++this.runs}.${args[0]}.log`);
    const child = spawn('terraform', [...args], {
      cwd: this.path,
      env: { ...process.env, TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1', ...this.env, ...env },
      detached: ownGroup, // where the providers are too, which would outlive Terraform alone
    });
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        said[stream] += text;
      });
    }
    const ended = new Promise<Ended>((resolve) => {
      child.on('error', (error) => resolve({ status: null, stdout: '', stderr: error.message }));
      child.on('close', (status) => {
        writeFileSync(log, `${said.stdout}\n${said.stderr}`);
        resolve({ status, ...said });
      });
    });
    const { pid } = child;
    return { ended, signal: (signal) => void (pid && process.kill(-pid, signal)) };
  }

  init(...flags: string[]): Promise<string> {
    return this.must(['init', '-no-color', ...flags]);
  }

  /** Writes a plan and gives what it would do. */
  async plan(...flags: string[]): Promise<Plan> {
    await this.must(['plan', '-no-color', '-out=plan.out', ...flags]);
    return JSON.parse(await this.must(['show', '-json', 'plan.out'])) as Plan;
  }

  /** What a plan without a difference doesn't have. */
  async differences(): Promise<string[]> {
    return changesOf(await this.plan());
  }

  /** Whether another plan has nothing to do, outputs included. */
  async isAsItShouldBe(): Promise<boolean> {
    return (await this.run(['plan', '-no-color', '-detailed-exitcode'])).status === 0;
  }

  /** The id of everything managed that the state knows, by address, and addresses of what of it is only half made. */
  async known(): Promise<{ readonly ids: Ids; readonly tainted: readonly string[] }> {
    const text = await this.must(['state', 'pull']);
    const { resources } = text.trim() === '' ? { resources: [] } : (JSON.parse(text) as State);
    const half = resources.filter(({ instances }) => instances.some(({ status }) => status === 'tainted'));
    return { ids: idsIn({ resources }), tainted: Object.keys(idsIn({ resources: half })) };
  }

  /** What is in the state. */
  async applied(): Promise<Applied> {
    const { values } = JSON.parse(await this.must(['show', '-json'])) as { values?: ShownState };
    return { resources: values?.root_module?.resources ?? [], outputs: values?.outputs ?? {} };
  }

  /** Addresses of everything managed that is in the state. */
  async addresses(): Promise<string[]> {
    return (await this.must(['state', 'list'])).split('\n').filter((line) => line !== '' && !line.startsWith('data.'));
  }
}

export interface State {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly status?: string;
      readonly index_key?: string;
      readonly attributes: Record<string, unknown>;
    }[];
  }[];
}

/** The id of each thing, by address. */
export type Ids = Readonly<Record<string, unknown>>;

export function idsIn({ resources }: State): Ids {
  const managed = resources.filter(({ mode }) => mode === 'managed');
  return Object.fromEntries(
    managed.flatMap(({ type, name, instances }) =>
      instances.map(({ index_key, attributes }) => [`${type}.${name}${index_key ?? ''}`, attributes['id']]),
    ),
  );
}

export interface Plan {
  readonly resource_changes?: readonly Change[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

/** A state, as `terraform show` tells it. */
export interface Applied {
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, { readonly value: unknown; readonly sensitive: boolean }>>;
}

export interface Resource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Which of them the provider calls sensitive, in the same shape. */
  readonly sensitive_values: unknown;
}

interface ShownState {
  readonly outputs?: Applied['outputs'];
  readonly root_module?: { readonly resources?: readonly Resource[] };
}

export interface Change {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly importing?: unknown;
    readonly before?: Readonly<Record<string, unknown>>;
    readonly after?: Readonly<Record<string, unknown>>;
  };
}

/**
 * Lays over the providers of a folder that they ask so many times instead of 25, which takes ten minutes: where something
 * fails for good. The environment's AWS_MAX_ATTEMPTS reaches the backend alone.
 */
export function asksSoOften(times: number, path: string): void {
  const { provider } = JSON.parse(readFileSync(join(path, 'cdk.tf.json'), 'utf8')) as {
    provider: { aws: readonly { readonly alias?: string }[] };
  };
  const aws = provider.aws.map(({ alias }) => ({ ...(alias !== undefined && { alias }), max_retries: times }));
  writeFileSync(join(path, 'retries_override.tf.json'), JSON.stringify({ provider: { aws } }));
}

/** `create aws_sqs_queue.jobs` and so on; nothing for what stays. */
export function changesOf(plan: Plan): string[] {
  return (plan.resource_changes ?? [])
    .filter(({ mode, change }) => mode === 'managed' && change.actions[0] !== 'no-op')
    .map(({ address, change }) => `${change.actions.join(' then ')} ${address}`)
    .sort();
}

/** What Terraform calls errors, each as a line or two. */
export function errorsIn(stderr: string): string[] {
  return stderr
    .split(/^.*?Error: /m)
    .slice(1)
    .map((error) => error.replaceAll(/^[│╷╵ ]+/gm, '').trim());
}
