import {
  collectionResponse,
  DATA_PROVIDER,
  formatUrn,
  messageToWire,
  nameOnWire,
  ProtocolError,
  parsePage,
  type RecordKind,
  type ResourceDefinition,
  textParam,
  valueOfPart,
} from '@carrick/protocol';
import { projectCollection } from '../kernel/project-answer.ts';
import { encodePersonId } from '../kernel/secrets.ts';
import type { WireRequest } from '../kernel/wire-request.ts';
import type { Caller } from '../tenancy/index.ts';
import { contextRefusal, memberOf } from './address.ts';
import { KINDS } from './kinds.ts';
import { countSql, findSql, keyOf } from './statements.ts';
import type { RecordStore } from './sync.ts';

const MOST = 1_000;

/** `q=criteria` of ACLs and their assignees: every part of the key may narrow the search; a record is nothing but its key. */
export async function findAcls({ ctx }: RecordStore, caller: Caller, wire: WireRequest): Promise<unknown> {
  const { params, path, rawQuery, resource } = wire;
  if (resource.key.simple) throw new Error(`${resource.name} has no criteria`);
  if (textParam(params, 'q') !== 'criteria')
    throw new ProtocolError('BAD_REQUEST', 'The only finder here is q=criteria');
  const provider = resource.key.parts.includes('dataProvider')
    ? textParam(params, 'dataProvider')
    : undefined;
  const refusal = contextRefusal(textParam(params, 'integrationContext') ?? '', caller, provider);
  if (refusal)
    throw new ProtocolError(
      refusal.code === 'INVALID_RECORD' ? 'BAD_REQUEST' : refusal.code,
      messageToWire(resource, refusal.message).trim(),
    );
  const page = parsePage(params);
  if (page.count > MOST) throw new ProtocolError('BAD_REQUEST', `count is at most ${MOST}`);
  const kind: RecordKind = resource.kind === 'entityAcl' ? 'entityAcl' : 'entityAclAssignee';
  const criteria = criteriaOf(kind, caller, wire);
  const scope = [caller.tenantId, caller.atsNo];
  const [rows, [counted]] = await ctx.db.read(caller.tenantId, (tx) =>
    tx.flight([
      tx.prepared<Record<string, unknown>>(findSql(kind), [...scope, ...criteria, page.count, page.start]),
      tx.prepared<{ total: number }>(countSql(kind), [...scope, ...criteria]),
    ]),
  );
  const found = collectionResponse(
    rows.map((row) => elementOf(kind, keyOf(kind, row), caller, resource)),
    page,
    { total: counted?.total ?? 0, path, rawQuery },
  );
  return projectCollection(params, found);
}

/** A value or null for each part of the stored key. */
function criteriaOf(kind: RecordKind, caller: Caller, { params, resource }: WireRequest): (string | null)[] {
  return KINDS[kind].key.map(({ part }) => {
    const name = nameOnWire(resource, part);
    const given = textParam(params, name);
    if (given === undefined) return null;
    if (given.includes('\u0000'))
      throw new ProtocolError('BAD_REQUEST', `Parameter '${name}' contains a NUL`);
    // Nobody is member -1: a person that this application does not know has no records.
    if (part === 'assignee') return String(memberOf(given, caller) ?? -1);
    return valueOfPart(resource, part, given);
  });
}

/** The parts of the key as this resource calls them. */
function elementOf(
  kind: RecordKind,
  key: readonly string[],
  caller: Caller,
  resource: ResourceDefinition,
): Record<string, string> {
  const stored = KINDS[kind].key.map(({ part }, index): [string, string] => [
    nameOnWire(resource, part),
    part === 'assignee'
      ? formatUrn('person', encodePersonId(caller.personKey, Number(key[index])))
      : (key[index] ?? ''),
  ]);
  const all = new Map([
    ...stored,
    ['dataProvider', DATA_PROVIDER],
    ['integrationContext', caller.organisationUrn],
  ]);
  const parts = resource.key.simple ? [] : resource.key.parts;
  return Object.fromEntries(parts.map((part) => [part, all.get(part) ?? '']));
}
