import {
  collectionResponse,
  formatUrn,
  ProtocolError,
  parsePage,
  type RecordKind,
  textParam,
} from '@carrick/protocol';
import { encodePersonId } from '../kernel/secrets.ts';
import type { Caller } from '../tenancy/index.ts';
import { contextRefusal, memberOf } from './address.ts';
import { KINDS } from './kinds.ts';
import { countSql, findSql, keyOf } from './statements.ts';
import type { RecordStore } from './sync.ts';
import type { WireRequest } from './wire-request.ts';

const MOST = 1_000;

/** `q=criteria` of ACLs and their assignees: every part of the key may narrow the search; a record is nothing but its key. */
export async function findAcls({ ctx }: RecordStore, caller: Caller, wire: WireRequest): Promise<string> {
  const { params, path, rawQuery } = wire;
  if (textParam(params, 'q') !== 'criteria')
    throw new ProtocolError('BAD_REQUEST', 'The only finder here is q=criteria');
  const context = textParam(params, 'integrationContext') ?? '';
  const refusal = contextRefusal(context, caller, textParam(params, 'dataProvider') ?? 'ATS');
  if (refusal)
    throw new ProtocolError(
      refusal.code === 'INVALID_RECORD' ? 'BAD_REQUEST' : refusal.code,
      refusal.message.trim(),
    );
  const page = parsePage(params);
  if (page.count > MOST) throw new ProtocolError('BAD_REQUEST', `count is at most ${MOST}`);
  const kind: RecordKind = wire.resource.kind === 'entityAcl' ? 'entityAcl' : 'entityAclAssignee';
  const criteria = KINDS[kind].key.map(({ part }) => {
    const given = textParam(params, part);
    if (given?.includes('\u0000'))
      throw new ProtocolError('BAD_REQUEST', `${part} contains a character that cannot be stored`);
    // Nobody is member -1: a person that this application does not know has no records.
    return given !== undefined && part === 'assignee'
      ? String(memberOf(given, caller) ?? -1)
      : (given ?? null);
  });
  const scope = [caller.tenantId, caller.atsNo];
  const [rows, [counted]] = await ctx.db.read(caller.tenantId, (tx) =>
    tx.flight([
      tx.prepared<Record<string, unknown>>(findSql(kind), [...scope, ...criteria, page.count, page.start]),
      tx.prepared<{ total: number }>(countSql(kind), [...scope, ...criteria]),
    ]),
  );
  const elements = rows.map((row) => {
    const parts = KINDS[kind].key.map(({ part }, index) => [part, keyOf(kind, row)[index] ?? '']);
    const element: Record<string, string> = {
      ...Object.fromEntries(parts),
      dataProvider: 'ATS',
      integrationContext: caller.organisationUrn,
    };
    if (element.assignee !== undefined)
      element.assignee = formatUrn('person', encodePersonId(caller.personKey, Number(element.assignee)));
    return element;
  });
  return JSON.stringify(collectionResponse(elements, page, { total: counted?.total ?? 0, path, rawQuery }));
}
