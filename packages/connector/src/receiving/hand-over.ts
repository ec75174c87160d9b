import type { Handlers } from './events.ts';

/** The ATS's own code threw. Its message is the ATS's to read; it is not ours to log. */
export class HandlerFailure extends Error {
  override readonly name = 'HandlerFailure';
}

/** Calls the ATS's code. @throws HandlerFailure */
export async function handOver<T>(name: keyof Handlers, call: () => Promise<T> | T): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new HandlerFailure(
      `the handler "${name}" failed (${cause instanceof Error ? cause.name : 'unknown'})`,
      {
        cause,
      },
    );
  }
}
