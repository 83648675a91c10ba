import { spell } from '../../spec/load/check';
import { problemsOfText } from '../../spec/load/load';
import { convertKey, outcomeOf, readerOf } from './convert-key';
import { implied } from './implied';
import { plainNode } from './node';
import { notesOn } from './notes';
import { stepsOf } from './ours';
import { Output } from './output';
import { refuseOthers } from './refuse';
import type { Entry, Report } from './report';
import { type Event, readSource } from './source';
import type { Outcome } from './treatments';

/** What a file becomes, and what became of each of its keys. */
export interface Conversion {
  readonly yaml: string;
  readonly report: Report;
}

const ADDED = 'added, because the other tool did so without being told';

/** Converts a file of the dialect's older tool; throws a SpecError where there is nothing to convert. `to` is what it will be called. */
export function convert(file: string, text: string, to = file): Conversion {
  const { yaml, ...report } = translate(file, text);
  return { yaml, report: { ...report, problems: problemsOfText(to, yaml) } };
}

/** The same without a check of what comes out. */
export function translate(file: string, text: string): Omit<Report, 'problems'> & { readonly yaml: string } {
  const { events, plain } = readSource(file, text);
  refuseOthers(file, text, plain);
  const output = new Output();
  const entries = convertKeys(events, plain, output);
  const read = readerOf(plain);
  const added = [...implied(read)].map(({ at, value }) => output.write(at, plainNode(value)));
  const notes = [...added.flatMap((path) => (path ? [{ path: spell(path), text: ADDED }] : [])), ...notesOn(read)];
  return { yaml: output.toString(), file, entries, notes };
}

function convertKeys(events: readonly Event[], plain: unknown, output: Output): Entry[] {
  const entries: (() => Entry)[] = [];
  const waiting = new Map<string, (() => void)[]>();
  const ahead = new Set(events.flatMap((event) => (event.kind === 'leave' ? [event.path.join('.')] : [])));
  for (const event of events) {
    if (event.kind === 'enter') output.enter(event.path, event.node, event.above);
    else if (event.kind === 'leave') {
      const section = event.path.join('.');
      for (const write of waiting.get(section) ?? []) write();
      output.leave(event.path, event.below);
      ahead.delete(section);
    } else {
      const { leaf, above } = event;
      const outcome = outcomeOf(leaf, plain);
      const section = sectionOf(outcome);
      let entry: Entry | undefined;
      const write = () => {
        output.above(leaf.path, above);
        entry = convertKey(leaf, outcome, output);
      };
      // A section that comes later gets what goes there at its end: it stays where it stands.
      const isAhead = section !== undefined && section !== leaf.path[0] && ahead.has(section);
      if (isAhead) waiting.set(section, [...(waiting.get(section) ?? []), write]);
      else write();
      entries.push(() => entry as Entry);
    }
  }
  return entries.map((entry) => entry());
}

/** The section that a key goes to. */
function sectionOf(outcome: Outcome): string | undefined {
  const at = outcome.as === 'written' ? outcome.places[0]?.at : undefined;
  return typeof at === 'string' ? stepsOf(at)[0] : at?.[0];
}
