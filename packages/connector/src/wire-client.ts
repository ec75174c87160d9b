import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BatchOutcome,
  encodeBatchIds,
  encodeBodyKey,
  encodePathKey,
  type KeyShape,
  keyIdentity,
  mergeBatchResponse,
  needsTunnel,
  RESOURCES,
  type RecordKind,
  type TypedKey,
  tunnel,
} from '@carrick/protocol';
import { AccessToken, type Credentials } from './access-token.ts';
import { ConnectorError } from './connector-error.ts';

export interface WireClientOptions extends Credentials {
  /** Base of `/v2`. */
  readonly baseUrl: string;
  /** The customer's organization URN: part of every key. */
  readonly organization: string;
  /** How long an unreachable or failing platform is tried again before giving up; Infinity in the daemon. */
  readonly retryForMs: number;
  readonly now?: () => number;
  readonly pause?: (ms: number) => Promise<unknown>;
  readonly onRetry?: (message: string) => void;
}

export interface OutgoingRecord {
  readonly id: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/** What became of one record; `isFinal` false means that sending it again unchanged may succeed. */
export type Outcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: number; readonly message: string; readonly isFinal: boolean };

export interface MatchedPersons {
  readonly automatic: readonly string[];
  readonly manual: string | null;
}

type Resource = (typeof RESOURCES)[number];
const VERSION = '1.0.0';
const DATA_PROVIDER = 'ATS';

/** Speaks the middleware platform's wire for one customer. Batches hold at most 100 records; calls are the caller's to order. */
export class WireClient {
  readonly #options: WireClientOptions;
  readonly #token: AccessToken;
  readonly #now: () => number;
  readonly #pause: (ms: number) => Promise<unknown>;

  constructor(options: WireClientOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#pause = options.pause ?? sleep;
    this.#token = new AccessToken(options, this.#now);
  }

  /** Creates or replaces records of one kind (and, for children, of one parent). One outcome per record, in order. */
  async upsert(
    kind: Exclude<RecordKind, 'job'>,
    parentId: string | null,
    items: readonly OutgoingRecord[],
  ): Promise<Outcome[]> {
    const resource = resourceOf(kind);
    const keys = items.map(({ id }) => this.#keyOf(resource, kind, id));
    const entities = Object.fromEntries(
      items.map(({ record }, index) => [encodeBodyKey(at(keys, index), resource.key, VERSION), record]),
    );
    return this.#batch('PUT', 'batch_update', resource, parentId, keys, JSON.stringify({ entities }));
  }

  /** Deletes records; a record the platform no longer has counts as deleted. */
  async remove(
    kind: Exclude<RecordKind, 'job'>,
    parentId: string | null,
    ids: readonly string[],
  ): Promise<Outcome[]> {
    const resource = resourceOf(kind);
    const keys = ids.map((id) => this.#keyOf(resource, kind, id));
    const outcomes = await this.#batch('DELETE', 'batch_delete', resource, parentId, keys);
    return outcomes.map((outcome) => (!outcome.ok && outcome.status === 404 ? { ok: true } : outcome));
  }

  /** Posts jobs; the platform answers each with a task, whose end is read by `jobOutcomes`. */
  async postJobs(
    items: readonly OutgoingRecord[],
  ): Promise<(Outcome | { readonly ok: true; readonly task: string })[]> {
    const elements = items.map(({ id, record }) => ({
      integrationContext: this.#options.organization,
      ...record,
      externalJobPostingId: id,
    }));
    const answer = await this.#call(
      'POST',
      '/v2/simpleJobPostings',
      '',
      'batch_create',
      JSON.stringify({ elements }),
    );
    const given = (answer as { elements?: unknown }).elements;
    const list: unknown[] = Array.isArray(given) ? given : [];
    return items.map((_, index) => {
      const { id, status, error } = (list[index] ?? {}) as {
        id?: unknown;
        status?: unknown;
        error?: { message?: unknown; status?: unknown };
      };
      if (error || typeof status !== 'number' || status >= 400) {
        return failure(
          Number(error?.status ?? status ?? 0),
          typeof error?.message === 'string' ? error.message : 'the platform gave no answer for this job',
        );
      }
      return typeof id === 'string' ? { ok: true, task: id } : { ok: true };
    });
  }

  /** How posted jobs ended; a task still in progress is left out. */
  async jobOutcomes(tasks: readonly string[]): Promise<Map<string, Outcome>> {
    const resource = RESOURCES.find(({ kind }) => kind === 'jobTask');
    if (!resource) throw new Error('no resource for job tasks');
    const keys = tasks.map((task) => [task]);
    const answer = await this.#call(
      'GET',
      '/v2/simpleJobPostingTasks',
      encodeBatchIds(keys, resource.key, VERSION),
    );
    const outcomes = new Map<string, Outcome>();
    for (const { key, error, entity } of merged<{ status?: string; errorMessage?: string }>(
      answer,
      resource.key,
      keys,
    ).values()) {
      const task = at(key, 0);
      if (error) outcomes.set(task, failure(error.status, error.message));
      else if (entity?.status === 'FAILED')
        outcomes.set(task, failure(422, entity.errorMessage ?? 'the platform gave no reason'));
      else if (entity?.status !== 'IN_PROGRESS') outcomes.set(task, { ok: true });
    }
    return outcomes;
  }

  /** Who each candidate is matched with, by candidate id; a candidate the platform does not know is left out. */
  async matches(candidateIds: readonly string[]): Promise<Map<string, MatchedPersons>> {
    const resource = resourceOf('candidate');
    const keys = candidateIds.map((id) => this.#keyOf(resource, 'candidate', id));
    const query = `${encodeBatchIds(keys, resource.key, VERSION)}&fields=matchedMembers,manualMatchedMember`;
    const answer = await this.#call('GET', `/v2/${resource.name}`, query, 'batch_get');
    const outcomes = merged<{ matchedMembers?: string[]; manualMatchedMember?: string }>(
      answer,
      resource.key,
      keys,
    );
    const persons = new Map<string, MatchedPersons>();
    for (const { key, entity, error } of outcomes.values()) {
      if (!error)
        persons.set(at(key, 0), {
          automatic: entity?.matchedMembers ?? [],
          manual: entity?.manualMatchedMember ?? null,
        });
    }
    return persons;
  }

  async #batch(
    method: 'PUT' | 'DELETE',
    restli: string,
    resource: Resource,
    parentId: string | null,
    keys: readonly TypedKey[],
    body?: string,
  ): Promise<Outcome[]> {
    if (keys.length === 0) return [];
    const answer = await this.#call(
      method,
      this.#path(resource, parentId),
      encodeBatchIds(keys, resource.key, VERSION),
      restli,
      body,
    );
    const outcomes = merged(answer, resource.key, keys);
    return keys.map((key) => {
      const outcome = outcomes.get(keyIdentity(key));
      if (!outcome) return failure(0, 'the platform gave no answer for this record');
      return outcome.error ? failure(outcome.status, outcome.error.message) : { ok: true };
    });
  }

  #path(resource: Resource, parentId: string | null): string {
    if (!('parent' in resource)) return `/v2/${resource.name}`;
    const parent = RESOURCES.find(({ name }) => name === resource.parent);
    if (!parent || parentId === null)
      throw new ConnectorError(`A ${resource.kind} needs a parentId: add it to the mapping's SELECT.`);
    const key = this.#keyOf(parent, parent.kind, parentId);
    return `/v2/${parent.name}/${encodePathKey(key, parent.key, VERSION)}/${resource.name}`;
  }

  /** A record's key parts in the resource's order. The ids of ACL records are their own parts as JSON (see `aclId`). */
  #keyOf(resource: Resource, kind: Resource['kind'], id: string): TypedKey {
    if (!('parts' in resource.key)) return [id];
    const own: Record<string, unknown> =
      kind === 'entityAcl' || kind === 'entityAclAssignee'
        ? (JSON.parse(id) as Record<string, unknown>)
        : { ['idPart' in resource ? resource.idPart : '']: id };
    return resource.key.parts.map((part) =>
      part === 'dataProvider'
        ? DATA_PROVIDER
        : part === 'integrationContext'
          ? this.#options.organization
          : String(own[part] ?? ''),
    );
  }

  /** One call, tried again while the platform is away, throttling or failing; a refused token is renewed once. */
  async #call(
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    query: string,
    restliMethod?: string,
    body?: string,
  ): Promise<unknown> {
    const giveUpAt = this.#now() + this.#options.retryForMs;
    let token = await this.#withRetry(giveUpAt, () => this.#token.get());
    let isRenewed = false;
    for (let attempt = 0; ; attempt++) {
      const answer = await this.#send(token, method, path, query, restliMethod, body).catch(
        (cause: unknown) => ({
          status: 0,
          text: cause instanceof Error ? causeOf(cause) : String(cause),
          retryAfterMs: 0,
          uuid: '',
        }),
      );
      if (answer.status === 401 && !isRenewed) {
        isRenewed = true;
        token = await this.#withRetry(giveUpAt, () => this.#token.renew(token));
        continue;
      }
      if (answer.status >= 200 && answer.status < 300)
        return answer.text === '' ? {} : JSON.parse(answer.text);
      const isTransient = answer.status === 0 || answer.status === 429 || answer.status >= 500;
      const what =
        answer.status === 0
          ? `cannot be reached (${answer.text})`
          : `answered ${answer.status}${answer.uuid ? ` (x-li-uuid ${answer.uuid})` : ''}: ${messageOf(answer.text)}`;
      if (!isTransient || this.#now() >= giveUpAt) throw new ConnectorError(`The platform ${what}`);
      await this.#backOff(attempt, answer.retryAfterMs, giveUpAt, `the platform ${what}`);
    }
  }

  async #send(
    token: string,
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    query: string,
    restliMethod?: string,
    body?: string,
  ) {
    const isTunnelled = needsTunnel(path, query);
    const request = isTunnelled
      ? tunnel({ method, path, query, body })
      : { method, headers: body === undefined ? {} : { 'Content-Type': 'application/json' }, body };
    const response = await fetch(
      `${this.#options.baseUrl}${path}${isTunnelled || query === '' ? '' : `?${query}`}`,
      {
        method: request.method,
        headers: {
          ...request.headers,
          Authorization: `Bearer ${token}`,
          ...(restliMethod && { 'X-RestLi-Method': restliMethod }),
        },
        ...(request.body !== undefined && { body: request.body }),
        redirect: 'error',
        signal: AbortSignal.timeout(60_000),
      },
    );
    const retryAfter = Number(response.headers.get('retry-after'));
    return {
      status: response.status,
      text: await response.text(),
      retryAfterMs: Number.isFinite(retryAfter) ? retryAfter * 1000 : 0,
      uuid: response.headers.get('x-li-uuid') ?? '',
    };
  }

  async #withRetry(giveUpAt: number, fetchToken: () => Promise<string>): Promise<string> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await fetchToken();
      } catch (cause) {
        if (cause instanceof ConnectorError) throw cause;
        const reason = cause instanceof Error ? causeOf(cause) : String(cause);
        if (this.#now() >= giveUpAt)
          throw new ConnectorError(`The platform cannot be reached: ${reason}`, { cause });
        await this.#backOff(attempt, 0, giveUpAt, `the platform cannot be reached (${reason})`);
      }
    }
  }

  /** Full jitter, from a quarter of a second up to ten seconds, never past the moment of giving up. */
  async #backOff(attempt: number, atLeastMs: number, giveUpAt: number, why: string): Promise<void> {
    const ceiling = Math.min(250 * 2 ** attempt, 10_000);
    const wait = Math.max(atLeastMs, ceiling / 2 + (Math.random() * ceiling) / 2);
    this.#options.onRetry?.(`${why}; trying again in ${Math.ceil(wait / 1000)} s`);
    await this.#pause(Math.min(wait, Math.max(giveUpAt - this.#now(), 0)));
  }
}

function resourceOf(kind: Exclude<RecordKind, 'job'>): Resource {
  const resource = RESOURCES.find((row) => row.kind === kind);
  if (!resource) throw new Error(`no resource for ${kind}`);
  return resource;
}

function merged<T = unknown>(
  answer: unknown,
  shape: KeyShape,
  keys: readonly TypedKey[],
): ReadonlyMap<string, BatchOutcome<T>> {
  return mergeBatchResponse<T>(answer, shape, {
    sentKeys: new Map(keys.map((key) => [keyIdentity(key), key])),
    onUnknownKey: () => {},
  });
}

/** 429 and 5xx for one key may pass; every other refusal waits for the record to change. */
const failure = (status: number, message: string): Outcome => ({
  ok: false,
  status,
  message: message.trim(),
  isFinal: status !== 0 && status !== 429 && status < 500,
});

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`no element ${index}`);
  return item;
}

function messageOf(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    if (typeof message === 'string') return message;
  } catch {
    // Not JSON: a proxy's page, say; its beginning is the best there is.
  }
  return text.slice(0, 200);
}

const causeOf = (error: Error): string =>
  (error.cause instanceof Error ? error.cause.message : error.message) || 'no answer';
