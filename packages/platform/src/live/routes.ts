import type { Context } from '../kernel/context.ts';
import type { HttpResponse, Route } from '../kernel/http.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { appRoute, type Session } from '../session/index.ts';
import { LiveHub } from './hub.ts';

/** Proxies close what is silent for a minute or less. */
const HEARTBEAT_MS = 25_000;
/** How long a browser waits before it opens a stream again that ended. */
const REOPEN_MS = 3_000;
/** A page that reads no more (a suspended laptop) costs no more than this; it reads everything anew when it is back. */
const MAX_UNREAD_BYTES = 256 * 1024;

export function liveRoutes(ctx: Context, outbox: Pick<Outbox, 'subscribe'>): Route[] {
  const hub = new LiveHub(ctx, outbox);
  return [appRoute(ctx, 'GET', '/app/api/events', async (session) => eventStream(ctx, hub, session))];
}

function eventStream(ctx: Context, hub: LiveHub, session: Session): HttpResponse {
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
    stream: (write, signal) =>
      new Promise<void>((resolve) => {
        const end = () => {
          leave();
          clearInterval(heartbeat);
          resolve();
        };
        const say = (text: string) => {
          if (write(text) > MAX_UNREAD_BYTES) end();
        };
        const leave = hub.join({ session, send: (event) => say(`data: ${JSON.stringify(event)}\n\n`), end });
        const heartbeat = setInterval(
          () => (ctx.clock.now() < session.expiresAt ? say(':\n\n') : end()),
          HEARTBEAT_MS,
        );
        signal.addEventListener('abort', end, { once: true });
        if (signal.aborted) end();
        else say(`retry: ${REOPEN_MS}\n\n`);
      }),
  };
}
