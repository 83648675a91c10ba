import { text } from './fields';

/** A time zone by its IANA name, summer time included. */
export const timeZone = text('a time zone such as "Europe/Berlin" or "UTC"').refine(isTimeZone, {
  error: 'expected a time zone such as "Europe/Berlin" or "UTC"',
});

/** The platform knows the names, old ones among them, and refuses others by throwing. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Z]/.test(name);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
