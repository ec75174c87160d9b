import { type Logger, pino } from 'pino';

/** What the kernel asks of a logger; pino's shape: fields first, then the sentence. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

const nothing = (): void => {};

/** For tests and one-shot commands. */
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

const CAUSES_SHOWN = 5;

/** JSON lines on stderr: stdout belongs to the command. */
export function createLog(level: string): Logger {
  return pino(
    { level, base: null, serializers: { err: describeError } },
    pino.destination({ fd: 2, sync: true }),
  );
}

/** The error and what caused it, without further fields: a database error's `detail` quotes the row it is about. */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error ? { code: error.code } : {};
  const hasCause = error.cause !== undefined && depth < CAUSES_SHOWN;
  const cause = hasCause ? { cause: describeError(error.cause, depth + 1) } : {};
  return { type: error.name, message: error.message, ...code, stack: error.stack, ...cause };
}
