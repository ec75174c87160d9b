import {
  type BatchIds,
  batchResponse,
  decodeBatchIds,
  type ErrorBody,
  encodeBodyKey,
  errorBody,
  keyIdentity,
  type MatchedEntity,
  matchEntities,
  messageToWire,
  ProtocolError,
  parseEntities,
  type TypedKey,
} from '@carrick/protocol';
import { isObject, jsonBody, type WireRequest } from './wire-request.ts';
import type { WireAnswer } from './wire-routes.ts';

/** The keys of a batch by what became of them, on the way to its answer. */
export class BatchAnswer {
  /** Not the request with its body: that is dropped while the database works. */
  readonly #wire: Pick<WireRequest, 'resource' | 'version' | 'method' | 'key'>;
  readonly #results: [key: string, result: unknown][] = [];
  readonly #errors: [key: string, error: ErrorBody][];
  readonly #warnings = new Map<string, number>();

  constructor({ resource, version, method, key }: WireRequest, { malformed }: BatchIds) {
    this.#wire = { resource, version, method, key };
    this.#errors = malformed.map(({ raw, message }) => [raw, errorBody('BAD_REQUEST', message)]);
  }

  /** `text` here and below: the key as the answer writes it, where it is known. */
  refuse(key: TypedKey, error: ErrorBody, text = this.#text(key)): void {
    const message = messageToWire(this.#wire.resource, error.message);
    this.#errors.push([text, message === error.message ? error : { ...error, message }]);
  }

  give(key: TypedKey, result: unknown, text = this.#text(key)): void {
    this.#results.push([text, result]);
  }

  settle(key: TypedKey, outcome: { readonly status: number } | ErrorBody | undefined, text?: string): void {
    if (outcome === undefined) throw new Error('the engine left out a key of the batch');
    if ('code' in outcome) this.refuse(key, outcome, text);
    else this.give(key, outcome, text);
  }

  /** A record is taken, though it lacks these fields. */
  warn(fields: readonly string[]): void {
    for (const field of fields) this.#warnings.set(`/${field}`, (this.#warnings.get(`/${field}`) ?? 0) + 1);
  }

  /** Of a batch its envelope; of one record what became of it: an entity that was read, or a status. */
  answer(options?: { readonly statuses: boolean }): WireAnswer {
    const warnings = this.#warnings;
    if (this.#wire.key === null)
      return { text: batchResponse(this.#results, this.#errors, options), warnings };
    const [[, error] = []] = this.#errors;
    if (error) throw new ProtocolError(error.code, error.message);
    const [[, result] = []] = this.#results;
    if (this.#wire.method === 'get') return { body: result };
    return { status: isObject(result) ? Number(result.status) : 204, warnings };
  }

  #text(key: TypedKey): string {
    return encodeBodyKey(key, this.#wire.resource.key, this.#wire.version);
  }
}

/** The keys of a batch, or the one in the path. */
export function idsOf({ params, resource, version, key }: WireRequest): BatchIds {
  if (key === null) return decodeBatchIds(params, resource.key, version);
  return { keys: [key], byIdentity: new Map([[keyIdentity(key), key]]), malformed: [] };
}

/** The entities of the body under the keys of the URL, each its key's in both; the body itself where the path names the key. */
export function entitiesOf(wire: WireRequest, ids: BatchIds): Iterable<MatchedEntity> {
  if (wire.key !== null) return [{ key: wire.key, value: jsonBody(wire) }];
  const entities = parseEntities(wire.bodyText) ?? entitiesIn(jsonBody(wire));
  return matchEntities(entities, ids.byIdentity, wire.resource.key, wire.version, ids.malformed);
}

function entitiesIn({ entities }: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  if (!isObject(entities)) throw new ProtocolError('BAD_REQUEST', "The body has no 'entities'");
  return new Map(Object.entries(entities));
}
