import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import { createHttpEdge, type Route } from './kernel/http.ts';
import { createLog } from './kernel/log.ts';
import { createObservation } from './kernel/observe.ts';
import { type OpenContext, openContext } from './kernel/open-context.ts';
import { staticRoutes } from './kernel/static-files.ts';
import type { MemberHook } from './members/index.ts';
import { oauthRoutes } from './tenancy/index.ts';

export { type Config, ConfigError, configOf, OPTIONS, readConfig } from './config.ts';
export { type Clock, FakeClock, systemClock } from './kernel/clock.ts';
export type { Context } from './kernel/context.ts';
export { stopEmbeddedPostgres } from './kernel/embedded-postgres.ts';
export { createLog } from './kernel/log.ts';
export { encodePersonId } from './kernel/secrets.ts';
export { type ImportSummary, importMembers } from './members/index.ts';
export { dumpRecords } from './records/index.ts';
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
  /** Known once started. */
  readonly baseUrl: string;
  /** Only while started. */
  readonly deployment: Deployment;
}

const RECRUITER_APP = join(import.meta.dirname, '..', '..', 'recruiter', 'dist');
/** What is never a page of the recruiter app, even where no route answers. */
const RESERVED = ['/v2/', '/rest/', '/oauth/', '/app/api/', '/assets/', '/healthz', '/readyz', '/metrics'];

/** The platform without its doors: what a command needs that works beside a running one. */
export interface Deployment extends OpenContext {
  readonly memberHooks: readonly MemberHook[];
}

export async function openDeployment(
  config: Config,
  { clock = systemClock, log = createLog(config.logLevel) }: Surroundings = {},
): Promise<Deployment> {
  const open = await openContext(config, { clock, log });
  return { ...open, memberHooks: [] };
}

interface Worker {
  stop(): Promise<void>;
}

/** The composition root: what is connected to what is decided here and nowhere else. */
export function createPlatform(
  config: Config,
  { clock = systemClock, log = createLog(config.logLevel) }: Surroundings = {},
): Platform {
  let deployment: Deployment | null = null;
  let workers: readonly Worker[] = [];
  let isReady = false;
  let baseUrl = '';
  const observation = createObservation(
    () => deployment?.ctx.db ?? null,
    () => isReady,
  );
  const edge = createHttpEdge(log, (request) => observation.record(request));

  function started(): Deployment {
    if (!deployment) throw new Error('the platform is not started');
    return deployment;
  }

  return {
    get baseUrl() {
      return baseUrl;
    },
    get deployment() {
      return started();
    },
    async start() {
      const { port } = await edge.listen(config.host, config.port);
      baseUrl =
        config.publicUrl ?? `http://${WILDCARDS.has(config.host) ? 'localhost' : config.host}:${port}`;
      deployment = await openDeployment(config, { clock, log });
      const composed = await compose(deployment);
      workers = composed.workers;
      isReady = true;
      edge.open([
        ...observation.routes,
        ...composed.routes,
        ...(await staticRoutes(RECRUITER_APP, RESERVED)),
      ]);
      log.info({ port }, 'platform started');
    },
    async stop() {
      isReady = false;
      await edge.close();
      await Promise.all(workers.map((worker) => worker.stop()));
      workers = [];
      await deployment?.close();
      deployment = null;
      log.info('platform stopped');
    },
  };
}

const WILDCARDS = new Set(['0.0.0.0', '::']);

async function compose({ ctx }: Deployment): Promise<{ routes: Route[]; workers: Worker[] }> {
  return { routes: [...oauthRoutes(ctx)], workers: [] };
}
