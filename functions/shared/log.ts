/** What a log line says besides its message: plain values only, so that writing it cannot fail. */
export type Fields = Readonly<Record<string, string | number | undefined>>;

/**
 * Writes one JSON line to the function's log group.
 *
 * Not through `console`, in front of whose lines Lambda may put a time and an id, which leaves no JSON.
 */
export function log(level: 'info' | 'error', message: string, fields: Fields): void {
  process.stdout.write(`${JSON.stringify({ level, message, ...fields })}\n`);
}

/** The fields that describe something caught. */
export function caught(error: unknown): Fields {
  return error instanceof Error ? { error: error.message, stack: error.stack } : { error: String(error) };
}
