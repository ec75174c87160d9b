import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import type { Context } from './kernel/context.ts';
import { createHttpEdge, type Route } from './kernel/http.ts';
import { createLog } from './kernel/log.ts';
import { createObservation } from './kernel/observe.ts';
import { type OpenContext, openContext } from './kernel/open-context.ts';
import { staticRoutes } from './kernel/static-files.ts';
import { oauthRoutes } from './tenancy/index.ts';

export { type Config, ConfigError, configOf, OPTIONS, readConfig } from './config.ts';
export { type Clock, FakeClock, systemClock } from './kernel/clock.ts';
export type { Context } from './kernel/context.ts';
export { createLog } from './kernel/log.ts';
export { openContext } from './kernel/open-context.ts';
export { encodePersonId } from './kernel/secrets.ts';
export * from './tenancy/index.ts';

export interface Surroundings {
  readonly clock?: Clock;
  readonly log?: Logger;
}

export interface Platform {
  /** Resolves when every door answers. A port that is taken rejects before the database is touched. */
  start(): Promise<void>;
  /** Streams end, requests in flight finish (at most 5 s), workers stop, then the database is given back. */
  stop(): Promise<void>;
  /** Only while started. */
  readonly baseUrl: string;
  readonly ctx: Context;
  /** The database as the application's role, which row-level security holds for. */
  readonly databaseUrl: string;
}

const RECRUITER_APP = join(import.meta.dirname, '..', '..', 'recruiter', 'dist');
/** What is never a page of the recruiter app, even where no route answers. */
const RESERVED = ['/v2/', '/rest/', '/oauth/', '/app/api/', '/assets/', '/healthz', '/readyz', '/metrics'];

interface Running {
  readonly open: OpenContext;
  readonly workers: readonly Worker[];
}

interface Worker {
  stop(): Promise<void>;
}

/** The composition root: what is connected to what is decided here and nowhere else. */
export function createPlatform(config: Config, { clock = systemClock, log = createLog(config.logLevel) }: Surroundings = {}): Platform {
  let running: Running | null = null;
  let baseUrl = '';
  const observation = createObservation(
    () => running?.open.ctx.db ?? null,
    () => running !== null,
  );
  const edge = createHttpEdge(log, (request) => observation.record(request));

  function started(): Running {
    if (!running) throw new Error('the platform is not started');
    return running;
  }

  return {
    get baseUrl() {
      started();
      return baseUrl;
    },
    get ctx() {
      return started().open.ctx;
    },
    get databaseUrl() {
      return started().open.databaseUrl;
    },
    async start() {
      const { port } = await edge.listen(config.host, config.port);
      baseUrl = config.publicUrl ?? `http://${config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host}:${port}`;
      const open = await openContext(config, { clock, log });
      const { routes, workers } = await compose(open.ctx);
      running = { open, workers };
      edge.open([...observation.routes, ...routes, ...(await staticRoutes(RECRUITER_APP, RESERVED))]);
      log.info({ port }, 'platform started');
    },
    async stop() {
      await edge.close();
      const last = running;
      running = null;
      await Promise.all(last?.workers.map((worker) => worker.stop()) ?? []);
      await last?.open.close();
      log.info('platform stopped');
    },
  };
}

async function compose(ctx: Context): Promise<{ routes: Route[]; workers: Worker[] }> {
  return { routes: [...oauthRoutes(ctx)], workers: [] };
}
