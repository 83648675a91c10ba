import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseDocument } from 'yaml';
import { root, run } from '../../__tests__/support/program';
import { type Identity, variablesOf } from './emulator';
import { Workdir } from './terraform';

/** A copy of environments/ with what synth makes of it, in a folder of its own. */
export class Project {
  readonly path = mkdtempSync(join(tmpdir(), 'terrace-e2e-'));
  private readonly replaced = new Map<string, Readonly<Record<string, string>>>();

  constructor(files: Readonly<Record<string, string>> | 'shipped') {
    for (const part of ['environments', 'functions']) {
      if (files === 'shipped' || part !== 'environments')
        cpSync(join(root, part), join(this.path, part), { recursive: true });
    }
    if (files !== 'shipped') for (const [file, text] of Object.entries(files)) this.write(file, text);
  }

  write(file: string, text: string): void {
    const path = join(this.path, 'environments', file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** The YAML files of a system. */
  filesOf(system: string): string[] {
    return readdirSync(join(this.path, 'environments', system)).map((file) =>
      join(this.path, 'environments', system, file),
    );
  }

  /** Sets a key in the YAML that all environments of a system share. */
  set(system: string, path: readonly string[], value: unknown): void {
    const base = join(this.path, 'environments', system, 'base.yaml');
    for (const file of existsSync(base) ? [base] : this.filesOf(system)) {
      const document = parseDocument(readFileSync(file, 'utf8'));
      document.setIn(path, value);
      writeFileSync(file, String(document));
    }
  }

  /** Puts other ids in the place of some, in all files of a system. */
  replace(system: string, words: Readonly<Record<string, string>>): void {
    this.replaced.set(system, { ...this.replaced.get(system), ...words });
    for (const file of this.filesOf(system)) {
      const text = readFileSync(file, 'utf8');
      writeFileSync(
        file,
        Object.entries(words).reduce((now, [word, other]) => now.replaceAll(word, other), text),
      );
    }
  }

  /** An address as it is with the ids that are committed: those of a network that is there are part of some. */
  addressAsCommitted(stack: string, address: string): string {
    const words = [...this.replaced].find(([system]) => stack.startsWith(`${system}-`))?.[1] ?? {};
    return Object.entries(words).reduce(
      (now, [word, other]) => now.replaceAll(withoutPrefix(other), withoutPrefix(word)),
      address,
    );
  }

  synthesize(...flags: string[]): void {
    const { status, stderr } = run('synth', flags, this.path);
    if (status !== 0) throw new Error(stderr);
  }

  /** Names of the stacks that there are. */
  stacks(): string[] {
    return readdirSync(join(this.path, 'cdktf.out', 'stacks')).sort();
  }

  json(stack: string): Synthesized {
    return JSON.parse(readFileSync(join(this.folder(stack), 'cdk.tf.json'), 'utf8')) as Synthesized;
  }

  /** Of all resources of a stack. */
  addresses(stack: string): string[] {
    const types = Object.entries(this.json(stack).resource);
    return types.flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`)).sort();
  }

  folder(stack: string): string {
    return join(this.path, 'cdktf.out', 'stacks', stack);
  }

  get logs(): string {
    return join(this.path, 'logs');
  }

  workdir(stack: string, identity?: Identity): Workdir {
    return new Workdir(this.folder(stack), identity ? variablesOf(identity) : {}, this.logs);
  }

  /** TERRACE_E2E_KEEP=1 leaves it for somebody to look at. */
  remove(): void {
    if (process.env['TERRACE_E2E_KEEP']) console.warn(`kept: ${this.path}`);
    else rmSync(this.path, { recursive: true, force: true });
  }
}

export interface Synthesized {
  readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly provider: {
    readonly aws: readonly { readonly region: string; readonly allowed_account_ids?: readonly string[] }[];
  };
  readonly terraform: {
    readonly backend: {
      readonly local?: object;
      readonly s3?: {
        readonly bucket: string;
        readonly key: string;
        readonly dynamodb_table?: string;
        readonly use_lockfile?: boolean;
      };
    };
  };
}

/** `subnet-0a1b2c3d` → `0a1b2c3d`, as in addresses. */
function withoutPrefix(id: string): string {
  return id.slice(id.indexOf('-') + 1);
}
