import { useSyncExternalStore } from 'react';

/**
 * A session that ended during work. Requests wait here; the dialog "Sign in again" shows while one waits, and lets
 * them go on.
 */
let waiting: PromiseWithResolvers<void> | undefined;
const listeners = new Set<() => void>();

/** Resolves when there is a session again. Rejects when the request was given up meanwhile. */
export async function renewSession(signal?: AbortSignal): Promise<void> {
  if (!waiting) {
    waiting = Promise.withResolvers();
    notify();
  }
  const { promise } = waiting;
  if (!signal) return promise;
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

export function sessionRenewed(): void {
  waiting?.resolve();
  waiting = undefined;
  notify();
}

/** True while the session is over and something waits for a new one. */
export function useSessionEnded(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting !== undefined,
  );
}

function notify(): void {
  for (const listener of listeners) listener();
}
