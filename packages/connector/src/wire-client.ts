import {
  type AttachmentContentType,
  type BatchOutcome,
  encodeBatchIds,
  encodeBodyKey,
  encodePathKey,
  type KeyShape,
  keyIdentity,
  MAX_BATCH,
  mergeBatchResponse,
  RESOURCES,
  type RecordCounts,
  type RecordKind,
  type TypedKey,
} from '@carrick/protocol';
import { ConnectorError, RefusedRequest } from './connector-error.ts';
import { messageOf, send } from './http.ts';
import type { KindCounts } from './record-counts.ts';
import { withoutResume } from './resumes/resume.ts';
import { WireCaller, type WireCallOptions, type WireRequest } from './wire-call.ts';

export interface WireClientOptions extends WireCallOptions {
  /** The customer's organization URN: part of every key. */
  readonly organization: string;
  /** Shared with whoever else calls for this customer: one token serves all. */
  readonly caller?: WireCaller;
}

export interface OutgoingRecord {
  readonly id: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/** `isFinal` false means that sending the record again unchanged may succeed. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly isFinal: boolean;
}

/** What became of one record. `task`: accepted, and judged later. */
export type Outcome = { readonly ok: true; readonly task?: string } | ({ readonly ok: false } & Refusal);

export interface MatchedMembers {
  readonly automatic: readonly string[];
  readonly manual: string | null;
}

type Resource = (typeof RESOURCES)[number];
const VERSION = '1.0.0';
const DATA_PROVIDER = 'ATS';
/** An application has one. */
const RESUME_ID = 'resume';

/** Speaks the middleware platform's wire for one customer. A batch holds at most 100 records; calls are the caller's to order. */
export class WireClient {
  readonly #organization: string;
  readonly #caller: WireCaller;

  constructor(options: WireClientOptions) {
    this.#organization = options.organization;
    this.#caller = options.caller ?? new WireCaller(options);
  }

  /** Creates or replaces records of one kind (and, for children, of one parent). One outcome per record, in order. */
  upsert(
    kind: Exclude<RecordKind, 'job'>,
    parentId: string | null,
    records: readonly OutgoingRecord[],
  ): Promise<Outcome[]> {
    const resource = resourceOf(kind);
    return isolateRefused(records, (items) => {
      const keys = items.map(({ id }) => this.#keyOf(resource, id));
      const entities = Object.fromEntries(
        items.map(({ record }, index) => [
          encodeBodyKey(at(keys, index), resource.key, VERSION),
          withoutResume(record),
        ]),
      );
      return this.#batch(resource, parentId, keys, {
        method: 'PUT',
        restliMethod: 'batch_update',
        body: JSON.stringify({ entities }),
      });
    });
  }

  /** Deletes records; a record the platform no longer has counts as deleted. */
  async remove(
    kind: Exclude<RecordKind, 'job'>,
    parentId: string | null,
    ids: readonly string[],
  ): Promise<Outcome[]> {
    const resource = resourceOf(kind);
    const outcomes = await isolateRefused(ids, (some) =>
      this.#batch(
        resource,
        parentId,
        some.map((id) => this.#keyOf(resource, id)),
        { method: 'DELETE', restliMethod: 'batch_delete' },
      ),
    );
    return outcomes.map((outcome) => (!outcome.ok && outcome.status === 404 ? { ok: true } : outcome));
  }

  /** Posts jobs; each that is accepted gets a task, whose end is read by `jobOutcomes`. */
  postJobs(jobs: readonly OutgoingRecord[]): Promise<Outcome[]> {
    return isolateRefused(jobs, (items) => {
      const elements = items.map((job) => jobElement(this.#organization, job));
      return this.#caller.call(
        {
          method: 'POST',
          path: '/v2/simpleJobPostings',
          restliMethod: 'batch_create',
          records: items.length,
          body: JSON.stringify({ elements }),
        },
        (answer) => items.map((_, index) => createOutcome(answer, index)),
      );
    });
  }

  /** How posted jobs ended; a task still in progress is left out. */
  async jobOutcomes(tasks: readonly string[]): Promise<Map<string, Outcome>> {
    const { key, name } = resourceOf('jobTask');
    const keys = tasks.map((task) => [task]);
    const merged = await this.#caller.call(
      { method: 'GET', path: `/v2/${name}`, query: encodeBatchIds(keys, key, VERSION), records: keys.length },
      (answer) => merge<{ status?: string; errorMessage?: string }>(answer, key, keys),
    );
    const outcomes = new Map<string, Outcome>();
    for (const { key, error, entity } of merged.values()) {
      const task = at(key, 0);
      if (error) outcomes.set(task, refusal(error.status, error.message));
      else if (entity?.status === 'FAILED')
        outcomes.set(task, refusal(422, entity.errorMessage ?? 'the platform gave no reason'));
      else if (entity?.status !== 'IN_PROGRESS') outcomes.set(task, { ok: true });
    }
    return outcomes;
  }

  /** Who each candidate is matched with, by candidate id; one that the platform does not know is matched with nobody. */
  async matches(candidateIds: readonly string[]): Promise<Map<string, MatchedMembers>> {
    const resource = resourceOf('candidate');
    const keys = candidateIds.map((id) => this.#keyOf(resource, id));
    const merged = await this.#caller.call(
      {
        method: 'GET',
        path: `/v2/${resource.name}`,
        query: `${encodeBatchIds(keys, resource.key, VERSION)}&fields=matchedMembers,manualMatchedMember`,
        records: keys.length,
        restliMethod: 'batch_get',
      },
      (answer) =>
        merge<{ matchedMembers?: string[]; manualMatchedMember?: string }>(answer, resource.key, keys),
    );
    const matches = new Map<string, MatchedMembers>();
    for (const { key, entity, status } of merged.values())
      if (entity || status === 404)
        matches.set(at(key, 0), {
          automatic: entity?.matchedMembers ?? [],
          manual: entity?.manualMatchedMember ?? null,
        });
    return matches;
  }

  /** Ties a candidate to a person by hand; the platform's own match gives way. Null: no longer. */
  async tie(candidateId: string, person: string | null): Promise<Outcome> {
    const resource = resourceOf('candidate');
    const key = this.#keyOf(resource, candidateId);
    const patch =
      person === null ? { $delete: ['manualMatchedMember'] } : { $set: { manualMatchedMember: person } };
    const [outcome] = await isolateRefused([candidateId], () =>
      this.#batch(resource, null, [key], {
        method: 'POST',
        restliMethod: 'batch_partial_update',
        body: JSON.stringify({ entities: { [encodeBodyKey(key, resource.key, VERSION)]: { patch } } }),
      }),
    );
    return outcome ?? refusal(0, 'the platform gave no answer for this candidate');
  }

  /**
   * Announces a file and uploads it to the address that the platform names for it; the address itself says who may, so no token goes
   * along. Returns what an attachment calls it.
   */
  async upload(file: {
    readonly bytes: Uint8Array;
    readonly contentType: AttachmentContentType;
    readonly fileName: string;
    readonly contract: string;
  }): Promise<string> {
    const { contentType, fileName, contract } = file;
    const announcement = {
      contentType,
      fileName,
      hiringContext: contract,
      usageParameters: { recruiterSystemConnectResumeParameters: {} },
    };
    const { id, url } = await this.#caller.call(
      {
        method: 'POST',
        path: `/v2/${resourceOf('mediaUrl').name}`,
        restliMethod: 'create',
        body: JSON.stringify(announcement),
      },
      (answer) => {
        const { id, url } = answer as { id?: unknown; url?: unknown };
        if (typeof id !== 'string' || typeof url !== 'string' || !URL.canParse(url))
          throw new SyntaxError('no address for the upload in it');
        return { id, url };
      },
    );
    const { status, text } = await send(url, {
      method: 'PUT',
      headers: { 'Content-Type': contentType },
      body: new Uint8Array(file.bytes),
    });
    if (status >= 400) throw new RefusedRequest(status, messageOf(text));
    return id;
  }

  /** Attaches an uploaded file to an application, in place of the one before. */
  async putResume(
    applicationId: string,
    file: { readonly media: string; readonly fileName: string },
  ): Promise<Outcome> {
    const resource = resourceOf('attachment');
    const entities = { [encodeBodyKey([RESUME_ID], resource.key, VERSION)]: file };
    const request = {
      method: 'PUT',
      restliMethod: 'batch_update',
      body: JSON.stringify({ entities }),
    } as const;
    return at(await this.#batch(resource, applicationId, [[RESUME_ID]], request), 0);
  }

  /** One that the platform no longer has counts as removed. */
  async removeResume(applicationId: string): Promise<Outcome> {
    const request = { method: 'DELETE', restliMethod: 'batch_delete' } as const;
    const resource = resourceOf('attachment');
    const outcome = at(await this.#batch(resource, applicationId, [[RESUME_ID]], request), 0);
    return !outcome.ok && outcome.status === 404 ? { ok: true } : outcome;
  }

  /**
   * Tells the platform how many records of each kind and year the ATS holds; it sets them beside what came. Returns why it did not
   * want to know, as the original, which has nothing of the kind; null when it took them.
   */
  async putRecordCounts(counts: KindCounts): Promise<string | null> {
    try {
      const body = JSON.stringify({ counts } satisfies RecordCounts);
      await this.#caller.call({ method: 'PUT', path: '/ats/record-counts', body }, () => undefined);
      return null;
    } catch (error) {
      if (!(error instanceof RefusedRequest)) throw error;
      return error.message;
    }
  }

  #batch(
    resource: Resource,
    parentId: string | null,
    keys: readonly TypedKey[],
    request: Omit<WireRequest, 'path'>,
  ): Promise<Outcome[]> {
    const query = encodeBatchIds(keys, resource.key, VERSION);
    const path = this.#path(resource, parentId);
    return this.#caller.call({ ...request, path, query, records: keys.length }, (answer) => {
      const outcomes = merge(answer, resource.key, keys);
      return keys.map((key) => {
        const outcome = outcomes.get(keyIdentity(key));
        if (!outcome) return refusal(0, 'the platform gave no answer for this record');
        return outcome.error ? refusal(outcome.status, outcome.error.message) : { ok: true };
      });
    });
  }

  #path(resource: Resource, parentId: string | null): string {
    if (!('parent' in resource)) return `/v2/${resource.name}`;
    const parent = RESOURCES.find(({ name }) => name === resource.parent);
    if (!parent) throw new Error(`no resource ${resource.parent}`);
    return `/v2/${parent.name}/${encodePathKey(this.#keyOf(parent, parentId ?? ''), parent.key, VERSION)}/${resource.name}`;
  }

  /** A record's key parts in the resource's order. The ids of access rules are their own parts as JSON. */
  #keyOf(resource: Resource, id: string): TypedKey {
    if (!('parts' in resource.key)) return [id];
    const own: Record<string, unknown> =
      'idPart' in resource ? { [resource.idPart]: id } : (JSON.parse(id) as Record<string, unknown>);
    return resource.key.parts.map((part) =>
      part === 'dataProvider'
        ? DATA_PROVIDER
        : part === 'integrationContext'
          ? this.#organization
          : String(own[part] ?? ''),
    );
  }
}

/** A job as it stands in a batch create; the organisation is its context unless the mapping names another. */
export function jobElement(organization: string, { id, record }: OutgoingRecord): Record<string, unknown> {
  return { integrationContext: organization, ...record, externalJobPostingId: id };
}

/** Refused for what it holds, not for who asks or where: one of its records is at fault. */
const CONTENT_STATUSES: readonly number[] = [400, 413, 414, 422];

/** A batch that is refused whole for its content is halved until the record at fault stands alone; the others go. */
async function isolateRefused<T>(
  items: readonly T[],
  send: (items: readonly T[]) => Promise<Outcome[]>,
): Promise<Outcome[]> {
  if (items.length === 0) return [];
  if (items.length > MAX_BATCH) throw new RangeError(`a batch holds at most ${MAX_BATCH} records`);
  try {
    return await send(items);
  } catch (error) {
    if (!(error instanceof RefusedRequest) || !CONTENT_STATUSES.includes(error.status)) throw error;
    if (items.length === 1) return [refusal(error.status, error.message)];
    const middle = items.length >> 1;
    const first = await isolateRefused(items.slice(0, middle), send);
    return [...first, ...(await isolateRefused(items.slice(middle), send))];
  }
}

function createOutcome(answer: unknown, index: number): Outcome {
  const { elements } = answer as { elements?: unknown };
  const element: unknown = Array.isArray(elements) ? elements[index] : undefined;
  const { id, status, error } = (element ?? {}) as {
    id?: unknown;
    status?: unknown;
    error?: { message?: unknown; status?: unknown };
  };
  if (typeof status !== 'number') return refusal(0, 'the platform gave no answer for this job');
  if (error || status >= 400)
    return refusal(
      Number(error?.status ?? status),
      typeof error?.message === 'string' ? error.message : 'the platform gave no reason',
    );
  return typeof id === 'string' ? { ok: true, task: id } : { ok: true };
}

function resourceOf(kind: Exclude<Resource['kind'], 'job'>): Resource {
  const resource = RESOURCES.find((row) => row.kind === kind);
  if (!resource) throw new ConnectorError(`The wire has no resource for ${kind}.`);
  return resource;
}

function merge<T = unknown>(
  answer: unknown,
  shape: KeyShape,
  keys: readonly TypedKey[],
): ReadonlyMap<string, BatchOutcome<T>> {
  return mergeBatchResponse<T>(answer, shape, {
    sentKeys: new Map(keys.map((key) => [keyIdentity(key), key])),
    onUnknownKey: () => {},
  });
}

/** What the record holds is at fault: sent again unchanged it would be refused again. Every other refusal may pass. */
const FINAL_STATUSES: readonly number[] = [400, 404, 409, 413, 414, 422];

const refusal = (status: number, message: string): Outcome => ({
  ok: false,
  status,
  message: message.trim(),
  isFinal: FINAL_STATUSES.includes(status),
});

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`no element ${index}`);
  return item;
}
