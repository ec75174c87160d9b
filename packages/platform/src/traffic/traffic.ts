import {
  type ApiBase,
  type RawIds,
  type ResourceDefinition,
  type RestliMethod,
  resourceAddress,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { countRecords } from './count-records.ts';
import { failuresOf } from './failures.ts';
import { Quotas, type Standing } from './quotas.ts';
import { RequestLog } from './request-log.ts';

/** Who calls. A partner's application has no tenant. */
export interface CallingApplication {
  readonly applicationId: number;
  readonly tenantId?: number;
}

/** What a request asks for, as far as counting it needs to know. */
interface AskedFor {
  readonly resource: Pick<ResourceDefinition, 'name' | 'parent' | 'leastGapMs'>;
  readonly method: RestliMethod;
  readonly params: { readonly ids?: RawIds };
  readonly path: string;
  readonly bodyText: string;
}

/** What becomes known of a request on its way. */
interface Call {
  resource: string;
  method: RestliMethod | null;
  application: CallingApplication | null;
  records: number;
  standings: readonly Standing[];
  warnings: ReadonlyMap<string, number>;
}

/** What applications send: held against their quotas, and written into the request log. */
export interface Traffic {
  /** The same routes; what they answer is logged and carries what is left of the quota. */
  observe(routes: readonly Route[]): Route[];
  /**
   * To be called for every request whose token and form are good, before anything is done for it.
   * @throws ProtocolError THROTTLED
   */
  admit(request: HttpRequest, application: CallingApplication, asked: AskedFor): Promise<void>;
  /** Notes in the log what was taken though it was not as it should be: paths of fields by how many records lack them. */
  warn(request: HttpRequest, warnings: ReadonlyMap<string, number> | undefined): void;
  /** Counters and log to the database. */
  flush(): Promise<void>;
  /** Writes what waits, from time to time, until `stop`, which writes the rest. */
  start(): void;
  stop(): Promise<void>;
}

const FLUSH_EVERY_MS = 1_000;

export function openTraffic(ctx: Context): Traffic {
  const calls = new WeakMap<HttpRequest, Call>();
  const requestLog = new RequestLog(ctx);
  const quotas = ctx.config.quotas ? new Quotas(ctx) : null;
  let timer: NodeJS.Timeout | undefined;

  function observed(route: Route): Route {
    const resource = route.path.replace(/^\//, '').replace(/\/\*$/, '');
    return {
      ...route,
      async handler(request) {
        const call: Call = {
          resource,
          method: null,
          application: null,
          records: 0,
          standings: [],
          warnings: new Map(),
        };
        calls.set(request, call);
        const startedAt = performance.now();
        let response: HttpResponse = { status: 500 };
        try {
          response = await route.handler(request);
          return { ...response, headers: { ...response.headers, ...quotaHeaders(call.standings) } };
        } finally {
          // The collector of young objects would hold it, whatever becomes of the request.
          calls.delete(request);
          requestLog.add(logged(ctx, request, call, response, performance.now() - startedAt));
        }
      },
    };
  }

  async function flush(): Promise<void> {
    await Promise.all([quotas?.flush(), requestLog.flush()]);
  }

  return {
    observe: (routes) => routes.map(observed),
    async admit(request, application, asked) {
      const base: ApiBase = asked.path.startsWith('/rest/') ? 'rest' : 'v2';
      const resource = resourceAddress(asked.resource, base);
      const records = countRecords(asked);
      const call = calls.get(request);
      if (call) Object.assign(call, { resource, application, records, method: asked.method });
      const { leastGapMs } = asked.resource;
      const admission = await quotas?.admit({
        applicationId: application.applicationId,
        resource,
        records,
        leastGapMs,
      });
      if (call && admission) call.standings = admission.standings;
      if (admission?.refusal) throw admission.refusal;
    },
    warn(request, warnings) {
      const call = calls.get(request);
      if (call && warnings) call.warnings = warnings;
    },
    flush,
    start() {
      timer = setInterval(() => {
        flush().catch((error: unknown) =>
          ctx.log.warn({ err: error }, 'quotas and the request log were not written; it is tried again'),
        );
      }, FLUSH_EVERY_MS);
    },
    async stop() {
      clearInterval(timer);
      await flush();
    },
  };
}

function logged(
  { clock }: Context,
  request: HttpRequest,
  { resource, method, application, records, warnings }: Call,
  response: HttpResponse,
  ms: number,
) {
  const { request: refusal, keys } = failuresOf(response);
  return {
    requestId: request.id,
    at: clock.now(),
    tenantId: application?.tenantId ?? null,
    applicationId: application?.applicationId ?? null,
    httpMethod: request.method,
    resource,
    method,
    status: response.status,
    code: refusal?.code ?? null,
    rule: refusal?.rule ?? null,
    records,
    failed: response.status >= 400 ? records : keys.length,
    ms: Math.round(ms * 10) / 10,
    failures: keys,
    warnings: Object.fromEntries(warnings),
  };
}

/** Header fields of the IETF draft on rate limits, one item for each limit; the original documents none. */
function quotaHeaders(standings: readonly Standing[]): Record<string, string> {
  if (standings.length === 0) return {};
  const seconds = (ms: number) => Math.ceil(ms / 1000);
  const list = (write: (standing: Standing) => string) =>
    standings.map((standing) => `"${standing.name}";${write(standing)}`).join(', ');
  return {
    'ratelimit-policy': list(({ most, windowMs }) => `q=${most};w=${seconds(windowMs)}`),
    ratelimit: list(({ left, resetsInMs }) => `r=${left};t=${seconds(resetsInMs)}`),
  };
}
