import {
  type BatchIds,
  batchResponse,
  decodeBatchIds,
  type ErrorBody,
  encodeBodyKey,
  errorBody,
  formatUrn,
  keyIdentity,
  matchEntities,
  mayHoldUnstorable,
  type Patch,
  ProtocolError,
  parseFields,
  parsePatch,
  project,
  type RecordKind,
  RestliError,
  type TypedKey,
} from '@carrick/protocol';
import { encodePersonId } from '../kernel/secrets.ts';
import type { Caller } from '../tenancy/index.ts';
import { addressOf, invalid, memberOf, partsOf } from './address.ts';
import { type CandidateMatch, getMatches } from './matches.ts';
import { type CandidatePatch, patchCandidates } from './patch.ts';
import { getRecords } from './read.ts';
import { applyBatch, type Outcome, type RecordStore, type SyncItem } from './sync.ts';
import { bodyMember, isObject, type WireRequest } from './wire-request.ts';

/** The keys of a batch by what became of them, on the way to its answer. */
class BatchAnswer {
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

  settle(key: TypedKey, outcome: Outcome | undefined): void {
    if (outcome === undefined) throw new Error('the engine left out a key of the batch');
    if ('code' in outcome) this.refuse(key, outcome);
    else this.give(key, { status: outcome.status });
  }

  text(options?: { readonly statuses: boolean }): string {
    return batchResponse(this.#results, this.#errors, options);
  }

  #text(key: TypedKey): string {
    return encodeBodyKey(key, this.#wire.resource.key, this.#wire.version);
  }
}

function kindOf({ resource }: WireRequest): RecordKind {
  if (resource.kind === 'jobTask') throw new ProtocolError('BAD_REQUEST');
  return resource.kind;
}

function idsOf({ params, resource, version }: WireRequest): BatchIds {
  return decodeBatchIds(params, resource.key, version);
}

/** The entities of the body under the keys of the URL; each is its key's in both. */
function entitiesOf(wire: WireRequest, ids: BatchIds) {
  const entities = bodyMember(wire.bodyText, 'entities');
  if (!isObject(entities)) throw new ProtocolError('BAD_REQUEST', "The body has no 'entities'");
  return matchEntities(entities, ids.byIdentity, wire.resource.key, wire.version, ids.malformed).values();
}

function addressed(wire: WireRequest, key: TypedKey, caller: Caller) {
  return addressOf(kindOf(wire), partsOf(key, wire.resource.key, wire.parent), caller);
}

export async function updateBatch(store: RecordStore, caller: Caller, wire: WireRequest): Promise<string> {
  const kind = kindOf(wire);
  const ids = idsOf(wire);
  const answer = new BatchAnswer(wire, ids);
  const items: (SyncItem & { readonly wireKey: TypedKey })[] = [];
  for (const { key: wireKey, value } of entitiesOf(wire, ids)) {
    const address = addressed(wire, wireKey, caller);
    if ('refusal' in address) {
      answer.refuse(wireKey, address.refusal);
      continue;
    }
    const link =
      kind === 'candidate' && isObject(value) ? manualMemberOf(value.manualMatchedMember, caller) : {};
    if ('refusal' in link) answer.refuse(wireKey, link.refusal);
    else items.push({ wireKey, key: address.key, record: value, ...link });
  }
  const areTextsStorable = !mayHoldUnstorable(wire.bodyText);
  const outcomes = await applyBatch(store, caller, kind, 'upsert', items, { areTextsStorable });
  for (const { wireKey, key } of items) answer.settle(wireKey, outcomes.get(keyIdentity(key)));
  return answer.text();
}

export async function deleteBatch(store: RecordStore, caller: Caller, wire: WireRequest): Promise<string> {
  const ids = idsOf(wire);
  const answer = new BatchAnswer(wire, ids);
  const items = addressAll(wire, ids, caller, answer);
  const outcomes = await applyBatch(store, caller, kindOf(wire), 'delete', items);
  for (const { wireKey, key } of items) answer.settle(wireKey, outcomes.get(keyIdentity(key)));
  return answer.text();
}

/** For batches without a body: the keys that the caller may address. */
function addressAll(wire: WireRequest, ids: BatchIds, caller: Caller, answer: BatchAnswer) {
  return ids.keys.flatMap((wireKey) => {
    const address = addressed(wire, wireKey, caller);
    if ('key' in address) return [{ wireKey, key: address.key }];
    answer.refuse(wireKey, address.refusal);
    return [];
  });
}

/** Candidates with their matches. Persons are named as this application knows them. */
export async function getCandidates(store: RecordStore, caller: Caller, wire: WireRequest): Promise<string> {
  const ids = idsOf(wire);
  const fields = wire.params.projections.get('fields');
  const projection = fields === undefined ? null : parseFields(fields);
  const answer = new BatchAnswer(wire, ids);
  const wanted = addressAll(wire, ids, caller, answer);
  const [records, matches] = await store.ctx.db.read(caller.tenantId, (tx) =>
    Promise.all([
      getRecords(
        tx,
        caller,
        'candidate',
        wanted.map(({ key }) => key),
      ),
      getMatches(
        tx,
        caller,
        wanted.map(({ key }) => key[0] ?? ''),
      ),
    ]),
  );
  const byKey = new Map(records.map(({ key, record }) => [keyIdentity(key), record]));
  for (const { wireKey, key } of wanted) {
    const record = byKey.get(keyIdentity(key));
    if (!record) {
      answer.refuse(wireKey, errorBody('NOT_FOUND', 'There is no candidate with this key'));
      continue;
    }
    const entity = { ...record, ...matchFields(matches.get(key[0] ?? ''), caller) };
    answer.give(wireKey, projection ? project(entity, projection) : entity);
  }
  return answer.text({ statuses: true });
}

function matchFields(match: CandidateMatch | undefined, { personKey }: Caller): Record<string, unknown> {
  const urn = (memberId: number) => formatUrn('person', encodePersonId(personKey, memberId));
  return {
    ...(match && match.automaticMember !== null ? { matchedMembers: [urn(match.automaticMember)] } : {}),
    ...(match && match.manualMember !== null ? { manualMatchedMember: urn(match.manualMember) } : {}),
  };
}

const LINK = 'manualMatchedMember';

export async function patchBatch(store: RecordStore, caller: Caller, wire: WireRequest): Promise<string> {
  const ids = idsOf(wire);
  const answer = new BatchAnswer(wire, ids);
  const patches: (CandidatePatch & { readonly wireKey: TypedKey })[] = [];
  for (const { key: wireKey, value } of entitiesOf(wire, ids)) {
    const address = addressed(wire, wireKey, caller);
    const patch = 'refusal' in address ? address : readPatch(value, caller);
    if ('key' in address && 'patch' in patch) patches.push({ wireKey, key: address.key, ...patch });
    else if ('refusal' in patch) answer.refuse(wireKey, patch.refusal);
  }
  const outcomes = await patchCandidates(store, caller, patches);
  for (const { wireKey, key } of patches) answer.settle(wireKey, outcomes.get(keyIdentity(key)));
  return answer.text();
}

function readPatch(
  value: unknown,
  caller: Caller,
): Omit<CandidatePatch, 'key'> | { readonly refusal: ErrorBody } {
  let patch: Patch;
  try {
    patch = parsePatch(isObject(value) ? value.patch : undefined);
  } catch (error) {
    if (error instanceof RestliError) return { refusal: errorBody('BAD_REQUEST', error.message) };
    throw error;
  }
  const link = patch.remove.has(LINK) ? { manualMember: null } : manualMemberOf(patch.set.get(LINK), caller);
  if ('refusal' in link) return link;
  const set = new Map([...patch.set].filter(([field]) => field !== LINK));
  const remove = new Set([...patch.remove].filter((field) => field !== LINK));
  return { patch: { set, remove, children: patch.children }, ...link };
}

/** A value that is no string is left for the schema to refuse. */
function manualMemberOf(
  value: unknown,
  caller: Caller,
): { readonly manualMember?: number | null } | { readonly refusal: ErrorBody } {
  if (value === null) return { manualMember: null };
  if (value === undefined) return {};
  const manualMember = typeof value === 'string' ? memberOf(value, caller) : null;
  return manualMember === null
    ? { refusal: invalid(LINK, 'is not a person that this application knows') }
    : { manualMember };
}
