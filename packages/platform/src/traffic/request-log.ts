import type { Context } from '../kernel/context.ts';
import type { KeyFailure } from './failures.ts';

/** One answered request: what was asked of which resource and what became of it; no body and no personal data. */
export interface LoggedRequest {
  /** `x-li-uuid` of the answer. */
  readonly requestId: string;
  readonly at: number;
  /** Null where no application was known, for want of a good token. */
  readonly tenantId: number | null;
  readonly applicationId: number | null;
  readonly httpMethod: string;
  /** `v2/atsCandidates/notes` */
  readonly resource: string;
  /** `batch_update` …; null where the request could not be read. */
  readonly method: string | null;
  readonly status: number;
  /** Of a request that was refused as a whole. */
  readonly code: string | null;
  readonly rule: string | null;
  readonly records: number;
  /** How many of these failed. */
  readonly failed: number;
  readonly ms: number;
  readonly failures: readonly KeyFailure[];
  /** Paths of fields that records should have, by how many were taken without. */
  readonly warnings: Readonly<Record<string, number>>;
}

/** Requests and failed keys that wait to be written; some 200 bytes each. */
const MOST_WAITING = 50_000;
/** Of these, requests without a good token: a flood of them pushes nobody else out. */
const MOST_WAITING_UNKNOWN = MOST_WAITING / 10;
const ROWS_PER_STATEMENT = 500;
const NO_TENANT = 0;

/**
 * The request log. Writing is put off and done in batches, so that no request waits for it. Memory is bounded: what comes
 * in faster than the database takes it is dropped, counted, and said in the log.
 */
export class RequestLog {
  readonly #ctx: Context;
  #waiting: LoggedRequest[] = [];
  #weight = 0;
  #unknown = 0;
  #dropped = 0;
  #flushing: Promise<void> | null = null;

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  /** Requests that were dropped since the process started. */
  get dropped(): number {
    return this.#dropped;
  }

  add(request: LoggedRequest): void {
    const isUnknown = request.tenantId === null;
    if (this.#weight >= MOST_WAITING || (isUnknown && this.#unknown >= MOST_WAITING_UNKNOWN)) {
      if (this.#dropped === 0)
        this.#ctx.log.warn('the request log cannot keep up: requests are dropped from it');
      this.#dropped += 1;
      return;
    }
    this.#waiting.push(request);
    this.#weight += weightOf(request);
    if (isUnknown) this.#unknown += 1;
  }

  /** Writes what waits. What cannot be written stays, as far as there is room. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = null;
    });
    return this.#flushing;
  }

  async #flush(): Promise<void> {
    const droppedBefore = this.#dropped;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, ROWS_PER_STATEMENT);
      await this.#ctx.db.lookup`select append_api_requests(${JSON.stringify(batch.map(rowOf), storable)})`;
      this.#waiting = this.#waiting.slice(batch.length);
      for (const request of batch) {
        this.#weight -= weightOf(request);
        if (request.tenantId === null) this.#unknown -= 1;
      }
    }
    if (this.#dropped > droppedBefore)
      this.#ctx.log.warn({ dropped: this.#dropped }, 'the request log dropped requests');
  }
}

/** A key that was refused for what PostgreSQL cannot store stands in the log without that. */
function storable(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\u0000', '\ufffd') : value;
}

function weightOf({ failures }: LoggedRequest): number {
  return 1 + failures.length;
}

interface RequestRow {
  readonly tenant_id: number;
  readonly request_id: string;
  readonly at: number;
  readonly application_id: number | null;
  readonly http_method: string;
  readonly resource: string;
  readonly method: string | null;
  readonly status: number;
  readonly code: string | null;
  readonly rule: string | null;
  readonly records: number;
  readonly failed: number;
  readonly ms: number;
  readonly failures: readonly KeyFailure[];
  readonly warnings: Readonly<Record<string, number>>;
}

function rowOf(request: LoggedRequest): RequestRow {
  const { tenantId, requestId, applicationId, httpMethod, ...same } = request;
  return {
    ...same,
    tenant_id: tenantId ?? NO_TENANT,
    request_id: requestId,
    application_id: applicationId,
    http_method: httpMethod,
  };
}

function requestOf(row: RequestRow): LoggedRequest {
  const { tenant_id, request_id, application_id, http_method, ...same } = row;
  return {
    ...same,
    requestId: request_id,
    tenantId: tenant_id === NO_TENANT ? null : tenant_id,
    applicationId: application_id,
    httpMethod: http_method,
  };
}

export interface RequestFilter {
  readonly requestId?: string;
  readonly tenantId?: number;
  /** Those of a partner's console: of its own applications only. */
  readonly applicationIds?: readonly number[];
  /** Epoch milliseconds. */
  readonly since?: number;
  /** Only refused requests and batches with a refused key. */
  readonly isFailed?: boolean;
  /** At most so many; 100, if not given. */
  readonly most?: number;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Logged requests, newest first. A request appears about a second after its answer. Whoever asks for a customer or a
 * partner names the tenant or the applications: without them, it is the operator's view of all.
 */
export async function findRequests(
  ctx: Context,
  { requestId, tenantId, applicationIds, since = 0, isFailed = false, most = 100 }: RequestFilter,
): Promise<readonly LoggedRequest[]> {
  if (requestId !== undefined && !UUID.test(requestId)) return [];
  const ids = applicationIds ? [...applicationIds] : null;
  const rows = await ctx.db.lookup<RequestRow & object>`
    select * from find_api_requests(
      ${tenantId ?? null}::bigint, ${ids}::bigint[], ${requestId ?? null}::uuid, ${since}, ${isFailed}, ${most}
    )`;
  return rows.map(requestOf);
}
