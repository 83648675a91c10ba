import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gapsOfStandIn, overrideGaps, type Resources } from '../gaps';
import type { Project, Synthesized } from './project';
import { idsIn, type State, Workdir } from './terraform';

/** Where a state lies that is no stack's own. */
const STATE = 'life.tfstate';

/** A stack in a folder of its own, as synth wrote it, with its state in a file there: overrides beside it say so. */
export async function stackAlone(project: Project, stack: string, resources?: Resources): Promise<Life> {
  const path = mkdtempSync(join(project.path, `${stack}-`));
  cpSync(project.folder(stack), path, { recursive: true });
  keepStateBeside(path);
  overrideGaps(gapsOfStandIn, resources ?? project.json(stack).resource, path);
  const life = new Life(path, project);
  life.changes(withoutRelations);
  await life.init();
  return life;
}

/** A stand-in makes up which subnet is whose: what a stack asks of a network that is there fails by no fault of its own. */
function withoutRelations<Stack extends Synthesized>({ data = {}, ...stack }: Stack): Stack {
  const unasked = mapped(data, (type) => mapped(type, ({ lifecycle: _, ...one }) => one));
  return { ...stack, ...(Object.keys(data).length > 0 && { data: unasked }) } as Stack;
}

function mapped<In, Out>(values: Readonly<Record<string, In>>, change: (value: In) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}

/** Lays a local state over the one that a stack has. */
export function keepStateBeside(path: string): void {
  const local = { terraform: { backend: { local: { path: STATE } } } };
  writeFileSync(join(path, 'backend_override.tf.json'), JSON.stringify(local));
}

/** A stack with a provider that writes down what it is asked. */
export class Life extends Workdir {
  constructor(
    path: string,
    private readonly project: Project,
  ) {
    super(path, { STANDIN_LOG: join(path, 'operations') }, join(project.path, 'logs'));
  }

  /** The same once more, with whatever it has by now. */
  copy(): Life {
    const path = mkdtempSync(join(this.project.path, `${basename(this.path)}-`));
    cpSync(this.path, path, { recursive: true, verbatimSymlinks: true });
    return new Life(path, this.project);
  }

  /** The stack as it is written now. */
  takes(project: Project, stack: string): void {
    cpSync(project.folder(stack), this.path, { recursive: true });
  }

  /** Writes the stack otherwise than synth did; what it is then. */
  changes<Stack extends Synthesized>(change: (stack: Stack) => Stack): Stack {
    const file = join(this.path, 'cdk.tf.json');
    const changed = change(JSON.parse(readFileSync(file, 'utf8')) as Stack);
    writeFileSync(file, JSON.stringify(changed));
    return changed;
  }

  /** What the provider did: `create aws_sqs_queue jobs` and so on, reads left out. */
  operations(): string[] {
    const log = this.env['STANDIN_LOG'] ?? '';
    const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
    return lines.filter((line) => /^(?:fail-)?(?:create|update|delete) /.test(line));
  }

  /** The id of everything in the state, by address. */
  ids(): Readonly<Record<string, unknown>> {
    const file = join(this.path, STATE);
    if (!existsSync(file)) return {};
    return idsIn(JSON.parse(readFileSync(file, 'utf8')) as State);
  }
}
