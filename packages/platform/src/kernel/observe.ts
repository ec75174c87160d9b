import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Db } from './db.ts';
import type { RequestRecord, Route } from './http.ts';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const TEXT = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };

export interface Observation {
  readonly routes: readonly Route[];
  record(request: RequestRecord): void;
}

/**
 * `/healthz` (the process answers), `/readyz` (so do the database and the workers) and `/metrics`.
 * Metrics carry routes and statuses only: no tenant, no path.
 */
export function createObservation(db: () => Db | null, areWorkersRunning: () => boolean): Observation {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const labelNames = ['method', 'route', 'status'];
  const count = new Counter({
    name: 'carrick_http_requests_total',
    help: 'Requests answered',
    labelNames,
    registers: [register],
  });
  const duration = new Histogram({
    name: 'carrick_http_request_seconds',
    help: 'Time from the request line to the last byte of the answer',
    labelNames,
    buckets: SECONDS,
    registers: [register],
  });
  return {
    routes: [
      {
        method: 'GET',
        path: '/healthz',
        handler: async () => ({ status: 200, headers: TEXT, body: 'alive\n' }),
      },
      {
        method: 'GET',
        path: '/readyz',
        handler: async () => {
          const isReady = areWorkersRunning() && (await doesAnswer(db()));
          return isReady
            ? { status: 200, headers: TEXT, body: 'ready\n' }
            : { status: 503, headers: TEXT, body: 'not ready\n' };
        },
      },
      {
        method: 'GET',
        path: '/metrics',
        handler: async () => ({
          status: 200,
          headers: { 'content-type': register.contentType },
          body: await register.metrics(),
        }),
      },
    ],
    record({ method, route, status, ms }) {
      const labels = { method, route, status: String(status) };
      count.inc(labels);
      duration.observe(labels, ms / 1000);
    },
  };
}

async function doesAnswer(db: Db | null): Promise<boolean> {
  if (!db) return false;
  try {
    await db.lookup`select 1`;
    return true;
  } catch {
    return false; // the reason is in the log of whoever needed the database
  }
}
