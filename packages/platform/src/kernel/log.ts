import type { Logger } from 'pino';

/** What the kernel asks of a logger; pino's shape: fields first, then the sentence. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

const nothing = (): void => {};

/** For tests and one-shot commands. */
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
