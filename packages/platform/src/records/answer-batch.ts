import {
  type BatchIds,
  type ErrorBody,
  errorBody,
  formatUrn,
  invalidField,
  keyIdentity,
  mayHoldUnstorable,
  missingWanted,
  type Patch,
  parsePatch,
  RECORD_KINDS,
  type RecordKind,
  RestliError,
  recordFromWire,
  recordToWire,
  type TypedKey,
} from '@carrick/protocol';
import { BatchAnswer, entitiesOf, idsOf } from '../kernel/batch-answer.ts';
import { projectorOf } from '../kernel/project-answer.ts';
import { encodePersonId } from '../kernel/secrets.ts';
import { isObject, type WireRequest } from '../kernel/wire-request.ts';
import type { WireAnswer } from '../kernel/wire-routes.ts';
import type { Caller } from '../tenancy/index.ts';
import { addressesOf, memberOf } from './address.ts';
import { type CandidateMatch, getMatches } from './matches.ts';
import { type CandidatePatch, patchCandidates } from './patch.ts';
import { getRecords } from './read.ts';
import { applyItems, keyProblem, type RecordStore, type SyncItem } from './sync.ts';

function kindOf({ resource }: WireRequest): RecordKind {
  const kind = RECORD_KINDS.find((each) => each === resource.kind);
  if (!kind) throw new Error(`${resource.name} is no record`);
  return kind;
}

export async function updateBatch(
  store: RecordStore,
  caller: Caller,
  wire: WireRequest,
): Promise<WireAnswer> {
  const kind = kindOf(wire);
  const ids = idsOf(wire);
  const answer = new BatchAnswer(wire, ids);
  const addressOf = addressesOf(kind, wire, caller);
  const items: SentItem[] = [];
  for (const { key: wireKey, value: sent, text } of entitiesOf(wire, ids)) {
    const address = addressOf(wireKey);
    const value = recordFromWire(wire.resource, sent);
    if ('refusal' in address) {
      answer.refuse(wireKey, address.refusal);
      continue;
    }
    const link =
      kind === 'candidate' && isObject(value) ? manualMemberOf(value.manualMatchedMember, caller) : {};
    const missing = missingWanted(kind, value);
    if ('refusal' in link) answer.refuse(wireKey, link.refusal);
    else if (store.ctx.config.strict && missing.length > 0) answer.refuse(wireKey, lacking(missing));
    else
      items.push({
        id: wireKey,
        text,
        key: address.key,
        wireKey: address.sent,
        record: value,
        missing,
        manualMember: link.manualMember,
      });
  }
  const areTextsStorable = !mayHoldUnstorable(wire.bodyText);
  const outcomes = await applyItems(store, caller, kind, 'upsert', items, { areTextsStorable });
  for (const [index, { id, text, missing }] of items.entries()) {
    const outcome = outcomes[index];
    answer.settle(id, outcome, text);
    if (outcome && missing.length > 0 && !('code' in outcome)) answer.warn(missing);
  }
  return answer.answer();
}

interface SentItem extends SyncItem {
  readonly id: TypedKey;
  /** The wire key as the answer writes it, where it came like that. */
  readonly text: string | undefined;
  readonly missing: readonly string[];
}

function lacking(fields: readonly string[]): ErrorBody {
  const lines = fields.map(
    (field) => invalidField(field, 'field is required but not found and has no default value').message,
  );
  return errorBody('INVALID_RECORD', lines.join(''));
}

export async function deleteBatch(
  store: RecordStore,
  caller: Caller,
  wire: WireRequest,
): Promise<WireAnswer> {
  const ids = idsOf(wire);
  const answer = new BatchAnswer(wire, ids);
  const items = addressAll(wire, ids, caller, answer);
  const outcomes = await applyItems(store, caller, kindOf(wire), 'delete', items);
  for (const [index, { wireKey }] of items.entries()) answer.settle(wireKey, outcomes[index]);
  return answer.answer();
}

/** For batches without a body: the keys that the caller may address. */
function addressAll(wire: WireRequest, ids: BatchIds, caller: Caller, answer: BatchAnswer) {
  const kind = kindOf(wire);
  const addressOf = addressesOf(kind, wire, caller);
  return ids.keys.flatMap((wireKey) => {
    const address = addressOf(wireKey);
    const problem = 'key' in address ? keyProblem(kind, address.key) : null;
    if ('key' in address && problem === null) return [{ wireKey, key: address.key }];
    answer.refuse(
      wireKey,
      'refusal' in address ? address.refusal : errorBody('INVALID_RECORD', problem ?? undefined),
    );
    return [];
  });
}

/** Candidates with their matches. Persons are named as this application knows them. */
export async function getCandidates(
  store: RecordStore,
  caller: Caller,
  wire: WireRequest,
): Promise<WireAnswer> {
  const ids = idsOf(wire);
  const projected = projectorOf(wire.params, 'fields');
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
    answer.give(wireKey, projected(recordToWire(wire.resource, entity)));
  }
  return answer.answer({ statuses: true });
}

function matchFields(match: CandidateMatch | undefined, { personKey }: Caller): Record<string, unknown> {
  const urn = (memberId: number) => formatUrn('person', encodePersonId(personKey, memberId));
  return {
    ...(match && match.automaticMember !== null ? { matchedMembers: [urn(match.automaticMember)] } : {}),
    ...(match && match.manualMember !== null ? { manualMatchedMember: urn(match.manualMember) } : {}),
  };
}

const LINK = 'manualMatchedMember';

export async function patchBatch(store: RecordStore, caller: Caller, wire: WireRequest): Promise<WireAnswer> {
  const ids = idsOf(wire);
  const answer = new BatchAnswer(wire, ids);
  const addressOf = addressesOf(kindOf(wire), wire, caller);
  const patches: (CandidatePatch & { readonly wireKey: TypedKey })[] = [];
  for (const { key: wireKey, value } of entitiesOf(wire, ids)) {
    const address = addressOf(wireKey);
    const patch = 'refusal' in address ? address : readPatch(value, caller);
    if ('key' in address && 'patch' in patch) patches.push({ wireKey, key: address.key, ...patch });
    else if ('refusal' in patch) answer.refuse(wireKey, patch.refusal);
  }
  const outcomes = await patchCandidates(store, caller, patches);
  for (const { wireKey, key } of patches) answer.settle(wireKey, outcomes.get(keyIdentity(key)));
  return answer.answer();
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
    ? { refusal: invalidField(LINK, 'is not a person that this application knows') }
    : { manualMember };
}
