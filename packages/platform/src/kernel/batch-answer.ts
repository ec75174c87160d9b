import {
  type BatchIds,
  type BatchResponse,
  batchResponse,
  decodeBatchIds,
  type ErrorBody,
  encodeBodyKey,
  errorBody,
  keyIdentity,
  type MatchedEntity,
  matchEntities,
  ProtocolError,
  type TypedKey,
} from '@carrick/protocol';
import { isObject, jsonBody, type WireRequest } from './wire-request.ts';

/** The keys of a batch by what became of them, on the way to its answer. */
export class BatchAnswer {
  readonly #wire: WireRequest;
  readonly #results: [key: string, result: unknown][] = [];
  readonly #errors: [key: string, error: ErrorBody][];

  constructor(wire: WireRequest, { malformed }: BatchIds) {
    this.#wire = wire;
    this.#errors = malformed.map(({ raw, message }) => [raw, errorBody('BAD_REQUEST', message)]);
  }

  refuse(key: TypedKey, error: ErrorBody): void {
    this.#errors.push([this.#text(key), error]);
  }

  give(key: TypedKey, result: unknown): void {
    this.#results.push([this.#text(key), result]);
  }

  settle(key: TypedKey, outcome: { readonly status: number } | ErrorBody | undefined): void {
    if (outcome === undefined) throw new Error('the engine left out a key of the batch');
    if ('code' in outcome) this.refuse(key, outcome);
    else this.give(key, { status: outcome.status });
  }

  response(options?: { readonly statuses: boolean }): BatchResponse<unknown> {
    return batchResponse(this.#results, this.#errors, options);
  }

  #text(key: TypedKey): string {
    return encodeBodyKey(key, this.#wire.resource.key, this.#wire.version);
  }
}

export function idsOf({ params, resource, version }: WireRequest): BatchIds {
  return decodeBatchIds(params, resource.key, version);
}

/** The entities of the body under the keys of the URL; each is its key's in both. */
export function entitiesOf(wire: WireRequest, ids: BatchIds): Iterable<MatchedEntity> {
  const { entities } = jsonBody(wire);
  if (!isObject(entities)) throw new ProtocolError('BAD_REQUEST', "The body has no 'entities'");
  const urlKeys = new Map(ids.keys.map((key) => [keyIdentity(key), key]));
  return matchEntities(entities, urlKeys, wire.resource.key, wire.version, ids.malformed).values();
}
