/** Whether a schedule runs less often than it did; of one that can not be counted, nothing is said. */
export function isRarer(before: unknown, after: unknown): boolean {
  const [was, is] = [runsInAYear(before), runsInAYear(after)];
  return was !== undefined && is !== undefined && is < was;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
function runsInAYear(schedule: unknown): number | undefined {
  const [, kind, inside = ''] = /^\s*(cron|rate)\((.*)\)\s*$/i.exec(typeof schedule === 'string' ? schedule : '') ?? [];
  if (kind === undefined) return undefined;
  return kind.toLowerCase() === 'rate' ? ofRate(inside) : ofCron(inside.trim().split(/\s+/));
}

const MINUTES_IN_A_YEAR = 365 * 24 * 60;

const UNITS: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 24 * 60 };

function ofRate(text: string): number | undefined {
  const [, count = '', unit = ''] = /^\s*(\d+)\s+(minute|hour|day)s?\s*$/i.exec(text) ?? [];
  const minutes = Number(count) * (UNITS[unit.toLowerCase()] ?? Number.NaN);
  return minutes > 0 ? MINUTES_IN_A_YEAR / minutes : undefined;
}

function ofCron([minute, hour, day = '', month, weekday = '', year]: readonly string[]): number | undefined {
  // A year that is told is one after which nothing runs.
  if (year === undefined || !ANY.test(year)) return undefined;
  const times = [matches(minute, 0, 59), matches(hour, 0, 23), matches(month, 1, 12)];
  const [minutes, hours, months] = times;
  const days = daysInAMonth(day, weekday);
  if (minutes === undefined || hours === undefined || months === undefined || days === undefined) return undefined;
  return minutes * hours * months * days;
}

const ANY = /^[*?]$/;

function daysInAMonth(day: string, weekday: string): number | undefined {
  const month = 365 / 12;
  if (ANY.test(weekday)) return ANY.test(day) ? month : /^(?:L|\d+W|LW)$/i.test(day) ? 1 : matches(day, 1, 31);
  // The last or second of a weekday is one a month.
  if (/^\w+#\d$|^\wL$/i.test(weekday)) return 1;
  const days = matches(weekday, 1, 7);
  return days === undefined ? undefined : (days * month) / 7;
}

const NAMES = /^(?:SUN|MON|TUE|WED|THU|FRI|SAT|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)$/i;
const WEEK = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const YEAR = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** How many values a field of a cron expression stands for: of `*`, `5`, `1-5`, `0/6`, `MON-FRI`, and lists of them. */
function matches(field: string | undefined, lowest: number, highest: number): number | undefined {
  if (field === undefined) return undefined;
  if (ANY.test(field)) return highest - lowest + 1;
  const all = new Set<number>();
  for (const one of field.split(',')) {
    const [, range = '', step] = /^([^/]+)(?:\/(\d+))?$/.exec(one) ?? [];
    const [first, last = step === undefined ? first : highest] = range === '*' ? [lowest, highest] : ends(range);
    if (first === undefined || last === undefined || first > last || last > highest || step === '0') return undefined;
    for (let value = first; value <= last; value += Number(step ?? 1)) all.add(value);
  }
  return all.size;
}

function ends(range: string): readonly number[] {
  const numbers = range.split('-').map(numberOf);
  return numbers.length > 2 || numbers.some(Number.isNaN) ? [] : numbers;
}

function numberOf(text: string): number {
  if (!NAMES.test(text)) return /^\d+$/.test(text) ? Number(text) : Number.NaN;
  const name = text.toUpperCase();
  return (WEEK.includes(name) ? WEEK.indexOf(name) : YEAR.indexOf(name)) + 1;
}
