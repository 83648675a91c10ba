import { text } from './fields';

const MINUTES_A_DAY = 24 * 60;
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const clock = String.raw`(?:[01]\d|2[0-3]):[0-5]\d`;

/** When RDS takes backups and ElastiCache snapshots, every day, UTC. */
export const dailyWindow = text('a daily UTC window such as "03:00-04:00"', new RegExp(`^${clock}-${clock}$`));

/** When either may restart what it runs, once a week, UTC. */
export const weeklyWindow = text(
  'a weekly UTC window such as "sun:04:00-sun:05:00"',
  new RegExp(`^(?:${days.join('|')}):${clock}-(?:${days.join('|')}):${clock}$`),
);

/** Length of a daily or weekly window in minutes; a window may cross midnight. */
export function windowMinutes(window: string): number {
  const [from, to] = ends(window);
  const cycle = window.length > 11 ? 7 * MINUTES_A_DAY : MINUTES_A_DAY;
  return (to - from + cycle) % cycle;
}

/** True when the daily window falls into the weekly one on any day: both refuse that. */
export function windowsOverlap(daily: string, weekly: string): boolean {
  const week = 7 * MINUTES_A_DAY;
  const [dayStart] = ends(daily);
  const [weekStart] = ends(weekly);
  return days.some((_, day) => {
    const start = day * MINUTES_A_DAY + dayStart;
    const after = (start - weekStart + week) % week;
    const before = (weekStart - start + week) % week;
    return after < windowMinutes(weekly) || before < windowMinutes(daily);
  });
}

function ends(window: string): [number, number] {
  const halves = window.length > 11 ? [window.slice(0, 9), window.slice(10)] : window.split('-');
  const [from = 0, to = 0] = halves.map((half) => {
    const parts = half.split(':');
    const day = parts.length === 3 ? days.indexOf(parts[0] ?? '') : 0;
    const [hours = 0, minutes = 0] = parts.slice(-2).map(Number);
    return day * MINUTES_A_DAY + hours * 60 + minutes;
  });
  return [from, to];
}
